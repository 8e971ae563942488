"""Sums that official texts give: offered where need, trade, title or words of a profile fit."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.support.granting import Receiver, receiver_of
from assistant.support.matches import Grade, Matching
from assistant.support.profile import Profile
from tests.fakes.support import desk_over_text

DAY = date(2026, 11, 23)
TEXT = """湖州市企业扶持办法
第一条 为支持企业发展,制定本办法。
第二条 对企业实施设备更新项目的,按设备投资额的10%给予补助,最高500万元。
第三条 对渔船加装北斗终端的渔业企业,每船补贴3000元。
第四条 对不裁员、少裁员的参保企业,按上年度失业保险费的60%返还稳岗资金。
第五条 对首台(套)产品被认定为国家级的,给予一次性奖励100万元;省级的,给予50万元。
第六条 支持人才引育:
(一)对新引进博士的企业,每人给予10万元补助;
(二)对高校毕业生个人到湖州就业的,给予生活补贴每月500元;
(三)对区县政府落实人才政策到位的,市财政给予区县补助200万元。
第七条 对国家级绿色工厂,给予一次性奖励80万元。
第八条 弄虚作假的,处1万元以上5万元以下罚款,并追回奖励。
第九条 市财政每年安排设备更新专项资金5000万元。
第十条 本办法自2026年2月1日起施行,有效期至2028年12月31日。
"""


def matched(**told: object) -> Matching:
    profile = Profile.model_validate({"region": "湖州市", **told})
    return desk_over_text(TEXT).match(profile, DAY)


def places(matching: Matching, *grades: Grade) -> list[str]:
    wanted = grades or (Grade.DIRECT, Grade.POSSIBLE)
    return [one.match_id.partition(":")[2] for one in matching.matches if one.grade in wanted]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"needs": ("equipment",)}, ["第二条"]),
        ({"needs": ("first_buyer",)}, ["第五条"]),
        ({"needs": ("talent",)}, ["第六条"]),
        ({"needs": ("compute",)}, []),
        ({"needs": ("compute",), "text": "我们的渔船装了终端"}, ["第三条"]),
        ({"text": "我们不裁员,稳岗能返还多少"}, ["第四条"]),
    ],
)
def test_a_sum_is_offered_for_what_a_profile_needs_or_names(
    told: dict[str, object], expected: list[str]
) -> None:
    assert places(matched(**told)) == expected


def test_what_is_nearest_to_a_trade_stands_first_and_other_trades_get_nothing_of_it() -> None:
    assert places(matched(industry=("渔业",)))[0] == "第三条"
    assert "第三条" not in places(matched(industry=("服装",)))


def test_sums_for_people_and_treasuries_are_said_to_be_no_enterprises() -> None:
    matching = matched(needs=("talent",))
    barred = {one.match_id.partition(":")[2]: one.reason for one in matching.graded(Grade.NOT)}
    assert barred == {
        "第六条#2": "按原文,这笔钱给个人,不给企业",
        "第六条#3": "这是测算给地方的资金口径,不直接发给企业",
    }


def test_each_sum_is_quoted_with_the_sentence_that_gives_it_and_fines_and_budgets_are_none() -> None:
    matching = matched(industry=("食品",))
    assert not {"第八条", "第九条"} & set(places(matching, *Grade))
    (first,) = (one for one in matching.matches if one.match_id.endswith("第五条"))
    assert first.offer.endswith("省级的,给予50万元。") and first.quoted


def test_a_condition_said_of_a_kind_of_project_is_met_by_that_kind_alone() -> None:
    def grade(**told: object) -> Grade:
        (match,) = matched(needs=("equipment",), **told).matches
        return match.grade

    assert grade(project="技改") is Grade.DIRECT
    assert grade() is Grade.POSSIBLE
    assert grade(project="新建") is Grade.NOT


@pytest.mark.parametrize(
    ("sentence", "receiver"),
    [
        ("对新引进博士的企业,给予10万元补助", Receiver.FIRM),
        ("对企业新引进的博士,给予安家补贴20万元", Receiver.PERSON),
        ("对企业招用毕业生的,给予补贴2000元", Receiver.FIRM),
        ("对高校毕业生就业的,给予补贴2000元", Receiver.PERSON),
        ("省财政对各县(市、区)给予补助200万元", Receiver.TREASURY),
        ("按每户500元标准补助区县财政", Receiver.TREASURY),
        ("按设备投资额的10%给予补助", Receiver.OPEN),
    ],
)
def test_the_receiver_is_read_from_the_words_that_say_to_whom(sentence: str, receiver: Receiver) -> None:
    assert receiver_of(sentence) is receiver


@pytest.mark.parametrize(
    "clause",
    [
        "对高新技术企业按期完成整改的,给予奖励20万元。",
        "对高新技术企业按规定缴纳社保的,给予奖励20万元。",
        "对高新技术企业,年营收达到1亿元的,给予奖励20万元。",
        "对高新技术企业和专精特新企业,给予奖励20万元。",
        "对新认定的高新技术企业,给予奖励20万元。",
        "对高新技术企业给予奖励20万元,其中注册未满一年的减半。",
        "对高新技术企业购买科技保险,按保费的80%给予补贴。",
        "对高新技术企业,每年安排不超过5家给予奖励50万元。",
        "对高新技术企业,连续三年给予奖励10万元。",
        "对高新技术企业,给予贷款利息50%的贴息。",
    ],
)
def test_no_sum_is_direct_while_words_of_its_sentence_are_open(clause: str) -> None:
    text = f"湖州市奖励办法\n第一条 {clause}\n第二条 本办法自2026年3月1日起施行。\n"
    profile = Profile(region="湖州市", industry=("机械",), certifications=("高新技术企业",))
    (match,) = desk_over_text(text).match(profile, DAY).matches
    assert match.grade is Grade.POSSIBLE


def test_what_limits_another_sum_alone_is_no_condition_of_this_one() -> None:
    text = (
        "湖州市奖励政策\n一、奖励\n(一)对高新技术企业,给予奖励20万元。\n"
        "(二)对食品企业给予奖励10万元,仅限2025年度投产的。\n二、附则\n(一)本政策自2026年3月1日起施行,有效期3年。\n"
    )
    profile = Profile(region="湖州市", industry=("机械",), certifications=("高新技术企业",))
    first, *_ = desk_over_text(text).match(profile, DAY).matches
    assert first.offer.startswith("(一)") and first.grade is Grade.DIRECT
