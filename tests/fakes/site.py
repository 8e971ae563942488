"""A web site on this machine that plays official pages and their faults, and counts who asked for what."""

from __future__ import annotations

import contextlib
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """One answer; `drip_s` sends the body a byte at a time behind its first `at_once`, `stated` lies about
    its length, `is_measured` says whether it gives one, `endless_head_s` sends headers without an end."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    stated: int | None = None
    is_measured: bool = True
    drip_s: float = 0.0
    at_once: int = 0
    endless_head_s: float = 0.0


@dataclass
class Site:
    """Answers by path: the replies in turn, the last one for good; 404 for what it does not know."""

    port: int = 0
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def authority(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.authority}{path}"

    def play(self, path: str, *replies: Reply) -> str:
        self.replies[path] = list(replies)
        return self.url(path)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        self.asked.append((path, headers))
        turns = self.replies.get(path, [])
        if not turns:
            return Reply(404)
        return turns.pop(0) if len(turns) > 1 else turns[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.site.answer(self.path, headers)
        same = reply.headers.get("ETag")
        if reply.status == 200 and same and headers.get("if-none-match") == same:
            reply = Reply(304, headers={"ETag": same})
        with contextlib.suppress(OSError):
            self.close_connection = True
            if reply.endless_head_s:
                self._drip_head(reply.endless_head_s)
            else:
                self._send(reply)

    def _send(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.is_measured:
            self.send_header("Content-Length", str(len(reply.body) if reply.stated is None else reply.stated))
        self.send_header("Connection", "close")
        self.end_headers()
        if not reply.drip_s:
            self.wfile.write(reply.body)
            return
        self.wfile.write(reply.body[: reply.at_once])
        for byte in reply.body[reply.at_once :]:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(reply.drip_s)

    def _drip_head(self, pause_s: float) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(2000):
            self.wfile.write(b"X-%d: 1\r\n" % number)
            self.wfile.flush()
            time.sleep(pause_s)

    def log_message(self, format: str, *args: object) -> None:
        return


@contextmanager
def running(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Yield a site that runs until it is left; with `tls` it speaks https."""
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": site}))
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
