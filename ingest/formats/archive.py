"""A zip file from strangers (DOCX, OFD): every bound is checked before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from ingest import messages
from ingest.errors import UnreadableFileError, UnsafeFileError
from ingest.formats.limits import ReadingLimits

_RATIO_COUNTS_FROM = 1_000_000
"""Unpacked size up to which growth is no danger; bytes. Blank pages are packed a thousandfold."""
_ENCRYPTED = 0x1


class Archive:
    """The files in a zip file."""

    def __init__(self, data: bytes, name: str, what: str, limits: ReadingLimits) -> None:
        """Open a zip file; `name` and `what` (OFD, DOCX) stand in messages.

        Raises:
            UnreadableFileError: damaged or protected by a password.
            UnsafeFileError: too many files, too large when unpacked, or names that lead outside.
        """
        self._name, self._what, self._limits = name, what, limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._entries = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise UnreadableFileError(messages.DAMAGED.format(name=name, what=what)) from error
        self._check(len(data))
        self._by_path = {entry.filename: entry for entry in self._entries}
        self._by_folded = {entry.filename.lower(): entry for entry in self._entries}
        self._unpacked = 0

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the paths of all files."""
        return tuple(entry.filename for entry in self._entries if not entry.is_dir())

    def find(self, path: str) -> str | None:
        """Return the path of a file as the archive writes it, whatever the case of its letters."""
        entry = self._by_path.get(path) or self._by_folded.get(path.lower())
        return entry.filename if entry else None

    def read(self, path: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            UnreadableFileError: missing or damaged.
            UnsafeFileError: all that was read is larger than allowed.
        """
        found = self.find(path)
        if found is None:
            raise UnreadableFileError(messages.MISSING_ENTRY.format(name=self._name, entry=path))
        left = self._limits.max_unpacked_bytes - self._unpacked
        try:
            with self._zip.open(self._by_path[found]) as stream:
                data = stream.read(left + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,  # an offset before the file's beginning
        ) as error:
            raise UnreadableFileError(messages.DAMAGED.format(name=self._name, what=self._what)) from error
        self._unpacked += len(data)
        if len(data) > left:
            raise UnsafeFileError(self._too_much(self._unpacked))
        return data

    def _check(self, packed: int) -> None:
        limits = self._limits
        if len(self._entries) > limits.max_entries:
            line = messages.TOO_MANY_ENTRIES.format(
                name=self._name, count=len(self._entries), limit=limits.max_entries
            )
            raise UnsafeFileError(line)
        for entry in self._entries:
            if entry.flag_bits & _ENCRYPTED:
                raise UnreadableFileError(messages.LOCKED.format(name=self._name, what=self._what))
            if not _is_safe(entry.filename):
                shown = "".join(letter if letter.isprintable() else "?" for letter in entry.filename[:60])
                raise UnsafeFileError(messages.UNSAFE_ENTRY.format(name=self._name, entry=shown))
        unpacked = sum(entry.file_size for entry in self._entries)
        if unpacked > limits.max_unpacked_bytes:
            raise UnsafeFileError(self._too_much(unpacked))
        ratio = unpacked / max(1, packed)
        if unpacked > _RATIO_COUNTS_FROM and ratio > limits.max_ratio:
            line = messages.TOO_HIGH_RATIO.format(
                name=self._name, ratio=round(ratio), limit=round(limits.max_ratio)
            )
            raise UnsafeFileError(line)

    def _too_much(self, size: int) -> str:
        return messages.TOO_MUCH_UNPACKED.format(
            name=self._name, size=size, limit=self._limits.max_unpacked_bytes
        )


def _is_safe(path: str) -> bool:
    """Tell whether a path of an archive stays within it."""
    if not path or "\\" in path or "\x00" in path or path.startswith("/") or ":" in path.split("/")[0]:
        return False
    return ".." not in PurePosixPath(path).parts
