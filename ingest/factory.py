"""Builds what ingest hands over, and its commands."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from ingest.chunking import index_document
from ingest.commands import Commands, Progress
from ingest.document import read_with_glosses
from ingest.errors import BadInputError
from ingest.receipts import Receipts
from ingest.settings import IngestSettings, Settings
from ingest.taking import find_files
from vectorstore.factory import fits, open_catalog, open_writer
from vectorstore.models import IndexedDocument
from vectorstore.protocols import IndexWriter

logger = logging.getLogger(__name__)

_RECEIPTS = "taken.json"
_WIDTH_OF_FILES = 140
"""Columns of tables that go to a file or pipe, so that ids are not folded."""


def build_documents(
    paths: Sequence[Path], settings: IngestSettings | None = None
) -> tuple[IndexedDocument, ...]:
    """Return the documents of files with their chunks, ready for `IndexWriter.apply`.

    Raises:
        BadInputError: one of the files cannot be taken in.
    """
    section = settings or IngestSettings()
    read = (read_with_glosses(path, section) for path in paths)
    return tuple(index_document(one.document, one.wordings, section.sentence_chunks) for one in read)


def build_readable(folder: Path, settings: IngestSettings | None = None) -> tuple[IndexedDocument, ...]:
    """Return the documents of a folder with their chunks; files that cannot be taken in are left out."""
    section = settings or IngestSettings()
    documents: dict[str, IndexedDocument] = {}
    for path in find_files([folder]):
        try:
            (item,) = build_documents([path], section)
        except BadInputError:
            logger.info("left out: %s", path.name, exc_info=True)
        else:
            documents.setdefault(item.document.document_id, item)
    return tuple(documents.values())


def build_commands(settings: Settings) -> Commands:
    """Return the commands over the configured index; the embedding model is loaded when one writes."""

    def open_configured_writer(rebuild: bool, progress: Progress) -> IndexWriter:
        return open_writer(settings.vectorstore, rebuild=rebuild, progress=progress)

    catalog = open_catalog(settings.vectorstore)
    return Commands(
        settings=settings.ingest,
        catalog=catalog,
        receipts=Receipts(settings.vectorstore.data_dir / _RECEIPTS, settings.ingest, catalog),
        open_writer=open_configured_writer,
        out=Console(width=None if sys.stdout.isatty() else _WIDTH_OF_FILES),
        err=Console(stderr=True),
        fits=lambda: fits(settings.vectorstore),
    )
