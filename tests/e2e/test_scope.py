"""What lies outside the scope is refused by the shipped router, and what lies inside is not."""

from __future__ import annotations

from assistant.factory import Assistant
from eval.scope import read_scope, score_scope


def test_questions_outside_are_refused_and_those_inside_are_not(assistant: Assistant) -> None:
    scores = score_scope(read_scope(), assistant.pipeline.answer)
    for kind in ("inside/enterprise", "inside/citizen", "inside/staff"):
        assert scores.by_kind[kind].mean <= 0.05, scores.refused_inside
    assert scores.inside_refused.mean <= 0.08, scores.refused_inside
    assert scores.outside_refused.mean >= 0.80, scores.answered_outside
    assert scores.by_kind["outside/law"].mean >= 0.85, scores.answered_outside
