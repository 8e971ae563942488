"""Parses files in a process of its own: one that dies, hangs or eats memory costs a file, never the service.

One warm process takes file after file; after a fault, and after many files, the next one gets a new process.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from threading import Lock

from ingest import messages
from ingest.errors import ReaderFaultError, UnreadableFileError, UnsafeFileError
from ingest.formats.child import Child
from ingest.formats.kinds import Kind
from ingest.formats.limits import ReadingLimits
from ingest.formats.source import SourceText
from ingest.formats.wire import Reply, Request

logger = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "ingest.formats")
_MOST_FILES = 500
"""Files after which a process is replaced: parsers leak."""


class IsolatedReader:
    """Reads files in a process of its own, one at a time; threads wait for each other."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        """Remember the command of the process; it is started with the first file."""
        self._command = tuple(command)
        self._child: Child | None = None
        self._lock = Lock()

    def read(self, data: bytes, name: str, kind: Kind, limits: ReadingLimits) -> SourceText:
        """Return the document of a file's bytes; `name` is the file's, for messages.

        Raises:
            UnreadableFileError: the file cannot be read.
            UnsafeFileError: the file is built to harm.
            ReaderFaultError: the process hung, died or ran out of memory.
        """
        request = Request(name=name, kind=kind, size=len(data), limits=limits)
        with self._lock:
            reply = self._ask(request, data)
        return _document(reply, name)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _ask(self, request: Request, data: bytes) -> Reply:
        """Return the reply to a request; a process that fell asleep meanwhile is replaced once."""
        was_idle = self._child is not None
        if self._child is None:
            self._child = Child(self._command)
        done = False
        try:
            reply = self._child.ask(request, data)
            done = reply.what not in ("memory", "fault") and self._child.files < _MOST_FILES
            return reply
        except TimeoutError as error:
            raise _timeout(request, str(error)) from error
        except EOFError as error:
            slept = was_idle and self._child.ended_by_itself
            reason = self._end()
            if not slept:
                logger.info("reader of %s ended: %s", request.kind, reason)
                line = messages.READER_DIED.format(name=request.name, why=messages.ended(reason))
                raise ReaderFaultError(line) from error
        finally:
            if not done:
                self._end()
        return self._ask(request, data)

    def _end(self) -> str:
        reason = self._child.end() if self._child is not None else ""
        self._child = None
        return reason


def _timeout(request: Request, limit: str) -> ReaderFaultError:
    seconds = round(float(getattr(request.limits, limit)), 1)
    return ReaderFaultError(
        messages.READER_TIMEOUT.format(name=request.name, seconds=f"{seconds:g}", key=limit.upper())
    )


def _document(reply: Reply, name: str) -> SourceText:
    """Return the document of a reply, or raise what it says."""
    if reply.what == "read" and reply.source is not None:
        return reply.source
    if reply.what == "unsafe":
        raise UnsafeFileError(reply.line)
    if reply.what == "refused":
        raise UnreadableFileError(reply.line)
    if reply.what == "memory":
        raise ReaderFaultError(messages.READER_MEMORY.format(name=name))
    raise ReaderFaultError(messages.READER_FAULT.format(name=name, reason=reply.line or reply.what))
