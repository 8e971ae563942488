"""A figure is taken only where one certain sum in yuan was said; all else is asked for, never computed."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.support.money import read_money
from tests.fakes.support import shipped_desk

DESK = shipped_desk()


@pytest.mark.parametrize(
    "said",
    [
        "不到500万", "不足500万", "低于500万", "少于500万", "超过500万", "500万以上", "500万左右",
        "500万至800万", "500-800万", "500万~800万", "四五百万", "4百多万", "500多万", "几百万", 
        "大概四五百万", "约650万", "650万美元", "650万港币", "650万欧元", "美元650万", "-650万", "负650万",
        "从1.8亿降到9000万", "三万五", "不是650万",
    ],
)  # fmt: skip
def test_an_uncertain_sum_is_asked_for_with_its_words(said: str) -> None:
    matching = DESK.match(DESK.reader.read(f"服装厂,技改设备投了{said}"), date(2025, 6, 1))
    assert not matching.profile.figures and list(matching.profile.unclear) == ["设备投资"]
    assert all(match.sum is None for match in matching.matches)
    assert matching.profile.unclear["设备投资"] in matching.questions[0]
    assert read_money(said) is None


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("软件投了200万,设备投了300万", {"设备投资": 3_000_000}),
        ("设备300万加上软件200万", {"设备投资": 3_000_000}),
        ("300万设备200万软件", {"设备投资": 3_000_000}),
        ("花了650万买设备", {"设备投资": 6_500_000}),
        ("设备投资陆佰伍拾万元整", {"设备投资": 6_500_000}),
        ("设备投了1亿2000万", {"设备投资": 120_000_000}),
        ("设备投了3千5百万", {"设备投资": 35_000_000}),
        ("设备投资6,500,000元", {"设备投资": 6_500_000}),
        ("拿过技改补助52万", {}),
        ("技改贷款300万", {}),
        ("设备年产500万台", {}),
        ("设备投了500万,设备总共投了650万", {}),
        ("设备和软件一共500万", {}),
        ("每台设备50万", {}),
        ("设备投了650万(含软件150万)", {}),
        ("设备投资500万(含)以上", {}),
    ],
)
def test_a_sum_is_a_figure_only_of_what_it_was_said_of(text: str, figures: dict[str, float]) -> None:
    assert DESK.reader.read(text).figures == figures


@pytest.mark.parametrize(
    ("said", "value"), [("650万元", 6.5e6), ("六百五十万", 6.5e6), ("1.2亿", 1.2e8), ("陆佰伍拾万", 6.5e6)]
)
def test_a_certain_sum_is_read(said: str, value: float) -> None:
    assert read_money(said) == value
