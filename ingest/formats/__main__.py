"""The process that parses files: `python -m ingest.formats`, started and fed by `isolation.py`.

It takes files on its standard input one by one and answers on its standard output. It has no network, may use
no more memory and time than it is told, and ends by itself when nobody asks any more.
"""

from __future__ import annotations

import os
import resource
import select
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from ingest.errors import IngestError, UnsafeFileError
from ingest.formats.readers import read_bytes_as
from ingest.formats.source import SourceText
from ingest.formats.wire import Reply, Request

IDLE_S = 120.0
"""Seconds after which a process that nobody asks ends."""
_GRACE_S = 10
"""Seconds after the time limit at which the process ends itself, should nobody have ended it."""
_NETWORK = frozenset({"socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"})

Answer = Callable[[Request, bytes, Callable[[], None]], SourceText]


def serve(source: BinaryIO, target: BinaryIO, answer: Answer, idle_s: float = IDLE_S) -> None:
    """Answer requests until there are no more, or none came for a while."""
    while select.select([source], [], [], idle_s)[0]:
        header = source.readline()
        if not header:
            return
        request = Request.model_validate_json(header)
        data = _exactly(source, request.size)
        if len(data) < request.size:
            return
        target.write(_reply(request, data, target, answer).to_line())
        target.flush()


def _exactly(source: BinaryIO, size: int) -> bytes:
    """Return so many bytes, fewer only where the other side ends."""
    parts = bytearray()
    while len(parts) < size and (part := source.read(size - len(parts))):
        parts += part
    return bytes(parts)


def _reply(request: Request, data: bytes, target: BinaryIO, answer: Answer) -> Reply:
    def slow() -> None:
        signal.alarm(int(request.limits.ocr_timeout_s) + _GRACE_S)
        target.write(Reply(what="slow").to_line())
        target.flush()

    signal.alarm(int(request.limits.timeout_s) + _GRACE_S)
    _bound_memory(request.limits.memory_bytes)
    try:
        return Reply(what="read", source=answer(request, data, slow))
    except UnsafeFileError as error:
        return Reply(what="unsafe", line=str(error))
    except IngestError as error:
        return Reply(what="refused", line=str(error))
    except MemoryError:
        return Reply(what="memory")
    except Exception as error:
        return Reply(what="fault", line=type(error).__name__)
    finally:
        signal.alarm(0)


def _bound_memory(size: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


def shut_off() -> None:
    """Take from this process what a file has no need of: the network, core dumps."""

    def refuse(event: str, _arguments: Any) -> None:
        if event in _NETWORK:
            raise PermissionError(event)

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(refuse)


def _read(request: Request, data: bytes, slow: Callable[[], None]) -> SourceText:
    return read_bytes_as(data, request.name, request.kind, request.limits, slow)


if __name__ == "__main__":
    shut_off()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # libraries that print do not disturb
    serve(os.fdopen(sys.stdin.fileno(), "rb", buffering=0, closefd=False), answers, _read)
