"""What is asked over several turns keeps the clause, the unit or the two things that are at hand."""

from __future__ import annotations

import pytest

from assistant.factory import Assistant
from assistant.models import Status
from tests.e2e.test_reported_answers import ask

TRAFFIC, TOURISM, HEALTH = "二/(二)/4", "二/(二)/6", "二/(二)/7"


def cited(assistant: Assistant, *turns: str) -> set[str]:
    return {citation.path for citation in ask(assistant, *turns).citations}


@pytest.mark.parametrize(
    ("turns", "path", "said"),
    [
        (("AI+交通由哪些单位管", "里面有市数据局吗?"), TRAFFIC, "这一条的责任单位里没有市数据局"),
        (("AI+文旅谁牵头", "不是市数据局吗?"), TOURISM, "列第一的责任单位是市文化广电旅游局"),
        (("AI+医疗哪些部门负责", "有没有市科技局"), HEALTH, "市科技局列在第4位"),
    ],
)
def test_a_unit_asked_for_after_a_clause_is_looked_for_in_that_clause(
    assistant: Assistant, turns: tuple[str, ...], path: str, said: str
) -> None:
    answer = ask(assistant, *turns)
    assert said in answer.text
    assert {citation.path for citation in answer.citations} == {path}


def test_whether_a_unit_has_nothing_else_is_answered_by_all_that_it_has(assistant: Assistant) -> None:
    answer = ask(assistant, "市商务局管什么", "除了消费那块就没别的了吧")
    assert "共3项" in answer.text
    assert {"二/(二)/8", "三/(一)/1", "三/(一)/3"} <= {citation.path for citation in answer.citations}


def test_both_things_of_two_turns_are_told(assistant: Assistant) -> None:
    leads = ask(assistant, "计划里有没有写教育", "那农业呢", "这两个分别哪个局带头").text
    assert "列第一的责任单位是市教育局" in leads and "列第一的责任单位是市农业农村局" in leads
    goals = ask(assistant, "专精特新小巨人要几家", "上市的呢", "加起来一共多少家").text
    assert "40家以上" in goals and "5家以上" in goals
    assert {HEALTH, TOURISM} <= cited(assistant, "AI+医疗谁牵头", "AI+文旅呢", "这两个里面都有科技局吗")


def test_whether_one_may_is_asked_of_what_was_told(assistant: Assistant) -> None:
    assert "三/(五)/14" in cited(assistant, "无还本续贷谁能办", "我们是普通外贸公司不搞AI行吗")


@pytest.mark.parametrize(
    "turns",
    [
        ("联系人顾莹萍是吧", "她家住哪个小区 私人手机多少"),
        ("你们计划里有医疗对吧", "那我医保卡丢了怎么补"),
    ],
)
def test_what_turns_to_private_or_other_things_is_refused(
    assistant: Assistant, turns: tuple[str, ...]
) -> None:
    assert ask(assistant, *turns).status in (Status.OUT_OF_SCOPE, Status.BLOCKED)


def test_what_lists_no_unit_is_listed(assistant: Assistant) -> None:
    text = ask(assistant, "哪些应用场景市科技局没份?").text
    assert text.startswith("「(二)重点应用场景」下的9条中,符合「没有列出市科技局」的共4条")


def test_a_collective_name_stands_for_its_members(assistant: Assistant) -> None:
    text = ask(assistant, "三家市属集团分别在哪些措施里?").text
    assert "没有列出" not in text
    assert all(f"{name}在责任单位中列名" in text for name in ("市城市集团", "市交通集团", "市产业集团"))


def test_a_wrong_lead_of_a_named_scene_is_corrected_whatever_else_is_asked(assistant: Assistant) -> None:
    text = ask(assistant, "AI+医疗是市数据局牵头的,你给我把原文找出来").text
    assert text.startswith("需要更正:这一条列第一的责任单位是市卫生健康委")


def test_a_wrong_sum_does_not_choose_the_measure(assistant: Assistant) -> None:
    text = ask(assistant, "半导体建链项目投产后奖8%,上限3000万,对吗").text
    assert "15%—30%" in text and "强链补链" not in text


@pytest.mark.parametrize("question", ["23号文那个奖励现在还能报不", "浙政发2025年10号文对AI小巨人补多少钱?"])
def test_a_number_that_is_spoken_names_its_document(assistant: Assistant, question: str) -> None:
    assert all(citation.excerpt for citation in ask(assistant, question).citations)


def test_titles_of_the_nation_are_no_question_for_national_policies(assistant: Assistant) -> None:
    assert "国家级车联网先导区" in ask(assistant, "文件点名的国家级试点、先导区、中试基地有哪些").text


@pytest.mark.parametrize(
    ("turns", "goal"),
    [
        (("规上企业要多少家", "龙头呢"), "龙头企业的目标是10家以上"),
        (("龙头企业多少家", "那规上的呢"), "规模以上企业的目标是200家以上"),
        (("小巨人要几家", "上市企业呢"), "上市企业的目标是5家以上"),
        (("特色产业园几个", "大模型呢"), "垂直大模型的目标是10个以上"),
        (("小巨人要几家", "独角兽呢"), "指标里没有「独角兽」"),
    ],
)
def test_a_follow_up_that_names_another_thing_is_asked_of_that_thing(
    assistant: Assistant, turns: tuple[str, ...], goal: str
) -> None:
    assert goal in ask(assistant, *turns).text


def test_a_total_of_goals_corrects_none_of_them(assistant: Assistant) -> None:
    assert "需要更正" not in ask(assistant, "上市5家和龙头10家,合计15家对吧").text


@pytest.mark.parametrize("doubt", ["你刚才不是说5家吗?", "你确定吗?"])
def test_a_doubt_is_of_what_was_answered(assistant: Assistant, doubt: str) -> None:
    assert "龙头企业的目标是10家以上" in ask(assistant, "龙头企业多少家", doubt).text


def test_one_of_a_list_is_told_by_its_own_clause(assistant: Assistant) -> None:
    assert cited(assistant, "四大重点领域有哪些", "第四个具体包括啥") == {"二/(一)/4"}


def test_support_for_some_is_not_left_to_be_taken_for_all(assistant: Assistant) -> None:
    text = ask(assistant, "所有人工智能企业都可以无还本续贷,对不对").text
    assert text.startswith("需要更正:文件写的是「符合条件的科创型人工智能中小企业无还本续贷」")


def test_whom_to_ask_for_a_loan_is_not_the_contact_of_the_consultation(assistant: Assistant) -> None:
    assert "联系人" not in ask(assistant, "无还本续贷找谁办").text


def test_no_body_is_named_for_a_task_that_the_text_gives_to_none(assistant: Assistant) -> None:
    text = ask(assistant, "知识产权侵权预警分析哪个单位负责做").text
    assert text.startswith("「四、组织保障」没有列出责任单位")
