"""The chat recognises enterprises that describe themselves, and leaves all other questions alone."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.models import Audience, Question, Status
from assistant.support.advising import Advisor
from assistant.support.factory import MESSAGES
from prompts.loader import load_messages
from tests.fakes.support import shipped_desk, shipped_ledger

TODAY = date(2026, 11, 23)
ADVISOR = Advisor(shipped_desk(), load_messages(MESSAGES))


@pytest.mark.parametrize(
    "text",
    [
        "我们在吴兴做服装的,想上一套AI验布,能拿什么补贴?",
        "注册在德清的无人机公司,市里和县里哪边的政策能报?",
        "设备投了650万能补多少",
        "小巨人评上国家给多少,是不是600万打到我账上?",
    ],
)
def test_an_enterprise_that_describes_itself_is_advised(text: str) -> None:
    answer = ADVISOR.advise(Question(turns=(text,)), TODAY)
    assert answer is not None and answer.citations
    assert all(f"[{citation.marker}]" in answer.text for citation in answer.citations)
    assert any("不代表申报一定成功" in notice for notice in answer.notices)


@pytest.mark.parametrize(
    "text",
    [
        "算力券一张多少钱",
        "算力券归哪个局管",
        "三(四)12条原文怎么写",
        "小巨人要培育多少家",
        "孩子学校里会怎么用人工智能?",
        "我们想知道计划里写了几个场景",
        "到2027年底要完成哪些量化目标?",
    ],
)
def test_questions_about_the_text_are_left_to_the_text(text: str) -> None:
    assert ADVISOR.advise(Question(turns=(text,)), TODAY) is None


def test_a_lapsed_sum_is_told_as_what_the_lapsed_text_gave() -> None:
    answer = ADVISOR.advise(Question(turns=("设备投了650万能补多少",)), TODAY)
    assert answer is not None and answer.status is Status.UNSPECIFIED
    assert "650万元×8%=52万元" in answer.text and "已失效" in answer.text and "失效前的算法" in answer.text
    assert "当时还要求:" in answer.text and "项目已实施完成" in answer.text


def test_a_later_turn_that_only_adds_facts_completes_the_description() -> None:
    first = "我们在吴兴做服装的,技改设备花了650万,能补多少"
    answer = ADVISOR.advise(Question(turns=(first, "已经投产了")), date(2025, 6, 1))
    assert answer is not None and "已投产" in answer.text
    assert ADVISOR.advise(Question(turns=(first, "算力券归哪个局管?")), TODAY) is None


def test_excerpts_are_cited_as_such_and_never_quoted() -> None:
    answer = ADVISOR.advise(
        Question(turns=("我们在吴兴做服装的,技改设备花了650万,还想租算力,能补多少",)), TODAY
    )
    assert answer is not None
    texts = shipped_ledger().by_id
    for citation in answer.citations:
        official = f"{citation.document_id}:{citation.path}" in texts
        assert citation.excerpt is not official
        assert not (citation.excerpt and citation.quotes)
        assert all(quote in citation.text for quote in citation.quotes)


@pytest.mark.parametrize(
    "text",
    [
        "我们公司做软件的,想租算力",
        "我们是南浔的电梯企业,想招人",
        "公司在杭州,湖州只有分公司,湖州的奖励能申请吗",
        "我们厂做童装的,在吴兴",
        "我们已经拿了省里的算力补贴,还能拿算力券吗",
    ],
)
def test_an_enterprise_that_introduces_itself_is_matched(text: str) -> None:
    assert ADVISOR.advise(Question(turns=(text,)), TODAY) is not None


@pytest.mark.parametrize("text", ["我们能拿什么?", "我们公司能拿什么补贴", "企业能申请哪些补贴,我们想问一下"])
def test_who_tells_nothing_is_asked_for_what_matching_needs(text: str) -> None:
    answer = ADVISOR.advise(Question(turns=(text,)), TODAY)
    assert answer is not None and answer.status is Status.UNSPECIFIED and not answer.citations
    assert "哪方面的支持" in answer.text and "行业" in answer.text


def test_an_enterprise_need_not_say_we_where_it_is_known_to_ask() -> None:
    asked = Question(turns=("能拿什么补贴",), audience=Audience.ENTERPRISE)
    assert ADVISOR.advise(asked, TODAY) is not None
    assert ADVISOR.advise(Question(turns=("能拿什么补贴",)), TODAY) is None


def test_a_description_over_several_turns_is_put_together() -> None:
    turns = ("我们厂做童装的,在吴兴", "技改", "投了800万", "完工了")
    answer = ADVISOR.advise(Question(turns=turns), date(2025, 8, 1))
    assert answer is not None
    for told in ("吴兴区", "童装", "技改", "800万元", "已完成"):
        assert told in answer.text.splitlines()[0]
    assert "设备投资是多少" in answer.text and "什么行业" not in answer.text


def test_a_question_in_between_ends_the_description() -> None:
    turns = ("我们厂做童装的,在吴兴", "算力券归哪个局管", "投了800万")
    assert ADVISOR.advise(Question(turns=turns), TODAY) is None


def test_a_bare_question_behind_a_description_is_asked_for_it() -> None:
    turns = ("我们厂做童装的,在吴兴", "技改设备投了800万,完工了", "能补多少?")
    answer = ADVISOR.advise(Question(turns=turns), date(2025, 8, 1))
    assert answer is not None and "800万元×8%=64万元" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "我们公司被骗了5万",
        "我们厂三个月没发工资",
        "公司不给交社保我能告吗",
        "我们小区想装电梯",
        "我们能拿算力券做什么",
        "电梯厂,想自己训个懂电梯的模型,能得到支持不",
        "我们想知道计划里写了几个场景",
    ],
)
def test_other_matters_of_a_firm_are_no_description(text: str) -> None:
    assert ADVISOR.advise(Question(turns=(text,)), TODAY) is None
