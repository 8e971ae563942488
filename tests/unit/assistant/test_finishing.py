from __future__ import annotations

import json
import logging
import time
from dataclasses import replace

import pytest

from assistant.finishing import Finisher
from assistant.ledger import Ledger
from assistant.models import Draft, Question, Sentence, SentenceKind, Status
from assistant.pipeline import Journey
from assistant.understanding import Understanding
from assistant.verification import Rejection
from ingest.document import parse_document
from tests.fakes.composing import plan_context, plan_ledger
from vectorstore.models import SearchResult
from vectorstore.recognition import Recognition

FINISHER = Finisher(plan_context(), plan_ledger())
CITED = next(place.clause_id for place in plan_ledger().places if place.clause.path == "三/(四)/12")
QUOTE = Sentence(kind=SentenceKind.QUOTE, text="「发放算力券」", clause_ids=(CITED,), quotes=("发放算力券",))
NOTE = Sentence(kind=SentenceKind.NOTE, text="按惯例。")


def journey(draft: Draft | None, language: str = "zh", rejected: int = 0) -> Journey:
    return Journey(
        question=Question(turns=("我叫王小明,算力券?",)),
        started=time.perf_counter(),
        draft=draft,
        understanding=Understanding(original="我叫王小明,算力券?", text="算力券", language=language),
        rejections=(Rejection(reason="number", detail="50万元"),) * rejected,
        composer="verbatim",
    )


def test_an_answer_from_a_draft_plan_says_that_it_is_one_and_how_it_was_made() -> None:
    answer = FINISHER.finish(journey(Draft(status=Status.ANSWERED, sentences=(QUOTE,))))
    draft, generated = answer.notices
    assert "征求意见稿" in draft and "2025-07-10" in draft and "自动生成" in generated
    assert answer.text.endswith("[1]") and answer.citations[0].quotes == ("发放算力券",)
    assert answer.elapsed_ms >= 0


def test_an_answer_from_a_document_without_a_marked_validity_says_so() -> None:
    document = parse_document("某市规定\n\n第一条 为了安全,制定本规定。\n\n第二条 应当报告。\n", "rule.txt")
    ledger = Ledger((document,))
    place = next(one for one in ledger.places if one.clause.path == "第二条")
    quote = Sentence(
        kind=SentenceKind.QUOTE, text="「应当报告」", clause_ids=(place.clause_id,), quotes=("应当报告",)
    )
    answer = Finisher(plan_context(), ledger).finish(
        journey(Draft(status=Status.ANSWERED, sentences=(quote,)))
    )
    assert "没有标注是否有效" in answer.notices[0]


@pytest.mark.parametrize("doubtful", [0, 3])
def test_an_answer_from_a_recognised_picture_says_so_and_how_surely(doubtful: int) -> None:
    seen = Recognition(pages=1, confidence=0.9437, doubtful=doubtful)
    document = parse_document("某市规定\n\n第一条 为了安全。\n\n第二条 应当报告。\n", "rule.txt")
    ledger = Ledger((document.model_copy(update={"recognition": seen}),))
    place = next(one for one in ledger.places if one.clause.path == "第二条")
    quote = Sentence(
        kind=SentenceKind.QUOTE, text="「应当报告」", clause_ids=(place.clause_id,), quotes=("应当报告",)
    )
    answer = Finisher(plan_context(), ledger).finish(
        journey(Draft(status=Status.ANSWERED, sentences=(quote,)))
    )
    assert "由图片识别而来(平均把握94.3%),可能有误" in answer.notices[0]
    assert ("其中有3行识别把握不足" in answer.notices[0]) == bool(doubtful)


def test_a_refusal_bears_the_label_of_generated_content_alone() -> None:
    answer = FINISHER.finish(journey(Draft(status=Status.OUT_OF_SCOPE, sentences=(NOTE,))))
    assert len(answer.notices) == 1 and "自动生成" in answer.notices[0] and answer.citations == ()


def test_an_answer_in_english_says_that_the_text_is_chinese() -> None:
    notices = FINISHER.finish(journey(Draft(status=Status.ANSWERED, sentences=(QUOTE,)), "en")).notices
    assert any("Chinese" in notice for notice in notices)


def test_the_notices_of_a_composer_come_first() -> None:
    answer = FINISHER.finish(journey(Draft(status=Status.ANSWERED, sentences=(QUOTE,), notices=("先说",))))
    assert answer.notices[0] == "先说"


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.UNSPECIFIED])
def test_an_answer_of_which_nothing_of_substance_is_left_is_none(status: Status) -> None:
    answer = FINISHER.finish(journey(Draft(status=status, sentences=(NOTE,)), rejected=2))
    assert answer.status is Status.NO_EVIDENCE and NOTE.text not in answer.text
    assert answer.trace.rejected == ("number", "number")


def test_without_a_draft_the_answer_is_a_fault_in_plain_words() -> None:
    answer = FINISHER.finish(journey(None))
    assert answer.status is Status.FAILED and "12345" in answer.text


def test_the_pieces_of_an_answer_are_its_text() -> None:
    answer = FINISHER.finish(journey(Draft(status=Status.ANSWERED, sentences=(QUOTE, NOTE))))
    assert "".join(event.text for event in FINISHER.pieces(answer)) == answer.text


def test_the_trace_line_is_json_without_the_words_of_the_person(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="assistant.finishing"):
        FINISHER.finish(journey(Draft(status=Status.ANSWERED, sentences=(QUOTE,)), rejected=1))
    (record,) = caplog.records
    line = json.loads(record.getMessage())
    assert (line["status"], line["composer"], line["rejected"]) == ("answered", "verbatim", ["number"])
    assert "王小明" not in record.getMessage() and "50万元" not in record.getMessage()


def test_the_trace_holds_the_judges_probability_only_where_it_judged() -> None:
    asked = journey(Draft(status=Status.ANSWERED, sentences=(QUOTE,)))
    judged = replace(asked, result=SearchResult(clauses=(), coverage=0.0), confidence=0.87654321)
    assert FINISHER.finish(judged).trace.confidence == 0.8765
    assert FINISHER.finish(asked).trace.confidence is None
