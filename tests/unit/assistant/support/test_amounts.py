"""Sums from tiers: exact, capped, ranges kept, thresholds heeded."""

from __future__ import annotations

import pytest

from assistant.support.amounts import Calculator
from assistant.support.factory import MESSAGES
from assistant.support.vocabulary import load_vocabulary
from prompts.loader import load_messages
from tests.fakes.support import measure
from vectorstore.measures import Tier

CALCULATOR = Calculator(load_vocabulary(), load_messages(MESSAGES))


def test_the_sum_is_shown_with_its_base_and_rate() -> None:
    result = CALCULATOR.compute(measure(), {"设备投资": 6_500_000})
    assert result is not None and result.reached
    assert (result.low, result.high) == (520_000, 520_000)
    assert "650万元×8%=52万元" in result.text and "上限1000万元" in result.text


def test_the_threshold_itself_reaches_and_a_yuan_less_does_not() -> None:
    at = CALCULATOR.compute(measure(), {"设备投资": 5_000_000})
    under = CALCULATOR.compute(measure(), {"设备投资": 4_999_999})
    assert at is not None and at.reached and at.high == 400_000
    assert under is not None and not under.reached and under.high is None
    assert "499.9999万元" in under.text and "低于门槛500万元" in under.text


def test_more_than_the_cap_pays_the_cap_and_says_so() -> None:
    result = CALCULATOR.compute(measure(), {"设备投资": 200_000_000})
    assert result is not None and result.capped and result.high == 10_000_000
    assert "2亿元×8%=1600万元" in result.text and "按1000万元计" in result.text


def test_a_range_of_rates_stays_a_range() -> None:
    tier = Tier(base="设备投资额", at_least=20_000_000, rate=0.15, rate_max=0.30, cap=50_000_000)
    result = CALCULATOR.compute(measure(tiers=(tier,)), {"设备投资": 30_000_000})
    assert result is not None and (result.low, result.high) == (4_500_000, 9_000_000)
    assert "15%—30%=450万元—900万元" in result.text


def test_a_highest_rate_gives_no_lower_bound() -> None:
    tier = Tier(base="合同实际发生额", rate_max=0.30, cap=8_000_000, per="年")
    result = CALCULATOR.compute(measure(tiers=(tier,)), {"合同额": 800_000})
    assert result is not None and result.low is None and result.high == 240_000
    assert "最高24万元" in result.text


@pytest.mark.parametrize(("revenue", "paid"), [(1e8, 2_000_000), (1.2e8, 2_000_000), (9e7, 1_000_000)])
def test_steps_pay_the_highest_step_that_is_reached(revenue: float, paid: float) -> None:
    tiers = (
        Tier(base="年营业收入", at_least=5e7, amount=1_000_000),
        Tier(base="年营业收入", at_least=1e8, amount=2_000_000),
        Tier(base="年营业收入", at_least=2e8, amount=3_000_000),
    )
    result = CALCULATOR.compute(measure(tiers=tiers), {"营业收入": revenue})
    assert result is not None and result.high == paid


def test_a_figure_of_another_kind_gives_no_sum() -> None:
    assert CALCULATOR.compute(measure(), {"固定资产投资": 9_000_000}) is None


def test_above_the_most_of_a_tier_it_does_not_apply() -> None:
    tier = Tier(base="智算合同累计额", at_most=500_000, rate_max=0.5)
    result = CALCULATOR.compute(measure(tiers=(tier,)), {"合同额": 600_000})
    assert result is not None and not result.reached and "高于" in result.text
