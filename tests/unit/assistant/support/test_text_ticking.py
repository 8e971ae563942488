"""The conditions of an official text: direct only where every one that it writes is met."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.support.matches import Grade, Match
from assistant.support.profile import Profile
from assistant.support.ticking import State
from tests.fakes.support import desk_over_text

DAY = date(2026, 11, 23)
TEXT = """湖州市算力券实施办法
第一条 本办法适用于在湖州市注册的企业。
第二条 对合同额10万元以上的高新技术企业,按合同额的20%给予算力券补贴,每家每年最高100万元。
{more}第四条 本办法自2026年3月1日起施行,有效期3年。
"""
FITTING = Profile(
    region="湖州市", needs=("compute",), certifications=("高新技术企业",), figures={"合同额": 200_000}
)


def matched(profile: Profile, more: str = "", day: date = DAY) -> Match:
    (match,) = desk_over_text(TEXT.format(more=more)).match(profile, day).matches
    return match


def test_a_text_in_force_whose_conditions_are_all_met_is_direct() -> None:
    match = matched(FITTING)
    assert match.grade is Grade.DIRECT and {tick.state for tick in match.ticks} == {State.MET}
    assert [tick.text for tick in match.ticks] == ["合同额10万元以上", "高新技术企业", "在湖州市注册"]


@pytest.mark.parametrize(
    ("changes", "grade", "said"),
    [
        ({"certifications": None}, Grade.POSSIBLE, "缺:高新技术企业"),
        ({"certifications": ()}, Grade.NOT, "不满足:高新技术企业"),
        ({"figures": {}}, Grade.POSSIBLE, "缺:合同额10万元以上"),
        ({"figures": {"合同额": 90_000}}, Grade.NOT, "不满足:合同额10万元以上"),
        ({"exclusions": ("环保处罚",)}, Grade.POSSIBLE, "环保处罚"),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, object], grade: Grade, said: str) -> None:
    match = matched(FITTING.model_copy(update=changes))
    assert match.grade is grade and said in match.reason


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            "第三条 申请企业应当具备下列条件:\n(一)近三年无安全事故;\n(二)信用良好。\n",
            "近三年无安全事故",
        ),
        ("第三条 由市经信局组织专家评审,择优支持。\n", "评审"),
        ("第三条 同一项目不得重复享受补助。\n", "您没有说是否享受过别的补助"),
        ("第三条 申请算力券的企业应当未列入失信名单。\n", "未列入失信名单"),
        ("第三条 申请人应当在每年9月30日前提交材料。\n", "9月30日前提交材料"),
        ("第三条 失信企业不予补助。\n", "失信企业不予补助"),
    ],
)
def test_what_another_article_asks_for_keeps_it_open(more: str, said: str) -> None:
    match = matched(FITTING, more)
    assert match.grade is Grade.POSSIBLE and said in match.reason


def test_a_text_that_no_longer_holds_or_is_unmarked_is_never_direct() -> None:
    assert matched(FITTING, day=date(2029, 3, 1)).grade is Grade.NOT
    unmarked = TEXT.format(more="").replace(",有效期3年", "")
    (match,) = desk_over_text(unmarked).match(FITTING, DAY).matches
    assert match.grade is Grade.POSSIBLE and "未标注" in match.reason


@pytest.mark.parametrize(
    "more", ["项目须通过市经信局验收。", "首次申报的企业优先安排,其中小微企业不受限制。"]
)
def test_another_sentence_of_the_clause_that_may_bind_keeps_it_open(more: str) -> None:
    text = TEXT.format(more="").replace("最高100万元。", f"最高100万元。{more}")
    (match,) = desk_over_text(text).match(FITTING, DAY).matches
    assert match.grade is Grade.POSSIBLE and more[:4] in match.reason


def test_what_stands_under_a_heading_on_conditions_is_a_condition() -> None:
    text = (
        "湖州市算力券若干意见\n一、支持标准\n(一)对合同额10万元以上的高新技术企业,按合同额的20%给予算力券补贴。\n"
        "二、申报条件\n(一)在湖州市注册;\n(二){more}。\n三、附则\n本意见自2026年3月1日起施行,有效期3年。\n"
    )
    for more, grade in (("设备投资500万元以上", Grade.POSSIBLE), ("高新技术企业", Grade.DIRECT)):
        (match,) = desk_over_text(text.format(more=more)).match(FITTING, DAY).matches
        assert match.grade is grade, match.reason


@pytest.mark.parametrize(
    "more", ["第三条 本办法支持对象为规上工业企业。\n", "第三条 补助范围限于经认定的项目。\n"]
)
def test_whom_the_whole_text_is_for_counts_for_every_article(more: str) -> None:
    match = matched(FITTING, more)
    assert match.grade is Grade.POSSIBLE and ("规上工业企业" in match.reason or "经认定" in match.reason)


@pytest.mark.parametrize(
    ("district", "grade"),
    [("长兴县", Grade.DIRECT), (None, Grade.POSSIBLE), ("德清县", Grade.NOT)],
)
@pytest.mark.parametrize("whom", ["在长兴县注册的租用智能算力的企业", "租用智能算力的长兴县企业"])
def test_a_district_that_a_text_asks_for_is_held_against_the_enterprises(
    whom: str, district: str | None, grade: Grade
) -> None:
    text = (
        f"湖州市办法\n第一条 对{whom},按合同额的20%给予补贴。\n"
        "第二条 本办法自2026年3月1日起施行,有效期3年。\n"
    )
    profile = FITTING.model_copy(update={"district": district})
    (match,) = desk_over_text(text).match(profile, DAY).matches
    assert match.grade is grade
