"""Answers to follow-ups: what the answer before lists, units that 它 means, turns to something else."""

from __future__ import annotations

import pytest

from assistant.factory import Assistant
from assistant.models import Status
from tests.e2e.test_reported_answers import ask
from tests.e2e.test_whole_answers import paths


@pytest.mark.parametrize(
    ("turns", "path"),
    [
        (("四个重点领域是哪些", "第三个具体做啥"), "二/(一)/3"),
        (("九大场景有哪些", "那第七个呢"), "二/(二)/7"),
        (("人工智能+交通主要写什么", "它由哪些单位负责"), "二/(二)/4"),
    ],
)
def test_what_a_follow_up_points_at_in_a_list_is_counted_off(
    assistant: Assistant, turns: tuple[str, ...], path: str
) -> None:
    assert paths(ask(assistant, *turns))[0] == path


def test_one_of_several_sections_is_told_whole(assistant: Assistant) -> None:
    text = ask(assistant, "五大行动分别叫什么", "第三个包括啥").text
    assert all(
        heading in text for heading in ("7.深化场景供需对接", "8.打造标杆示范场景", "9.发展行业垂直模型")
    )
    assert "10." not in text


def test_a_unit_that_the_answer_before_named_is_asked_about_as_it(assistant: Assistant) -> None:
    answer = ask(assistant, "夯实数据基础这条第一责任单位是谁", "那它还负责别的任务吗")
    assert paths(answer) == [entry.clause.path for entry in assistant.ledger.naming("市数据局")]


def test_a_unit_asked_for_among_what_was_listed_is_looked_for_there(assistant: Assistant) -> None:
    answer = ask(assistant, "数字设施强基行动包含什么", "里头哪条归数据局打头")
    assert paths(answer) == ["三/(四)/10"]


@pytest.mark.parametrize(
    "last", ["员工试用期最长几个月", "那公务员考试怎么报名", "病假工资怎么算", "注册商标要多久"]
)
def test_a_follow_up_on_something_else_is_refused(assistant: Assistant, last: str) -> None:
    assert ask(assistant, "算力券怎么发", last).status is Status.OUT_OF_SCOPE


@pytest.mark.parametrize("last", ["个体户能申请不", "那贷款呢", "有补贴吗", "刚注册的公司行吗"])
def test_a_follow_up_on_the_same_matter_is_answered(assistant: Assistant, last: str) -> None:
    assert ask(assistant, "算力券怎么发", last).status in (Status.ANSWERED, Status.UNSPECIFIED)


def test_what_is_told_before_a_question_is_part_of_it(assistant: Assistant) -> None:
    assert "二/(二)/5" in paths(ask(assistant, "我们搞无人机飞控的", "政策里写了啥"))
    assert "三/(五)/14" in paths(ask(assistant, "我是做机器视觉的", "缺钱", "银行那边能帮上什么"))[:2]


def test_whom_to_turn_to_is_a_unit_and_no_contact_of_the_consultation(assistant: Assistant) -> None:
    text = ask(assistant, "有没有算力补贴", "找谁").text
    assert "列第一的责任单位" in text and "顾莹萍" not in text


def test_a_goal_is_told_for_the_year_and_thing_of_the_conversation(assistant: Assistant) -> None:
    assert "力争超500亿元" in ask(assistant, "到2027年产值多少", "那2030呢").text.split("\n")[0]
    text = ask(assistant, "小巨人要培育多少家", "到哪一年").text
    assert "40家以上" in text and "10家以上。" not in text.split("\n")[0]


def test_a_greeting_before_a_question_is_not_what_it_is_about(assistant: Assistant) -> None:
    assert "我是湖小政" not in ask(assistant, "你好", "孩子上学要交多少学费").text


@pytest.mark.parametrize("greeting", ["谢谢你昨天帮我哈~对了", "你好,", "谢谢!"])
def test_a_greeting_before_a_question_does_not_decide_it(assistant: Assistant, greeting: str) -> None:
    answer = ask(assistant, f"{greeting}数据标注公司有啥支持")
    assert answer.status is Status.ANSWERED
    assert "三/(四)/12" in paths(answer)


def test_a_greeting_before_something_outside_lets_nothing_in(assistant: Assistant) -> None:
    assert ask(assistant, "你好,今天天气怎么样").status is Status.OUT_OF_SCOPE
