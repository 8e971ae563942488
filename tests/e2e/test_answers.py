"""What holds of every answer that the real index gives, and what the ledger makes complete."""

from __future__ import annotations

import re
from functools import cache

import pytest

from assistant.factory import Assistant
from assistant.models import Answer, Question, Status
from tests.e2e.questions import QUESTIONS
from vectorstore.models import Document, text_digest

SAID = (Status.ANSWERED, Status.UNSPECIFIED)
UNITS_OF_CLAUSE = re.compile(r"\(责任单位:(.*?)\)\s*$", re.S)
MARKER = re.compile(r"\[(\d+)\]")
QUOTED = re.compile(r"^> 「(.*?)」——", re.M | re.S)
MONEY = re.compile(r"\d[\d,.]*\s*(?:亿|万|千|百)?元|\d[\d.]*\s*%|百分之[一二三四五六七八九十百]+")
TARGETS = {
    "有影响力的龙头企业": "10家以上",
    "上市企业": "5家以上",
    "专精特新“小巨人”企业": "40家以上",
    "规模以上企业": "200家以上",
    "人工智能特色产业园": "5个以上",
    "2027年核心产业产值": "200亿元",
    "2030年核心产业产值": "500亿元",
    "省级及以上实验室、技术中心、创新中心": "10个以上",
    "行业领域垂直大模型": "10个以上",
    "标杆示范场景": "30个",
    "国家级领航级、卓越级工厂": "3家以上",
}


@pytest.fixture(scope="module")
def plan(assistant: Assistant) -> Document:
    (document,) = assistant.ledger.documents
    return document


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> dict[str, Answer]:
    return {question: ask(assistant, question) for question in QUESTIONS}


def ask(assistant: Assistant, *turns: str) -> Answer:
    return assistant.pipeline.answer(Question(turns=turns))


@cache
def units_by_clause(plan: Document) -> dict[str, list[str]]:
    """The units of each clause, read from its last bracket and not from its annotations."""
    lists = {clause.path: UNITS_OF_CLAUSE.search(clause.text) for clause in plan.clauses}
    return {
        path: [re.sub("<.*?>", "", name) for name in re.sub("<[^>]*>", "", found[1]).split("、")]
        for path, found in lists.items()
        if found
    }


def test_the_plan_lists_units_in_twenty_four_clauses(plan: Document) -> None:
    units = units_by_clause(plan)
    counts = {
        name: sum(name in names for names in units.values()) for name in ("市经信局", "市科技局", "市数据局")
    }
    assert (len(units), counts) == (24, {"市经信局": 16, "市科技局": 14, "市数据局": 3})


def test_the_list_of_every_unit_is_complete_in_order_and_says_its_role(
    assistant: Assistant, plan: Document
) -> None:
    units = units_by_clause(plan)
    for unit in dict.fromkeys(name for names in units.values() for name in names):
        named = {path: names for path, names in units.items() if unit in names}
        answer = ask(assistant, f"请列出{unit}在这份计划里负责的全部任务")
        assert answer.status is Status.ANSWERED, unit
        assert [citation.path for citation in answer.citations] == list(named), unit
        assert f"共{len(named)}项" in answer.text, unit
        items = [line for line in answer.text.splitlines() if line.startswith("- ")]
        assert len(items) == len(named), unit
        for item, (path, names) in zip(items, named.items(), strict=True):
            clause = plan.clause(path)
            assert clause and clause.heading_path in item, unit
            rank = names.index(unit) + 1
            umbrella = unit in ("市级相关部门", "各区县政府")
            assert umbrella or ("列第一" if rank == 1 else f"列名第{rank}位") in item, unit


@pytest.mark.parametrize("indicator", TARGETS)
def test_a_target_is_told_with_its_value_and_the_sentence_that_states_it(
    assistant: Assistant, indicator: str
) -> None:
    answer = ask(assistant, f"到目标年份,{indicator}的目标是多少?")
    assert answer.status is Status.ANSWERED
    assert TARGETS[indicator] in answer.text.splitlines()[0]
    assert any(TARGETS[indicator] in quote for citation in answer.citations for quote in citation.quotes)


def test_all_targets_are_listed_when_all_are_asked_for(assistant: Assistant) -> None:
    answer = ask(assistant, "到2027年的目标指标都有哪些,各是多少?")
    for value in TARGETS.values():
        assert value in answer.text
    assert len([line for line in answer.text.splitlines() if line.startswith("- ")]) >= len(TARGETS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_is_a_clause_as_it_stands_in_the_plan(
    answers: dict[str, Answer], plan: Document, question: str
) -> None:
    answer = answers[question]
    for number, citation in enumerate(answer.citations, start=1):
        clause = plan.clause(citation.path)
        assert clause is not None and clause.citable
        assert (citation.marker, citation.document_id) == (number, plan.document_id)
        assert (citation.text, citation.heading_path) == (clause.text, clause.heading_path)
        assert citation.digest == clause.digest == text_digest(citation.text)
        assert all(quote in plan.text for quote in citation.quotes)
    markers = {int(marker) for marker in MARKER.findall(answer.text)}
    assert markers == {citation.marker for citation in answer.citations}, (
        "no marker without card, nor the reverse"
    )
    for quote in QUOTED.findall(answer.text):
        assert quote in plan.text


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_answer_names_a_sum_that_the_plan_does_not_hold(
    answers: dict[str, Answer], plan: Document, question: str
) -> None:
    for amount in MONEY.findall(answers[question].text):
        assert re.search(rf"(?<![\d.]){re.escape(amount)}", plan.text), amount


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_says_what_it_is_and_that_the_plan_is_a_draft(
    answers: dict[str, Answer], question: str
) -> None:
    answer = answers[question]
    assert any("自动生成" in notice and "仅供参考" in notice for notice in answer.notices)
    if answer.citations:
        draft = [notice for notice in answer.notices if "征求意见稿" in notice]
        assert len(draft) == 1 and "不是正式生效" in draft[0] and "2025-07-10" in draft[0]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_refusal_cites_nothing_and_an_answer_something(answers: dict[str, Answer], question: str) -> None:
    answer = answers[question]
    assert answer.text.strip() and answer.status is not Status.FAILED
    if answer.status not in SAID:
        assert answer.citations == () and "征求意见稿" not in "".join(answer.notices)


def test_questions_about_other_things_are_out_of_scope(answers: dict[str, Answer]) -> None:
    for question in ("明天湖州下雨吗?", "帮我写一段Python排序代码", "头疼吃什么药?"):
        assert answers[question].status is Status.OUT_OF_SCOPE, question
    elsewhere = answers["杭州的人工智能补贴有多少?"]
    assert elsewhere.status is Status.OUT_OF_SCOPE and "杭州" in elsewhere.text


def test_the_same_questions_get_the_same_answers_again(
    assistant: Assistant, answers: dict[str, Answer]
) -> None:
    for question, before in answers.items():
        after = ask(assistant, question)
        assert (after.status, after.text, after.citations, after.notices) == (
            before.status, before.text, before.citations, before.notices,
        )  # fmt: skip


def test_a_streamed_answer_is_the_answer_piece_by_piece(assistant: Assistant) -> None:
    *pieces, last = assistant.pipeline.stream(Question(turns=("到2027年的目标指标都有哪些,各是多少?",)))
    assert {piece.kind for piece in pieces} == {"text"} and len(pieces) > len(TARGETS)
    assert last.kind == "done" and last.answer is not None
    assert "".join(piece.text for piece in pieces) == last.answer.text


def test_the_trace_tells_how_an_answer_came_about_without_the_words_of_the_person(
    assistant: Assistant,
) -> None:
    trace = ask(assistant, "我叫王小明,算力券由谁负责?").trace
    assert [step for step, _ in trace.timings_ms] == [
        "guard",
        "read",
        "retrieve",
        "judge",
        "advise",
        "compose",
        "mark",
        "verify",
    ]
    assert trace.composer == "verbatim" and trace.route and trace.legs[0] == "question"
    assert len(trace.retrieved) == len(trace.scores) > 0
    assert "王小明" not in trace.model_dump_json()
