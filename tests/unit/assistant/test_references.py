"""Clauses named by number are found where the number is unambiguous."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ledger import Ledger
from assistant.references import find_references
from ingest.document import read_document

PLAN = Path("ingest/corpus/huzhou-ai-plan-2025-draft.txt")


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return Ledger((read_document(PLAN),))


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("三、(五)15 那条全写的啥", "三/(五)/15"),
        ("三/(四)/12 是什么", "三/(四)/12"),
        ("措施12说了什么", "三/(四)/12"),
        ("第3个场景归谁管", "二/(二)/3"),
        ("二(一)整个念一下", "二/(一)"),
    ],
)
def test_a_clause_named_by_number_is_found(ledger: Ledger, question: str, path: str) -> None:
    assert [place.clause.path for place in find_references(question, ledger)] == [path]


@pytest.mark.parametrize(
    "question", ["小巨人40家以上对吗", "2027年的目标", "打12345有用吗", "措施99", "三个场景"]
)
def test_other_numbers_name_no_clause(ledger: Ledger, question: str) -> None:
    assert find_references(question, ledger) == ()
