"""The Protocols that the other packages are written against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.models import (
    Chunk,
    Document,
    DocumentChange,
    IndexedDocument,
    RetrievalQuery,
    SearchResult,
)

Vectors = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class ChunkHits:
    """Chunks that the dense leg found, best first; columns, because one search finds hundreds."""

    rows: NDArray[np.intp]
    """(n_hits,) numbers of chunks in their generation"""
    scores: Vectors
    """(n_hits,) cosine similarities, -1..1, falling"""


Run = tuple[int, int]
"""Neighbouring sentences of a text: the first, and the one behind the last."""


class Embedder(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """Name and revision of the model; another name means another index."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def coarse(self) -> int:
        """Leading numbers of a vector that find what is near well enough to look closer; all by default."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (n_texts, dimension) float32, rows L2-normalised."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (n_texts, dimension) float32, rows L2-normalised, with the model's query prompt."""
        ...

    def embed_runs(self, texts: Sequence[Sequence[str]], runs: Sequence[Sequence[Run]]) -> Vectors:
        """Return (n_runs, dimension) float32, rows L2-normalised: runs of neighbouring sentences of texts.

        Args:
            texts: as sentences.
            runs: of each text, as (first sentence, sentence behind the last).
        """
        ...


class ChunkStore(Protocol):
    """Finds which chunks of one generation are near."""

    def add(self, first: int, vectors: Vectors) -> None:
        """Add (n, coarse) vectors of the chunks `first`, `first` + 1 and so on."""
        ...

    def count(self) -> int:
        """Return the number of chunks."""
        ...

    def search(self, vector: NDArray[np.float32], k: int) -> NDArray[np.intp]:
        """Return the numbers of at most k chunks by cosine similarity to a (coarse,) vector, best first."""
        ...

    def close(self) -> None:
        """Release files and connections; the store is not used afterwards."""
        ...


class Retriever(Protocol):
    """Finds clauses for a question."""

    def retrieve(self, query: RetrievalQuery, k: int) -> SearchResult:
        """Return at most k clauses, best first, each clause once."""
        ...


class Reranker(Protocol):
    """Orders passages by how well they answer a question."""

    def score(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        """Return one score a passage, higher is better."""
        ...


class Catalog(Protocol):
    """The documents of one index generation, with clause trees and annotations."""

    def documents(self) -> tuple[Document, ...]:
        """Return all documents, ordered by id."""
        ...

    def document(self, document_id: str) -> Document | None:
        """Return one document, or None."""
        ...

    def chunks(self, document_id: str) -> tuple[Chunk, ...]:
        """Return the chunks of one document."""
        ...


class IndexWriter(Protocol):
    """Builds a new index generation beside the serving one and swaps it in whole."""

    def apply(
        self, replace: Sequence[IndexedDocument], remove: Sequence[str] = ()
    ) -> tuple[DocumentChange, ...]:
        """Put documents in (by id) and take documents out; one report line a document given or removed.

        Nothing changed means no new generation. A run that dies leaves the previous generation serving.
        """
        ...
