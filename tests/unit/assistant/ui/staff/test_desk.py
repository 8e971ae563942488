"""What the staff page reads: the store, the folders, and a cache that knows when it is old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from assistant.feedback.database import open_engine
from assistant.feedback.records import NewQuestion, Versions
from assistant.feedback.store import SqlFeedbackStore
from assistant.models import Audience, Status
from assistant.ui.staff.desk import StaffDesk
from assistant.ui.staff.settings import StaffSettings
from tests.fakes.composing import plan_ledger

NOW = datetime(2025, 7, 15, tzinfo=UTC)


class Desk(StaffDesk):
    """A desk over a SQLite file with a clock that stands still, counting what it embeds."""

    def __init__(self, folder: Path) -> None:
        self.now, self.embedded = NOW, 0
        self.store = SqlFeedbackStore(open_engine(f"sqlite:///{folder / 'f.sqlite'}"))
        settings = StaffSettings(reports_dir=folder / "reports")
        super().__init__(
            self.store, plan_ledger, self._count, settings, folder / "candidates.jsonl", lambda: self.now
        )

    def _count(self, texts: object) -> np.ndarray:
        self.embedded += 1
        return np.ones((len(texts), 4), dtype=np.float32) / 2  # type: ignore[arg-type]

    def ask(self, receipt: str, status: Status = Status.ANSWERED, days: int = 1) -> None:
        self.store.keep(
            [
                NewQuestion(
                    receipt=receipt, asked_at=NOW - timedelta(days=days), turns=("问",),
                    audience=Audience.CITIZEN, status=status, elapsed_ms=1, answer_digest="a",
                    versions=Versions(app="1", corpus="c", embedding="e"),
                )
            ]
        )  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_opening_counts_each_ending_once(desk: Desk) -> None:
    for number, status in enumerate(Status):
        desk.ask(f"receipt-{number}", status)
    desk.ask("receipt-old", Status.ANSWERED, days=20)
    week, month, every = desk.opening().periods
    assert (week.asked, week.answered, week.unanswered, week.outside) == (6, 1, 3, 2)
    assert (month.asked, every.asked) == (7, 7)
    assert {one.status for one in desk.opening().failing.questions} == {
        Status.UNSPECIFIED, Status.NO_EVIDENCE, Status.FAILED,
    }  # fmt: skip


def test_subjects_are_found_anew_only_where_something_changed_and_time_passed(desk: Desk) -> None:
    desk.ask("receipt-1")
    desk.subjects()
    desk.subjects()
    desk.ask("receipt-2")
    desk.subjects()
    assert desk.embedded == 1
    desk.now += timedelta(minutes=11)
    assert desk.subjects()[0].n == 2
    assert desk.embedded == 2


def test_a_broken_candidate_is_shown_as_it_stands(desk: Desk) -> None:
    desk.candidates_file.write_text(
        '{"id":"fb1","turns":["问"],"note":"n"}\nnot json\n[]\n', encoding="utf-8"
    )
    shown = [(one.id, one.question) for one in desk.candidates()]
    assert shown == [("?", "[]"), ("?", "not json"), ("fb1", "问")]


def test_only_reports_of_runs_are_listed_and_served(desk: Desk, tmp_path: Path) -> None:
    for name in ("001-a", "002-b", "003-empty"):
        (tmp_path / "reports" / name).mkdir(parents=True)
    (tmp_path / "reports" / "001-a" / "report.html").write_text("a", encoding="utf-8")
    (tmp_path / "reports" / "001-a" / "answers.jsonl").write_text("private", encoding="utf-8")
    (tmp_path / "reports" / "002-b" / "report.md").write_text("b", encoding="utf-8")
    assert {(run.name, run.files) for run in desk.reports()} == {
        ("001-a", ("report.html",)), ("002-b", ("report.md",)),
    }  # fmt: skip
    assert desk.report_file("001-a", "report.html") == tmp_path / "reports" / "001-a" / "report.html"
    for run, name in (("001-a", "answers.jsonl"), ("..", "f.sqlite"), ("001-a/..", "report.html"), ("", "")):
        assert desk.report_file(run, name) is None


def test_nothing_kept_and_no_folders_is_an_empty_page(desk: Desk) -> None:
    assert desk.opening().periods[-1].asked == 0
    assert (desk.subjects(), desk.gaps(), desk.candidates(), desk.reports()) == ((), (), (), ())
