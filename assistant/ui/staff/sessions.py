"""Who is logged in: random tokens, kept on the server as hashes alone, ended by time or by logging out."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from threading import Lock
from time import monotonic

_MOST = 1000
"""Sessions at a time; the oldest end first."""


@dataclass
class _Session:
    user: str
    ends: float
    seen: float


class Sessions:
    """The sessions of the staff page; a restart of the server ends them all."""

    def __init__(self, lasts_s: float, idle_s: float, clock: Callable[[], float] = monotonic) -> None:
        """Take how long a session lasts, how long without a request, and a clock in seconds."""
        self._lasts_s = lasts_s
        self._idle_s = idle_s
        self._clock = clock
        self._sessions: OrderedDict[str, _Session] = OrderedDict()
        self._lock = Lock()

    def begin(self, user: str) -> str:
        """Return the token of a new session."""
        token, now = token_urlsafe(32), self._clock()
        with self._lock:
            self._sessions[_key(token)] = _Session(user, now + self._lasts_s, now)
            while len(self._sessions) > _MOST:
                self._sessions.popitem(last=False)
        return token

    def user(self, token: str) -> str | None:
        """Return whose session a token belongs to, or None; counts as a request."""
        now = self._clock()
        with self._lock:
            session = self._sessions.get(_key(token))
            if session is None:
                return None
            if now >= session.ends or now - session.seen >= self._idle_s:
                del self._sessions[_key(token)]
                return None
            session.seen = now
            return session.user

    def end(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_key(token), None)


def _key(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
