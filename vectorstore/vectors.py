"""The vectors of all chunks in one file, and what is near among them.

Chroma finds what is near by the leading numbers of the vectors (a Matryoshka funnel, Kusupati et al. 2022),
in half the time of whole ones; how near it is, is computed from the whole vectors here, exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.errors import REBUILD_COMMAND, IndexDamagedError
from vectorstore.protocols import ChunkHits, ChunkStore, Vectors

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

    def rows(self, numbers: Sequence[int] | NDArray[np.intp]) -> Vectors:
        """Return (n_numbers, dimension) the rows of these numbers."""
        return np.asarray(self._rows[np.asarray(numbers, dtype=np.intp)])


class Nearest:
    """Finds the chunks of a generation that are near: coarsely in a store, then exactly."""

    def __init__(self, store: ChunkStore, vectors: VectorFile, coarse: int) -> None:
        """Take a store of the leading `coarse` numbers of the vectors."""
        self._store = store
        self._vectors = vectors
        self._coarse = coarse

    def count(self) -> int:
        """Return the number of chunks."""
        return self._store.count()

    def search(self, vector: NDArray[np.float32], k: int) -> ChunkHits:
        """Return at most k chunks by cosine similarity, best first."""
        rows = self._store.search(vector[: self._coarse], k)
        return best_first(rows, self._vectors.rows(rows) @ vector)


def best_first(rows: NDArray[np.intp], scores: Vectors) -> ChunkHits:
    """Return (n,) chunks with their scores, best first; ties keep their order."""
    order = np.argsort(-scores, kind="stable")
    return ChunkHits(rows=rows[order], scores=scores[order])
