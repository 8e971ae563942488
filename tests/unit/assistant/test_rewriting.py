from __future__ import annotations

import json

import pytest

from assistant.rewriting import ModelRewriter
from tests.fakes.composing import scripted

TURNS = ("2027年引育多少家小巨人企业?", "那上市的呢?")


def _rewritten(question: str) -> str | None:
    model = scripted(json.dumps({"question": question}, ensure_ascii=False))
    return ModelRewriter(model).rewrite(TURNS)


def test_a_follow_up_is_made_to_stand_alone() -> None:
    assert _rewritten("2027年引育多少家上市企业?") == "2027年引育多少家上市企业?"


def test_the_first_turn_is_not_sent_to_the_model() -> None:
    assert ModelRewriter(scripted()).rewrite(TURNS[:1]) is None


@pytest.mark.parametrize(
    "wording", ["", "?", "那上市的呢", "x" * 200, "引育50家上市?", "见 https://a.example"]
)
def test_a_wording_that_adds_nothing_or_something_new_is_not_used(wording: str) -> None:
    assert _rewritten(wording) is None


def test_a_model_that_fails_leaves_the_original_question_alone(caplog: pytest.LogCaptureFixture) -> None:
    assert ModelRewriter(scripted("不是 JSON")).rewrite(TURNS) is None
    assert "not rewritten" in caplog.text and "上市" not in caplog.text


def test_many_turns_are_cut_to_the_last_ones() -> None:
    turns = [f"问题{number}" for number in range(50)] + ["那呢?"]
    assert ModelRewriter(scripted('{"question": "问题49呢?"}')).rewrite(turns) == "问题49呢?"
