"""Which clauses of which responsible unit people ask for and get no full answer from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pydantic import Field

from assistant.feedback.records import UNANSWERED, Count, Verdict
from assistant.ledger import Ledger
from assistant.models import Status
from vectorstore.models import Record

NO_UNIT = "(条款没有列责任单位)"
GONE = "(条款已不在收录的文件里)"
_OUTSIDE = (Status.OUT_OF_SCOPE, Status.BLOCKED)
"""What no clause could have answered, whatever the search found."""


class ClauseGap(Record):
    """How the questions ended that a clause was found first for."""

    clause_id: str
    heading: str = Field(description="title of the document and heading of the clause")
    asked: int = Field(ge=1, description="questions that the clause was found first for")
    unanswered: int = Field(ge=0, description="of them without a full answer")
    down: int = Field(ge=0, description="of them voted down")
    missed: int = Field(ge=0, description="of them unanswered or voted down")


class UnitGap(Record):
    """The clauses of a responsible unit, those with most missed questions first."""

    unit: str
    clauses: tuple[ClauseGap, ...]

    @property
    def asked(self) -> int:
        """Return how many questions found one of its clauses first."""
        return sum(clause.asked for clause in self.clauses)

    @property
    def missed(self) -> int:
        """Return how many of them were unanswered or voted down."""
        return sum(clause.missed for clause in self.clauses)


def report_gaps(counts: Iterable[Count], ledger: Ledger) -> tuple[UnitGap, ...]:
    """Return the units whose clauses were asked for, those with most missed questions first.

    A clause counts for each unit that it names: the plan does not say who of them should have answered.
    """
    grouped: dict[str, list[Count]] = defaultdict(list)
    for count in counts:
        if count.found_first is not None and count.status not in _OUTSIDE:
            grouped[count.found_first].append(count)
    by_unit: dict[str, list[ClauseGap]] = defaultdict(list)
    for clause_id, its_counts in grouped.items():
        for unit in _units(clause_id, ledger):
            by_unit[unit].append(_clause_gap(clause_id, its_counts, ledger))
    units = [
        UnitGap(unit=unit, clauses=tuple(sorted(gaps, key=lambda gap: (-gap.missed, -gap.asked))))
        for unit, gaps in by_unit.items()
    ]
    return tuple(sorted(units, key=lambda gap: (-gap.missed, -gap.asked, gap.unit)))


def _units(clause_id: str, ledger: Ledger) -> tuple[str, ...]:
    place = ledger.by_id.get(clause_id)
    if place is None:
        return (GONE,)
    return tuple(dict.fromkeys(unit.name for unit in place.clause.units)) or (NO_UNIT,)


def _clause_gap(clause_id: str, counts: Iterable[Count], ledger: Ledger) -> ClauseGap:
    place = ledger.by_id.get(clause_id)
    asked = unanswered = down = missed = 0
    for count in counts:
        open_still, bad = count.status in UNANSWERED, count.verdict is Verdict.DOWN
        asked += count.n
        unanswered += count.n * open_still
        down += count.n * bad
        missed += count.n * (open_still or bad)
    heading = (
        "" if place is None else f"《{place.document.title}》{place.clause.heading or place.clause.path}"
    )
    return ClauseGap(
        clause_id=clause_id, heading=heading, asked=asked, unanswered=unanswered, down=down, missed=missed
    )
