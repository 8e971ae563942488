"""Writes the files of one generation: catalog, passages, lexical index, vectors, and what searches these."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path

import numpy as np

from vectorstore.beside import Beside
from vectorstore.catalog import CatalogWriter
from vectorstore.models import Chunk, IndexedDocument
from vectorstore.passages import PassageWriter
from vectorstore.protocols import Embedder, Vectors
from vectorstore.store import ChromaStores
from vectorstore.vectors import VectorFile, VectorWriter
from vectorstore.words import Texts, write_words

logger = logging.getLogger(__name__)

_WORTH_A_PROCESS = 4
"""Batches of chunks; a process takes some 2 s to start."""
_MANY = 1_000
"""Documents that are worth one before it is known how many chunks they have."""

Progress = Callable[[int, int], None]
"""Called with the documents that are done, and all documents."""


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


class GenerationBuilder:
    """Writes generations with one embedder."""

    def __init__(
        self,
        embedder: Embedder,
        stores: ChromaStores,
        batch_size: int,
        with_characters: bool,
        progress: Progress | None = None,
    ) -> None:
        self._embedder = embedder
        self._stores = stores
        self._batch_size = batch_size
        self._with_characters = with_characters
        self._progress = progress

    def build(
        self, folder: Path, collection: str, items: Mapping[str, IndexedDocument], known: KnownVectors
    ) -> Built:
        """Write everything but the manifest; each document is read once, never more than one is held.

        Args:
            folder: the empty folder of the generation.
            collection: name of its vectors in the store.
            items: the documents, ordered by id.
            known: vectors that need not be computed again.
        """
        cut_words = partial(write_words, folder / "lexical", self._with_characters)
        write_graph = partial(self._stores.write, folder, collection)
        worth = 1 if len(items) >= _MANY else _WORTH_A_PROCESS
        with (
            Beside(cut_words, worth) as words,
            Beside(write_graph, worth) as graph,
            closing(VectorWriter(folder)) as vectors,
            closing(_DocumentWriter(folder, self._progress, len(items))) as writer,
        ):
            embedded: Counter[str] = Counter()
            chunks = chain.from_iterable(map(writer.write, items.values()))
            while batch := list(islice(chunks, self._batch_size)):
                rows = self._vectors(batch, known)
                vectors.write(rows)
                graph.send(rows[:, : self._embedder.coarse])
                words.send(writer.take_texts())
                embedded.update(chunk.document_id for chunk in batch if not known.knows(chunk))
            words.send(writer.take_texts())
            words.finish()
            graph.finish()
        return Built(
            digests=writer.digests, passages=writer.passages, chunks=writer.chunks, embedded=embedded
        )

    def _vectors(self, batch: Sequence[Chunk], known: KnownVectors) -> Vectors:
        vectors = np.zeros((len(batch), self._embedder.dimension), dtype=np.float32)
        old = [row for row, chunk in enumerate(batch) if known.knows(chunk)]
        new = [row for row, chunk in enumerate(batch) if not known.knows(chunk)]
        if old:
            vectors[old] = known.take([batch[row] for row in old])
        if new:
            vectors[new] = self._embedder.embed_passages([batch[row].text for row in new])
        return vectors


class _DocumentWriter:
    """Writes catalog and passages of a generation document by document, and counts them."""

    def __init__(self, folder: Path, progress: Progress | None, total: int) -> None:
        self._documents = CatalogWriter(folder / "catalog")
        self._passages = PassageWriter(folder / "passages")
        self._texts: list[Texts] = []
        self._progress = progress
        self._total = total
        self.digests: dict[str, str] = {}
        self.passages = 0
        self.chunks = 0

    def write(self, item: IndexedDocument) -> tuple[Chunk, ...]:
        """Write one document and return its chunks."""
        self._documents.write(item)
        texts = self._passages.write(item)
        self._texts.append(texts)
        self.passages += len(texts)
        self.chunks += len(item.chunks)
        self.digests[item.document.document_id] = item.document.digest
        if self._progress is not None:
            self._progress(len(self.digests), self._total)
        return item.chunks

    def take_texts(self) -> list[Texts]:
        """Return the texts for the lexical index that were not taken before, one a passage, by document."""
        taken, self._texts = self._texts, []
        return taken

    def close(self) -> None:
        """Close the files."""
        self._documents.close()
        self._passages.close()
