"""The gap report: which units' clauses people ask for and get no full answer from."""

from __future__ import annotations

from assistant.feedback.gaps import GONE, NO_UNIT, report_gaps
from assistant.feedback.records import Count, Verdict
from assistant.models import Status
from tests.fakes.composing import plan_ledger

PLAN = "huzhou-ai-plan-2025-draft"
VOUCHERS = f"{PLAN}:三/(四)/12"


def count(clause: str | None, status: Status, n: int = 1, verdict: Verdict | None = None) -> Count:
    return Count(found_first=clause, status=status, verdict=verdict, n=n)


def test_a_clause_counts_for_each_unit_that_it_names() -> None:
    report = {gap.unit: gap for gap in report_gaps([count(VOUCHERS, Status.UNSPECIFIED, 3)], plan_ledger())}
    assert set(report) == {"市经信局", "市科技局", "市发展改革委", "各区县政府"}
    (clause,) = report["市经信局"].clauses
    assert (clause.asked, clause.unanswered, clause.missed) == (3, 3, 3)
    assert "12.提升普惠服务水平" in clause.heading


def test_unanswered_and_voted_down_is_missed_once() -> None:
    counts = [
        count(VOUCHERS, Status.ANSWERED, 5),
        count(VOUCHERS, Status.ANSWERED, 2, Verdict.DOWN),
        count(VOUCHERS, Status.NO_EVIDENCE, 4, Verdict.DOWN),
        count(VOUCHERS, Status.ANSWERED, 1, Verdict.UP),
    ]
    (clause,) = report_gaps(counts, plan_ledger())[0].clauses
    assert (clause.asked, clause.unanswered, clause.down, clause.missed) == (12, 4, 6, 6)


def test_what_no_clause_could_answer_is_no_units_gap() -> None:
    counts = [
        count(VOUCHERS, Status.BLOCKED),
        count(VOUCHERS, Status.OUT_OF_SCOPE),
        count(None, Status.FAILED),
    ]
    assert report_gaps(counts, plan_ledger()) == ()


def test_the_units_with_most_missed_questions_come_first() -> None:
    ledger = plan_ledger()
    transport = next(entry for entry in ledger.units if entry.unit.name == "市交通运输局")
    counts = [count(transport.clause_id, Status.ANSWERED, 50), count(VOUCHERS, Status.UNSPECIFIED, 1)]
    report = report_gaps(counts, ledger)
    assert [gap.missed for gap in report] == sorted((gap.missed for gap in report), reverse=True)
    assert report[0].missed == 1


def test_clauses_without_units_and_clauses_that_are_gone_are_told_apart() -> None:
    ledger = plan_ledger()
    bare = next(place.clause_id for place in ledger.places if not place.clause.units)
    report = report_gaps([count(bare, Status.FAILED), count("old:一", Status.FAILED)], ledger)
    assert {gap.unit for gap in report} == {NO_UNIT, GONE}
    gone = next(gap for gap in report if gap.unit == GONE)
    assert gone.clauses[0].clause_id == "old:一"
