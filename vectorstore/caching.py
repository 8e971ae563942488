"""The vectors of passages that were looked at before, kept for the next search; bounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorstore.models import ChunkKind
from vectorstore.passages import Passage
from vectorstore.protocols import Vectors
from vectorstore.vectors import VectorFile

DEFAULT_LIMIT = 50_000


@dataclass(frozen=True, kw_only=True)
class Block:
    """The chunks of one passage as vectors."""

    vectors: Vectors
    """(n_parts, dimension), in the order of the passage's parts"""
    of_kind: Mapping[ChunkKind, NDArray[np.intp]]
    """positions of the parts of each kind"""
    asking: tuple[NDArray[np.intp], ...]
    """for each sentence of the passage, the positions of its own part and of the wordings it answers"""


class BlockCache:
    """Makes the blocks of passages, each once; starts anew when it is full."""

    def __init__(self, vectors: VectorFile, limit: int = DEFAULT_LIMIT) -> None:
        """Keep the vectors of at most about `limit` chunks."""
        self._vectors = vectors
        self._limit = limit
        self._blocks: dict[str, Block] = {}
        self._kept = 0

    def blocks(self, passages: Sequence[Passage]) -> list[Block]:
        """Return the block of each passage."""
        known = self._blocks
        missing = [passage for passage in passages if passage.clause_id not in known]
        if missing:
            read = self._read(missing)
            size = sum(len(block.vectors) for block in read.values())
            if self._kept + size > self._limit:
                known = {one.clause_id: known[one.clause_id] for one in passages if one.clause_id in known}
                self._kept = sum(len(block.vectors) for block in known.values())
            self._blocks = known = {**known, **read}
            self._kept += size
        return [known[passage.clause_id] for passage in passages]

    def _read(self, passages: Sequence[Passage]) -> dict[str, Block]:
        vectors = self._vectors.rows([part.row for passage in passages for part in passage.parts])
        blocks, start = {}, 0
        for passage in passages:
            end = start + len(passage.parts)
            blocks[passage.clause_id] = _block(passage, vectors[start:end])
            start = end
        return blocks


def _block(passage: Passage, vectors: Vectors) -> Block:
    positions: dict[ChunkKind, list[int]] = {}
    for position, part in enumerate(passage.parts):
        positions.setdefault(part.kind, []).append(position)
    at = {part.chunk_id: position for position, part in enumerate(passage.parts)}
    return Block(
        vectors=np.ascontiguousarray(vectors),
        of_kind={kind: np.asarray(found, dtype=np.intp) for kind, found in positions.items()},
        asking=tuple(
            np.asarray([at[one.chunk_id] for one in passage.asking(part)], dtype=np.intp)
            for part in passage.sentences()
        ),
    )
