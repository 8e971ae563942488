"""Scores of a run: every metric question by question, and means with intervals by type and audience.

Calls no model. The same answers give the same scores to the last digit; times are kept apart for that reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.models import Answer, Status
from eval.catalogue import METRICS
from eval.errors import RunError
from eval.golden import Golden
from eval.metrics import Case
from eval.retrieval import Progress
from eval.runs import Manifest, Run
from eval.statistics import SEED, interval
from vectorstore.models import text_digest

SCORES, LATENCY = "scores.json", "latency.json"
_DIGITS = 6
_LATENCY_RESAMPLES = 2000


class Figure(BaseModel):
    """A mean with its 95 % interval, or the statement that it is not defined."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    n: int = Field(ge=0, description="questions that define it")
    mean: float | None = Field(default=None, description="None where no question defines it, never 0")
    low: float | None = None
    high: float | None = None


class QuestionScore(BaseModel):
    """What one question scored."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    type: str
    audience: str
    status: str
    length: int = Field(description="characters of the answer")
    confidence: float | None = Field(
        default=None, description="the judge's probability that the question is in scope; None: not judged"
    )
    in_scope: bool | None = Field(
        default=None, description="whether gold has it answered, in whole or in part; None: not recorded"
    )
    answer_digest: str = Field(description="SHA-256 of text and citations of the answer")
    evidence: dict[str, str] = Field(description="clause id -> digest of the clauses that gold rests on")
    values: dict[str, float | None] = Field(
        description="metric -> value; None: not defined for this question"
    )


class Group(BaseModel):
    """The figures of a set of questions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    n: int
    figures: dict[str, Figure]


class Scores(BaseModel):
    """The scores of a run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    golden_digest: str
    corpus_digest: str
    failed: int = Field(description="questions that ended in a fault")
    length_median: float
    overall: Group
    by_type: dict[str, Group]
    by_audience: dict[str, Group]
    questions: tuple[QuestionScore, ...]


class Latency(BaseModel):
    """Milliseconds an answer, with 95 % bootstrap intervals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    n: int
    p50: Figure
    p95: Figure
    all_ms: tuple[float, ...]


def score(run: Run, progress: Progress) -> Scores:
    """Return the scores of a run."""
    questions = []
    for done, (golden, answered) in enumerate(zip(run.questions, run.answers, strict=True), start=1):
        questions.append(score_question(golden, answered.answer, run.manifest))
        progress("评分", done, len(run.questions))
    return Scores(
        golden_digest=run.manifest.golden_digest,
        corpus_digest=run.manifest.corpus_digest,
        failed=sum(one.status == Status.FAILED.value for one in questions),
        length_median=float(np.median([one.length for one in questions])),
        overall=_group(questions),
        by_type=_groups(questions, lambda one: one.type),
        by_audience=_groups(questions, lambda one: one.audience),
        questions=tuple(questions),
    )


def score_question(golden: Golden, answer: Answer, manifest: Manifest) -> QuestionScore:
    """Return what the answer to one question scores."""
    case = Case(
        golden=golden,
        answer=answer,
        unit_names=manifest.unit_names,
        drafts=frozenset(one.document_id for one in manifest.documents if one.status == "征求意见稿"),
        known=(
            *(f"《{one.title}》" for one in manifest.documents),
            (golden.record.as_of or manifest.day).isoformat(),
        ),
    )
    values = {metric.name: metric.measure(case) for metric in METRICS}
    return QuestionScore(
        id=golden.record.id,
        type=golden.record.type,
        audience=golden.record.audience.value,
        status=answer.status.value,
        length=len(answer.text),
        confidence=answer.trace.confidence,
        in_scope=golden.record.answerable != "no",
        answer_digest=answer_digest(answer),
        evidence={place.clause_id: place.digest for place in golden.evidence},
        values={name: None if value is None else round(value, _DIGITS) for name, value in values.items()},
    )


def answer_digest(answer: Answer) -> str:
    """Return the SHA-256 of what an answer says and cites."""
    cited = [f"{one.clause_id} {one.digest}" for one in answer.citations]
    return text_digest("\n".join([answer.status.value, answer.text, *cited]))


def measure_latency(run: Run) -> Latency:
    """Return how long the answers took."""
    taken = np.array([line.answer.elapsed_ms for line in run.answers])
    random = np.random.default_rng(SEED)
    drawn = taken[random.integers(0, len(taken), size=(_LATENCY_RESAMPLES, len(taken)))]

    def figure(percent: float) -> Figure:
        low, high = np.percentile(np.percentile(drawn, percent, axis=1), [2.5, 97.5])
        return Figure(
            n=len(taken), mean=float(np.percentile(taken, percent)), low=float(low), high=float(high)
        )

    return Latency(n=len(taken), p50=figure(50), p95=figure(95), all_ms=tuple(float(one) for one in taken))


def read_scores(path: Path) -> Scores:
    """Return stored scores.

    Raises:
        RunError: They are missing or damaged.
    """
    try:
        return Scores.model_validate_json(path.read_text("utf-8"))
    except OSError as error:
        raise RunError(f"读不到评分 {path}。请先运行 python -m eval score。") from error
    except (ValidationError, UnicodeDecodeError) as error:
        raise RunError(f"{path} 读不懂,可能已损坏:{error}") from error


def figure_of(values: Sequence[float | None]) -> Figure:
    """Return the mean of the defined values with its interval."""
    defined = [value for value in values if value is not None]
    if not defined:
        return Figure(n=0)
    found = interval(defined)
    return Figure(
        n=found.n,
        mean=round(found.mean, _DIGITS),
        low=round(found.low, _DIGITS),
        high=round(found.high, _DIGITS),
    )


def _groups(questions: Sequence[QuestionScore], key: Callable[[QuestionScore], str]) -> dict[str, Group]:
    names = sorted({key(one) for one in questions})
    return {name: _group([one for one in questions if key(one) == name]) for name in names}


def _group(questions: Sequence[QuestionScore]) -> Group:
    figures = {one.name: figure_of([question.values[one.name] for question in questions]) for one in METRICS}
    return Group(n=len(questions), figures=figures)
