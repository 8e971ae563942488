"""What every Retriever does."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pytest

from tests.fakes.vectorstore import HashingEmbedder, make_document
from vectorstore.factory import Index, open_index, open_writer
from vectorstore.models import ClauseKind, Filters, QueryLeg, RetrievalQuery, SearchResult
from vectorstore.settings import FusionSettings, VectorStoreSettings

PLAN = make_document(
    "plan",
    [
        "发放算力券、模型券,支持企业使用本地智算。加大优惠算力供给。",
        "建成人工智能特色产业园5个以上。",
        "联系人:某某;联系电话:0572-0000000。",
        "引进高层次人才,给予住房保障。",
    ],
    units=[["市数据局", "市经信局"], ["市经信局"], [], ["市委组织部"]],
    glosses=["租显卡太贵,政府给券抵一部分钱。"],
)
LAW = make_document(
    "law", ["企业应当依法纳税。", "人才引进按照规定办理。"], status="现行有效", region="浙江省"
)
EMBEDDER = HashingEmbedder()


@pytest.fixture(params=["share", "rrf"])
def index(request: pytest.FixtureRequest, settings: VectorStoreSettings) -> Iterator[Index]:
    settings = settings.model_copy(update={"fusion": FusionSettings(method=request.param)})
    open_writer(settings, embedder=EMBEDDER).apply([PLAN, LAW])
    index = open_index(settings, embedder=EMBEDDER)
    yield index
    index.close()


def ask(index: Index, *texts: str, k: int = 10, **filters: Collection[str]) -> SearchResult:
    legs = tuple(QueryLeg(text=text, weight=1.0 if i == 0 else 0.5) for i, text in enumerate(texts))
    return index.retriever.retrieve(RetrievalQuery(legs=legs, filters=Filters(**filters)), k)


def test_the_clause_that_shares_words_and_meaning_comes_first(index: Index) -> None:
    assert ask(index, "算力券怎么申请").clauses[0].clause_id == "plan:一/1"


def test_a_gloss_leads_to_its_clause(index: Index) -> None:
    assert ask(index, "租显卡太贵").clauses[0].clause_id == "plan:一/1"


def test_each_clause_comes_once_with_ranks_from_one_and_falling_scores(index: Index) -> None:
    found = ask(index, "企业引进人才").clauses
    assert [clause.rank for clause in found] == list(range(1, len(found) + 1))
    assert len({clause.clause_id for clause in found}) == len(found)
    scores = [clause.score for clause in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= clause.score <= 1 and 0 <= clause.lexical <= 1 for clause in found)
    assert all(-1.001 <= clause.dense <= 1.001 for clause in found)


@pytest.mark.parametrize("k", [0, 1, 3])
def test_at_most_k_clauses_come(index: Index, k: int) -> None:
    assert len(ask(index, "企业引进人才", k=k).clauses) == k


def test_sentences_are_verbatim_parts_of_their_clause_best_first(index: Index) -> None:
    for found in ask(index, "优惠算力供给").clauses:
        scores = [sentence.score for sentence in found.sentences]
        assert scores == sorted(scores, reverse=True)
        assert found.sentences
        for sentence in found.sentences:
            start = sentence.start - found.clause.start
            assert found.clause.text[start : start + len(sentence.text)] == sentence.text


def test_the_sentence_that_answers_is_the_first_of_its_clause(index: Index) -> None:
    assert ask(index, "加大优惠算力供给").clauses[0].sentences[0].text == "加大优惠算力供给。"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"document_ids": ("law",)}, {"law:一/1", "law:一/2"}),
        ({"statuses": ("现行有效",)}, {"law:一/1", "law:一/2"}),
        ({"regions": ("浙江省", "别处")}, {"law:一/1", "law:一/2"}),
        ({"units": ("市经信局",)}, {"plan:一/1", "plan:一/2"}),
        ({"units": ("市经信局",), "statuses": ("现行有效",)}, set()),
        ({"document_ids": ("nothing",)}, set()),
        ({"without_documents": frozenset({"plan"})}, {"law:一/1", "law:一/2"}),
    ],
)
def test_filters_hold_for_both_legs(
    index: Index, filters: dict[str, Collection[str]], expected: set[str]
) -> None:
    for question in ("企业引进人才", "算力券", "完全不相干的话"):
        found = {clause.clause_id for clause in ask(index, question, **filters).clauses}
        assert found <= expected
    assert {
        clause.clause_id for clause in ask(index, "企业人才产业园", **filters).clauses
    } != set() or not expected


def test_another_wording_adds_its_clauses(index: Index) -> None:
    alone = ask(index, "联系电话", k=2).clauses
    both = ask(index, "联系电话", "引进高层次人才住房保障", k=2).clauses
    assert alone[0].clause_id == both[0].clause_id == "plan:一/3"
    assert both[1].clause_id == "plan:一/4"


def test_a_question_of_known_words_is_covered(index: Index) -> None:
    known, unknown = ask(index, "发放算力券"), ask(index, "zzzz qqqq")
    assert known.coverage == pytest.approx(1.0)
    assert unknown.coverage == 0.0


@pytest.mark.parametrize("question", ["", "。。。", "吗", "\u2028", "😀", "a" * 5000, "算" * 3000])
def test_odd_questions_are_answered_and_not_a_fault(index: Index, question: str) -> None:
    assert len(ask(index, question, k=3).clauses) <= 3


def test_the_same_question_gives_the_same_answer(index: Index) -> None:
    assert ask(index, "企业引进人才") == ask(index, "企业引进人才")


def test_a_bare_heading_does_not_stand_before_the_clause_under_it(settings: VectorStoreSettings) -> None:
    item = make_document("plan", ["人工智能算力券", "发放人工智能算力券,支持企业使用本地智算。"])
    heading = item.document.clauses[0].model_copy(update={"kind": ClauseKind.HEADING})
    document = item.document.model_copy(update={"clauses": (heading, item.document.clauses[1])})
    open_writer(settings, embedder=EMBEDDER).apply([item.model_copy(update={"document": document})])
    index = open_index(settings, embedder=EMBEDDER)
    assert [found.clause.path for found in ask(index, "人工智能算力券").clauses] == ["一/2", "一/1"]
    index.close()
