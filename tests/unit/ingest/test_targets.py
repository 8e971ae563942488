from __future__ import annotations

import pytest

from ingest.document import parse_document
from ingest.targets import find_targets
from vectorstore.models import Document

LEDGER = [
    ("一/第2段", "人工智能各细分领域有影响力的龙头企业", "以上", 10, "家", "10家以上", "2027年底"),
    ("一/第2段", "上市企业", "以上", 5, "家", "5家以上", "2027年底"),
    ("一/第2段", "专精特新“小巨人”企业", "以上", 40, "家", "40家以上", "2027年底"),
    ("一/第2段", "规模以上企业", "以上", 200, "家", "200家以上", "2027年底"),
    ("一/第2段", "人工智能特色产业园", "以上", 5, "个", "5个以上", "2027年底"),
    ("一/第2段", "人工智能核心产业产值/营收", "超", 200, "亿元", "超200亿元", "2027年底"),
    ("一/第2段", "人工智能核心产业产值/营收", "力争超", 500, "亿元", "超500亿元", "2030年底"),
    (
        "一/第3段",
        "人工智能领域省级及以上实验室(平台)、技术中心、创新中心",
        "以上",
        10,
        "个",
        "10个以上",
        "2027年底",
    ),
    ("一/第3段", "行业领域垂直大模型", "以上", 10, "个", "10个以上", "2027年底"),
    ("一/第4段", "标杆示范场景", "", 30, "个", "30个", "2027年底"),
    ("一/第4段", "国家级领航级/卓越级工厂", "以上", 3, "家", "3家以上", "2027年底"),
    ("三/(三)/8", "具有示范推广性的行业应用解决方案", "", 30, "个", "30个", None),
]


def test_the_ledger_of_the_plan_is_complete(plan: Document) -> None:
    actual = [
        (clause.path, t.indicator, t.comparator, t.number, t.unit, t.value_text, t.due)
        for clause in plan.clauses
        for t in clause.targets
    ]
    assert actual == LEDGER


def test_every_quote_states_its_value_and_stands_in_its_clause(plan: Document) -> None:
    for clause in plan.clauses:
        for target in clause.targets:
            assert target.quote in clause.text
            assert target.value_text in target.quote
            assert plan.text[target.start : target.end] == target.quote


@pytest.mark.parametrize(
    ("text", "indicator", "comparator", "number", "unit", "due"),
    [
        ("到2026年，全省算力规模达到50EFLOPS。", "算力规模", "", 50, "EFLOPS", "2026年"),
        (
            "到2025年底,数字经济核心产业增加值占比提高到15%以上。",
            "数字经济核心产业增加值占比",
            "以上",
            15,
            "%",
            "2025年底",
        ),
        ("力争到“十五五”末,培育独角兽企业20家左右。", "独角兽企业", "左右", 20, "家", "“十五五”末"),
        ("每年引进高层次人才1,200名以上。", "高层次人才", "以上", 1200, "名", None),
        ("2027年底前,建成不少于3个公共服务平台。", "公共服务平台", "不少于", 3, "个", "2027年底"),
    ],
)
def test_targets_of_other_plans_are_read(
    text: str, indicator: str, comparator: str, number: float, unit: str, due: str | None
) -> None:
    (target,) = find_targets(text)
    actual = (target.indicator, target.comparator, target.number, target.unit, target.due)
    assert actual == (indicator, comparator, number, unit, due)


def test_two_values_in_one_part_of_a_sentence_are_two_targets() -> None:
    targets = find_targets("到2027年,培育50家百亿级企业和200家十亿级企业。")
    assert [(t.indicator, t.number) for t in targets] == [("百亿级企业", 50), ("十亿级企业", 200)]


@pytest.mark.parametrize(
    "text",
    [
        "对符合条件的企业给予最高50万元奖励。",
        "截至2024年底,已培育企业35家。",
        "自受理之日起30个工作日内作出决定。",
        "联系电话:0572-2398661。",
        "打造12345热线数据智能应用,聚焦九大场景。",
        "处5万元以上10万元以下罚款。",
        "裁决公司支付2019年12月至2020年11月工资50000元。",
    ],
)
def test_amounts_offered_past_figures_and_terms_are_no_targets(text: str) -> None:
    assert find_targets(text) == ()


def test_the_numbers_of_a_law_are_conditions_and_no_targets() -> None:
    document = parse_document("某条例\n第一条 新建绿地率达到30%以上,到2027年建成10个。\n", "a.txt")
    assert all(not clause.targets for clause in document.clauses)
