from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import context_of, leans_on, subject_of

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
