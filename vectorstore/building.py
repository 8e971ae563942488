"""Writes the files of one generation: catalog, passages, lexical index, vectors."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from vectorstore.catalog import write_catalog
from vectorstore.lexical import write_lexical
from vectorstore.models import Chunk, IndexedDocument
from vectorstore.passages import lexical_texts, write_passages
from vectorstore.protocols import ChunkStore, Embedder, Vectors

logger = logging.getLogger(__name__)

_WORTH_A_PROCESS = 5_000
"""Passages; a process takes some 2 s to start."""

Progress = Callable[[int, int], None]
"""Called with the chunks that have their vectors, and all chunks."""


class KnownVectors:
    """Vectors of the generation before, by the digest of their chunks' texts."""

    def __init__(self, store: ChunkStore | None, documents: Mapping[str, IndexedDocument]) -> None:
        self._store = store
        self._ids = {chunk.digest: chunk.chunk_id for item in documents.values() for chunk in item.chunks}

    def knows(self, chunk: Chunk) -> bool:
        """Whether a text of the same digest was embedded before."""
        return self._store is not None and chunk.digest in self._ids

    def take(self, chunks: Sequence[Chunk]) -> Vectors:
        """Return (n_chunks, dimension) the vectors of chunks that are known."""
        if self._store is None or not chunks:
            return np.zeros((0, 0), dtype=np.float32)
        return self._store.vectors([self._ids[chunk.digest] for chunk in chunks])

    def close(self) -> None:
        """Release the store of the generation before."""
        if self._store is not None:
            self._store.close()


def _beside(n_texts: int) -> Executor:
    """Return what writes the lexical index beside the vectors: a process where that is worth its start.

    Cutting texts into words keeps Python's lock, so a thread makes both wait for each other.
    """
    if n_texts < _WORTH_A_PROCESS:
        return ThreadPoolExecutor(max_workers=1)
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))


class GenerationBuilder:
    """Writes generations with one embedder."""

    def __init__(
        self, embedder: Embedder, batch_size: int, with_characters: bool, progress: Progress | None = None
    ) -> None:
        self._embedder = embedder
        self._batch_size = batch_size
        self._with_characters = with_characters
        self._progress = progress

    def build(
        self, folder: Path, items: Sequence[IndexedDocument], store: ChunkStore, known: KnownVectors
    ) -> Counter[str]:
        """Write everything but the manifest.

        Args:
            folder: the empty folder of the generation.
            items: the documents, ordered by id.
            store: the empty collection of the generation.
            known: vectors that need not be computed again.

        Returns:
            How many chunks of each document were embedded.
        """
        write_catalog(folder / "catalog", items)
        clause_ids = write_passages(folder / "passages", items).clause_ids
        texts = lexical_texts(clause_ids, (chunk for item in items for chunk in item.chunks))
        with _beside(len(texts)) as beside:
            lexical = beside.submit(write_lexical, folder / "lexical", texts, self._with_characters)
            del texts
            embedded = self._write_vectors(items, store, known)
            lexical.result()
        return embedded

    def _write_vectors(
        self, items: Sequence[IndexedDocument], store: ChunkStore, known: KnownVectors
    ) -> Counter[str]:
        chunks = [chunk for item in items for chunk in item.chunks]
        embedded: Counter[str] = Counter()
        for start in range(0, len(chunks), self._batch_size):
            batch = chunks[start : start + self._batch_size]
            store.add(batch, self._vectors(batch, known))
            embedded.update(chunk.document_id for chunk in batch if not known.knows(chunk))
            if self._progress is not None:
                self._progress(start + len(batch), len(chunks))
        return embedded

    def _vectors(self, batch: Sequence[Chunk], known: KnownVectors) -> Vectors:
        vectors = np.zeros((len(batch), self._embedder.dimension), dtype=np.float32)
        old = [row for row, chunk in enumerate(batch) if known.knows(chunk)]
        new = [row for row, chunk in enumerate(batch) if not known.knows(chunk)]
        if old:
            vectors[old] = known.take([batch[row] for row in old])
        if new:
            vectors[new] = self._embedder.embed_passages([batch[row].text for row in new])
        return vectors
