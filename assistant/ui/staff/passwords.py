"""Passwords of staff: hashed with argon2, checked in the same time whether or not the user exists."""

from __future__ import annotations

from collections.abc import Mapping
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from pydantic import SecretStr

SHORTEST = 10
"""Least characters of a password."""
LONGEST = 200
"""Most characters of a password; longer ones are cut off before they cost time."""
_AT_A_TIME = 2
"""Checks that may run at once: each takes 64 MiB, and strangers can ask for them."""


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password, as the settings hold it."""
    return PasswordHasher().hash(password)


class PasswordBook:
    """The users of the staff page and the hashes of their passwords."""

    def __init__(self, users: Mapping[str, SecretStr]) -> None:
        self._users = dict(users)
        self._hasher = PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")
        self._places = BoundedSemaphore(_AT_A_TIME)

    def fits(self, user: str, password: str) -> bool:
        """Whether a user has this password; an unknown user costs as much time as a known one."""
        known = self._users.get(user)
        stored = known.get_secret_value() if known is not None else self._nobody
        with self._places:
            try:
                right = self._hasher.verify(stored, password[:LONGEST])
            except (Argon2Error, InvalidHashError):
                return False
        return right and known is not None
