"""The data of the staff page as rows: once for the screen, once for files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.feedback.gaps import UnitGap
from assistant.feedback.records import KeptQuestion
from assistant.feedback.subjects import Subject
from assistant.ui.texts import UiTexts
from prompts.loader import Messages
from vectorstore.models import Record

Cell = str | int | float
_PLACE = ZoneInfo("Asia/Shanghai")
_BARS = "▁▂▃▄▅▆▇█"


class Table(Record):
    """Headings and rows."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Tables:
    """Makes tables of what the store gives."""

    def __init__(self, say: Messages, texts: UiTexts) -> None:
        self._say = say
        self._texts = texts

    def questions(self, questions: Sequence[KeptQuestion]) -> Table:
        """Return one row a question."""
        names = (
            "number", "asked_at", "question", "status", "verdict", "reason", "comment", "audience", "elapsed",
            "clause",
        )  # fmt: skip
        return Table(headings=self._headings(*names), rows=tuple(self._question(one) for one in questions))

    def subjects(self, subjects: Sequence[Subject]) -> Table:
        """Return one row a subject; the weeks as bars and as numbers."""
        names = ("words", "asked", "unanswered", "down", "trend", "now", "before", "central", "examples")
        rows = tuple(
            (
                "、".join(one.words), one.n, one.unanswered, one.down, bars(one.weekly), one.weekly[-1],
                one.weekly[-2], one.central, " / ".join(one.examples),
            )
            for one in subjects
        )  # fmt: skip
        return Table(headings=self._headings(*names), rows=rows)

    def gaps(self, units: Sequence[UnitGap]) -> Table:
        """Return one row a unit and clause, the clauses of a unit together."""
        names = ("unit", "missed", "asked", "unanswered", "down", "clause")
        rows = tuple(
            (
                unit.unit, clause.missed, clause.asked, clause.unanswered, clause.down,
                clause.heading or clause.clause_id,
            )
            for unit in units
            for clause in unit.clauses
        )  # fmt: skip
        return Table(headings=self._headings(*names), rows=rows)

    def _question(self, one: KeptQuestion) -> tuple[Cell, ...]:
        return (
            one.number,
            moment(one.asked_at),
            one.text,
            self._texts.statuses[one.status],
            self._say(f"verdicts.{one.verdict.value if one.verdict else 'none'}"),
            self._texts.rating_reasons[one.reason] if one.reason else "",
            one.comment,
            self._texts.audiences[one.audience],
            round(one.elapsed_ms),
            one.found_first or "",
        )

    def _headings(self, *names: str) -> tuple[str, ...]:
        return tuple(self._say(f"columns.{name}") for name in names)


def moment(when: datetime) -> str:
    """Return a moment by the clock on the wall in Huzhou."""
    return f"{when.astimezone(_PLACE):%Y-%m-%d %H:%M}"


def bars(counts: Sequence[int]) -> str:
    """Return counts as a line of bars, the highest as high as the line."""
    top = max(counts, default=0)
    if top == 0:
        return _BARS[0] * len(counts)
    return "".join(_BARS[round((len(_BARS) - 1) * count / top)] for count in counts)
