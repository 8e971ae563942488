from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from vectorstore.fusion import by_maximum, by_range, by_rank, dense_weight, fuse, top
from vectorstore.settings import FusionSettings

lengths = st.integers(min_value=0, max_value=40)
shares = st.floats(min_value=0, max_value=1)
methods = st.sampled_from(["weighted", "rrf"])


def arrays(low: float, high: float) -> st.SearchStrategy[np.ndarray]:
    return lengths.flatmap(lambda n: hnp.arrays(np.float32, n, elements=st.floats(low, high, width=32)))


@st.composite
def legs(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    n = draw(lengths)
    lexical = draw(hnp.arrays(np.float32, n, elements=st.floats(0, 50, width=32)))
    dense = draw(hnp.arrays(np.float32, n, elements=st.floats(-1, 1, width=32)))
    known = draw(hnp.arrays(np.bool_, n))
    return lexical, dense, known


@given(legs(), shares, methods)
def test_fused_scores_lie_between_nought_and_one(data: tuple, weight: float, method: str) -> None:
    fused = fuse(*data, weight, FusionSettings(method=method))
    assert fused.shape == data[0].shape
    assert np.all(fused >= 0)
    assert np.all(fused <= 1 + 1e-6)


@given(legs(), methods)
def test_a_clause_that_no_leg_found_scores_nothing(data: tuple, method: str) -> None:
    lexical, _, known = data
    fused = fuse(*data, 0.5, FusionSettings(method=method))
    assert np.all(fused[(lexical == 0) & ~known] == 0)


@given(legs(), methods)
def test_a_clause_better_in_both_legs_is_not_ranked_below(data: tuple, method: str) -> None:
    lexical, dense, known = data
    known[:] = True
    fused = fuse(lexical, dense, known, 0.5, FusionSettings(method=method))
    for i in range(len(fused)):
        better = (lexical > lexical[i]) & (dense > dense[i])
        assert np.all(fused[better] >= fused[i] - 1e-6)


@given(shares, shares, shares, shares)
def test_the_dense_weight_is_a_share_that_never_rises_with_coverage(
    base: float, slope: float, one: float, other: float
) -> None:
    settings = FusionSettings(dense_base=base, dense_slope=slope)
    low, high = sorted((one, other))
    assert 0 <= dense_weight(high, settings) <= dense_weight(low, settings) <= 1


def test_the_dense_weight_follows_base_and_slope() -> None:
    settings = FusionSettings(dense_base=1.0, dense_slope=0.8)
    assert dense_weight(0.0, settings) == 1.0
    assert dense_weight(0.5, settings) == pytest.approx(0.6)
    assert dense_weight(1.0, settings) == pytest.approx(0.2)


@given(arrays(0, 50))
def test_division_by_the_maximum_keeps_the_order(scores: np.ndarray) -> None:
    shares = by_maximum(scores)
    assert np.all(np.diff(shares[np.argsort(scores)]) >= 0)


def test_scores_without_a_maximum_stay_nought() -> None:
    assert by_maximum(np.zeros(3, dtype=np.float32)).tolist() == [0, 0, 0]


def test_the_range_runs_from_the_lowest_known_to_the_highest() -> None:
    scores = np.array([0.2, 0.6, 0.4, 9.0], dtype=np.float32)
    known = np.array([True, True, True, False])
    assert by_range(scores, known).tolist() == pytest.approx([0, 1, 0.5, 0], abs=1e-6)


def test_a_single_known_score_is_the_best_there_is() -> None:
    assert by_range(np.array([0.1, 0.3], dtype=np.float32), np.array([True, False])).tolist() == [1, 0]


def test_reciprocal_ranks_begin_at_one() -> None:
    scores = np.array([0.1, 0.9, 0.5], dtype=np.float32)
    ranks = by_rank(scores, np.array([True, True, True]), 60)
    assert ranks.tolist() == pytest.approx([61 / 63, 1, 61 / 62])


@given(arrays(0, 5), st.integers(0, 50))
def test_top_gives_the_highest_above_nought_best_first(scores: np.ndarray, k: int) -> None:
    expected = [i for i in np.argsort(-scores, kind="stable") if scores[i] > 0][:k]
    assert top(scores, k).tolist() == expected
