"""Answers that have to be whole: sections, units as asked, comparisons, follow-ups, what stands nowhere."""

from __future__ import annotations

import pytest

from assistant.factory import Assistant
from assistant.models import Answer, Question, Status
from tests.e2e.test_reported_answers import ask


def paths(answer: Answer) -> list[str]:
    return [citation.path for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "heading", "n_clauses"),
    [
        ("九大场景是哪几个,给我列全", "二/(二)", 9),
        ("重点领域有哪些", "二/(一)", 4),
        ("十五条措施都叫什么", "三", 15),
        ("第三部分讲了什么", "三", 15),
    ],
)
def test_all_that_stands_under_a_heading_is_listed(
    assistant: Assistant, question: str, heading: str, n_clauses: int
) -> None:
    answer = ask(assistant, question)
    numbered = [place for place in assistant.ledger.places if place.clause.numbered]
    wanted = [place.clause for place in numbered if place.clause.path.startswith(f"{heading}/")]
    assert len(wanted) == n_clauses
    assert all(clause.heading in answer.text for clause in wanted)


def test_the_units_of_each_clause_stand_in_a_list_of_a_section_where_they_are_asked_for(
    assistant: Assistant,
) -> None:
    text = ask(assistant, "九个场景各自的责任单位列出来").text
    first = [entry.unit.name for entry in assistant.ledger.units if entry.clause.path.startswith("二/(二)/")]
    assert all(name in text for name in first)


def test_a_number_of_sections_that_the_text_does_not_have_is_corrected(assistant: Assistant) -> None:
    assert "需要更正:文件写的是「九大场景」" in ask(assistant, "听说有十二大场景,都是哪些").text


def test_only_the_clauses_where_a_unit_stands_first_are_listed_where_they_are_asked_for(
    assistant: Assistant,
) -> None:
    entries = assistant.ledger.naming("市经信局")
    first = [entry.clause.path for entry in entries if entry.rank == 1]
    assert paths(ask(assistant, "市经信局排第一的任务是哪几条")) == first
    assert len(paths(ask(assistant, "市经信局的任务有哪几条"))) == len(entries) > len(first)


def test_the_clauses_that_do_not_list_a_unit_are_listed(assistant: Assistant) -> None:
    named = {entry.clause.path for entry in assistant.ledger.naming("市科技局")}
    listing = [entry.clause.path for entry in assistant.ledger.units if entry.rank == 1]
    answer = ask(assistant, "没有列入市科技局的任务有哪些")
    assert paths(answer) == [path for path in listing if path not in named]


def test_the_units_in_common_are_those_of_the_clauses_named(assistant: Assistant) -> None:
    answer = ask(assistant, "文旅和消费两个场景有没有共同的责任单位")
    assert paths(answer) == ["二/(二)/6", "二/(二)/8"]
    assert "这几条都列名的责任单位:市科技局、各区县政府。" in answer.text


def test_two_targets_are_set_side_by_side_with_their_difference(assistant: Assistant) -> None:
    text = ask(assistant, "龙头企业和上市企业的目标哪个多,差几家").text
    assert "10家以上" in text and "5家以上" in text and "相差5家" in text


def test_all_means_of_policy_of_a_kind_are_listed_where_the_text_holds_no_others(
    assistant: Assistant,
) -> None:
    assert "文件写到的「券」共3种:场景券、算力券、模型券。" in ask(assistant, "有哪几种券").text
    assert "清单」共" not in ask(assistant, "有哪几种清单").text  # 应用场景清单 is no known means of policy


@pytest.mark.parametrize("word", ["量子计算", "老年人", "区块链"])
def test_a_word_that_stands_nowhere_is_said_to_stand_nowhere(assistant: Assistant, word: str) -> None:
    assert f"文件中没有出现「{word}」一词" in ask(assistant, f"文件里有没有提到{word}").text


def test_a_follow_up_without_a_subject_is_about_what_the_conversation_is_about(assistant: Assistant) -> None:
    turns = ("算力券是什么", "一张多少钱?", "归谁管?", "电话呢?")
    for upto in (2, 3):
        assert paths(ask(assistant, *turns[:upto]))[0] == "三/(四)/12"
    assert "市经信局" in ask(assistant, *turns[:3]).text
    assert ask(assistant, *turns).status is Status.UNSPECIFIED


def test_who_asks_for_more_is_not_told_the_same(assistant: Assistant) -> None:
    first = ask(assistant, "有没有支持做机器人的")
    more = ask(assistant, "有没有支持做机器人的", "还有呢?")
    assert paths(more) and not set(paths(more)) & set(paths(first))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("这份文件管到哪一年", "2025—2027年"),
        ("这是2025到2030年的计划吧", "需要更正:文件标题写明的期限是2025—2027年"),
        ("这个计划谁发的", "征集部门:湖州市经济和信息化局"),
        ("这份文件的文号是多少", "没有写明文号"),
        ("这个文件到底是干什么的", "特制定本行动计划"),
    ],
)
def test_what_is_asked_of_the_document_itself_is_answered(
    assistant: Assistant, question: str, said: str
) -> None:
    assert said in ask(assistant, question).text


@pytest.mark.parametrize("number", [10, 13])
def test_a_clause_is_found_by_its_number_alone(assistant: Assistant, number: int) -> None:
    assert paths(ask(assistant, f"第{number}条的原文"))[0].endswith(f"/{number}")


def test_each_need_of_who_asks_for_support_has_a_clause(assistant: Assistant) -> None:
    question = Question(turns=("做无人机巡检的小公司,缺订单也缺钱,计划里哪些跟我们有关",))
    assert {"三/(三)/7", "三/(五)/14"} & set(paths(assistant.pipeline.answer(question)))


def test_what_one_cannot_keep_up_with_is_no_place_asked_about(assistant: Assistant) -> None:
    answer = ask(assistant, "招不到会搞算法的人,工资比不过杭州")
    assert answer.status is Status.ANSWERED and "三/(五)/13" in paths(answer)


def test_a_matching_says_first_what_it_comes_to_and_names_no_other_project(assistant: Assistant) -> None:
    text = ask(assistant, "我们是南浔做电梯的,技改项目设备投了380万,能拿多少补贴?").text
    assert "**结论**" in text.split("\n\n")[1]
    assert "低于门槛500万元" in text and "新建项目设备投资" not in text


@pytest.mark.parametrize(
    ("turns", "word"),
    [(("长兴的车路云试点怎么推进",), "长兴"), (("德清有什么项目", "南浔呢"), "南浔")],
)
def test_a_place_of_the_region_that_stands_nowhere_is_said_to_stand_nowhere(
    assistant: Assistant, turns: tuple[str, ...], word: str
) -> None:
    assert f"文件中没有出现「{word}」一词" in ask(assistant, *turns).text


def test_a_short_form_of_words_of_the_text_is_not_said_to_stand_nowhere(assistant: Assistant) -> None:
    answer = ask(assistant, "提到非遗了没有?")
    assert "没有出现" not in answer.text and "二/(二)/6" in paths(answer)


def test_goals_are_not_told_as_what_was_reached(assistant: Assistant) -> None:
    answer = ask(assistant, "去年产业产值实际是多少?")
    assert "实际完成的情况,文件没有写明" in answer.text and answer.status is Status.UNSPECIFIED


def test_a_document_that_is_not_held_is_not_answered_by_clauses_of_the_same_number(
    assistant: Assistant,
) -> None:
    assert ask(assistant, "《生成式人工智能服务管理暂行办法》第四条讲什么").status is Status.OUT_OF_SCOPE


@pytest.mark.parametrize(("question", "number"), [("五百亿的目标是哪年", "500亿元"), ("十几亿有没有", "")])
def test_sums_in_chinese_numerals_are_read(assistant: Assistant, question: str, number: str) -> None:
    answer = ask(assistant, question)
    assert answer.status is not Status.FAILED and number in answer.text


def test_two_questions_in_one_message_are_both_answered(assistant: Assistant) -> None:
    answer = ask(assistant, "龙头企业要多少家,另外谁负责招商?")
    assert "10家以上" in answer.text and "市商务局" in answer.text
    markers = {citation.marker for citation in answer.citations}
    assert markers == set(range(1, len(answer.citations) + 1))


def test_the_half_of_a_message_that_is_about_another_city_is_refused(assistant: Assistant) -> None:
    answer = ask(assistant, "大模型的目标是多少个,顺便问一下杭州的目标多少个")
    assert "10个以上" in answer.text and "杭州的政策" in answer.text


def test_a_unit_is_named_with_what_stands_in_brackets_behind_it(assistant: Assistant) -> None:
    assert "市政府办公室<金融口>、市国资委" in ask(assistant, "无还本续贷由哪些单位负责").text.split("「(")[0]
