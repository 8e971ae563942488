"""A process in place of the one that parses files; it does what the file's name says: hang, die, ..."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable

from ingest.errors import UnreadableFileError
from ingest.formats.__main__ import serve, shut_off
from ingest.formats.source import SourceText
from ingest.formats.wire import Request


def answer(request: Request, data: bytes, slow: Callable[[], None]) -> SourceText:
    what = request.name
    if what == "hang":
        time.sleep(60)
    if what == "slow":
        slow()
        time.sleep(1.5)
    if what == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    if what == "exit":
        os._exit(3)
    if what == "eat":
        return SourceText(text="x" * (8 * 1024**3), format="pdf")
    if what == "break":
        raise KeyError("secret")
    if what == "refuse":
        raise UnreadableFileError("refuse:不收。")
    if what == "fetch":
        import socket

        socket.create_connection(("127.0.0.1", 9))
    return SourceText(text=f"{os.getpid()} {len(data)} {sorted(os.environ)}", format="pdf")


if __name__ == "__main__":
    shut_off()
    target = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    serve(os.fdopen(sys.stdin.fileno(), "rb", buffering=0, closefd=False), target, answer, float(sys.argv[1]))
