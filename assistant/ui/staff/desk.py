"""What the staff page shows, as data: overview, questions, subjects, gaps, candidates, reports."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from pydantic import Field

from assistant.feedback.gaps import UnitGap, report_gaps
from assistant.feedback.records import UNANSWERED, KeptAnswer, Mark, Page, Sieve, Verdict
from assistant.feedback.store import FeedbackStore
from assistant.feedback.subjects import Embed, Subject, find_subjects
from assistant.ledger import Ledger
from assistant.models import Status
from assistant.ui.staff.settings import StaffSettings
from vectorstore.models import Record

logger = logging.getLogger(__name__)

MOST_CLUSTERED = 20_000
"""Newest questions that the subjects are found in."""
_FRESH_FOR = timedelta(minutes=10)
_REPORT_FILES = ("report.html", "report.md")
_MOST_RUNS = 30
_MOST_CANDIDATES = 500
_LARGEST_FILE = 20_000_000


class Period(Record):
    """How the questions of a period ended."""

    name: str = Field(description="week, month, all")
    asked: int = 0
    answered: int = 0
    unanswered: int = 0
    outside: int = 0
    up: int = 0
    down: int = 0


class Opening(Record):
    """What the page shows first."""

    periods: tuple[Period, ...]
    failing: Page
    recent: Page


class Candidate(Record):
    """A candidate for a golden question, as its file holds it."""

    id: str
    question: str
    note: str


class RunReport(Record):
    """An evaluation run with its reports."""

    name: str
    made: datetime
    files: tuple[str, ...]


class StaffDesk:
    """Reads the store and the folders for the staff page."""

    def __init__(
        self,
        store: FeedbackStore,
        ledger: Callable[[], Ledger],
        embed: Embed,
        settings: StaffSettings,
        candidates_file: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Take the store, what gives the serving documents, the embedder's function, and a clock."""
        self._store = store
        self._ledger = ledger
        self._embed = embed
        self.settings = settings
        self.candidates_file = candidates_file
        self._clock = clock
        self._subjects: tuple[datetime, Mark, tuple[Subject, ...]] | None = None
        self._lock = Lock()
        self._background = ThreadPoolExecutor(max_workers=1, thread_name_prefix="subjects")

    def opening(self) -> Opening:
        """Return what the page shows first."""
        size = self.settings.page_size
        return Opening(
            periods=tuple(
                self._period(name, days) for name, days in (("week", 7), ("month", 30), ("all", None))
            ),
            failing=self._store.page(Sieve(failing=True), 0, size),
            recent=self._store.page(Sieve(), 0, size),
        )

    def questions(self, sieve: Sieve, offset: int, limit: int | None = None) -> Page:
        """Return a part of the questions that a sieve lets through."""
        return self._store.page(sieve, max(0, offset), limit or self.settings.page_size)

    def answer(self, number: int) -> KeptAnswer:
        """Return everything known of a question.

        Raises:
            UnknownQuestionError: no kept question has this number.
        """
        return self._store.answer(number)

    def subjects(self) -> tuple[Subject, ...]:
        """Return the hot subjects; found anew at most every ten minutes, and only where something changed."""
        with self._lock:
            now, mark = self._clock(), self._store.mark()
            known = self._subjects
            if known is not None and (known[1] == mark or now - known[0] < _FRESH_FOR):
                return known[2]
            asked = self._store.asked(self._since(), MOST_CLUSTERED)
            found = find_subjects(asked, self._embed, now, self.settings.hot_weeks)
            self._subjects = (now, mark, found)
            return found

    def prepare(self) -> None:
        """Find the subjects in the background, so that they are there when somebody looks at them."""
        self._background.submit(self.subjects)

    def gaps(self) -> tuple[UnitGap, ...]:
        """Return the gap report a responsible unit."""
        return report_gaps(self._store.counts(self._since()), self._ledger())

    def candidates(self) -> tuple[Candidate, ...]:
        """Return the candidates for golden questions, the newest first; a broken line is shown as such."""
        if not self.candidates_file.is_file() or self.candidates_file.stat().st_size > _LARGEST_FILE:
            return ()
        lines = self.candidates_file.read_text("utf-8", "replace").splitlines()
        return tuple(_candidate(line) for line in reversed(lines) if line.strip())[:_MOST_CANDIDATES]

    def reports(self) -> tuple[RunReport, ...]:
        """Return the evaluation runs that have a report, the newest first."""
        folder = self.settings.reports_dir
        runs = [
            RunReport(name=run.name, made=_made(run / files[0]), files=files)
            for run in (sorted(folder.iterdir()) if folder.is_dir() else ())
            if run.is_dir() and (files := tuple(name for name in _REPORT_FILES if (run / name).is_file()))
        ]
        return tuple(sorted(runs, key=lambda run: run.made, reverse=True)[:_MOST_RUNS])

    def report_file(self, run: str, name: str) -> Path | None:
        """Return a report of a listed run, None for anything else."""
        listed = any(known.name == run and name in known.files for known in self.reports())
        return self.settings.reports_dir / run / name if listed else None

    def _since(self) -> datetime:
        return self._clock() - timedelta(weeks=self.settings.hot_weeks)

    def _period(self, name: str, days: int | None) -> Period:
        since = None if days is None else self._clock() - timedelta(days=days)
        counted: dict[str, int] = dict.fromkeys(
            ("asked", "answered", "unanswered", "outside", "up", "down"), 0
        )
        for count in self._store.counts(since):
            counted["asked"] += count.n
            counted[_ending(count.status)] += count.n
            counted["up"] += count.n * (count.verdict is Verdict.UP)
            counted["down"] += count.n * (count.verdict is Verdict.DOWN)
        return Period(name=name, **counted)


def _ending(status: Status) -> str:
    if status is Status.ANSWERED:
        return "answered"
    return "unanswered" if status in UNANSWERED else "outside"


def _made(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _candidate(line: str) -> Candidate:
    try:
        fields: Any = json.loads(line)
    except ValueError:
        fields = None
    known: Mapping[str, Any] = fields if isinstance(fields, dict) else {}
    turns = known.get("turns")
    question = str(turns[-1]) if isinstance(turns, list) and turns else line[:200]
    return Candidate(id=str(known.get("id", "?")), question=question, note=str(known.get("note", "")))
