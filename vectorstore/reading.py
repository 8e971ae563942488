"""The serving generation as a process reads it; notices when another one is swapped in."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from threading import Lock

from vectorstore.caching import BlockCache
from vectorstore.catalog import EmptyCatalog, FileCatalog
from vectorstore.errors import REBUILD_COMMAND, IndexMismatchError
from vectorstore.generations import SCHEMA_VERSION, Build, Generations, Manifest
from vectorstore.models import Chunk, Document
from vectorstore.passages import PassageTable
from vectorstore.protocols import Catalog, ChunkStore
from vectorstore.store import ChromaStores
from vectorstore.subsets import Subsets
from vectorstore.vectors import Nearest, VectorFile
from vectorstore.words import WordIndex

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """One generation, opened: everything that one search reads, so that a swap never mixes two."""

    manifest: Manifest
    catalog: FileCatalog
    passages: PassageTable
    words: WordIndex
    store: ChunkStore
    subsets: Subsets
    blocks: BlockCache


def check(manifest: Manifest, build: Build) -> None:
    """Refuse a generation that was built with another embedding model, schema or kind of Chroma.

    Raises:
        IndexMismatchError: The message names what differs and the command that rebuilds the index.
    """
    for field, value in build.model_dump().items():
        found = getattr(manifest.build, field)
        if found != value:
            raise IndexMismatchError(
                f"the index was built with {field} = {found}, but {value} is configured; "
                f"rebuild it: {REBUILD_COMMAND}"
            )


class CurrentIndex:
    """Opens the serving generation and follows its swaps; one stat a call while nothing changes."""

    def __init__(self, generations: Generations, stores: ChromaStores, build: Build) -> None:
        self._generations = generations
        self._stores = stores
        self._build = build
        self._lock = Lock()
        self._stamp: tuple[int, int] | None = None
        self._current: Snapshot | None = None
        self._previous: Snapshot | None = None

    @property
    def stamp(self) -> tuple[int, int] | None:
        """What changes with every swap; None before the first ingest."""
        return self._generations.stamp()

    def snapshot(self) -> Snapshot:
        """Return the serving generation.

        A search that began on the generation before may end on it: that one is closed at the next swap.

        Raises:
            IndexMissingError: Nothing has been ingested yet.
            IndexMismatchError: Another embedding model, schema or kind of Chroma built it.
        """
        stamp = self._generations.stamp()
        current = self._current
        if current is not None and stamp == self._stamp:
            return current
        with self._lock:
            if self._current is None or stamp != self._stamp:
                opened = self._open()
                if self._previous is not None:
                    self._previous.store.close()
                self._previous, self._current, self._stamp = self._current, opened, stamp
            return self._current

    def close(self) -> None:
        """Release what is open."""
        for snapshot in (self._previous, self._current):
            if snapshot is not None:
                snapshot.store.close()
        self._previous = self._current = self._stamp = None

    def _open(self) -> Snapshot:
        number = self._generations.require_current()
        manifest = self._generations.manifest(number)
        check(manifest, self._build)
        folder = self._generations.folder(number)
        logger.info("opening generation %d", number)
        vectors = VectorFile(folder, manifest.chunks, manifest.build.dimension)
        store = self._stores.open(folder, manifest.collection)
        passages, catalog = PassageTable(folder / "passages"), FileCatalog(folder / "catalog")
        with_characters = manifest.build.bigrams
        return Snapshot(
            manifest=manifest,
            catalog=catalog,
            passages=passages,
            words=WordIndex.open(folder / "lexical", with_characters),
            store=store,
            subsets=Subsets(
                Nearest(store, vectors, manifest.build.coarse), vectors, passages, catalog, with_characters
            ),
            blocks=BlockCache(vectors),
        )


class CurrentCatalog:
    """The Catalog of the serving generation, without vectors or model; empty before the first ingest."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._stamp: tuple[int, int] | None = None
        self._catalog: Catalog = EmptyCatalog()

    def documents(self) -> tuple[Document, ...]:
        """Return all documents, ordered by id."""
        return self._serving().documents()

    def document(self, document_id: str) -> Document | None:
        """Return one document, or None."""
        return self._serving().document(document_id)

    def chunks(self, document_id: str) -> tuple[Chunk, ...]:
        """Return the chunks of one document."""
        return self._serving().chunks(document_id)

    def _serving(self) -> Catalog:
        stamp = self._generations.stamp()
        if stamp != self._stamp:
            number = self._generations.current()
            self._catalog = EmptyCatalog() if number is None else self._open(number)
            self._stamp = stamp
        return self._catalog

    def _open(self, number: int) -> Catalog:
        manifest = self._generations.manifest(number)
        if manifest.build.schema_version != SCHEMA_VERSION:
            raise IndexMismatchError(
                f"the index has schema {manifest.build.schema_version}, this program reads {SCHEMA_VERSION}; "
                f"rebuild it: {REBUILD_COMMAND}"
            )
        return FileCatalog(self._generations.folder(number) / "catalog")
