"""The commands of `python -m ingest`: add, list, show, remove, ensure."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from ingest import messages, views
from ingest.chat import ChatServer
from ingest.drafting import draft_glosses
from ingest.errors import UnknownDocumentError
from ingest.progress import reading_progress, writing_progress
from ingest.receipts import Receipts
from ingest.settings import IngestSettings
from ingest.taking import Taken, corpus_files, find_files, take, take_measures
from vectorstore.errors import IndexDamagedError, IndexMismatchError
from vectorstore.models import Document, DocumentChange, IndexedDocument
from vectorstore.protocols import Catalog, IndexWriter
from vectorstore.standing import StandingBook

Progress = Callable[[int, int], None]
WriterOpener = Callable[[bool, Progress], IndexWriter]
"""Opens the writer: whether all is embedded again, and whom to tell the chunks done and all chunks."""

OK, FOUND, REFUSED = 0, 1, 2
"""Exit codes: done; done, with something to look at; at least one input was refused."""


@dataclass(frozen=True)
class Commands:
    """The commands over an index; results go to `out`, everything else to `err`."""

    settings: IngestSettings
    catalog: Catalog
    receipts: Receipts
    open_writer: WriterOpener
    out: Console
    err: Console
    fits: Callable[[], bool] = lambda: True
    today: Callable[[], date] = date.today

    def add(self, paths: Sequence[Path]) -> int:
        """Take files in and print what changed; good files go in even if others are refused."""
        started = time.monotonic()
        taken = self._take(find_files(paths))
        if taken.documents:
            changes = self._apply(taken.documents, rebuild=False)
            self.receipts.keep(taken.receipts)
            self._report(changes, time.monotonic() - started)
        self._tell_unchanged(taken.unchanged)
        for refusal in taken.refusals:
            self._say(refusal, style="red")
        return REFUSED if taken.refusals else OK

    def list(self, as_json: bool) -> int:
        """Print the documents of the index."""
        lines = views.document_lines(self.catalog, self.today())
        if as_json:
            self._print_plain(views.lines_json(lines))
        elif lines:
            self.out.print(views.list_table(lines))
        else:
            self.out.print(messages.NO_INDEX, highlight=False, markup=False)
        return OK

    def show(self, document_id: str, as_json: bool) -> int:
        """Print one document with its clauses and annotations."""
        document = self._document(document_id)
        day = self.today()
        on = StandingBook(self.catalog.documents()).on(document.document_id, day)
        if as_json:
            self._print_plain(views.document_json(document, on, day))
        else:
            for line in views.document_text(document, on, day):
                self.out.print(line, highlight=False)
        return OK

    def remove(self, document_id: str) -> int:
        """Take a document out of the index."""
        document = self._document(document_id)
        for change in self._write((), (document.document_id,)):
            line = messages.REMOVED.format(document_id=change.document_id, clauses=change.removed)
            self.out.print(line, highlight=False, markup=False)
        return OK

    def gloss(self, document_id: str) -> int:
        """Draft glosses of a document into its review file; 1 where a draft was not taken."""
        document = self._document(document_id)
        model = ChatServer(self.settings.drafting)
        with writing_progress(self.err) as tell:
            drafted = draft_glosses(document, self.settings.glosses_dir, model, tell)
        for clause, reason in drafted.refused:
            self._say(messages.DRAFT_REFUSED.format(path=clause, reason=reason), style="yellow")
        path = self.settings.glosses_dir / f"{document_id}.yaml"
        line = messages.DRAFTED.format(document_id=document_id, count=len(drafted.written), path=path)
        self.out.print(line, highlight=False, markup=False, soft_wrap=True)
        return FOUND if drafted.refused else OK

    def ensure(self, rebuild: bool) -> int:
        """Bring the index up to the shipped corpus; does nothing where it is."""
        started = time.monotonic()
        if not rebuild and not self.fits():
            self._say(messages.OUTDATED_INDEX)
            rebuild = True
        taken = self._take(corpus_files(self.settings.corpus_dir), anew=rebuild)
        if taken.refusals:
            for refusal in taken.refusals:
                self._say(refusal, style="red")
            return REFUSED
        excerpts = take_measures(self.settings.corpus_dir)
        documents = (*taken.documents, *excerpts)
        wanted = documents if rebuild else tuple(d for d in documents if not self._is_current(d))
        gone = self._gone(excerpts)
        if not wanted and not gone and not rebuild:
            count = len(self.catalog.documents())
            self.out.print(messages.NOTHING_TO_DO.format(documents=count), highlight=False, markup=False)
        else:
            self._report(self._apply(wanted, rebuild, gone), time.monotonic() - started)
        if taken.receipts:
            self.receipts.keep(taken.receipts)
        return OK

    def _gone(self, excerpts: Sequence[IndexedDocument]) -> tuple[str, ...]:
        """Return the excerpts of the index that the file of measures no longer holds.

        An index that this program cannot read is built from nothing: nothing of it stays.
        """
        try:
            documents = self.catalog.documents()
        except (IndexMismatchError, IndexDamagedError):
            return ()
        kept = {item.document.document_id for item in excerpts}
        return tuple(
            document.document_id
            for document in documents
            if document.is_excerpt and document.document_id not in kept
        )

    def _take(self, paths: Sequence[Path], anew: bool = False) -> Taken:
        with reading_progress(self.err, len(paths)) as tell:
            taken = take(paths, self.settings, self.receipts, tell, anew)
        for stale in taken.stale:
            line = messages.STALE_GLOSS.format(
                document_id=stale.document_id, count=len(stale.paths), paths="、".join(stale.paths)
            )
            self._say(line, style="yellow")
        return taken

    def _apply(
        self, documents: Sequence[IndexedDocument], rebuild: bool, remove: Sequence[str] = ()
    ) -> tuple[DocumentChange, ...]:
        chunks = sum(len(item.chunks) for item in documents)
        self._say(messages.INDEXING.format(chunks=chunks))
        return self._write(documents, remove, rebuild)

    def _write(
        self, replace: Sequence[IndexedDocument], remove: Sequence[str], rebuild: bool = False
    ) -> tuple[DocumentChange, ...]:
        with writing_progress(self.err) as tell:
            return self.open_writer(rebuild, tell).apply(replace, remove)

    def _report(self, changes: Sequence[DocumentChange], seconds: float) -> None:
        self.out.print(views.change_table(changes, seconds))
        self._tell_unchanged([change.document_id for change in changes if views.is_unchanged(change)])

    def _tell_unchanged(self, document_ids: Sequence[str]) -> None:
        if len(document_ids) > views.MOST_ROWS:
            line = messages.ALL_UNCHANGED.format(count=len(document_ids))
            self.out.print(line, highlight=False, markup=False)
            return
        for document_id in document_ids:
            line = messages.UNCHANGED.format(document_id=document_id)
            self.out.print(line, highlight=False, markup=False, soft_wrap=True)

    def _is_current(self, item: IndexedDocument) -> bool:
        document_id = item.document.document_id
        if self.catalog.document(document_id) != item.document:
            return False
        return self.catalog.chunks(document_id) == item.chunks

    def _document(self, document_id: str) -> Document:
        document = self.catalog.document(document_id)
        if document is None:
            raise UnknownDocumentError(messages.UNKNOWN_DOCUMENT.format(document_id=document_id))
        return document

    def _say(self, line: str, style: str | None = None) -> None:
        self.err.print(line, style=style, highlight=False, markup=False, soft_wrap=True)

    def _print_plain(self, text: str) -> None:
        self.out.file.write(text + "\n")
