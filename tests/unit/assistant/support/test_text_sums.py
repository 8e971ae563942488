"""Sums of official texts: computed from the clause itself, or the reason why they are not."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.support.factory import MESSAGES
from assistant.support.markdown import sum_text
from assistant.support.matches import Grade, Match
from assistant.support.profile import Profile
from prompts.loader import load_messages
from tests.fakes.support import desk_over_text

DAY = date(2026, 11, 23)
FRAME = """湖州市设备更新补助办法
第一条 {rule}
{more}第八条 本办法自2026年2月1日起施行,有效期至2028年12月31日。
"""
PLAIN = "对实施技术改造的企业,按设备投资额的10%给予补助,最高不超过50万元。"
PARTS = "对技改企业设备投资500万元以上不足1000万元的部分按8%、1000万元以上的部分按10%给予补助,最高60万元。"
WHOLE = "设备投资在500万元(含)—1000万元的,按设备投资额的8%给予奖励;1000万元以上的,按10%给予奖励,最高100万元。"


def matched(rule: str, invested: float, more: str = "", day: date = DAY, **told: object) -> Match:
    profile = Profile.model_validate(
        {
            "region": "湖州市",
            "needs": ("equipment",),
            "project": "技改",
            "figures": {"设备投资": invested},
            **told,
        }
    )
    matching = desk_over_text(FRAME.format(rule=rule, more=more)).match(profile, day)
    assert not matching.dropped
    return next(one for one in matching.matches if one.match_id.endswith(":第一条"))


@pytest.mark.parametrize(
    ("rule", "invested", "high", "shown"),
    [
        (PLAIN, 3e6, 3e5, "300万元×10%=30万元,不超过上限50万元"),
        (PLAIN, 6.5e6, 5e5, "650万元×10%=65万元,超过上限,按50万元计"),
        (PARTS, 6.5e6, 1.2e5, "500万元以上的部分150万元×8%=12万元"),
        (PARTS, 1.1e7, 5e5, "500万元×8%=40万元+1000万元以上的部分100万元×10%=10万元,合计50万元"),
        (PARTS, 1.5e7, 6e5, "合计90万元,超过上限,按60万元计"),
        (WHOLE, 6.5e6, 5.2e5, "650万元×8%=52万元"),
        (WHOLE, 1.2e7, 1e6, "1200万元×10%=120万元,超过上限,按100万元计"),
    ],
)
def test_a_sum_is_computed_and_shown(rule: str, invested: float, high: float, shown: str) -> None:
    match = matched(rule, invested)
    assert match.sum is not None and match.sum.high == high and shown in match.sum.text


@pytest.mark.parametrize(
    ("rule", "invested", "why"),
    [
        (WHOLE, 1e7, "分档"),  # both steps take it in
        ("对技改企业,按设备投资额的10%给予补助,每台最高5万元。", 3e6, "每|单位"),
        ("对技改企业,按设备和软件投资额的10%给予补助。", 3e6, "不止一项"),
    ],
)
def test_what_is_not_certain_is_not_computed_and_says_why(rule: str, invested: float, why: str) -> None:
    match = matched(rule, invested)
    assert match.sum is not None and match.sum.unread and match.sum.high is None
    assert any(part in match.sum.text for part in why.split("|"))


@pytest.mark.parametrize(
    "more",
    [
        "第二条 专精特新企业按第一条补助标准上浮20%。\n",
        "第二条 本办法各类补助总额不超过项目总投资的30%。\n",
        "第二条 上述补助资金按区级财政承受能力折算。\n",
        "第二条 同一企业每年享受本办法各类补助总额最高不超过20万元。\n",
    ],
)
def test_another_article_that_may_change_the_sum_stops_it(more: str) -> None:
    match = matched(PLAIN, 3e6, more)
    assert match.sum is not None and match.sum.unread and "另有" in match.sum.text


def test_a_cap_in_the_next_sentence_of_the_article_counts() -> None:
    rule = "对实施技术改造的企业,按设备投资额的10%给予补助。单个项目最高不超过20万元。"
    match = matched(rule, 3e6)
    assert match.sum is not None and match.sum.high == 2e5


def test_a_rate_for_some_in_the_next_sentence_stops_the_sum() -> None:
    rule = "对实施技术改造的企业,按设备投资额的10%给予补助。对专精特新企业,补助比例提高到15%。"
    match = matched(rule, 3e6)
    assert match.sum is not None and match.sum.unread


def test_a_figure_below_the_first_step_is_told_and_does_not_fit() -> None:
    match = matched(PARTS, 3e6)
    assert match.sum is not None and not match.sum.reached and match.grade is Grade.NOT
    assert "低于门槛500万元" in match.reason


def test_a_step_is_open_where_no_figure_was_told() -> None:
    match = matched(
        "对技术改造企业按以下标准给予补助:\n(一)设备投资500万元以上的,按8%给予补助。", 1, figures={}
    )
    assert match.grade is Grade.POSSIBLE and match.sum is None


def test_a_lapsed_text_is_said_to_be_lapsed_beside_the_sum() -> None:
    match = matched(PLAIN, 3e6, day=date(2029, 1, 2))
    assert match.ended and match.grade is Grade.NOT
    assert "失效前的算法" in sum_text(match, load_messages(MESSAGES))


def test_a_contract_for_something_else_is_not_taken_for_the_base() -> None:
    rule = "对租用算力的企业,按合同额的20%给予算力补贴。"
    told = {"figures": {"合同额": 1e6}, "project": None}
    alone = matched(rule, 1, needs=("compute",), **told)
    assert alone.sum is not None and alone.sum.high == 2e5
    beside = matched(rule, 1, needs=("compute", "space"), **told)
    assert beside.sum is not None and beside.sum.unread


def test_money_for_a_local_government_is_never_computed() -> None:
    match = matched("对区县政府实施设备更新的,按设备投资额的10%给予区县补助。", 3e6)
    assert match.sum is None
