"""An index in memory: a Catalog and an IndexWriter at once."""

from __future__ import annotations

from collections.abc import Sequence

from vectorstore.changes import merged, report
from vectorstore.models import Chunk, Document, DocumentChange, IndexedDocument


class MemoryIndex:
    """Keeps documents in a dictionary; counts the generations that were written."""

    def __init__(self) -> None:
        self.items: dict[str, IndexedDocument] = {}
        self.generations = 0

    def apply(
        self, replace: Sequence[IndexedDocument], remove: Sequence[str] = ()
    ) -> tuple[DocumentChange, ...]:
        before = dict(self.items)
        given = {item.document.document_id: item for item in replace}
        self.items = dict(merged(before, given, remove))
        self.generations += self.items != before
        return report(before, replace, remove, {})

    def documents(self) -> tuple[Document, ...]:
        return tuple(item.document for item in self.items.values())

    def document(self, document_id: str) -> Document | None:
        item = self.items.get(document_id)
        return item.document if item else None

    def chunks(self, document_id: str) -> tuple[Chunk, ...]:
        item = self.items.get(document_id)
        return item.chunks if item else ()
