"""Answers that people used to give up on: premises, sets of units, counties, what only a name stands for."""

from __future__ import annotations

import pytest

from assistant.factory import Assistant
from assistant.models import Status
from tests.e2e.test_reported_answers import ask
from tests.e2e.test_whole_answers import paths


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("电话是0572-2398616吧", "需要更正:文件写的联系电话是0572-2398661"),
        ("联系电话0572-2398661对吗", "对,文件写的联系电话是0572-2398661"),
        ("邮编是313001没错吧", "需要更正:文件写的邮编是313000"),
        ("2030年产值目标是不是超200亿", "需要更正:到2030年底"),
        ("脑机接口算不算重点领域", "标题中没有「脑机接口」"),
        ("智能驾驶属于重点领域吗", "下有「2.智能驾驶」"),
        ("量子计算是不是四大重点领域之一", "标题中没有「量子计算」"),
        ("智能手表也算智能穿戴设备吧", "的正文里写到「智能手表」"),
    ],
)
def test_what_is_taken_for_granted_is_confirmed_or_corrected(
    assistant: Assistant, question: str, said: str
) -> None:
    assert said in ask(assistant, question).text


def test_one_of_a_list_is_asked_of_the_list_before(assistant: Assistant) -> None:
    assert "标题中没有「养老」" in ask(assistant, "九大场景有哪些", "养老算不算其中一个").text


@pytest.mark.parametrize(
    ("question", "wanted", "lacked"),
    [
        ("哪些任务有市经信局但没有市科技局", "市经信局", "市科技局"),
        ("市科技局参与但不归市经信局管的有哪几项", "市科技局", "市经信局"),
        ("哪些条目列了市教育局却没列市人社局", "市教育局", "市人社局"),
    ],
)
def test_what_lists_one_unit_and_not_another_is_listed(
    assistant: Assistant, question: str, wanted: str, lacked: str
) -> None:
    ours = {one.clause.path for one in assistant.ledger.naming(wanted)}
    theirs = {one.clause.path for one in assistant.ledger.naming(lacked)}
    assert set(paths(ask(assistant, question))) == ours - theirs


def test_who_shares_clauses_with_a_unit_is_told_with_who_stands_first(assistant: Assistant) -> None:
    text = ask(assistant, "跟市数据局有共同任务的单位里谁牵头").text
    assert "这些条款里列第一的单位:市数据局(2项)、市商务局(1项)。" in text


def test_a_county_is_told_what_is_its_own_and_apart_what_all_have(assistant: Assistant) -> None:
    text = ask(assistant, "长兴县要干啥").text
    assert "没有单独点名长兴" in text and "写明「各区县政府」的条款共23项" in text
    assert ask(assistant, "德清县政府参与哪条", "那长兴县呢").text.count("没有单独点名长兴") == 1


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("南太湖精英计划怎么报名", "只提到「南太湖精英计划」的名称"),
        ("湖州八大新兴产业链行动方案能直接拿补贴吗", "湖政办发〔2023〕22号"),
        ("无人机要不要考证", "要不要考证、办许可或者备案,文件没有写明"),
        ("杭州的企业照这个申请可以吧", "杭州的企业或个人能不能按它申请,文件没有写明"),
    ],
)
def test_what_the_text_leaves_open_is_said(assistant: Assistant, question: str, said: str) -> None:
    assert said in ask(assistant, question).text


@pytest.mark.parametrize("question", ["谁来追责", "完不成任务怎么问责"])
def test_liability_is_not_answered_with_what_frees_of_it(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    assert answer.status is Status.UNSPECIFIED and answer.citations == ()


@pytest.mark.parametrize("person", ["我个人能领吗", "个体户可以不", "我是个自由职业者可以申请吗"])
def test_somebody_who_is_no_firm_hears_whom_the_clause_names(assistant: Assistant, person: str) -> None:
    assert "写的对象是「企业、高校、科研机构」" in ask(assistant, "算力券是什么", person).text


def test_each_half_of_a_message_behind_a_comma_is_answered(assistant: Assistant) -> None:
    text = ask(assistant, "小巨人目标几家,哪个局管培育这事").text
    assert "40家以上" in text and "列第一的责任单位是市经信局" in text
    text = ask(assistant, "智能驾驶重点做啥,还有征求意见到哪天截止").text
    assert "智能座舱" in text and "2025-07-10" in text


@pytest.mark.parametrize("turn", ["那个先不管,今天下雨不", "好吧,周末去哪玩好"])
def test_small_talk_behind_a_question_of_policy_is_refused(assistant: Assistant, turn: str) -> None:
    assert ask(assistant, "算力券谁管", turn).status is Status.OUT_OF_SCOPE
    both = ask(assistant, f"算力券谁管,{turn.split(',')[1]}").text
    assert "市经信局" in both and "不在我能回答的范围内" in both


def test_a_question_in_english_is_told_in_english_that_the_text_is_not(assistant: Assistant) -> None:
    answer = ask(assistant, "Who is responsible for computing vouchers?")
    assert answer.text.startswith("The policy text is in Chinese.") and "市经信局" in answer.text
    assert ask(assistant, "What is the weather today?").status is Status.OUT_OF_SCOPE
