from __future__ import annotations

from assistant.models import Answer, Status
from eval.plots import reliability
from eval.score import QuestionScore, score_question
from tests.fakes.evaluation import answer, golden, manifest

QUESTIONS = [golden(number) for number in range(1, 3)]


def judged(confidence: float | None, **changes: object) -> QuestionScore:
    given: Answer = answer(status=Status.OUT_OF_SCOPE if changes else Status.ANSWERED)
    trace = given.trace.model_copy(update={"confidence": confidence})
    asked = golden(1, **changes)
    return score_question(asked, given.model_copy(update={"trace": trace}), manifest(QUESTIONS))


def test_the_reliability_curve_sets_the_judges_probability_against_gold() -> None:
    outside = judged(0.1, answerable="no", expected_status="out_of_scope", evidence=[], must=[])
    inside = judged(0.9)
    assert (outside.confidence, outside.in_scope) == (0.1, False)
    assert (inside.confidence, inside.in_scope) == (0.9, True)
    drawn = reliability([outside, inside])
    assert "(n=2)" in drawn
    assert "未定义" not in drawn


def test_questions_that_no_judge_saw_define_no_point_of_the_curve() -> None:
    unjudged = judged(None)
    assert unjudged.confidence is None
    assert "(n=1)" in reliability([unjudged, judged(0.9)])
    assert "未定义" in reliability([unjudged])
