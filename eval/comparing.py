"""Compares two runs question by question, and says whether the new one is worse.

A metric is worse (变差) only when a paired one-sided bootstrap test rejects 'not worse' at 0.05 and the drop
exceeds 0.02; of metrics that are 0 or 1 a question, McNemar's exact test stands beside it. With fewer than
30 questions in common a metric is not judged (无法判断). The whole is worse when one of the metrics that
decide is. Figures by type are shown and do not decide: fifteen types tested at 0.05 would cry wolf.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from eval.catalogue import METRICS, Metric
from eval.score import QuestionScore, Scores
from eval.statistics import RESAMPLES, SEED

LEAST_QUESTIONS = 30
ALPHA = 0.05
TOLERANCE = 0.02
_AT_ONCE = 500


class Verdict(StrEnum):
    """Whether the new run is worse."""

    NOT_WORSE = "未变差"
    WORSE = "变差"
    UNKNOWN = "无法判断"

    @property
    def exit_code(self) -> int:
        """Return what a command that ends with this verdict exits with."""
        return {Verdict.NOT_WORSE: 0, Verdict.WORSE: 1, Verdict.UNKNOWN: 2}[self]


class Paired(BaseModel):
    """One metric of two runs on the questions that define it in both."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    metric: str
    n: int = Field(ge=0)
    base: float | None = None
    new: float | None = None
    change: float | None = Field(default=None, description="new less base, turned so that more is better")
    low: float | None = Field(default=None, description="2.5th percentile of the resampled change")
    high: float | None = None
    p: float | None = Field(default=None, description="one-sided: share of resamples without a drop")
    mcnemar: float | None = Field(default=None, description="two-sided exact p; None where not 0 or 1")
    verdict: Verdict


class Flip(BaseModel):
    """A question that turned from right to wrong, or from wrong to right."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    type: str
    worse: bool
    metrics: tuple[str, ...] = Field(description="the metrics that changed, the gate's alone")


class Comparison(BaseModel):
    """Two runs side by side."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verdict: Verdict
    reasons: tuple[str, ...] = Field(description="why it is worse, or why nothing can be said")
    overall: tuple[Paired, ...] = ()
    by_type: dict[str, tuple[Paired, ...]] = {}
    flips: tuple[Flip, ...] = ()


def compare(base: Scores, new: Scores) -> Comparison:
    """Return the comparison of a new run with a base."""
    hindrances = tuple(_hindrances(base, new))
    if hindrances:
        return Comparison(verdict=Verdict.UNKNOWN, reasons=hindrances)
    pairs = list(zip(base.questions, _in_order(base, new), strict=True))
    tested = [metric for metric in METRICS if metric.paired]
    overall = tuple(pair(metric, pairs) for metric in tested)
    kinds = sorted({first.type for first, _ in pairs})
    by_type = {
        kind: tuple(pair(metric, [one for one in pairs if one[0].type == kind]) for metric in tested)
        for kind in kinds
    }
    worse = [
        f"{metric.title}:{one.base:.3f} → {one.new:.3f}(n={one.n},单侧 p={one.p:.4f})"
        for metric, one in zip(tested, overall, strict=True)
        if metric.gated and one.verdict is Verdict.WORSE
    ]
    return Comparison(
        verdict=Verdict.WORSE if worse else Verdict.NOT_WORSE,
        reasons=tuple(worse),
        overall=overall,
        by_type=by_type,
        flips=tuple(_flips(pairs)),
    )


def pair(metric: Metric, pairs: Sequence[tuple[QuestionScore, QuestionScore]]) -> Paired:
    """Return a metric of two runs, with its paired tests."""
    found = [(first.values.get(metric.name), second.values.get(metric.name)) for first, second in pairs]
    values = [(one, two) for one, two in found if one is not None and two is not None]
    if not values:
        return Paired(metric=metric.name, n=0, verdict=Verdict.UNKNOWN)
    data = np.array(values, dtype=np.float64)
    sign = -1.0 if metric.lower_is_better else 1.0
    change = sign * (data[:, 1] - data[:, 0])
    means = _resampled(change)
    low, high = np.percentile(means, [2.5, 97.5])
    drop = -float(change.mean())
    p = (int((means >= 0).sum()) + 1) / (RESAMPLES + 1)
    return Paired(
        metric=metric.name,
        n=len(values),
        base=round(float(data[:, 0].mean()), 6),
        new=round(float(data[:, 1].mean()), 6),
        change=round(-drop, 6),
        low=round(float(low), 6),
        high=round(float(high), 6),
        p=round(p, 6),
        mcnemar=mcnemar(data),
        verdict=_verdict(len(values), drop, p),
    )


def mcnemar(data: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float | None:
    """Return the exact two-sided p of McNemar's test (1947), or None where a value is not 0 or 1.

    b and c questions changed in either direction; under no difference b is binomial(b + c, 1/2).
    """
    if not np.isin(data, (0.0, 1.0)).all():
        return None
    from scipy.stats import binomtest

    lost = int(((data[:, 0] == 1) & (data[:, 1] == 0)).sum())
    won = int(((data[:, 0] == 0) & (data[:, 1] == 1)).sum())
    return 1.0 if lost + won == 0 else round(float(binomtest(lost, lost + won).pvalue), 6)


def _verdict(n: int, drop: float, p: float) -> Verdict:
    if n < LEAST_QUESTIONS:
        return Verdict.UNKNOWN
    return Verdict.WORSE if p < ALPHA and drop > TOLERANCE else Verdict.NOT_WORSE


def _resampled(
    change: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    if not change.any():
        return np.zeros(RESAMPLES)
    random = np.random.default_rng(SEED)
    n = len(change)
    drawn = [
        change[random.integers(0, n, size=(min(_AT_ONCE, RESAMPLES - start), n))].mean(axis=1)
        for start in range(0, RESAMPLES, _AT_ONCE)
    ]
    return np.concatenate(drawn)


def _hindrances(base: Scores, new: Scores) -> Sequence[str]:
    reasons = []
    if base.golden_digest != new.golden_digest:
        reasons.append("两次用的金标问题不同")
    if base.corpus_digest != new.corpus_digest:
        reasons.append("两次收录的文件不同")
    if {one.id for one in base.questions} != {one.id for one in new.questions}:
        reasons.append("两次作答的题不同")
    if len(new.questions) < LEAST_QUESTIONS:
        reasons.append(f"只有 {len(new.questions)} 题,少于 {LEAST_QUESTIONS} 题")
    return reasons


def _in_order(base: Scores, new: Scores) -> list[QuestionScore]:
    by_id = {one.id: one for one in new.questions}
    return [by_id[one.id] for one in base.questions]


def _flips(pairs: Sequence[tuple[QuestionScore, QuestionScore]]) -> Sequence[Flip]:
    flips = []
    for first, second in pairs:
        changes = {
            metric.name: _change(metric, first, second)
            for metric in METRICS
            if metric.gated and metric.paired
        }
        down = tuple(name for name, change in changes.items() if change < 0)
        up = tuple(name for name, change in changes.items() if change > 0)
        if down or up:
            worse = changes["correct"] < 0 or (changes["correct"] == 0 and bool(down))
            flips.append(Flip(id=first.id, type=first.type, worse=worse, metrics=(*down, *up)))
    return flips


def _change(metric: Metric, first: QuestionScore, second: QuestionScore) -> float:
    before, after = first.values.get(metric.name), second.values.get(metric.name)
    if before is None or after is None:
        return 0.0
    return (before - after) if metric.lower_is_better else (after - before)
