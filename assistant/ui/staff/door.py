"""The door of the staff page: nothing under /staff is served without a session but the way in."""

from __future__ import annotations

import logging
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.ui.staff.attempts import Attempts
from assistant.ui.staff.passwords import LONGEST, PasswordBook
from assistant.ui.staff.sessions import Sessions
from prompts.loader import Messages

logger = logging.getLogger(__name__)

PREFIX = "/staff"
COOKIE = "huxz_staff"
_LARGEST_FORM = 4096
_STYLE = Path(__file__).parent / "assets" / "login.css"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"


def is_staff(path: str) -> bool:
    """Whether a path belongs to the staff page."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


class StaffDoor:
    """ASGI middleware: login, logout, and a session for everything else under /staff."""

    def __init__(
        self, app: ASGIApp, passwords: PasswordBook, sessions: Sessions, attempts: Attempts, say: Messages
    ) -> None:
        self._app = app
        self._passwords = passwords
        self._sessions = sessions
        self._attempts = attempts
        self._say = say

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] not in ("http", "websocket") or not is_staff(scope["path"]):
            await self._app(scope, receive, send)
            return
        if scope["type"] == "websocket":  # the page uses none
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope, receive)
        response = await self._answered(request)
        await (response or self._app)(scope, receive, send)

    async def _answered(self, request: Request) -> Response | None:
        """Return what the door itself answers, None where the request may pass."""
        path = request.url.path
        if request.method not in ("GET", "HEAD") and not _from_here(request):
            return PlainTextResponse("the request came from another site", status_code=403)
        if path == f"{PREFIX}/login":
            return await self._log_in(request) if request.method == "POST" else self._form()
        if path == f"{PREFIX}/logout":
            return self._log_out(request)
        if self._sessions.user(request.cookies.get(COOKIE, "")) is None:
            if request.method == "GET" and path in (PREFIX, f"{PREFIX}/"):
                return RedirectResponse(f"{PREFIX}/login", status_code=303)
            return PlainTextResponse("log in first", status_code=401)
        return RedirectResponse(f"{PREFIX}/", status_code=303) if path == PREFIX else None

    async def _log_in(self, request: Request) -> Response:
        if int(request.headers.get("content-length", "0")) > _LARGEST_FORM:
            return PlainTextResponse("the request is too large", status_code=413)
        form = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)
        user, password = (form.get(name, [""])[0] for name in ("user", "password"))
        address = request.client.host if request.client else "?"
        keys = (f"user {user[:64].casefold()}", f"address {address}")
        wait = self._attempts.wait_s(*keys)
        if wait > 0:
            return self._form("login.wait", status=429, headers={"Retry-After": str(int(wait) + 1)})
        right = len(password) <= LONGEST and await run_in_threadpool(self._passwords.fits, user, password)
        if not right:
            self._attempts.failed(*keys)
            logger.warning("a login to the staff page was refused, from %s", address)
            return self._form("login.wrong", status=401)
        self._attempts.succeeded(*keys)
        logger.info("%s logged in to the staff page", user)
        response = RedirectResponse(f"{PREFIX}/", status_code=303)
        _set_cookie(response, request, self._sessions.begin(user))
        return response

    def _log_out(self, request: Request) -> Response:
        if request.method != "POST":
            return PlainTextResponse("use the button", status_code=405)
        self._sessions.end(request.cookies.get(COOKIE, ""))
        response = RedirectResponse(f"{PREFIX}/login", status_code=303)
        response.delete_cookie(COOKIE, path=PREFIX, httponly=True, samesite="strict")
        return response

    def _form(
        self, fault: str | None = None, status: int = 200, headers: dict[str, str] | None = None
    ) -> Response:
        say = self._say
        told = f'<p class="fault" role="alert">{escape(say(fault))}</p>' if fault else ""
        page = (
            '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(say('login.title'))}</title><style>{_STYLE.read_text('utf-8')}</style></head>"
            f"<body><main><h1>{escape(say('login.title'))}</h1>{told}"
            f'<form method="post" action="{PREFIX}/login">'
            f'<label for="user">{escape(say("login.user"))}</label>'
            '<input id="user" name="user" autocomplete="username" required maxlength="64" autofocus>'
            f'<label for="password">{escape(say("login.password"))}</label>'
            '<input id="password" name="password" type="password" autocomplete="current-password" required '
            f'maxlength="{LONGEST}"><button>{escape(say("login.enter"))}</button></form></main></body></html>'
        )
        kept = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store", **(headers or {})}
        return HTMLResponse(page, status_code=status, headers=kept)


def _from_here(request: Request) -> bool:
    """Whether a request that changes something was made by our own page, as far as the browser tells.

    Browsers say `Origin: null` for a form of a page that sends no referrer, as ours do; they say where the
    request came from in another header then.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


def _set_cookie(response: Response, request: Request, token: str) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, token, path=PREFIX, httponly=True, samesite="strict", secure=secure)
