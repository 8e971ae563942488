from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from vectorstore.fusion import by_rank, dense_weight, filled, fuse, share_of, top
from vectorstore.settings import FusionSettings

lengths = st.integers(min_value=0, max_value=40)
shares = st.floats(min_value=0, max_value=1)
methods = st.sampled_from(["share", "rrf"])


def arrays(low: float, high: float) -> st.SearchStrategy[np.ndarray]:
    return lengths.flatmap(lambda n: hnp.arrays(np.float32, n, elements=st.floats(low, high, width=32)))


@st.composite
def legs(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    n = draw(lengths)
    lexical = draw(hnp.arrays(np.float32, n, elements=st.floats(0, 1, width=32)))
    dense = draw(hnp.arrays(np.float32, n, elements=st.floats(-1, 1, width=32)))
    known = draw(hnp.arrays(np.bool_, n))
    return lexical, dense, known


@given(legs(), shares, methods)
def test_fused_scores_lie_between_nought_and_one(data: tuple, weight: float, method: str) -> None:
    fused = fuse(*data, FusionSettings(method=method, dense_weight=weight))
    assert fused.shape == data[0].shape
    assert np.all(fused >= 0)
    assert np.all(fused <= 1 + 1e-6)


@given(legs(), methods)
def test_a_clause_that_no_leg_found_scores_nothing(data: tuple, method: str) -> None:
    lexical, _, known = data
    fused = fuse(*data, FusionSettings(method=method))
    assert np.all(fused[(lexical == 0) & ~known] == 0)


@given(legs(), methods)
def test_a_clause_better_in_both_legs_is_not_ranked_below(data: tuple, method: str) -> None:
    lexical, dense, known = data
    known[:] = True
    fused = fuse(lexical, dense, known, FusionSettings(method=method))
    for i in range(len(fused)):
        better = (lexical > lexical[i]) & (dense > dense[i])
        assert np.all(fused[better] >= fused[i] - 1e-6)


def test_low_shares_everywhere_leave_the_order_to_the_similarities() -> None:
    everyday = np.array([0.05, 0.02], dtype=np.float32)
    official = np.array([0.9, 0.1], dtype=np.float32)
    dense, known = np.array([0.3, 0.6], dtype=np.float32), np.array([True, True])
    assert fuse(everyday, dense, known, FusionSettings()).argmax() == 1
    assert fuse(official, dense, known, FusionSettings()).argmax() == 0


@given(shares, shares)
def test_the_more_of_the_question_a_clause_holds_the_less_similarity_counts(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= dense_weight(high, FusionSettings()) <= dense_weight(low, FusionSettings()) <= 0.5
    assert dense_weight(high, FusionSettings(lexical_weight=0)) == 0.5


@given(arrays(0, 50), st.floats(0, 100))
def test_shares_keep_the_order_and_lie_between_nought_and_one(scores: np.ndarray, ideal: float) -> None:
    found = share_of(scores, ideal)
    assert np.all((found >= 0) & (found <= 1))
    assert np.all(np.diff(found[np.argsort(scores)]) >= 0)


def test_what_the_dense_leg_did_not_return_counts_as_its_last() -> None:
    dense = np.array([0.5, 0.4, 9.0, 0.9], dtype=np.float32)
    known = np.array([True, True, False, False])
    assert filled(dense, known).tolist() == pytest.approx([0.5, 0.4, 0.4, 0.4])
    assert not filled(dense, np.zeros(4, dtype=np.bool_)).any()


def test_a_search_without_any_leg_is_refused() -> None:
    with pytest.raises(ValueError, match="no leg would count"):
        FusionSettings(lexical_weight=0, dense_weight=0)


def test_reciprocal_ranks_begin_at_one() -> None:
    scores = np.array([0.1, 0.9, 0.5], dtype=np.float32)
    ranks = by_rank(scores, np.array([True, True, True]), 60)
    assert ranks.tolist() == pytest.approx([61 / 63, 1, 61 / 62])


@given(arrays(0, 5), st.integers(0, 50))
def test_top_gives_the_highest_above_nought_best_first(scores: np.ndarray, k: int) -> None:
    expected = [i for i in np.argsort(-scores, kind="stable") if scores[i] > 0][:k]
    assert top(scores, k).tolist() == expected
