"""The questions on the scope are read whole, and their scorer sees both kinds of fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.models import Answer, Question, Status
from assistant.routing.scope import load_questions
from eval.errors import DataError
from eval.scope import ScopeQuestions, read_scope, score_scope

ASKED = ScopeQuestions(inside={"a": ("算力券", "模型券")}, outside={"b": ("离婚",), "c": ("天气", "彩礼")})


def answering(*answered: str) -> dict[str, float]:
    def ask(question: Question) -> Answer:
        status = Status.ANSWERED if question.turns[-1] in answered else Status.OUT_OF_SCOPE
        return Answer(status=status, text="")

    scores = score_scope(ASKED, ask)
    assert set(scores.refused_inside) == {"算力券", "模型券"} - set(answered)
    assert set(scores.answered_outside) == {"离婚", "天气", "彩礼"} & set(answered)
    shares = {"inside": scores.inside_refused, "outside": scores.outside_refused, **scores.by_kind}
    return {kind: share.mean for kind, share in shares.items()}


def test_the_scorer_counts_refusals_on_both_sides_and_by_kind() -> None:
    shares = answering("算力券", "天气")
    assert shares["inside"] == shares["inside/a"] == 0.5
    assert shares["outside"] == pytest.approx(2 / 3)
    assert (shares["outside/b"], shares["outside/c"]) == (1.0, 0.5)


def test_the_shipped_questions_are_340_and_the_router_was_not_trained_on_them() -> None:
    scope = read_scope()
    asked = [text for side in (scope.inside, scope.outside) for texts in side.values() for text in texts]
    assert len(asked) == len(set(asked)) == 340
    assert not set(asked) & set(load_questions())


@pytest.mark.parametrize("text", ["", "inside: {}", "inside: {a: [b]}\noutside: {c: [d]}\nmore: 1", "a: ["])
def test_a_file_of_another_form_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "scope.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"scope\.yaml"):
        read_scope(tmp_path / "scope.yaml")
