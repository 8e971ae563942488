"""The longest that one request may take, from connecting to the last byte, whatever the site does."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

_CONNECTED = "connection.connect_tcp.complete"


class Deadline:
    """Ends the connection of a request when its time is up.

    A site that sends a byte now and then keeps within every wait for more bytes; only an end to the whole
    bounds it. `trace` goes to httpx as the extension of that name.
    """

    def __init__(self, seconds: float) -> None:
        """Give a request so many seconds from entering."""
        self.passed = False
        self._line: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Start the time."""
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the time."""
        self._timer.cancel()
        with self._lock:
            if self._line is not None:
                self._line.close()
                self._line = None

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Take hold of the connection once it stands, by a handle of our own that TLS does not take over."""
        if event != _CONNECTED:
            return
        line = info["return_value"].get_extra_info("socket")
        with self._lock:
            self._line = socket.socket(fileno=os.dup(line.fileno()))
            late = self.passed
        if late:
            self._end()

    def _end(self) -> None:
        with self._lock:
            self.passed = True
            if self._line is not None:
                with contextlib.suppress(OSError):
                    self._line.shutdown(socket.SHUT_RDWR)
