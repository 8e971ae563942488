"""Writes the files of one generation: catalog, passages, lexical index, vectors, and what searches these."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from vectorstore.catalog import CatalogWriter, FileCatalog
from vectorstore.lexical import write_lexical
from vectorstore.models import Chunk, IndexedDocument
from vectorstore.passages import PassageWriter
from vectorstore.protocols import ChunkStore, Embedder, Vectors
from vectorstore.vectors import VectorFile, VectorWriter

logger = logging.getLogger(__name__)

_WORTH_A_PROCESS = 5_000
"""Passages; a process takes some 2 s to start."""

Progress = Callable[[int, int], None]
"""Called with the chunks that have their vectors, and all chunks."""


class KnownVectors:
    """Vectors of the generation before, by the digest of their chunks' texts."""

    def __init__(self, vectors: VectorFile | None, documents: Mapping[str, IndexedDocument]) -> None:
        """Take the vectors, and the documents in the order in which their chunks have these."""
        self._vectors = vectors
        chunks = (chunk for item in documents.values() for chunk in item.chunks)
        self._rows = {chunk.digest: row for row, chunk in enumerate(chunks)}

    def knows(self, chunk: Chunk) -> bool:
        """Whether a text of the same digest was embedded before."""
        return self._vectors is not None and chunk.digest in self._rows

    def take(self, chunks: Sequence[Chunk]) -> Vectors:
        """Return (n_chunks, dimension) the vectors of chunks that are known."""
        if self._vectors is None or not chunks:
            return np.zeros((0, 0), dtype=np.float32)
        return self._vectors.rows([self._rows[chunk.digest] for chunk in chunks])


@dataclass(frozen=True, kw_only=True)
class Built:
    """What a generation holds, and what was made for it."""

    digests: Mapping[str, str]
    """of the documents, by id"""
    passages: int
    chunks: int
    embedded: Counter[str]
    """how many chunks of each document were embedded"""


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
        self, folder: Path, items: Mapping[str, IndexedDocument], store: ChunkStore, known: KnownVectors
    ) -> Built:
        """Write everything but the manifest; each document is read once, never more than one is held.

        Args:
            folder: the empty folder of the generation.
            items: the documents, ordered by id.
            store: the empty collection of the generation.
            known: vectors that need not be computed again.
        """
        held = _Counted()
        texts: list[str] = []
        with (
            closing(CatalogWriter(folder / "catalog")) as documents,
            closing(PassageWriter(folder / "passages")) as passages,
        ):
            for item in map(held.count, items.values()):
                documents.write(item)
                texts += passages.write(item)
        chunks = _chunks(FileCatalog(folder / "catalog"), items)
        count = len(texts)
        with _beside(count) as beside:
            lexical = beside.submit(write_lexical, folder / "lexical", texts, self._with_characters)
            del texts
            with closing(VectorWriter(folder)) as writer:
                embedded = self._write_vectors(chunks, held.chunks, store, writer, known)
            lexical.result()
        return Built(digests=held.digests, passages=count, chunks=held.chunks, embedded=embedded)

    def _write_vectors(
        self,
        chunks: Iterator[Chunk],
        total: int,
        store: ChunkStore,
        writer: VectorWriter,
        known: KnownVectors,
    ) -> Counter[str]:
        embedded: Counter[str] = Counter()
        done = 0
        while batch := list(islice(chunks, self._batch_size)):
            vectors = self._vectors(batch, known)
            writer.write(vectors)
            store.add(batch, vectors)
            embedded.update(chunk.document_id for chunk in batch if not known.knows(chunk))
            done += len(batch)
            if self._progress is not None:
                self._progress(done, total)
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


class _Counted:
    """Notes what goes past."""

    def __init__(self) -> None:
        self.digests: dict[str, str] = {}
        self.chunks = 0

    def count(self, item: IndexedDocument) -> IndexedDocument:
        """Note a document and give it on."""
        self.digests[item.document.document_id] = item.document.digest
        self.chunks += len(item.chunks)
        return item


def _chunks(catalog: FileCatalog, document_ids: Iterable[str]) -> Iterator[Chunk]:
    """Yield the chunks of documents, in order."""
    return (chunk for document_id in document_ids for chunk in catalog.chunks(document_id))
