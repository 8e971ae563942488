from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.composing.gaps import answers_amount, holds_money, holds_support_money
from assistant.composing.verbatim import VerbatimComposer
from assistant.ledger import Place
from assistant.understanding import Understanding
from tests.fakes.composing import VOUCHER, make_request, plan_context, plan_ledger


@pytest.mark.parametrize(
    "text",
    [
        "给予最高50万元奖励",
        "按贷款额的30%贴息",
        "年担保费率不超过万分之五",
        "费率按千分之三计收",
        "年化费率不高于1‰",
        "按同期LPR的50%给予贴息",
        "利率不超过一年期LPR加点",
        "放大倍数为1.5倍",
        "按百分之十补助",
    ],
)
def test_sums_and_every_way_to_write_a_rate_count_as_an_amount(text: str) -> None:
    assert holds_money(text)


@pytest.mark.parametrize(
    "text", ["给予一定奖励", "加倍努力", "培育40家以上企业", "万分感谢", "通过发放算力券"]
)
def test_what_names_no_sum_and_no_rate_is_no_amount(text: str) -> None:
    assert not holds_money(text)


def _place(words: str) -> Place:
    return next(place for place in plan_ledger().places if words in place.clause.text)


def _asked(question: str, *terms: str) -> Understanding:
    return Understanding(original=question, text=question, terms=terms)


def test_a_goal_of_the_plan_is_never_the_sum_of_a_subsidy_or_a_fund() -> None:
    goals = _place("小巨人”企业40家以上")
    said = [goals.clause.text]
    assert not holds_support_money(goals.clause.text, goals.clause.targets)
    assert not answers_amount(_asked("成为小巨人企业湖州给多少奖励", "小巨人"), [goals], said)
    assert not answers_amount(_asked("产业基金规模多少亿", "产业基金"), [goals], said)


def test_a_sum_beside_the_goals_still_counts_as_support() -> None:
    goals = _place("小巨人”企业40家以上")
    assert holds_support_money(goals.clause.text + "给予50万元奖励。", goals.clause.targets)


def test_a_goal_that_is_asked_for_answers_how_much() -> None:
    goals, laboratories = _place("小巨人”企业40家以上"), _place("省级及以上实验室")
    assert answers_amount(
        _asked("2027年省级实验室目标多少", "实验室"), [laboratories], [laboratories.clause.text]
    )
    assert answers_amount(_asked("核心产业产值多少亿", "核心产业产值"), [goals], [goals.clause.text])


def test_nothing_is_said_to_stand_above_where_no_quote_stands() -> None:
    request = make_request("文件有没有提到区块链", VOUCHER)
    far = tuple(found.model_copy(update={"dense": 0.2}) for found in request.result.clauses)
    result = request.result.model_copy(update={"coverage": 0.1, "clauses": far})
    request = replace(request, result=result)
    draft = VerbatimComposer(plan_context()).compose(request)
    assert [one.text for one in draft.sentences] == ["文件中没有出现「区块链」一词。"]
