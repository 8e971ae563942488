"""The day that a question is asked on: the clock's, or the one that the question names for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date


class Clock:
    """A clock that may be set to another day while one question is answered."""

    def __init__(self, today: Callable[[], date] = date.today) -> None:
        self._today = today
        self._set: ContextVar[date | None] = ContextVar("asked on", default=None)

    def __call__(self) -> date:
        """Return the day."""
        return self._set.get() or self._today()

    @contextmanager
    def on(self, day: date | None) -> Iterator[None]:
        """Answer as of a day within the block; None leaves the clock as it is."""
        token = self._set.set(day or self._set.get())
        try:
            yield
        finally:
            self._set.reset(token)
