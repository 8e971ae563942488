"""The documents of a generation as files: one JSON line a document, read when asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter

from vectorstore.lines import Lines, write_lines
from vectorstore.models import Chunk, Document, IndexedDocument

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


def write_catalog(folder: Path, documents: Sequence[IndexedDocument]) -> None:
    """Write the documents, ordered by id, for `FileCatalog` to read."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = [item.document.document_id for item in documents]
    (folder / "ids.json").write_text(json.dumps(ids, ensure_ascii=False), "utf-8")
    write_lines(folder / "documents.jsonl", (item.document.model_dump_json().encode() for item in documents))
    write_lines(folder / "chunks.jsonl", (_CHUNKS.dump_json(item.chunks) for item in documents))
