"""Whether questions inside the scope are answered and those outside refused, by kind of question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.models import Answer, Question
from eval.errors import DataError
from eval.metrics import REFUSALS
from eval.statistics import Interval, interval

SCOPE = Path(__file__).parent / "golden" / "scope.yaml"


class ScopeQuestions(BaseModel):
    """Questions by kind, on both sides of the scope."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    inside: Mapping[str, tuple[str, ...]] = Field(min_length=1)
    outside: Mapping[str, tuple[str, ...]] = Field(min_length=1)


class ScopeScores(BaseModel):
    """Shares of questions that were refused: few of those inside should be, and nearly all outside."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    inside_refused: Interval
    outside_refused: Interval
    by_kind: Mapping[str, Interval] = Field(description="share refused by kind, e.g. inside/citizen")
    refused_inside: tuple[str, ...] = Field(description="questions inside that were refused")
    answered_outside: tuple[str, ...] = Field(description="questions outside that were answered")


def read_scope(path: Path = SCOPE) -> ScopeQuestions:
    """Return the questions of a file.

    Raises:
        DataError: It cannot be read or is not of the form.
    """
    try:
        return ScopeQuestions.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise DataError(f"读不到范围问题 {path}:{error}") from error


def score_scope(questions: ScopeQuestions, ask: Callable[[Question], Answer]) -> ScopeScores:
    """Ask all questions and return the shares refused."""
    refused: dict[str, dict[str, bool]] = {}
    for side, kinds in (("inside", questions.inside), ("outside", questions.outside)):
        for kind, asked in kinds.items():
            answers = {text: ask(Question(turns=(text,))) for text in asked}
            refused[f"{side}/{kind}"] = {text: one.status in REFUSALS for text, one in answers.items()}
    sides = {
        side: {
            text: said for kind in refused if kind.startswith(side) for text, said in refused[kind].items()
        }
        for side in ("inside", "outside")
    }
    return ScopeScores(
        inside_refused=interval([float(said) for said in sides["inside"].values()]),
        outside_refused=interval([float(said) for said in sides["outside"].values()]),
        by_kind={kind: interval([float(said) for said in found.values()]) for kind, found in refused.items()},
        refused_inside=tuple(text for text, said in sides["inside"].items() if said),
        answered_outside=tuple(text for text, said in sides["outside"].items() if not said),
    )
