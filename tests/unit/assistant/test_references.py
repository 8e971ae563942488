"""Clauses named by number are found where the number is unambiguous."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ledger import Ledger
from assistant.references import find_references
from ingest.document import parse_document, read_document

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
        ("AI+医疗是市数据局牵头的", "二/(二)/7"),
        ("人工智能+文旅讲了啥", "二/(二)/6"),
        ("那么教育这一场景到底归谁管", "二/(二)/9"),
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


LAW = (
    "# 某省数据促进条例\n\n第十条 甲。\n第十条之一 乙。\n第二十三条 丙。\n第一百零五条 丁。\n"
    "附件1\n某细则\n第二十三条 戊。\n"
)
OTHER = "# 某市算力管理办法\n\n第九条 甲。\n第二十三条 乙。\n"


@pytest.fixture(scope="module")
def laws() -> Ledger:
    return Ledger((parse_document(LAW, "数据条例.md"), parse_document(OTHER, "算力办法.md")))


@pytest.mark.parametrize(
    ("question", "clause_id"),
    [
        ("某省数据促进条例第23条怎么说", "数据条例:第二十三条"),
        ("某省数据促进条例第二十三条怎么说", "数据条例:第二十三条"),
        ("《某市算力管理办法》第 23 条", "算力办法:第二十三条"),
        ("某省数据促进条例第105条", "数据条例:第一百零五条"),
        ("某省数据促进条例第十条之一", "数据条例:第十条之一"),
        ("某省数据促进条例第10条", "数据条例:第十条"),
        ("第9条说了什么", "算力办法:第九条"),
    ],
)
def test_an_article_is_found_however_its_number_is_written(
    laws: Ledger, question: str, clause_id: str
) -> None:
    assert [place.clause_id for place in find_references(question, laws)] == [clause_id]


@pytest.mark.parametrize(
    "question", ["第23条说了什么", "某省数据促进条例第99条", "第十十十条", "第一十十条之一一一"]
)
def test_an_article_that_could_be_of_several_documents_or_of_none_names_no_clause(
    laws: Ledger, question: str
) -> None:
    assert find_references(question, laws) == ()
