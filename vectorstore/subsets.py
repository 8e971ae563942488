"""What a search in a part of the corpus reads: few passages as a corpus of their own, many through all.

Few passages are scored as if there were no others: how rare a word is, and what share of a question's words
is known, is counted among them alone. So the plan answers beside 3,400 laws as it does by itself.

Chroma is asked without conditions: `where` on 200,000 chunks takes 60 to 100 ms a query, and the metadata
that it needs takes a third of the time of indexing (docs/adr/0002-fusion.md). Which passages a filter leaves
stands in the passage table.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from itertools import groupby
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from vectorstore.models import Filters
from vectorstore.passages import PassageTable, lexical_texts
from vectorstore.protocols import Catalog, ChunkHits, Vectors
from vectorstore.vectors import Nearest, VectorFile, best_first
from vectorstore.words import WordIndex

FEW = 2_000
"""Passages up to which a part is a corpus of its own: some 8 MB of vectors a filter."""
_KEPT = 16
_WIDER = 4
_WIDEST = 16


@dataclass(frozen=True, kw_only=True)
class Subset:
    """Few passages, with all that scores them."""

    rows: NDArray[np.intp]
    """(n_passages,) of the passage table"""
    words: WordIndex
    """over these passages, in their order"""
    chunks: NDArray[np.intp]
    """(n_chunks,) their numbers in the generation"""
    vectors: Vectors
    """(n_chunks, dimension)"""

    def search(self, vector: NDArray[np.float32], k: int) -> ChunkHits:
        """Return at most k chunks by cosine similarity, best first; exact."""
        k = min(k, len(self.chunks))
        scores = self.vectors @ vector
        best = np.argpartition(-scores, k - 1)[:k] if k > 0 else np.zeros(0, dtype=np.intp)
        return best_first(self.chunks[best], scores[best])


class Subsets:
    """What filters leave of a generation, each subset read once and kept for the next search."""

    def __init__(
        self,
        nearest: Nearest,
        vectors: VectorFile,
        passages: PassageTable,
        catalog: Catalog,
        with_characters: bool,
    ) -> None:
        self._nearest = nearest
        self._vectors = vectors
        self._passages = passages
        self._catalog = catalog
        self._with_characters = with_characters
        self._known: OrderedDict[Filters, Subset] = OrderedDict()
        self._lock = Lock()

    def subset(self, filters: Filters) -> Subset | None:
        """Return what the filters leave as a corpus of its own; None where that is not few."""
        with self._lock:
            known = self._known.get(filters)
            if known is not None:
                self._known.move_to_end(filters)
                return known
        allowed = self._passages.allowed(filters)
        left = len(self._passages) if allowed is None else np.count_nonzero(allowed)
        if left > FEW:
            return None
        read = self._read(np.arange(left) if allowed is None else np.flatnonzero(allowed))
        with self._lock:
            self._known[filters] = read
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return read

    def search(self, vector: NDArray[np.float32], k: int, filters: Filters) -> ChunkHits:
        """Return at most k chunks of the whole corpus that the filters leave, best first.

        Where they leave few of all, fewer than k may be found.
        """
        allowed = self._passages.allowed(filters)
        if allowed is None:
            return self._nearest.search(vector, k)
        widest = min(self._nearest.count(), _WIDEST * k)
        asked = min(k, widest)
        while True:
            hits = self._left(self._nearest.search(vector, asked), allowed, k)
            if asked >= widest or len(hits.rows) >= k // _WIDER:
                return hits
            asked = min(widest, _WIDER * asked)

    def _left(self, hits: ChunkHits, allowed: NDArray[np.bool_], k: int) -> ChunkHits:
        kept = np.flatnonzero(allowed[self._passages.of_chunks[hits.rows]])[:k]
        return ChunkHits(rows=hits.rows[kept], scores=hits.scores[kept])

    def _read(self, rows: NDArray[np.intp]) -> Subset:
        passages = [self._passages.passage(int(row)) for row in rows]
        parts = [part for passage in passages for part in passage.parts]
        documents = dict.fromkeys(passage.document_id for passage in passages)
        chunks = (chunk for document_id in documents for chunk in self._catalog.chunks(document_id))
        texts = lexical_texts([passage.clause_id for passage in passages], chunks)
        by_document = groupby(zip(passages, texts, strict=True), lambda one: one[0].document_id)
        return Subset(
            rows=rows,
            words=WordIndex.of(
                ([text for _, text in of_one] for _, of_one in by_document), self._with_characters
            ),
            chunks=np.asarray([part.row for part in parts], dtype=np.intp),
            vectors=self._vectors.rows([part.row for part in parts]),
        )
