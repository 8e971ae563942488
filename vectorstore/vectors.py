"""The vectors of all chunks in one file, read row by row.

Chroma finds what is near; for the vectors of single chunks it takes 1 to 5 ms a question, and 50
microseconds a chunk when an index is built anew from the one before. Here they are a copy of memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from vectorstore.errors import REBUILD_COMMAND, IndexDamagedError
from vectorstore.protocols import Vectors

_FILE = "vectors.f32"


class VectorWriter:
    """Writes vectors batch by batch into the folder of a generation."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / _FILE).open("wb")

    def write(self, vectors: Vectors) -> None:
        """Write (n, dimension) further rows."""
        self._file.write(np.ascontiguousarray(vectors, dtype=np.float32).data)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class VectorFile:
    """The vectors of a generation, memory-mapped; also after the file is removed."""

    def __init__(self, folder: Path, count: int, dimension: int) -> None:
        """Open the file of a generation with so many chunks.

        Raises:
            IndexDamagedError: It is not there or of another size.
        """
        path = folder / _FILE
        size = path.stat().st_size if path.exists() else -1
        if size != count * dimension * np.dtype(np.float32).itemsize:
            raise IndexDamagedError(f"{path}: not {count} vectors of {dimension}; rebuild: {REBUILD_COMMAND}")
        shape = (count, dimension)
        self._rows: Vectors = np.memmap(path, np.float32, "r", shape=shape) if size else np.zeros(shape, "f4")

    def rows(self, numbers: Sequence[int]) -> Vectors:
        """Return (n_numbers, dimension) the rows of these numbers."""
        return np.asarray(self._rows[np.asarray(numbers, dtype=np.intp)])
