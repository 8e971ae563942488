"""Sentences about the answers before are counted again before they go out."""

from __future__ import annotations

import pytest

from assistant.models import Draft, Sentence, SentenceKind, Status
from tests.fakes.composing import plan_ledger, plan_verifier

PLAN = plan_ledger().documents[0].document_id
LEADERS = "到2027年底,人工智能各细分领域有影响力的龙头企业的目标是10家以上。"
LISTED = "到2027年底,上市企业的目标是5家以上。"
SUM = "上面几个数相加是{}以上;这是推算,文件没有写这个合计,也没有写几项之间有没有重复。"


def lead(text: str, *paths: str) -> Sentence:
    return Sentence(kind=SentenceKind.LEAD, text=text, clause_ids=tuple(f"{PLAN}:{path}" for path in paths))


def left(*sentences: Sentence) -> list[str]:
    draft, _ = plan_verifier().verify(Draft(status=Status.ANSWERED, sentences=sentences))
    return [one.text for one in draft.sentences]


@pytest.mark.parametrize(
    ("true", "false"),
    [
        (SUM.format("15家"), SUM.format("16家")),
        (SUM.format("15家"), SUM.format("15个")),
        ("这两个数里,数目大的是人工智能各细分领域有影响力的龙头企业。", "这两个数里,数目大的是上市企业。"),
        ("写的时间相同,都是到2027年底。", "写的时间相同,都是到2030年底。"),
    ],
)
def test_what_goals_come_to_goes_out_only_where_it_is_so(true: str, false: str) -> None:
    goals = (lead(LEADERS, "一/第2段"), lead(LISTED, "一/第2段"))
    assert true in left(*goals, lead(true, "一/第2段"))
    assert false not in left(*goals, lead(false, "一/第2段"))


def test_a_sum_of_goals_that_nobody_said_does_not_go_out() -> None:
    assert left(lead(SUM.format("15家"), "一/第2段")) == []


@pytest.mark.parametrize(
    ("true", "false", "paths"),
    [
        ("写到「低空经济」的条款一共1条:", "写到「低空经济」的条款一共2条:", ("二/(二)/3",)),
        (
            "「7.人工智能+医疗」列的单位多,多2个。",
            "「1.人工智能+工业」列的单位多,多2个。",
            ("二/(二)/1", "二/(二)/7"),
        ),
        (
            "这2条合起来,不同的责任单位共5个。",
            "这2条合起来,不同的责任单位共7个。",
            ("二/(二)/5", "二/(二)/6"),
        ),
        ("上面的回答出自「6.人工智能+文旅」:", "上面的回答出自「5.人工智能+农业」:", ("二/(二)/6",)),
        (
            "上面引到的条款里写的指标共7项:",
            "上面引到的条款里写的指标共6项:",
            ("一/第2段",),
        ),
    ],
)
def test_what_is_said_of_clauses_together_is_counted_again(
    true: str, false: str, paths: tuple[str, ...]
) -> None:
    assert left(lead(true, *paths)) == [true]
    assert left(lead(false, *paths)) == []


def test_that_these_are_all_is_said_only_behind_a_whole_list() -> None:
    all_listed = Sentence(kind=SentenceKind.NOTE, text="上面列出的就是全部。")
    found = lead("找到1条可能相关的原文:", "二/(二)/3")
    whole = lead("写到「低空经济」的条款一共1条:", "二/(二)/3")
    assert all_listed.text in left(whole, all_listed)
    assert all_listed.text not in left(found, all_listed)


def test_plain_words_are_those_of_the_clause() -> None:
    said = "「6.人工智能+文旅」通俗说(不是原文):景区门票一律免费。"
    assert left(lead(said, "二/(二)/6")) == []
