"""A server on loopback that speaks OpenAI's chat completions, and misbehaves on request."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Mode = Literal["text", "slow", "trickle", "error", "unauthorized", "hang_up", "tool"]
PIECE = 7


@dataclass
class Script:
    """What the server does next, and what it was asked."""

    mode: Mode = "text"
    text: str = ""
    seconds: float = 0.0
    failures_first: int = 0
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def wait(self) -> None:
        """Wait as long as the script says, or until the server stops."""
        self.stop.wait(self.seconds)


class OpenAiServer(ThreadingHTTPServer):
    """Holds the script that its handlers follow."""

    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep quiet about clients that gave up waiting."""


class _Handler(BaseHTTPRequestHandler):
    server: OpenAiServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        script = self.server.script
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        script.requests.append({"path": self.path, **body})
        script.keys.append(self.headers.get("Authorization", ""))
        if script.failures_first:
            script.failures_first -= 1
            return self._json(500, {"error": {"message": "broken", "type": "server_error"}})
        if script.mode == "error":
            return self._json(
                500, {"error": {"message": f"failed for {script.keys[-1]}", "type": "server_error"}}
            )
        if script.mode == "unauthorized":
            return self._json(
                401, {"error": {"message": f"Incorrect API key: {script.keys[-1]}", "code": "invalid"}}
            )
        if script.mode == "slow":
            script.wait()
        if script.mode == "hang_up":
            self.close_connection = True
            return None
        if body.get("stream"):
            return self._stream(body, script)
        choice = {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": script.text},
        }
        return self._json(200, {**_head(body, "chat.completion"), "choices": [choice]})

    def _stream(self, body: dict[str, Any], script: Script) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        while script.mode == "trickle" and not script.stop.wait(0.05):
            self.wfile.write(b": keep-alive\n\n")
            self.wfile.flush()
        for delta in _tool_deltas(body, script.text) if script.mode == "tool" else _deltas(script.text):
            choice = {"index": 0, "delta": delta, "finish_reason": None if delta else "stop"}
            self._event(json.dumps({**_head(body, "chat.completion.chunk"), "choices": [choice]}))
        self._event("[DONE]")

    def _event(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def _json(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing: the tests read the script's requests."""


def _head(body: dict[str, Any], kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": int(time.time()), "model": body.get("model", "")}


def _deltas(text: str) -> Iterator[dict[str, str]]:
    yield {"role": "assistant", "content": ""}
    for start in range(0, len(text), PIECE):
        yield {"content": text[start : start + PIECE]}
    yield {}


def _tool_deltas(body: dict[str, Any], text: str) -> Iterator[dict[str, Any]]:
    function = {"name": body["tools"][0]["function"]["name"], "arguments": ""}
    call = {"index": 0, "id": "1", "type": "function", "function": function}
    yield {"role": "assistant", "tool_calls": [call]}
    for start in range(0, len(text), PIECE):
        piece = {"arguments": text[start : start + PIECE]}
        yield {"tool_calls": [{"index": 0, "function": piece}]}
    yield {}


@contextmanager
def openai_server() -> Iterator[OpenAiServer]:
    """Serve until the block ends."""
    script = Script()
    server = OpenAiServer(script)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        script.stop.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
