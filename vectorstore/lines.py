"""Many small JSON records in one file, each read alone."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class LineWriter:
    """Writes records, one a line, and at the end beside them the offsets at which they begin and end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._offsets = [0]

    def write(self, line: bytes) -> None:
        """Write one record."""
        self._file.write(line + b"\n")
        self._offsets.append(self._offsets[-1] + len(line) + 1)

    def close(self) -> None:
        """Close the file and write the offsets."""
        self._file.close()
        np.save(_offsets_path(self._path), np.asarray(self._offsets, dtype=np.int64))


class Lines:
    """Reads single records of a file written by `LineWriter`, also after the file is removed."""

    def __init__(self, path: Path) -> None:
        self._offsets: NDArray[np.int64] = np.load(_offsets_path(path))
        with path.open("rb") as file:
            size = int(self._offsets[-1])
            self._map = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) if size else None

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self._offsets) - 1

    def __getitem__(self, row: int) -> bytes:
        """Return one record, counted from 0."""
        if self._map is None or not 0 <= row < len(self):
            raise IndexError(row)
        return self._map[int(self._offsets[row]) : int(self._offsets[row + 1]) - 1]

    def __iter__(self) -> Iterator[bytes]:
        """Yield all records in order."""
        return (self[row] for row in range(len(self)))


def _offsets_path(path: Path) -> Path:
    return path.with_suffix(".offsets.npy")
