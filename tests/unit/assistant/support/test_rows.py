"""Rows of tables carry the meaning of their header: whom, how much, at most, conditions, unit."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.support.matches import Grade, Match, Matching
from assistant.support.profile import Profile
from tests.fakes.support import desk_over_text

DAY = date(2026, 11, 23)
FRAME = """湖州市惠企补助办法
第一条 {above}
{header}
|---|---|---|---|---|---|
{row}
{below}第二条 本办法自2026年2月1日起施行,有效期至2028年12月31日。
"""
HEADER = "| 支持事项 | 支持对象 | 标准 | 上限(万元) | 申报条件 | 责任单位 |"
ROW = "| 设备更新 | 技术改造企业 | 设备投资额的10% | 50 | 设备投资500万元以上 | 市经信局 |"
ABOVE = "市级财政按下表给予补助。"


def matching(
    row: str = ROW, *, above: str = ABOVE, below: str = "", header: str = HEADER, **told: object
) -> Matching:
    profile = Profile.model_validate(
        {
            "region": "湖州市",
            "needs": ("equipment",),
            "project": "技改",
            "figures": {"设备投资": 6.5e6},
            **told,
        }
    )
    text = FRAME.format(above=above, row=row, below=below, header=header)
    found = desk_over_text(text).match(profile, DAY)
    assert not found.dropped
    return found


def matched(row: str = ROW, **told: object) -> Match:
    return next(one for one in matching(row, **told).matches if one.match_id.endswith("/行1"))  # type: ignore[arg-type]


def test_a_row_gives_offer_amount_cap_and_unit_from_its_columns() -> None:
    match = matched()
    assert match.topic == "设备更新" and match.amount == "设备投资额的10%" and match.cap == "上限(万元):50"
    assert match.agency == "市经信局" and match.grade is Grade.DIRECT
    assert match.sum is not None and match.sum.high == 5e5 and match.quoted and match.offer == ROW


def test_the_columns_of_object_and_conditions_are_ticked() -> None:
    assert matched(figures={"设备投资": 3e6}).grade is Grade.NOT
    assert matched(project=None).grade is Grade.POSSIBLE
    assert "高新技术企业" in matched(ROW.replace("技术改造企业", "高新技术企业")).reason


@pytest.mark.parametrize(
    "told",
    [
        {"above": "对规上企业按下表给予补助。"},
        {"below": "注:仅限当年入库的项目。\n"},
        {"header": HEADER.replace("申报条件", "要点")},
        {"row": ROW.replace("设备投资500万元以上", "设备投资500万元以上;近三年无安全事故")},
    ],
)
def test_what_is_not_understood_beside_a_row_keeps_it_open(told: dict[str, str]) -> None:
    assert matched(**told).grade is Grade.POSSIBLE


def test_a_row_without_whom_is_never_direct() -> None:
    assert matched(header=HEADER.replace("支持对象", "备注")).grade is Grade.POSSIBLE


@pytest.mark.parametrize(("whom", "said"), [("区县政府", "地方"), ("个人", "个人")])
def test_a_row_for_others_gives_an_enterprise_nothing(whom: str, said: str) -> None:
    match = matched(ROW.replace("技术改造企业", whom))
    assert match.grade is Grade.NOT and said in match.reason and match.sum is None


@pytest.mark.parametrize("amount", ["每台设备5万元", "设备和软件投资额的10%", "上年度设备投资额的10%"])
def test_a_rate_that_is_not_understood_is_not_computed(amount: str) -> None:
    match = matched(ROW.replace("设备投资额的10%", amount))
    assert match.sum is None or match.sum.unread


def test_two_columns_of_amounts_are_not_computed() -> None:
    header = HEADER.replace("申报条件", "区级补助比例")
    match = matched(ROW.replace("设备投资500万元以上", "5%"), header=header)
    assert match.sum is None and "5%" in match.amount
