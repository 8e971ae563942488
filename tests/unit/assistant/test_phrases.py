from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.phrases import ATTRIBUTES, is_name, side_by_side, tagged
from assistant.seeking import looked_for


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("工业场景和农业场景的责任单位比一比", ("工业场景", "农业场景")),
        ("医疗和教育两个场景,谁牵头", ("医疗", "教育")),
        ("上市企业和小巨人的目标哪个多", ("上市企业", "小巨人")),
        ("券、基金、目录、成长库这些都有哪些", ("券", "基金", "目录", "成长库")),
        ("德清县和安吉县各有什么项目", ("德清", "安吉")),
        ("人工智能+医疗与人工智能+教育有什么不同", ("人工智能+医疗", "人工智能+教育")),
    ],
)
def test_things_side_by_side_are_told_in_order(question: str, names: tuple[str, ...]) -> None:
    assert side_by_side(question) == names


@pytest.mark.parametrize("question", ["算力券是什么", "“小巨人”在目标和措施里都提到了,分别怎么说", "", "和"])
def test_one_thing_or_the_places_where_it_stands_are_not_side_by_side(question: str) -> None:
    assert side_by_side(question) == ()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("有没有讲老年人的,我能沾点光不", ("老年人",)),
        ("开源这块有没有说法", ("开源",)),
        ("国际合作、出海方面怎么规定的", ("国际合作", "出海")),
        ("文件提到新能源汽车了吗", ("新能源汽车",)),
        ("文件有没有提到区块链", ("区块链",)),
        ("四大重点领域包括量子信息,对吗", ("量子信息",)),
    ],
)
def test_what_a_question_looks_for_is_told(question: str, names: tuple[str, ...]) -> None:
    assert looked_for(question) == names


@pytest.mark.parametrize(
    "question", ["金额写了没有", "责任单位写了吗", "市城市集团出现在哪些任务里", "算力券是什么"]
)
def test_what_is_asked_of_a_thing_is_not_looked_for(question: str) -> None:
    assert looked_for(question) == ()


@pytest.mark.parametrize(
    ("piece", "is_one"),
    [("特色产业园", True), ("算力", True), ("先导区和", False), ("第三", False), ("大场景", False)],
)
def test_a_name_neither_begins_nor_ends_with_a_particle_or_numeral(piece: str, is_one: bool) -> None:
    assert is_name(tagged(piece)) is is_one


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert len(side_by_side(text)) != 1
    assert not set(looked_for(text)) & ATTRIBUTES
