"""Work on a stream of things, in a process of its own once there are many.

Cutting texts into words, and Chroma's graph, each keep Python's lock: in threads they would wait for each
other and for the reading of documents.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import Queue
from threading import Thread
from types import TracebackType
from typing import Generic, Self, TypeVar

Thing = TypeVar("Thing")
_AHEAD = 4
"""Things that wait for a process: it takes 1 to 2 s to start, and the pipe holds less than one of them."""

Work = Callable[[Iterator[Thing]], None]
"""Takes things until there are no more; of a module that imports little, since the process imports it."""


class Beside(Generic[Thing]):
    """Hands things to work that begins in a process of its own at the `worth`-th, else here at the end.

    As a context: what is not finished is stopped when it is left.
    """

    def __init__(self, work: Work[Thing], worth: int) -> None:
        """Take the work, and the number of things that are worth a process (1 to 2 s of a core)."""
        self._work = work
        self._worth = worth
        self._kept: list[Thing] = []
        self._process: _Process[Thing] | None = None

    def send(self, thing: Thing) -> None:
        """Hand one more thing over; waits while the process has enough to do."""
        if self._process is not None:
            self._process.send(thing)
            return
        self._kept.append(thing)
        if len(self._kept) >= self._worth:
            self._process = _Process(self._work)
            for kept in self._kept:
                self._process.send(kept)
            self._kept.clear()

    def finish(self) -> None:
        """Wait until all is done; what the work raised is raised here."""
        if self._process is not None:
            self._process.finish()
        else:
            self._work(iter(self._kept))

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the process, where it is still at work."""
        if self._process is not None:
            self._process.stop()


class _Process(Generic[Thing]):
    """A process that ends by itself when this one does, however: the other end of its pipe is then gone.

    Not one of multiprocessing or a pool: these import the main module anew (seconds for a command
    line), and a pool's processes wait for ever once this one is killed.
    """

    def __init__(self, work: Work[Thing]) -> None:
        things, self._out = Pipe(duplex=False)
        self._in, result = Pipe(duplex=False)
        with closing(things), closing(result):
            ends = [things.fileno(), result.fileno()]
            self._process = subprocess.Popen(
                [sys.executable, "-m", "vectorstore.beside", *map(str, ends)],
                stdin=subprocess.DEVNULL,
                pass_fds=ends,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            )
        self._is_taking = True
        self._waiting: Queue[Work[Thing] | tuple[Thing] | None] = Queue(_AHEAD)
        self._waiting.put(work)
        self._feeder = Thread(target=self._feed, daemon=True)
        self._feeder.start()

    def send(self, thing: Thing) -> None:
        if not self._is_taking:
            self.finish()
        self._waiting.put((thing,))

    def _feed(self) -> None:
        """Write what waits to the process; once it takes no more, let what waits go until the end."""
        packed: Work[Thing] | tuple[Thing] | None = self._waiting.get()
        try:
            while packed is not None:
                self._out.send(packed)
                packed = self._waiting.get()
            self._out.send(None)
        except BrokenPipeError:  # it failed, and says why
            pass
        finally:
            self._is_taking = False
            self._out.close()
            while packed is not None:
                packed = self._waiting.get()

    def finish(self) -> None:
        self._waiting.put(None)
        try:
            failed: BaseException | None = self._in.recv()
        except EOFError as error:
            code = self._process.wait()
            raise RuntimeError(
                f"a process of the index ended with {code} before its work was done; was there enough memory?"
            ) from error
        if failed is not None:
            raise failed

    def stop(self) -> None:
        self._in.close()
        self._process.terminate()
        self._process.wait()
        self._waiting.put(None)
        self._feeder.join()


def _serve(things: Connection, result: Connection) -> None:
    """Do the work that comes through one pipe, and send what it raised, or None, through the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other process hears it, and stops this one
    with suppress(EOFError):  # the other process is gone
        try:
            work: Work[object] = things.recv()
            work(_received(things))
        except EOFError:
            raise
        except Exception as error:
            result.send(error)
        else:
            result.send(None)


def _received(pipe: Connection) -> Iterator[object]:
    """Yield what comes through a pipe until its end is announced.

    Raises:
        EOFError: The other process is gone.
    """
    while (packed := pipe.recv()) is not None:
        yield packed[0]


if __name__ == "__main__":
    _serve(*(Connection(int(end)) for end in sys.argv[1:]))
