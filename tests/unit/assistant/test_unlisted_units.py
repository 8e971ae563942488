from __future__ import annotations

import pytest

from assistant.composing.verbatim import VerbatimComposer
from assistant.models import Draft, Status
from assistant.understanding import Route, UnitMention
from tests.fakes.composing import VOUCHER, make_request, plan_context, plan_verifier


def _answer(question: str, surface: str = "市财政局") -> Draft:
    request = make_request(question, VOUCHER, route=Route.UNIT)
    mention = UnitMention(surface=surface, name=None)
    understanding = request.understanding.model_copy(update={"units": (mention,)})
    draft = VerbatimComposer(plan_context()).compose(
        type(request)(understanding, request.result, request.ledger, request.audience)
    )
    kept, rejections = plan_verifier().verify(draft)
    assert rejections == ()
    return kept


@pytest.mark.parametrize(
    "question",
    [
        "市财政局负责哪些任务",
        "责任单位里有没有市财政局?",
        "市财政局在责任单位里吗",
        "请问市财政局负责什么",
        "市财政局是不是责任单位",
        "那市财政局呢?",
    ],
)
def test_a_unit_that_no_list_holds_is_said_to_be_unlisted_and_nothing_of_others(question: str) -> None:
    draft = _answer(question)
    assert draft.status is Status.NO_EVIDENCE
    assert draft.sentences[0].text == "文件的责任单位中没有列出市财政局。"
    assert all(not one.clause_ids for one in draft.sentences)


def test_who_is_responsible_for_a_measure_is_told_beside_the_unit_that_is_unlisted() -> None:
    draft = _answer("算力券归市财政局管吗")
    assert draft.status is Status.ANSWERED
    assert draft.sentences[0].text == "文件的责任单位中没有列出市财政局。"
    assert any("市经信局" in one.text for one in draft.sentences)


def test_a_unit_of_an_earlier_turn_does_not_answer_for_what_others_do() -> None:
    draft = _answer("里面有没有写算力券能干什么")
    assert draft.status is Status.ANSWERED and any(one.clause_ids for one in draft.sentences)
