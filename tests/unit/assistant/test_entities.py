from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.entities import UnitNames, find_elsewhere, find_quantities, is_subsequence, names_home
from assistant.lexicon import Places, UnitAliases

NAMES = (
    "市经信局", "市发展改革委", "市科技局", "市自然资源和规划局", "各区县政府", "湖州电信", "市城市集团",
    "市产业集团",
)  # fmt: skip
UNITS = UnitNames(
    NAMES,
    [
        UnitAliases(name="市经信局", aliases=("工信局", "经信部门")),
        UnitAliases(name="市发展改革委", aliases=("发改委",)),
        UnitAliases(name="市统计局", aliases=("统计部门",)),
    ],
)
PLACES = Places(huzhou=("湖州", "德清", "长兴"), other=("杭州", "上海", "朝阳"), ambiguous=("朝阳",))


def named(text: str) -> list[str | None]:
    return [mention.name for mention in UNITS.find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市经信局和市科技局各管什么", ["市经信局", "市科技局"]),
        ("科技局、经信局", ["市科技局", "市经信局"]),
        ("工信局管吗", ["市经信局"]),
        ("湖州市发改委负责哪些", ["市发展改革委"]),
        ("自然资源局的任务", ["市自然资源和规划局"]),
        ("湖州电信", ["湖州电信"]),
        ("两家市属集团各管什么", ["市城市集团", "市产业集团"]),
        ("市产业集团", ["市产业集团"]),
        ("算力券有什么用", []),
    ],
)
def test_units_are_known_by_name_alias_and_abbreviation(text: str, names: list[str]) -> None:
    assert named(text) == names


def test_units_come_in_the_order_of_the_question_and_once() -> None:
    assert named("市科技局、市经信局、科技局、工信局") == ["市科技局", "市经信局"]


def test_a_unit_that_no_document_names_keeps_its_words() -> None:
    (mention,) = UNITS.find("市统计局有任务吗")
    assert mention.name is None and "统计局" in mention.surface


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("市财政局负责哪些任务", "市财政局"),
        ("责任单位里有没有市生态环境局", "市生态环境局"),
        ("市统计局在责任单位里吗", "市统计局"),
        ("请问市医保局管哪些", "市医保局"),
        ("湖州市教育局负责什么", "市教育局"),
        ("市国资委负责什么", "市国资委"),
        ("市金融办管什么", "市金融办"),
        ("那财政局呢", "财政局"),
    ],
)
def test_any_unit_of_the_city_is_seen_though_no_document_names_it(text: str, surface: str) -> None:
    assert [(one.surface, one.name) for one in UNITS.find(text)] == [(surface, None)]


@pytest.mark.parametrize(
    "text",
    [
        "人才引育那条哪几个局",
        "市里怎么办",
        "产业新格局",
        "市场布局如何",
        "市民怎么办",
        "全市怎么办",
        "城市管理办法",
    ],
)
def test_words_that_only_look_like_units_name_none(text: str) -> None:
    assert UNITS.find(text) == ()


def test_an_alias_of_a_unit_that_no_document_names_is_not_taken() -> None:
    assert [mention.name for mention in UNITS.find("统计部门有任务吗")] == []


@given(st.text(max_size=40))
def test_looking_for_units_never_fails(text: str) -> None:
    for mention in UNITS.find(text):
        assert mention.name is None or mention.name in NAMES


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("是不是200家", 200, "家"),
        ("两百家以上", 200, "家"),
        ("超500亿", 500, "亿元"),
        ("补50万块钱", 50, "万元"),
        ("百分之几?30%吗", 30, "%"),
        ("2030年底", 2030, "年"),
        ("十个大模型", 10, "个"),
        ("1.5万元", 1.5, "万元"),
    ],
)
def test_figures_are_read_with_their_units(text: str, number: float, unit: str) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.number, quantity.unit) == (number, unit)


@pytest.mark.parametrize("text", ["涨3个点", "高出5个百分点"])
def test_points_are_per_cent(text: str) -> None:
    assert find_quantities(text)[0].unit == "%"


@pytest.mark.parametrize("text", ["我们是一家公司", "这块归谁管", "两个局", "一条一条说", "没有数字"])
def test_figures_of_speech_are_no_figures(text: str) -> None:
    assert find_quantities(text) == ()


def test_a_numeral_that_cannot_be_read_is_passed_over() -> None:
    assert find_quantities("一亿七%") == ()


@given(st.text(alphabet="零一二两三四五六七八九十百千0123456789.家个元年%", max_size=24))
def test_no_numeral_makes_the_reading_fail(text: str) -> None:
    assert all(quantity.text in text for quantity in find_quantities(text))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("杭州和上海的补贴", ("杭州", "上海")),
        ("湖州德清的园区", ()),
        ("朝阳产业有哪些", ()),
        ("朝阳市的政策", ("朝阳",)),
    ],
)
def test_places_elsewhere_are_told_from_ours(text: str, places: tuple[str, ...]) -> None:
    assert find_elsewhere(text, PLACES) == places


def test_an_abbreviation_keeps_the_order_of_characters() -> None:
    assert is_subsequence("发改委", "市发展改革委")
    assert not is_subsequence("委发改", "市发展改革委")
    assert is_subsequence("", "x")


@pytest.mark.parametrize(
    ("text", "home"),
    [("从杭州搬到湖州", True), ("德清的企业", True), ("本地有吗", True), ("杭州有吗", False)],
)
def test_a_place_of_the_region_is_seen(text: str, home: bool) -> None:
    assert names_home(text, PLACES) is home
