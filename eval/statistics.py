"""Intervals and paired tests, without a model of the distribution."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from eval.errors import UndefinedMetricError

RESAMPLES = 10_000
SEED = 20250701
_AT_ONCE = 500


class Interval(BaseModel):
    """A mean with its 95 % percentile bootstrap interval (Efron 1979) over the questions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mean: float
    low: float = Field(description="2.5th percentile of the resampled means")
    high: float = Field(description="97.5th percentile")
    n: int = Field(ge=1, description="questions")


class PairedTest(BaseModel):
    """Two systems on the same questions, compared by a sign-flip randomisation test (Smucker et al. 2007)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    difference: float = Field(description="mean of the first less mean of the second")
    low: float = Field(description="2.5th percentile of the resampled difference")
    high: float
    p: float = Field(ge=0, le=1, description="two-sided")
    n: int = Field(ge=1)


def interval(values: Sequence[float]) -> Interval:
    """Return the mean of values with its interval.

    Raises:
        UndefinedMetricError: There are no values.
    """
    data = _array(values)
    means = _resampled_means(data)
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(mean=float(data.mean()), low=float(low), high=float(high), n=len(data))


def paired(first: Sequence[float], second: Sequence[float]) -> PairedTest:
    """Return how much the first system is above the second, question by question.

    Raises:
        UndefinedMetricError: There are no questions, or not the same number of both.
    """
    if len(first) != len(second):
        raise UndefinedMetricError(f"a paired test needs the same questions: {len(first)} and {len(second)}")
    data = _array(first) - _array(second)
    observed = abs(float(data.mean()))
    random = np.random.default_rng(SEED)
    reached = 0
    for start in range(0, RESAMPLES, _AT_ONCE):
        shape = (min(_AT_ONCE, RESAMPLES - start), len(data))
        signs = random.integers(0, 2, size=shape, dtype=np.int8) * 2 - 1
        reached += int((np.abs(signs @ data / len(data)) >= observed - 1e-12).sum())
    low, high = np.percentile(_resampled_means(data), [2.5, 97.5])
    return PairedTest(
        difference=float(data.mean()),
        low=float(low),
        high=float(high),
        p=(reached + 1) / (RESAMPLES + 1),
        n=len(data),
    )


def _array(values: Sequence[float]) -> NDArray[np.float64]:
    if not len(values):
        raise UndefinedMetricError("a mean over no questions is not defined")
    return np.asarray(values, dtype=np.float64)


def _resampled_means(data: NDArray[np.float64]) -> NDArray[np.float64]:
    random = np.random.default_rng(SEED)
    means = [
        data[random.integers(0, len(data), size=(min(_AT_ONCE, RESAMPLES - start), len(data)))].mean(axis=1)
        for start in range(0, RESAMPLES, _AT_ONCE)
    ]
    return np.concatenate(means)
