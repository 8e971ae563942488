from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models import Answer, Citation, Status
from assistant.splitting import MOST, answered_apart, leaning_on, questions_in
from prompts.loader import load_messages


@pytest.mark.parametrize(
    ("turn", "parts"),
    [
        ("龙头企业要多少家,另外谁负责招商?", ("龙头企业要多少家", "谁负责招商?")),
        (
            "我们做电梯的。算力券怎么申请?人才方面能帮什么?",
            ("我们做电梯的。,算力券怎么申请?", "人才方面能帮什么?"),
        ),
        ("医疗里有没有讲新药,还有养老机器人讲没讲?", ("医疗里有没有讲新药", "养老机器人讲没讲?")),
    ],
)
def test_questions_with_things_of_their_own_stand_apart(turn: str, parts: tuple[str, ...]) -> None:
    assert questions_in(turn) == parts


@pytest.mark.parametrize(
    "turn",
    ["算力券谁管?", "2030年那个五百亿是什么?要多少?", "规上要达到多少家?几时要?", "我们厂缺钱。缺人。", ""],
)
def test_what_names_nothing_of_its_own_belongs_to_the_question_before(turn: str) -> None:
    assert questions_in(turn) == ()


def test_a_question_that_points_back_leans_on_those_before() -> None:
    parts = ("医疗场景谁牵头?", "里面提到哪两种辅助诊断?")
    assert leaning_on(parts, 1) == parts
    assert leaning_on(("龙头企业要多少家", "谁来招商引资"), 0) == ("龙头企业要多少家",)


def answer(text: str, *paths: str, status: Status = Status.ANSWERED) -> Answer:
    cited = tuple(
        Citation(
            marker=marker, document_id="d", title="t", path=path, heading_path=path, text="…", quotes=(text,),
            digest="",
        )
        for marker, path in enumerate(paths, start=1)
    )  # fmt: skip
    return Answer(status=status, text=text, citations=cited, notices=("n",))


def test_markers_count_on_and_a_clause_of_both_has_one() -> None:
    both = answered_apart(
        [answer("甲[1]乙[2]", "一", "二"), answer("丙[1]丁[2]", "二", "三")], load_messages()
    )
    assert both is not None
    assert both.text == "**第一问**\n\n甲[1]乙[2]\n\n**第二问**\n\n丙[2]丁[3]"
    assert [(one.marker, one.path) for one in both.citations] == [(1, "一"), (2, "二"), (3, "三")]
    assert both.citations[1].quotes == ("甲[1]乙[2]", "丙[1]丁[2]")
    assert both.notices == ("n",)


def test_what_is_not_answered_makes_the_whole_unspecified() -> None:
    parts = [answer("甲[1]", "一"), answer("不在范围内", status=Status.OUT_OF_SCOPE)]
    both = answered_apart(parts, load_messages())
    assert both is not None and both.status is Status.UNSPECIFIED


@pytest.mark.parametrize("status", [Status.BLOCKED, Status.FAILED])
def test_an_attack_or_a_fault_in_one_part_is_not_put_beside_an_answer(status: Status) -> None:
    assert answered_apart([answer("甲[1]", "一"), answer("乙", status=status)], load_messages()) is None


def test_parts_that_say_the_same_are_one_answer() -> None:
    assert answered_apart([answer("甲[1]", "一"), answer("甲[1]", "一")], load_messages()) is None


@given(st.text(max_size=80))
def test_any_text_is_split_without_a_fault(text: str) -> None:
    assert len(questions_in(text)) in (0, *range(2, MOST + 1))
