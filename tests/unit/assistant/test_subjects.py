"""What numbers of a question are said of, which kinds it wants listed, which matters it asks about."""

from __future__ import annotations

import pytest

from assistant.composing.mentioned import kinds_listed
from assistant.composing.subjects import names_something, numbered_things
from assistant.matters import MATTERS, matters_in


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("30家领航级工厂和3个标杆场景", [("30家", "领航级工厂"), ("3个", "标杆场景")]),
        ("是不是龙头5家上市10家", [("5家", "龙头"), ("10家", "上市")]),
        ("低空经济产值2027年要到200亿吧", [("200亿", "低空经济产值")]),
        ("独角兽企业2027年要有多少家?", [("多少家", "独角兽企业")]),
        ("数据集要建10个以上", [("10个", "数据集")]),
        ("由哪几家单位来弄", []),
    ],
)
def test_a_number_is_said_of_the_thing_behind_it_or_else_before_it(
    text: str, things: list[tuple[str, str]]
) -> None:
    assert list(numbered_things(text)) == things


def test_words_that_stand_beside_all_numbers_name_nothing() -> None:
    assert not names_something("全市企业")
    assert names_something("独角兽企业")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("湖州拿了哪些国家级试点", ("试点",)),
        ("计划点名的园区和载体都有哪些", ("园区", "载体")),
        ("南太湖精英计划跟AI有啥关系", ()),
        ("有哪些补贴", ()),
    ],
)
def test_the_kinds_that_a_question_wants_listed_are_read(text: str, kinds: tuple[str, ...]) -> None:
    assert kinds_listed(text) == kinds


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("误诊了算谁的", "liability"),
        ("完不成追责不", "penalty"),
        ("工人会不会下岗", "jobs"),
        ("是不是不准用国外的", "ban"),
        ("进了目录政府就必须采购?", "duty"),
        ("能保证批下来吗", "promise"),
        ("会不会泄露隐私", "privacy"),
        ("坐无人车收费吗", "fee"),
    ],
)
def test_a_matter_is_told_by_how_it_is_asked(text: str, key: str) -> None:
    assert key in [matter.key for matter in matters_in(text)]


def test_what_moves_the_asker_is_no_question() -> None:
    assert not matters_in("就怕刚试个新东西就被罚,上头态度是松还是紧")
    assert not matters_in("拿不准的大事,请外头高人来出主意,写了没")


def test_a_matter_that_a_text_writes_of_is_not_open() -> None:
    liability = next(matter for matter in MATTERS if matter.key == "liability")
    assert liability.is_open(["责任单位:市经信局"])
    assert not liability.is_open(["造成损害的,依法承担赔偿责任"])
