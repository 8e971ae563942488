"""Serves the page on one address until it is told to stop."""

from __future__ import annotations

import ipaddress
import logging
import socket

import gradio as gr
import uvicorn
from fastapi import APIRouter, FastAPI
from gradio.themes import Base
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse

from assistant.ui.errors import PortTakenError
from assistant.ui.frame import favicon_path, head_html
from assistant.ui.security import PageGuard
from assistant.ui.settings import UiSettings
from assistant.ui.staff.site import StaffSite

logger = logging.getLogger(__name__)

_LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
_SYSTEM_FONTS = (
    "system-ui", "-apple-system", "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei",
    "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif",
)  # fmt: skip


def build_app(
    page: gr.Blocks, settings: UiSettings, staff: StaffSite | None = None, api: APIRouter | None = None
) -> FastAPI:
    """Return the web application around the page: no outside resources, no upload, no API pages."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    if staff is not None:
        app.add_middleware(staff.guarded)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=_hosts(settings), www_redirect=False)
    app.add_middleware(PageGuard, max_request_bytes=settings.max_request_bytes)
    if staff is None:
        app.add_api_route("/staff{rest:path}", _not_found, methods=["GET", "POST"])
    else:
        app.include_router(staff.routes)
        _mount(app, staff.page, settings, "/staff", staff.head)
    if api is not None:
        app.include_router(api)
    _mount(app, page, settings, "/", head_html())
    return app


def _mount(app: FastAPI, page: gr.Blocks, settings: UiSettings, path: str, head: str) -> None:
    gr.mount_gradio_app(
        app,
        page,
        path=path,
        server_name=settings.host,
        server_port=settings.port,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        max_file_size=1,
        favicon_path=str(favicon_path()) if path == "/" else None,
        theme=Base(font=_SYSTEM_FONTS, font_mono=("ui-monospace", "monospace")),
        head=head,
    )


def _not_found() -> PlainTextResponse:
    return PlainTextResponse("not offered by this page", status_code=404)


def serve(
    page: gr.Blocks,
    host: str,
    port: int,
    settings: UiSettings | None = None,
    staff: StaffSite | None = None,
    api: APIRouter | None = None,
) -> None:
    """Serve the page until interrupted, and say where it is as soon as it can be opened.

    Raises:
        PortTakenError: the address is in use, or not one of this machine's.
    """
    section = (settings or UiSettings()).model_copy(update={"host": host, "port": port})
    listener = _listener(host, port)
    config = uvicorn.Config(
        build_app(page, section, staff, api), log_level="warning", timeout_graceful_shutdown=2
    )
    server = _AnnouncingServer(config, f"湖小政 address {address(host, port)}")
    try:
        server.run(sockets=[listener])
    finally:
        listener.close()


def address(host: str, port: int) -> str:
    """Return the address to type into a browser on this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise PortTakenError(
            f"{host}:{port} cannot be used ({error.strerror}); stop the program that uses it, "
            f"or choose another port with --port"
        ) from error
    return listener


def _hosts(settings: UiSettings) -> list[str]:
    if settings.allowed_hosts:
        return list(settings.allowed_hosts)
    return list(_LOOPBACK_NAMES) if _is_loopback(settings.host) else ["*"]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _AnnouncingServer(uvicorn.Server):
    """Prints one line when it takes requests."""

    def __init__(self, config: uvicorn.Config, line: str) -> None:
        super().__init__(config)
        self._line = line

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the line."""
        await super().startup(sockets)
        if self.started:
            print(self._line, flush=True)  # noqa: T201 - the command's own output
