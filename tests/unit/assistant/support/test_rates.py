"""Rates of official sentences: read whole or not at all, and never a step that is not written."""

from __future__ import annotations

import pytest

from assistant.support.bounds import Bounds, find_bounds
from assistant.support.rates import RateReader
from assistant.support.steps import Unread
from assistant.support.vocabulary import load_vocabulary


def reader() -> RateReader:
    return RateReader(load_vocabulary())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500万元以上不足1000万元的部分", (5e6, True, 1e7, False)),
        ("设备投资500万元(含)—1000万元(不含)的", (5e6, True, 1e7, False)),
        ("500-1000万元的项目", (5e6, True, 1e7, True)),
        ("超过500万元的部分", (5e6, False, None, True)),
        ("500万元(不含)以上", (5e6, False, None, True)),
        ("在500万元以上、1000万元以下的", (5e6, True, 1e7, True)),
        ("500万元以上1000万元以下的", (5e6, True, 1e7, True)),
        ("不足五百万元的", (None, True, 5e6, False)),
    ],
)
def test_a_range_is_read_with_the_ends_that_it_takes_in(
    text: str, expected: tuple[float | None, bool, float | None, bool]
) -> None:
    found = find_bounds(text)
    low, low_in, high, high_in = expected
    assert found is not None
    assert found.bounds == Bounds(low=low, low_in=low_in, high=high, high_in=high_in)


@pytest.mark.parametrize(
    "text", ["奖励50万元", "1000万元以上500万元以下的", "为500万元的", "500万元至1000万元以上"]
)
def test_what_is_no_range_is_none(text: str) -> None:
    found = find_bounds(text)
    assert found is None or (found.bounds.low, found.bounds.high) != (5e6, 1e7)


@pytest.mark.parametrize(
    ("sentence", "kind", "rate", "caps"),
    [
        ("第一条 对实施技术改造的企业,按设备投资额的10%给予补助,最高不超过50万元。", "设备投资", 0.1, (5e5,)),
        ("对技改项目,按实际设备投资额的百分之八奖励,单个项目最高1000万元。", "设备投资", 0.08, (1e7,)),
        ("对技改企业,给予设备投资额10%最高50万元的补助。", "设备投资", 0.1, (5e5,)),
        ("对智能工厂项目,给予不超过设备投资15%、最高200万元的补助。", "设备投资", 0.15, (2e6,)),
        ("营业收入2000万元以上的企业,按设备投资额的10%给予补助。", "设备投资", 0.1, ()),
        ("对企业按研发费用的5%给予补助,同一企业每年累计最高不超过100万元。", "研发投入", 0.05, (1e6,)),
        ("对高新技术企业,按合同额的20%给予算力券补贴,每家每年最高100万元。", "合同额", 0.2, (1e6,)),
    ],
)  # fmt: skip
def test_a_plain_share_is_read_whole(sentence: str, kind: str, rate: float, caps: tuple[float, ...]) -> None:
    rates = reader().read(sentence)
    assert rates is not None and rates.unread is None and rates.kind == kind
    (step,) = rates.steps
    assert step.rate == rate and step.caps == caps and step.bounds is None


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("对技改项目,按设备和软件投资额的10%给予补助。", Unread.BASES),
        ("对技改项目,按不含税设备投资额的10%给予补助。", Unread.BASE),
        ("对企业按上年度研发投入增量的10%给予补助。", Unread.GROWTH),
        ("对企业按当年新增设备投资额的10%给予补助。", Unread.GROWTH),
        ("对购买机器人的企业,按设备投资额的10%给予补助,每台最高5万元。", Unread.PER),
        ("对技改企业按设备投资额的10%给予补助,最高不超过500元/台。", Unread.PER),
        ("对技改企业按设备投资额的10%给予补助,其中专精特新企业按15%给予补助。", Unread.WORDS),
        ("对技改企业按设备投资额的10%给予补助,专精特新企业按15%给予补助。", Unread.STEPS),
        ("对技改企业,按设备投资额的10%给予补助,省、市财政各承担50%。", Unread.STEPS),
        ("设备投资500万元以上、1000万元以上的,分别按8%、10%给予补助。", Unread.WORDS),
        ("对技改企业按设备投资额的10%给予补助,最高50万元,专精特新企业最高80万元。", Unread.CAPS),
        ("对技改企业按设备投资额的10%给予补助,补助超过50万元的按实际到位资金核定。", Unread.CAPS),
        ("对技改企业按设备投资额的10%给予贷款贴息支持,最高不超过总投资。", Unread.WORDS),
        ("对技改企业,按设备投资额的10%每年给予补助。", Unread.WORDS),
        ("对技改企业,按设备投资额的10%给予供需双方各一半补助。", Unread.WORDS),
        ("对技改企业,按设备投资额的10%安排用地指标,给予支持。", Unread.WORDS),
        ("注册资本500万元以上的企业,按设备投资额的10%给予补助。", Unread.STEPS),
        ("对技改企业按设备投资额的10%给予补助,原则上不超过50万元。", Unread.WORDS),
    ],
)
def test_what_is_not_understood_whole_is_not_read(sentence: str, why: Unread) -> None:
    rates = reader().read(sentence)
    assert rates is not None and rates.unread is why and not rates.steps


@pytest.mark.parametrize("sentence", ["对企业按贷款利息的50%给予贴息。", "对首台套,给予50万元奖励。"])
def test_a_share_of_nothing_that_a_profile_holds_is_none(sentence: str) -> None:
    assert reader().read(sentence) is None
