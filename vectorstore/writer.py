"""Builds a new generation beside the serving one and swaps it in whole."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from vectorstore.building import Built, GenerationBuilder, KnownVectors
from vectorstore.catalog import FileCatalog
from vectorstore.changes import check_chunks, merged, report
from vectorstore.errors import IndexDamagedError
from vectorstore.generations import SCHEMA_VERSION, Build, Generations, Manifest
from vectorstore.models import DocumentChange, IndexedDocument, text_digest
from vectorstore.reading import check
from vectorstore.shelf import by_id
from vectorstore.store import ChromaStores
from vectorstore.vectors import VectorFile

logger = logging.getLogger(__name__)


class GenerationWriter:
    """An IndexWriter over the generations of a data folder."""

    def __init__(
        self,
        generations: Generations,
        stores: ChromaStores,
        builder: GenerationBuilder,
        build: Build,
        rebuild: bool = False,
    ) -> None:
        self._generations = generations
        self._stores = stores
        self._builder = builder
        self._build = build
        self._rebuild = rebuild

    def apply(
        self, replace: Sequence[IndexedDocument], remove: Sequence[str] = ()
    ) -> tuple[DocumentChange, ...]:
        """Put documents in and take documents out; one report line a document given or removed.

        Raises:
            IndexLockedError: Another process is writing.
            IndexMismatchError: The index was built by another model, and this is no rebuild.
            UnknownDocumentError: A document to remove is not in the index.
            InvalidChunksError: Chunks contradict their document or each other.
        """
        given = by_id(replace, [_checked(item) for item in replace])
        with self._generations.lock():
            self._prune()
            before = self._before()
            after = merged(before, given, remove)
            embedded: Counter[str] = Counter()
            is_changed = self._rebuild or remove or any(before.get(key) != given[key] for key in given)
            if is_changed:
                embedded = self._swap_in(before, after)
            lines = report(before, replace, remove, embedded)
            if is_changed:
                self._prune()  # only now, since the report reads the generation before
            return lines

    def _prune(self) -> None:
        """Remove what dead runs and older generations left in the folder and on the server."""
        self._generations.prune()
        kept = [self._collection(number) for number in self._generations.kept()]
        self._stores.drop_others(self._prefix(), kept)

    def _before(self) -> Mapping[str, IndexedDocument]:
        """Return the documents of the serving generation, as far as this program can read them."""
        number = self._generations.current()
        if number is None:
            return {}
        if self._rebuild:
            if not self._readable(number):
                return {}
        else:
            check(self._generations.manifest(number), self._build)
        return FileCatalog(self._generations.folder(number) / "catalog").indexed()

    def _readable(self, number: int) -> bool:
        try:
            return self._generations.manifest(number).build.schema_version == SCHEMA_VERSION
        except IndexDamagedError as error:
            logger.warning("rebuilding from nothing: %s", error)
            return False

    def _swap_in(
        self, before: Mapping[str, IndexedDocument], after: Mapping[str, IndexedDocument]
    ) -> Counter[str]:
        """Build the next generation, make it the serving one, and return what was embedded."""
        previous = self._generations.current()
        number = self._generations.begin()
        folder = self._generations.folder(number)
        known = self._known(previous, before)
        built = self._builder.build(folder, self._collection(number), after, known)
        self._generations.publish(self._manifest(number, previous, built))
        return built.embedded

    def _known(self, previous: int | None, before: Mapping[str, IndexedDocument]) -> KnownVectors:
        if previous is None or self._rebuild:
            return KnownVectors(None, {})
        chunks, folder = self._generations.manifest(previous).chunks, self._generations.folder(previous)
        return KnownVectors(VectorFile(folder, chunks, self._build.dimension), before)

    def _manifest(self, number: int, previous: int | None, built: Built) -> Manifest:
        digests = "\n".join(f"{key} {digest}" for key, digest in built.digests.items())
        return Manifest(
            build=self._build,
            generation=number,
            previous=previous,
            collection=self._collection(number),
            corpus_digest=text_digest(digests),
            documents=len(built.digests),
            passages=built.passages,
            chunks=built.chunks,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
        )

    def _prefix(self) -> str:
        return f"huxz-{self._generations.index_id()}-"

    def _collection(self, number: int) -> str:
        return f"{self._prefix()}{number:06d}"


def _checked(item: IndexedDocument) -> str:
    """Return the id of a document whose chunks fit it.

    Raises:
        InvalidChunksError: They contradict it or each other.
    """
    check_chunks(item)
    return item.document.document_id
