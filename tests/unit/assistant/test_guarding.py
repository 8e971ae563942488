from __future__ import annotations

import pytest

from assistant.guarding import Guard
from assistant.models import Question, Status
from tests.fakes.composing import plan_context, plan_ledger

GUARD = Guard(plan_context(), plan_ledger(), max_length=20)


@pytest.mark.parametrize("turn", ["", "  \n", "?!。", "\u200b", "…………", "🙂"])
def test_a_question_without_a_word_is_asked_for(turn: str) -> None:
    draft = GUARD.check(Question(turns=("算力券?", turn)))
    assert draft is not None and draft.status is Status.BLOCKED
    assert draft.sentences[0].clause_ids == ()


def test_a_question_beyond_the_limit_is_refused_with_the_limit() -> None:
    draft = GUARD.check(Question(turns=("问" * 21,)))
    assert draft is not None and "20" in draft.sentences[0].text


@pytest.mark.parametrize("turn", ["问" * 20, "12345", "AI", "?算"])
def test_everything_else_goes_on(turn: str) -> None:
    assert GUARD.check(Question(turns=(turn,))) is None


def test_only_the_last_turn_is_bounded() -> None:
    assert GUARD.check(Question(turns=("问" * 99, "算力券?"))) is None
