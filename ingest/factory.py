"""Builds what ingest hands over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.chunking import index_document
from ingest.document import read_with_glosses
from ingest.settings import IngestSettings
from vectorstore.models import IndexedDocument


def build_documents(
    paths: Sequence[Path], settings: IngestSettings | None = None
) -> tuple[IndexedDocument, ...]:
    """Return the documents of files with their chunks, ready for `IndexWriter.apply`.

    Raises:
        BadInputError: one of the files cannot be taken in.
    """
    section = settings or IngestSettings()
    return tuple(index_document(read_with_glosses(path, section).document) for path in paths)
