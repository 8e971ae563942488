"""`python -m ingest sync`: visits the sources, takes in what changed, tells what became of each."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ingest import messages, views
from ingest.commands import FOUND, OK, Commands
from ingest.errors import UnknownSourceError
from ingest.progress import fetching_progress, reading_progress, writing_progress
from ingest.syncing.sources import Source
from ingest.syncing.stamping import stamped
from ingest.syncing.table import plan_table, visit_table
from ingest.syncing.visiting import State, Visit, Visitor
from ingest.taking import take
from vectorstore.models import DocumentChange, IndexedDocument

_WRONG = frozenset({State.VANISHED, State.FAILED})


@dataclass(frozen=True)
class SyncCommand:
    """Brings the documents of the list up to what their sites show, over the index of `commands`."""

    commands: Commands
    sources: tuple[Source, ...]
    visitor: Visitor
    folder: Path

    def run(self, only: Sequence[str] = (), dry_run: bool = False) -> int:
        """Visit the sources, all or those of the ids given, and report.

        Returns:
            0; 1 where a page vanished or could not be had.

        Raises:
            UnknownSourceError: the list holds no source of an id given.
        """
        chosen = self._chosen(only)
        if dry_run:
            self.commands.out.print(plan_table(chosen, self.visitor.snapshots))
            hosts = {source.url.split("/")[2] for source in chosen}
            self._tell(messages.SYNC_PLAN.format(sources=len(chosen), hosts=len(hosts)))
            return OK
        started = time.monotonic()
        visits = self._visit(chosen, since=None if only else self._since())
        changes, refusals = self._take(visits)
        if not only:
            self.visitor.snapshots.end()
        shown = [change for change in changes if not views.is_unchanged(change)]
        if shown:
            self.commands.out.print(views.change_table(shown, time.monotonic() - started))
        self.commands.out.print(visit_table(visits))
        for line in refusals:
            self.commands.err.print(line, style="red", highlight=False, markup=False, soft_wrap=True)
        counts = Counter(visit.state for visit in visits)
        states = "、".join(f"{state.value} {counts[state]} 份" for state in State if counts[state])
        self._tell(messages.SYNC_DONE.format(states=states, folder=self.folder))
        return FOUND if refusals or any(visit.state in _WRONG for visit in visits) else OK

    def _chosen(self, only: Sequence[str]) -> tuple[Source, ...]:
        known = {source.id: source for source in self.sources}
        for source_id in only:
            if source_id not in known:
                raise UnknownSourceError(messages.UNKNOWN_SOURCE.format(id=source_id))
        return tuple(source for source in self.sources if not only or source.id in only)

    def _since(self) -> datetime | None:
        """Return when the interrupted run began that this one carries on; else note that one begins."""
        now = self.visitor.now()
        begun = self.visitor.snapshots.interrupted()
        hours = self.commands.settings.sync.resume_hours
        if begun and timedelta(0) <= now - begun <= timedelta(hours=hours):
            self._tell(messages.SYNC_RESUMED)
            return begun
        self.visitor.snapshots.begin(now)
        return None

    def _visit(self, sources: Sequence[Source], since: datetime | None) -> tuple[Visit, ...]:
        visits = []
        with fetching_progress(self.commands.err, len(sources)) as tell:
            for source in sources:
                tell(source.title)
                visits.append(self.visitor.visit(source, since))
        return tuple(visits)

    def _take(self, visits: Sequence[Visit]) -> tuple[tuple[DocumentChange, ...], tuple[str, ...]]:
        """Take in the snapshots whose documents the index does not hold as they are; stamp them all."""
        commands = self.commands
        held = {visit.source.id: visit for visit in visits if visit.snapshot}
        paths = [self.visitor.snapshots.path(visit.snapshot) for visit in held.values() if visit.snapshot]
        with reading_progress(commands.err, len(paths)) as tell:
            taken = take(paths, commands.settings, commands.receipts, tell)
        items = {item.document.document_id: item for item in (*taken.documents, *self._held(taken.unchanged))}
        documents = []
        for key, visit in held.items():
            if key in items and visit.snapshot:
                documents.append(stamped(items[key], visit.source, visit.snapshot))
        wanted = [item for item in documents if commands.catalog.document(_id(item)) != item.document]
        if not wanted:
            return (), taken.refusals
        with writing_progress(commands.err) as told:
            changes = commands.open_writer(False, told).apply(wanted)
        commands.receipts.keep(taken.receipts)
        return changes, taken.refusals

    def _held(self, document_ids: Sequence[str]) -> list[IndexedDocument]:
        catalog = self.commands.catalog
        held = ((catalog.document(key), catalog.chunks(key)) for key in document_ids)
        return [IndexedDocument(document=one, chunks=tuple(chunks)) for one, chunks in held if one]

    def _tell(self, line: str) -> None:
        self.commands.out.print(line, highlight=False, markup=False, soft_wrap=True)


def _id(item: IndexedDocument) -> str:
    return item.document.document_id
