from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.entities import UnitNames
from assistant.lexicon import EnglishTerm, Places, Synonym, UnitAliases
from assistant.models import Question
from assistant.reading import QuestionReader
from assistant.routing.classifier import Routing
from assistant.understanding import Detail, Route, Understanding
from assistant.wordings import Wordings
from tests.fakes.composing import plan_context, plan_ledger

LEDGER = plan_ledger()
TEXTS = [place.clause.text for place in LEDGER.places]


class WordRouter:
    """A router that knows two words."""

    def route(self, text: str) -> Routing:
        unit = 0.8 if "负责" in text else 0.1
        routes = {route: (1 - unit) / (len(Route) - 1) for route in Route} | {Route.UNIT: unit}
        details = {detail: (1 - unit) / (len(Detail) - 1) for detail in Detail} | {Detail.UNIT: unit}
        return Routing(routes=routes, details=details, inside=0.9)


class FixedRewriter:
    """A rewriter that always has the same wording."""

    def rewrite(self, turns: tuple[str, ...]) -> str | None:
        return "算力券由谁负责"


def make_reader(rewriter: FixedRewriter | None = None) -> QuestionReader:
    wordings = Wordings(
        TEXTS,
        ["算力券是什么"],
        [EnglishTerm(en=("computing voucher",), zh="算力券"), EnglishTerm(en=("who leads",), zh="责任单位")],
        [Synonym(lay=("借钱",), official=("专项基金",))],
    )
    units = UnitNames(LEDGER.unit_names, [UnitAliases(name="市经信局", aliases=("工信局",))])
    places = Places(huzhou=("湖州",), other=("杭州",))
    return QuestionReader(
        WordRouter(), wordings, units, places, LEDGER, plan_context().matcher, rewriter  # type: ignore[arg-type]
    )  # fmt: skip


READER = make_reader()


def read(*turns: str, reader: QuestionReader = READER) -> Understanding:
    return reader.read(Question(turns=turns))


def legs(*turns: str, reader: QuestionReader = READER) -> dict[str, str]:
    return {leg.name: leg.text for leg in reader.legs(read(*turns, reader=reader))}


def test_a_question_is_understood_with_what_it_mentions() -> None:
    seen = read("杭州说200家,工信局負責的算力券呢?")
    assert seen.original == "杭州说200家,工信局負責的算力券呢?"
    assert (seen.route, seen.detail) == (Route.UNIT, Detail.UNIT)
    assert [unit.name for unit in seen.units] == ["市经信局"]
    assert [(quantity.number, quantity.unit) for quantity in seen.quantities] == [(200, "家")]
    assert seen.elsewhere == ("杭州",) and "算力券" in seen.terms


def test_the_terms_of_a_question_stand_in_the_plan_the_most_telling_first() -> None:
    terms = read("企业怎么用算力券和模型券?").terms
    assert terms
    assert all(any(term in text for text in TEXTS) for term in terms)
    weights = [plan_context().matcher.weight(term) for term in terms]
    assert weights == sorted(weights, reverse=True)


def test_the_question_itself_is_always_the_first_leg() -> None:
    for turns in (("算力券?",), ("我想借钱办厂,有什么扶持",), ("算力券由谁负责这件事情?", "那文旅的呢?")):
        first = READER.legs(read(*turns))[0]
        assert (first.name, first.text) == ("question", turns[-1])


def test_lay_words_and_slips_are_legs_of_their_own() -> None:
    assert legs("我想借钱办厂")["synonym"] == "专项基金"
    assert legs("专项鸡金有多少")["corrected"] == "专项基金有多少"


def test_english_and_pinyin_are_searched_in_chinese() -> None:
    assert legs("Who leads the computing voucher?")["question"] == "责任单位 算力券"
    assert read("Who leads the computing voucher?").language == "en"
    assert "算力券" in read("suan li quan shi shen me").text
    assert read("suan li quan shi shen me").language == "pinyin"


def test_a_follow_up_is_searched_with_the_turn_that_it_leans_on() -> None:
    before = "人工智能+教育这一场景由哪些单位负责?"
    seen = read(before, "那文旅的呢?")
    assert seen.context == (before,)
    assert legs(before, "那文旅的呢?")["previous"].startswith("文旅的")
    assert before.rstrip("?") in legs(before, "那文旅的呢?")["previous"]
    assert seen.route_scores["unit"] > read("那文旅的呢?").route_scores["unit"], "the turn before counts in"


def test_a_unit_named_before_is_meant_where_the_follow_up_names_none() -> None:
    assert [unit.name for unit in read("市科技局负责哪些人工智能方面的工作?", "具体呢?").units] == [
        "市科技局"
    ]


def test_the_wording_of_a_model_is_one_leg_beside_the_question() -> None:
    reader = make_reader(FixedRewriter())
    assert legs("算力券是怎么一回事,请说明一下", "谁管?", reader=reader)["rewritten"] == "算力券由谁负责"
    assert read("算力券由谁管", reader=reader).rewritten is None, "a first question is not rewritten"


@settings(max_examples=50)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_no_conversation_makes_the_reader_fail(turns: list[str]) -> None:
    seen = read(*turns)
    assert sum(seen.route_scores.values()) == pytest.approx(1)
    if seen.text:
        assert READER.legs(seen)[0].name == "question"


@pytest.mark.parametrize(
    "number", ["13812345678", "11010519491231002X", "someone@example.com", "138 1234 5678"]
)
def test_a_persons_own_number_is_no_part_of_what_is_asked(number: str) -> None:
    read_with = read(f"算力券怎么领,我的号码{number}")
    assert number not in read_with.text
    assert "算力券怎么领" in read_with.text
    assert all(number not in text for text in legs(f"算力券怎么领,我的号码{number}").values())
