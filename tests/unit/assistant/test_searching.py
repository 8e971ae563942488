"""A comparison is searched part by part; a clause named by number comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ledger import Ledger
from assistant.searching import Searcher
from assistant.understanding import Route, Understanding
from ingest.document import read_document
from vectorstore.models import QueryLeg, RetrievalQuery, RetrievedClause, SearchResult

PLAN = Path("ingest/corpus/huzhou-ai-plan-2025-draft.txt")


class ScriptedRetriever:
    """Finds the clause whose path the query's first words are mapped to."""

    def __init__(
        self, ledger: Ledger, found: dict[str, list[str]], near: dict[str, float] | None = None
    ) -> None:
        self._near = near or {}
        self._clauses = {place.clause.path: place for place in ledger.places}
        self._found = found
        self.asked: list[str] = []

    def retrieve(self, query: RetrievalQuery, k: int) -> SearchResult:
        text = query.legs[0].text
        self.asked.append(text)
        only, without = query.filters.document_ids, query.filters.without_documents
        clauses = tuple(
            RetrievedClause(
                document_id=self._clauses[path].document.document_id,
                clause=self._clauses[path].clause,
                rank=rank,
                score=1.0 / rank,
                lexical=self._near.get(path, 0.5),
                dense=self._near.get(path, 0.5),
            )
            for rank, path in enumerate(self._found.get(text, [])[:k], start=1)
            if self._clauses[path].document.document_id not in without
            and (not only or self._clauses[path].document.document_id in only)
        )
        return SearchResult(clauses=clauses, coverage=1.0)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return Ledger((read_document(PLAN),))


def test_a_comparison_holds_the_best_clause_of_each_part(ledger: Ledger) -> None:
    whole = "甲和乙的单位一样吗"
    retriever = ScriptedRetriever(ledger, {whole: ["一/第1段"], "甲": ["三/(四)/10"], "乙": ["三/(四)/12"]})
    understanding = Understanding(original=whole, text=whole, route=Route.COMPARE, terms=("甲", "乙"))
    result = Searcher(retriever, ledger, 10).search(understanding, [QueryLeg(text=whole)])
    assert [found.clause.path for found in result.clauses] == ["一/第1段", "三/(四)/10", "三/(四)/12"]
    assert [found.rank for found in result.clauses] == [1, 2, 3]


def test_other_questions_are_searched_once(ledger: Ledger) -> None:
    retriever = ScriptedRetriever(ledger, {"甲乙": ["一/第1段"]})
    understanding = Understanding(original="甲乙", text="甲乙", route=Route.CONTENT, terms=("甲", "乙"))
    Searcher(retriever, ledger, 10).search(understanding, [QueryLeg(text="甲乙")])
    assert retriever.asked == ["甲乙"]


def test_a_clause_named_by_number_comes_first(ledger: Ledger) -> None:
    text = "三(五)15写了什么"
    retriever = ScriptedRetriever(ledger, {text: ["一/第1段", "三/(五)/15"]})
    understanding = Understanding(original=text, text=text, route=Route.CONTENT)
    result = Searcher(retriever, ledger, 10).search(understanding, [QueryLeg(text=text)])
    assert [found.clause.path for found in result.clauses] == ["三/(五)/15", "一/第1段"]
    assert result.clauses[1].score < 0.05


def test_a_law_that_holds_one_word_of_a_comparison_is_not_nearer_than_the_plan(tmp_path: Path) -> None:
    path = tmp_path / "law.txt"
    path.write_text("某某项目条例\n\n第一条 企业办理项目核准。\n\n第二条 项目申请书。\n", "utf-8")
    plan = read_document(PLAN)
    first = plan.clauses[0].model_copy(update={"gloss": "通俗说"})
    plan = plan.model_copy(update={"clauses": (first, *plan.clauses[1:])})
    ledger = Ledger((plan, read_document(path)))
    whole = "安吉的项目和园区"
    retriever = ScriptedRetriever(
        ledger,
        {whole: ["三/(一)/3", "第一条"], "项目": ["第二条"], "园区": ["第二条"]},
        {"三/(一)/3": 0.3, "第一条": 0.2, "第二条": 0.9},
    )
    understanding = Understanding(original=whole, text=whole, route=Route.COMPARE, terms=("项目", "园区"))
    searcher = Searcher(retriever, ledger, 10, confidence=lambda *_: 0.5)
    found = searcher.search(understanding, [QueryLeg(text=whole)])
    assert [one.clause.path for one in found.clauses] == ["三/(一)/3"]
