"""`python -m ingest diff`: finds the two documents, compares them, prints or writes the result."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from ingest import messages
from ingest.comparing.comparing import compare
from ingest.comparing.page import diff_page
from ingest.comparing.table import diff_head, diff_table
from ingest.document import read_document
from ingest.errors import UnknownDocumentError, UnreadableFileError, UnwritableFileError
from ingest.settings import IngestSettings
from vectorstore.models import Document
from vectorstore.protocols import Catalog


@dataclass(frozen=True)
class DiffCommand:
    """Compares two documents, each a file or an id of the index."""

    settings: IngestSettings
    catalog: Catalog
    out: Console
    today: Callable[[], date] = date.today

    def run(self, before: str, after: str, *, html: Path | None, as_json: bool) -> int:
        """Print the comparison of two documents, and write it as a page where one is asked for.

        Returns:
            0, whether or not they differ.

        Raises:
            UnknownDocumentError: one is neither a file nor in the index.
            BadInputError: a file cannot be read as a document.
            UnwritableFileError: the page cannot be written.
        """
        diff = compare(self._document(before), self._document(after), self.today())
        if html is not None:
            self._write(html, diff_page(diff), (before, after))
        if as_json:
            self.out.file.write(json.dumps(diff.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n")
            return 0
        for line in diff_head(diff):
            self.out.print(line, highlight=False, soft_wrap=True)
        if any(row.is_shown for row in diff.rows):
            self.out.print(diff_table(diff), highlight=False)
        else:
            self.out.print(messages.NO_DIFFERENCE, highlight=False, markup=False)
        if html is not None:
            self.out.print(messages.PAGE_WRITTEN.format(path=html), highlight=False, markup=False)
        return 0

    def _document(self, name: str) -> Document:
        """Return the document of a file, else of the index."""
        path = Path(name)
        if path.is_dir():
            raise UnreadableFileError(messages.DIFF_DIRECTORY.format(name=name))
        if path.exists():
            return read_document(path, self.settings)
        document = self.catalog.document(name)
        if document is None:
            raise UnknownDocumentError(messages.NO_FILE_NO_DOCUMENT.format(name=name))
        return document

    def _write(self, path: Path, page: str, inputs: tuple[str, ...]) -> None:
        if any(path.resolve() == Path(name).resolve() for name in inputs):
            raise UnwritableFileError(messages.PAGE_IS_INPUT.format(path=path))
        try:
            path.write_text(page, encoding="utf-8")
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UnwritableFileError(messages.PAGE_UNWRITABLE.format(path=path, reason=reason)) from error
