"""One process that parses files, and how it is asked: every wait has an end."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from ingest.formats.wire import Reply, Request

_ROOT = Path(__file__).parents[2]
_STARTING_S = 30.0
"""Seconds that starting may take, added to the time of the first file."""
_ENDING_S = 2.0
"""Seconds that a process which closed its pipes may take to end."""
_BLOCK = 1 << 16
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
"""Variables that the process is given; keys and passwords of the service are none of its business."""


class Child:
    """A process that parses files one by one."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start the process."""
        self.files = 0
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=_ROOT,
            env={key: os.environ[key] for key in _KEPT if key in os.environ} | {"OMP_NUM_THREADS": "2"},
            start_new_session=True,
        )
        self._received = bytearray()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                os.set_blocking(stream.fileno(), False)

    @property
    def ended_by_itself(self) -> bool:
        """Tell whether the process went to sleep because nobody asked any more."""
        try:
            return self._process.wait(timeout=_ENDING_S) == 0
        except subprocess.TimeoutExpired:
            return False

    def ask(self, request: Request, data: bytes) -> Reply:
        """Return the reply to a request.

        Raises:
            TimeoutError: it took longer than it may; the argument names the limit, as a field of the limits.
            EOFError: the process ended.
        """
        spare = 0.0 if self.files else _STARTING_S
        self.files += 1
        deadline = time.monotonic() + request.limits.timeout_s + spare
        limit = "timeout_s"
        try:
            self._send(request.model_dump_json().encode() + b"\n" + data, deadline)
            while (reply := self._receive(deadline, request)).what == "slow":
                deadline = time.monotonic() + request.limits.ocr_timeout_s
                limit = "ocr_timeout_s"
        except TimeoutError:
            raise TimeoutError(limit) from None
        return reply

    def end(self) -> str:
        """End the process and what it started, and return how it ended, e.g. SIGSEGV."""
        code = self._process.poll()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        return _exit_reason(self._process.returncode if code is None else code)

    def _send(self, message: bytes, deadline: float) -> None:
        unsent = memoryview(message)
        descriptor = self._descriptor(self._process.stdin)
        while unsent:
            _wait(descriptor, selectors.EVENT_WRITE, deadline)
            try:
                unsent = unsent[os.write(descriptor, unsent[:_BLOCK]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise EOFError from error

    def _receive(self, deadline: float, request: Request) -> Reply:
        """Return the next line of the process as a reply; one that is none, or too long, is a fault."""
        most = 12 * request.limits.max_characters + 1_000_000
        descriptor = self._descriptor(self._process.stdout)
        while (end := self._received.find(b"\n")) < 0:
            if len(self._received) > most:
                return Reply(what="fault", line="reply")
            _wait(descriptor, selectors.EVENT_READ, deadline)
            block = os.read(descriptor, _BLOCK)
            if not block:
                raise EOFError
            self._received += block
        line = bytes(self._received[:end])
        del self._received[: end + 1]
        try:
            return Reply.model_validate_json(line)
        except ValidationError:
            return Reply(what="fault", line="reply")

    @staticmethod
    def _descriptor(stream: object) -> int:
        fileno = getattr(stream, "fileno", None)
        if fileno is None:
            raise EOFError
        return int(fileno())


def _wait(descriptor: int, event: int, deadline: float) -> None:
    """Wait until a pipe can be read or written.

    Raises:
        TimeoutError: not before the deadline.
    """
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, event)
        left = deadline - time.monotonic()
        if left <= 0 or not selector.select(left):
            raise TimeoutError


def _exit_reason(code: int) -> str:
    if code >= 0:
        return f"{code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"{code}"
