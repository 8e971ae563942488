"""One writer at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vectorstore.errors import IndexLockedError


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold the advisory lock file while the body runs; the system releases it when the process dies.

    Raises:
        IndexLockedError: Another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(handle, 32).decode("ascii", "replace").strip() or "?"
            raise IndexLockedError(
                f"{path.parent}: another process (pid {holder}) is writing to the index; "
                "wait for it and try again"
            ) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)
        yield
    finally:
        os.close(handle)
