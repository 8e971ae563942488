"""Vectors of chunks that were read before, kept for the next search; bounded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.protocols import ChunkStore, Vectors

DEFAULT_LIMIT = 50_000


class VectorCache:
    """Reads vectors through a store, each chunk once; forgets everything when it is full."""

    def __init__(self, store: ChunkStore, limit: int = DEFAULT_LIMIT) -> None:
        self._store = store
        self._limit = limit
        self._rows: dict[str, NDArray[np.float32]] = {}

    def vectors(self, chunk_ids: Sequence[str]) -> Vectors:
        """Return (n_ids, dimension) float32 in the order asked for."""
        rows = self._rows
        missing = [chunk_id for chunk_id in chunk_ids if chunk_id not in rows]
        if missing:
            read = dict(zip(missing, self._store.vectors(missing), strict=True))
            if len(rows) + len(read) > self._limit:
                rows = {chunk_id: rows[chunk_id] for chunk_id in chunk_ids if chunk_id in rows}
            self._rows = rows = {**rows, **read}
        if not chunk_ids:
            return np.zeros((0, 0), dtype=np.float32)
        return np.stack([rows[chunk_id] for chunk_id in chunk_ids])
