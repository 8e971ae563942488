"""Limits wrong passwords: of one user, and from one address; each further one makes the wait longer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

_FIRST_WAIT_S = 30.0
_LONGEST_WAIT_S = 900.0
_FORGOTTEN_AFTER_S = 3600.0
_REMEMBERED = 10_000
"""Names and addresses remembered; the oldest go first."""


@dataclass
class _Record:
    failures: int = 0
    last: float = 0.0
    until: float = 0.0


class Attempts:
    """Counts wrong passwords a key; a key is a user's name or an address."""

    def __init__(self, allowed: int, clock: Callable[[], float] = monotonic) -> None:
        """Take how many may be wrong before the first wait, and a clock in seconds."""
        self._allowed = allowed
        self._clock = clock
        self._records: OrderedDict[str, _Record] = OrderedDict()
        self._lock = Lock()

    def wait_s(self, *keys: str) -> float:
        """Return the seconds until one of these keys may try again; 0: now."""
        now = self._clock()
        with self._lock:
            return max((self._records[key].until - now for key in keys if key in self._records), default=0.0)

    def failed(self, *keys: str) -> None:
        """Count a wrong password."""
        now = self._clock()
        with self._lock:
            for key in keys:
                record = self._records.setdefault(key, _Record())
                if now - record.last > _FORGOTTEN_AFTER_S:
                    record.failures = 0
                record.failures += 1
                record.last = now
                over = record.failures - self._allowed
                if over >= 0:
                    record.until = now + min(_FIRST_WAIT_S * 2 ** min(over, 10), _LONGEST_WAIT_S)
                self._records.move_to_end(key)
            while len(self._records) > _REMEMBERED:
                self._records.popitem(last=False)

    def succeeded(self, *keys: str) -> None:
        """Forget the wrong passwords of these keys."""
        with self._lock:
            for key in keys:
                self._records.pop(key, None)
