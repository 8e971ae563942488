"""Answers that were wrong when they were found; a mark goes when its answer is mended."""

from __future__ import annotations

import pytest

from assistant.factory import Assistant
from assistant.models import Answer, Question, Status


def ask(assistant: Assistant, *turns: str) -> Answer:
    return assistant.pipeline.answer(Question(turns=turns))


def test_a_question_for_all_duties_claims_no_lead_that_needs_correction(assistant: Assistant) -> None:
    assert "需要更正" not in ask(assistant, "湖州电信负责哪些事?").text


def test_a_question_word_is_no_unit(assistant: Assistant) -> None:
    answer = ask(assistant, "无人出租车由哪个局牵头?")
    assert "没有无人出租车" not in answer.text and "需要更正" not in answer.text


def test_a_unit_included_in_another_is_not_said_to_be_absent(assistant: Assistant) -> None:
    answer = ask(assistant, "请列出南太湖新区管委会在这份计划里负责的全部任务")
    assert "没有列出" not in answer.text and answer.citations


def test_a_short_question_that_names_its_subject_stands_alone(assistant: Assistant) -> None:
    before = "人工智能+交通由谁负责?"
    assert (
        ask(assistant, before, "市数据局负责哪些任务?").text == ask(assistant, "市数据局负责哪些任务?").text
    )


@pytest.mark.parametrize("question", ["我的社保卡余额是多少?", "哈哈哈"])
def test_what_is_not_about_the_plan_is_refused(assistant: Assistant, question: str) -> None:
    assert ask(assistant, question).citations == ()


def test_when_vouchers_begin_is_unspecified(assistant: Assistant) -> None:
    assert ask(assistant, "什么时候可以申领算力券?").status is Status.UNSPECIFIED


def test_where_comments_go_is_answered(assistant: Assistant) -> None:
    assert ask(assistant, "意见往哪里寄?").status is Status.ANSWERED


def test_a_command_to_list_the_targets_lists_them(assistant: Assistant) -> None:
    assert "200家以上" in ask(assistant, "把计划里的全部指标列一下").text


def test_an_answer_always_bears_the_draft_notice(assistant: Assistant) -> None:
    answer = ask(assistant, "市统计局在里面有任务吗?")
    assert answer.status is not Status.ANSWERED or any("征求意见稿" in notice for notice in answer.notices)


def test_a_follow_up_for_the_amount_is_answered_from_its_context(assistant: Assistant) -> None:
    assert ask(assistant, "有哪些券?", "那多少钱?").status is Status.UNSPECIFIED


def test_a_comparison_compares_the_clauses_that_it_names(assistant: Assistant) -> None:
    answer = ask(assistant, "人工智能+农业和人工智能+文旅的责任单位有什么不同?")
    assert [citation.path for citation in answer.citations] == ["二/(二)/5", "二/(二)/6"]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("上市公司目标是200家吗", "上市企业,文件写的是5家以上"),
        ("小巨人200家是吧", "“小巨人”企业,文件写的是40家以上"),
        ("产业园要建30个吗", "产业园,文件写的是5个以上"),
    ],
)
def test_a_number_of_another_target_is_corrected_to_that_of_the_named_one(
    assistant: Assistant, question: str, value: str
) -> None:
    answer = ask(assistant, question)
    assert "需要更正" in answer.text and value in answer.text


@pytest.mark.parametrize(
    "question", ["规上企业是200家吧", "特色产业园是不是5个", "200家是什么目标", "核心产业营收到500亿吗"]
)
def test_a_right_number_is_not_corrected(assistant: Assistant, question: str) -> None:
    assert "需要更正" not in ask(assistant, question).text
