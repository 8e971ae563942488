from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ledger import Ledger, sentence_around
from tests.fakes.composing import plan_ledger
from tests.fakes.vectorstore import make_document
from vectorstore.models import FactKind

PLAN = plan_ledger()
TARGETS = [
    ("10家以上", "2027年底"), ("5家以上", "2027年底"), ("40家以上", "2027年底"), ("200家以上", "2027年底"),
    ("5个以上", "2027年底"), ("超200亿元", "2027年底"), ("超500亿元", "2030年底"), ("10个以上", "2027年底"),
    ("10个以上", "2027年底"), ("30个", "2027年底"), ("3家以上", "2027年底"),
]  # fmt: skip
LINES = st.text(alphabet="甲乙丙,。;!?\n ", max_size=40)


def test_the_targets_of_the_first_chapter_are_complete_with_their_due_dates() -> None:
    chapter = [entry for entry in PLAN.targets if entry.clause.path.startswith("一/")]
    assert [(entry.value, entry.due) for entry in chapter] == TARGETS
    assert all(entry.quote in entry.clause.text for entry in PLAN.targets)


def test_every_naming_of_a_unit_has_its_place_in_the_list_of_its_clause() -> None:
    for entry in PLAN.units:
        assert entry.clause.units[entry.rank - 1] == entry.unit
        assert entry.unit.name in entry.clause.text
    assert [len(PLAN.naming(name)) for name in ("市经信局", "市科技局", "市数据局", "市统计局")] == [
        16,
        14,
        3,
        0,
    ]


def test_clauses_that_name_umbrella_terms_alone_are_told_apart() -> None:
    assert [entry.clause.path for entry in PLAN.umbrellas()] == ["三/(三)/7", "三/(三)/8", "三/(三)/9"]


def test_units_included_in_others_are_known_by_name() -> None:
    assert {"南太湖新区管委会", "长合区管委会"} <= set(PLAN.unit_names)
    assert len(set(PLAN.unit_names)) == len(PLAN.unit_names)


def test_numbered_clauses_are_counted_under_every_heading() -> None:
    counts = {entry.clause.path: int(entry.number) for entry in PLAN.counts}
    assert (counts["二"], counts["二/(一)"], counts["二/(二)"], counts["三"]) == (13, 4, 9, 15)
    assert all(len(entry.members) == entry.number for entry in PLAN.counts)


def test_a_count_that_the_text_names_is_read_as_a_number() -> None:
    named = {entry.value: entry.number for entry in PLAN.named_counts}
    assert named["九大场景"] == 9 and named["四大重点领域"] == 4


def test_facts_come_in_the_order_of_the_kinds_asked_for() -> None:
    facts = PLAN.facts_of(FactKind.PHONE, FactKind.ADDRESS)
    assert [entry.fact.value for entry in facts] == ["0572-2398661", "湖州市吴兴区凤凰路730号"]
    assert all(entry.fact.value in entry.clause.text for entry in PLAN.facts)


def test_what_is_left_of_the_web_form_is_no_place_to_cite() -> None:
    assert PLAN.mentioning("图形验证码") == ()
    assert all(place.clause.citable for place in PLAN.places)


def test_a_ledger_of_several_documents_keeps_them_apart() -> None:
    ledger = Ledger(
        make_document(name, [f"{name}的条款。"], units=[["甲局", "乙局"]]).document for name in ("a", "b")
    )
    assert [entry.clause_id for entry in ledger.naming("乙局")] == ["a:一/1", "b:一/1"]
    assert ledger.targets == ledger.facts == ledger.counts == ()
    assert ledger.heading(ledger.documents[0], "九") is None


def test_an_empty_ledger_holds_nothing() -> None:
    assert Ledger(()).unit_names == Ledger(()).places == ()


@pytest.mark.parametrize(
    ("text", "fragment", "sentence"),
    [
        ("甲。乙丙。丁", "丙", "乙丙。"),
        ("甲。乙丙", "丙", "乙丙"),
        ("甲。乙丙。", "丙。", "乙丙。"),
        ("甲", "丁", "丁"),
    ],
)
def test_the_sentence_around_a_fragment_is_verbatim(text: str, fragment: str, sentence: str) -> None:
    assert sentence_around(text, fragment) == sentence


@given(text=LINES, data=st.data())
def test_the_sentence_around_a_fragment_stands_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert sentence_around(text, text[start:end] or "甲") in (text or "甲") or text[start:end] == ""
