"""Answers that count, correct, and say what is missing: over the list of units, of premises, of measures."""

from __future__ import annotations

import pytest

from assistant.factory import Assistant
from assistant.models import Status
from tests.e2e.test_reported_answers import ask
from tests.e2e.test_whole_answers import paths


def sizes(assistant: Assistant) -> dict[str, int]:
    return {entry.clause.path: len(entry.clause.units) for entry in assistant.ledger.units}


def test_clauses_are_listed_by_how_many_units_they_list(assistant: Assistant) -> None:
    listed = sizes(assistant)
    most = max(listed.values())
    assert paths(ask(assistant, "责任单位最多的是哪一条")) == [one for one, n in listed.items() if n == most]
    for question, least in (("哪些任务由五个以上单位负责", 5), ("超过5个单位的任务有哪些", 6)):
        assert paths(ask(assistant, question)) == [one for one, n in listed.items() if n >= least]
    assert "需要更正" not in ask(assistant, "三个以上单位的任务有哪些").text


def test_clauses_that_name_no_department_are_listed(assistant: Assistant) -> None:
    wanted = [entry.clause.path for entry in assistant.ledger.umbrellas()]
    assert paths(ask(assistant, "哪些条款的责任单位没有写明具体部门")) == wanted


def test_the_unit_of_most_clauses_is_named(assistant: Assistant) -> None:
    assert ask(assistant, "哪个局任务最重").text.startswith("列名条款最多的是市经信局:共16项,其中列第一的7项")


def test_how_many_units_a_clause_lists_is_counted(assistant: Assistant) -> None:
    assert "共列了9个责任单位" in ask(assistant, "招商特战队涉及几个单位").text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("五大重点领域里有低空经济吗", "需要更正:文件写的是「四大重点领域」"),
        ("五大重点领域里有低空经济吗", "标题中没有「低空经济」"),
        ("九个场景里头有物流没有", "标题中没有「物流」"),
        ("九大场景里有医疗吗", "「(二)重点应用场景」下有「7.人工智能+医疗」"),
        ("计划有16条措施对不对", "需要更正:「三、主要措施」下共15条"),
        ("征求意见截止7月31日对吗", "需要更正:文件写的征求意见截止日期是2025-07-10"),
        ("安吉县的车路云试点城市什么时候建成", "里没有写到安吉"),
        ("德清的小巨人目标是多少家", "没有写分到德清的数"),
        ("200家规上企业分到各区县分别是几家", "没有写分到各区县的数"),
    ],
)
def test_what_a_question_takes_for_granted_is_held_against_the_text(
    assistant: Assistant, question: str, said: str
) -> None:
    assert said in ask(assistant, question).text


def test_what_is_right_is_not_corrected(assistant: Assistant) -> None:
    for question in ("有15条措施对吗", "四大重点领域里有智能驾驶吗", "征求意见截止7月10日对吗"):
        assert "需要更正" not in ask(assistant, question).text


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("机器人产业园招多少工人", "目标是5个以上"),
        ("智算规模要达到多少P", "目标是200家以上"),
        ("大模型工程师招多少人", "目标是10个以上"),
    ],
)
def test_a_number_of_something_else_is_no_answer(assistant: Assistant, question: str, wrong: str) -> None:
    answer = ask(assistant, question)
    assert wrong not in answer.text and answer.status is Status.UNSPECIFIED


def test_a_goal_in_money_is_no_missing_amount(assistant: Assistant) -> None:
    assert "没有写明" not in ask(assistant, "2030年打算做到多少钱").text.split("\n\n")[0]
    assert "不能给出数字" not in ask(assistant, "2030年打算做到多少钱").text


def test_money_that_askers_spend_is_no_claim_and_a_promised_sum_is(assistant: Assistant) -> None:
    assert "没有写过您说的这笔金额" not in ask(assistant, "我手头50万想租算力,有没有支持").text
    assert "没有写过您说的这笔金额" in ask(assistant, "计划给每个买智能手表的市民补三百块,去哪儿报销").text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("哪家医院先用人工智能看片", "文件没有点名"),
        ("无人超市开在哪条街", "具体地点,文件没有写明"),
        ("场景券怎么领", "没有写明"),
    ],
)
def test_what_the_text_does_not_hold_is_named(assistant: Assistant, question: str, said: str) -> None:
    answer = ask(assistant, question)
    assert said in answer.text and answer.status is Status.UNSPECIFIED


@pytest.mark.parametrize(
    "question", ["用了机器人以后我们厂里老工人下岗咋办", "数据标注的活湖州有吗,我想找工作"]
)
def test_who_asks_for_no_support_is_not_told_the_terms_of_it(assistant: Assistant, question: str) -> None:
    assert "申领条件" not in ask(assistant, question).text


def test_every_place_where_a_word_stands_is_shown(assistant: Assistant) -> None:
    wanted = {place.clause.path for place in assistant.ledger.mentioning("机器人")}
    assert set(paths(ask(assistant, "哪些地方写到机器人"))) == wanted


def test_the_body_that_a_clause_sets_up_is_named_where_it_lists_no_units(assistant: Assistant) -> None:
    text = ask(assistant, "谁来管这个事,有没有专门的班子").text
    assert "协调小组" in text.split("\n")[0] and "没有列出责任单位" not in text


@pytest.mark.parametrize(
    "question", ["个人信息保护法第十三条写了什么", "民法典第十条讲什么", "劳动合同法第四十条是啥"]
)
def test_an_article_of_a_law_that_is_not_held_is_no_clause_of_the_plan(
    assistant: Assistant, question: str
) -> None:
    assert ask(assistant, question).status is Status.OUT_OF_SCOPE


def test_two_questions_side_by_side_are_both_answered(assistant: Assistant) -> None:
    text = ask(assistant, "特色产业园建几个,省级先导区建几个").text
    assert "5个以上" in text and "若干省级人工智能先导区" in text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("重点小巨人的600万是直接打我们账上吗", "不直接发给企业"),
        ("去年那个技改设备补8%的,现在还能申报吗", "湖政办发〔2023〕23号"),
        ("南浔这边企业有事打什么电话", "3910000"),
        ("省里有没有出台支持人工智能的文件,文号和日期", "浙政发〔2025〕10号"),
    ],
)
def test_a_measure_that_is_plainly_meant_is_told_as_an_excerpt(
    assistant: Assistant, question: str, said: str
) -> None:
    answer = ask(assistant, question)
    assert said in answer.text and "非原文" in answer.text
    assert answer.citations and all(one.excerpt and not one.quotes for one in answer.citations)


@pytest.mark.parametrize(
    "question", ["小巨人要培育多少家", "算力券一张多少钱", "征求意见找哪位,办公室电话几号"]
)
def test_what_the_plan_answers_is_not_told_from_excerpts(assistant: Assistant, question: str) -> None:
    assert not any(one.excerpt for one in ask(assistant, question).citations)


def test_the_address_of_something_else_is_not_that_of_the_consultation(assistant: Assistant) -> None:
    answer = ask(assistant, "园区地址在哪里")
    assert "凤凰路" not in answer.text and "具体地点,文件没有写明" in answer.text


def test_a_goal_is_not_told_as_what_there_is_now(assistant: Assistant) -> None:
    assert "实际完成的情况,文件没有写明" in ask(assistant, "目前规上企业有多少家").text


def test_who_may_take_the_lead_is_no_question_for_a_unit(assistant: Assistant) -> None:
    answer = ask(assistant, "可信数据空间谁能牵头")
    assert "第三方服务商等企业牵头" in answer.text.split("\n\n")[1]


def test_a_short_name_beside_its_like_is_a_unit(assistant: Assistant) -> None:
    text = ask(assistant, "湖州电信移动联通都管啥").text
    assert all(f"湖州{name}在责任单位中列名的条款共2项" in text for name in ("电信", "移动", "联通"))
