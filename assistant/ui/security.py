"""What a browser may load for the page, and which requests the server takes at all."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The framework's front end compiles templates in the browser, hence 'unsafe-eval' and 'unsafe-inline';
# every source is this server all the same, and answers are escaped on the server.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# The page takes no files, records nothing and fetches nothing for anyone.
_CLOSED = (
    "/gradio_api/upload",
    "/gradio_api/proxy=",
    "/gradio_api/file",
    "/gradio_api/stream",
    "/gradio_api/process_recording",
    "/gradio_api/vibe",
    "/gradio_api/undo-vibe",
    "/gradio_api/deep_link",
    "/gradio_api/run-history",
    "/gradio_api/runs",
    "/gradio_api/info",
    "/gradio_api/openapi.json",
    "/monitoring",
)


class PageGuard:
    """ASGI middleware: security headers on every response, closed routes, bounded request bodies."""

    def __init__(self, app: ASGIApp, max_request_bytes: int) -> None:
        self._app = app
        self._max_request_bytes = max_request_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        if scope["path"].removeprefix("/staff").startswith(_CLOSED):
            return PlainTextResponse("not offered by this page", status_code=404)
        length = Headers(scope=scope).get("content-length", "0")
        chunked = scope["method"] in {"POST", "PUT", "PATCH"} and "content-length" not in Headers(scope=scope)
        if chunked or not length.isdigit():
            return PlainTextResponse("the length of the request must be given", status_code=411)
        if int(length) > self._max_request_bytes:
            return PlainTextResponse("the request is too large", status_code=413)
        return None
