"""The documents of a generation as files: one JSON line a document, read when asked for."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter

from vectorstore.lines import Lines, LineWriter
from vectorstore.models import Chunk, Document, IndexedDocument
from vectorstore.shelf import Documents

_CHUNKS: TypeAdapter[tuple[Chunk, ...]] = TypeAdapter(tuple[Chunk, ...])


class EmptyCatalog:
    """The catalog of an index into which nothing has been ingested."""

    def documents(self) -> tuple[Document, ...]:
        """Return no documents."""
        return ()

    def document(self, document_id: str) -> Document | None:  # noqa: ARG002
        """Return None."""
        return None

    def chunks(self, document_id: str) -> tuple[Chunk, ...]:  # noqa: ARG002
        """Return no chunks."""
        return ()


class FileCatalog:
    """A Catalog over the folder of one generation; documents are parsed once, on first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        ids: list[str] = json.loads((folder / "ids.json").read_bytes())
        self._rows = {document_id: row for row, document_id in enumerate(ids)}
        self._parsed: dict[str, Document] = {}

    @cached_property
    def _documents(self) -> Lines:
        return Lines(self._folder / "documents.jsonl")

    @cached_property
    def _chunks(self) -> Lines:
        return Lines(self._folder / "chunks.jsonl")

    def documents(self) -> tuple[Document, ...]:
        """Return all documents, ordered by id."""
        return tuple(document for key in self._rows if (document := self.document(key)) is not None)

    def document(self, document_id: str) -> Document | None:
        """Return one document, or None."""
        row = self._rows.get(document_id)
        if row is None:
            return None
        if document_id not in self._parsed:
            self._parsed[document_id] = Document.model_validate_json(self._documents[row])
        return self._parsed[document_id]

    def chunks(self, document_id: str) -> tuple[Chunk, ...]:
        """Return the chunks of one document; none where it is not in the index."""
        row = self._rows.get(document_id)
        return () if row is None else _CHUNKS.validate_json(self._chunks[row])

    def indexed(self) -> Documents:
        """Return all documents with their chunks, each read anew when it is asked for and not kept."""
        return Documents(self._rows, self._read)

    def _read(self, document_id: str) -> IndexedDocument:
        document = Document.model_validate_json(self._documents[self._rows[document_id]])
        return IndexedDocument(document=document, chunks=self.chunks(document_id))


class CatalogWriter:
    """Writes documents, ordered by id, for `FileCatalog` to read."""

    def __init__(self, folder: Path) -> None:
        """Make the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._ids: list[str] = []
        self._documents = LineWriter(folder / "documents.jsonl")
        self._chunks = LineWriter(folder / "chunks.jsonl")

    def write(self, item: IndexedDocument) -> None:
        """Write one document with its chunks."""
        self._ids.append(item.document.document_id)
        self._documents.write(item.document.model_dump_json().encode())
        self._chunks.write(_CHUNKS.dump_json(item.chunks))

    def close(self) -> None:
        """Close the files and write the ids."""
        self._documents.close()
        self._chunks.close()
        (self._folder / "ids.json").write_text(json.dumps(self._ids, ensure_ascii=False), "utf-8")
