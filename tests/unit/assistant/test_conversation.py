from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import (
    asks_for_more,
    context_of,
    leans_on,
    ordinal_of,
    subject_of,
    topic_of,
)

LONG = "人工智能领域的上市企业到2027年底的目标数量"
OTHER = "中小企业申请无还本续贷需要满足什么样的条件"


def never(text: str) -> bool:
    """Tell that a text names no subject."""
    return False


def test_a_short_question_that_names_its_subject_stands_alone() -> None:
    assert not leans_on("数据局管什么", lambda text: "数据局" in text)
    assert leans_on("要钱吗", lambda text: "数据局" in text)


@pytest.mark.parametrize(
    "turn", ["那文旅的呢?", "由谁负责?", "具体的补贴标准有没有写在文件的什么地方", "多少?"]
)
def test_a_follow_up_leans_on_the_turn_before(turn: str) -> None:
    assert leans_on(turn, never)
    assert context_of((LONG, turn), never) == (LONG,)


def test_a_question_that_says_everything_stands_alone() -> None:
    assert not leans_on(LONG, never)
    assert context_of((OTHER, LONG), never) == ()


def test_a_first_question_has_no_context() -> None:
    assert context_of(("那文旅的呢?",), never) == ()


def test_a_chain_of_follow_ups_reaches_back_to_the_turn_that_stands_alone() -> None:
    assert context_of((OTHER, LONG, "那文旅的呢?", "农业的呢?"), never) == ("那文旅的呢?", LONG)


def test_the_chain_ends_after_three_turns() -> None:
    turns = tuple(f"那{name}的呢?" for name in ("工业", "农业", "文旅", "医疗", "教育", "交通"))
    assert context_of(turns, never) == turns[-2:-5:-1]


@pytest.mark.parametrize(("turn", "subject"), [("那上市的呢?", "上市的"), ("它呢", "它"), (LONG, LONG)])
def test_the_subject_of_a_follow_up_is_left_without_particles(turn: str, subject: str) -> None:
    assert subject_of(turn) == subject


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_no_conversation_makes_the_reading_fail(turns: list[str]) -> None:
    assert len(context_of(turns, never)) <= 3
    assert isinstance(subject_of(turns[-1]), str)


def names_voucher(text: str) -> bool:
    """Tell that a text names a voucher."""
    return "券" in text


def test_a_follow_up_is_about_the_newest_turn_that_names_something() -> None:
    context = ("多少钱一张", "那场景券呢", "算力券是什么")
    assert topic_of("谁管", context, names_voucher) == "场景券"
    assert topic_of("它们有区别吗", context, names_voucher) == "场景券 算力券是什么"
    assert topic_of("谁管", ("多少", "几张"), names_voucher) == "几张"


@pytest.mark.parametrize("turn", ["还有呢?", "另外一条呢", "那其他的呢", "还有哪些", "别的没有吗"])
def test_who_asks_for_the_rest_is_understood(turn: str) -> None:
    assert asks_for_more(turn)


@pytest.mark.parametrize("turn", ["还有算力券呢", "谁管", "其他城市有吗", ""])
def test_who_names_something_asks_for_that(turn: str) -> None:
    assert not asks_for_more(turn)


@pytest.mark.parametrize(
    ("turn", "number"), [("第三个呢", 3), ("那第2条具体讲什么", 2), ("第三方是谁", None), ("三个呢", None)]
)
def test_one_of_several_is_counted_off(turn: str, number: int | None) -> None:
    assert ordinal_of(turn) == number
