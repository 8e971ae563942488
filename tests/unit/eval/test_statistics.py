from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import UndefinedMetricError
from eval.statistics import interval, paired

shares = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@given(shares)
def test_the_mean_lies_in_its_interval(values: list[float]) -> None:
    found = interval(values)
    assert min(values) - 1e-9 <= found.low <= found.mean + 1e-9
    assert found.mean - 1e-9 <= found.high <= max(values) + 1e-9
    assert found.n == len(values)


def test_an_interval_is_as_wide_as_theory_says() -> None:
    values = [0.0, 1.0] * 200
    found = interval(values)
    assert found.high - found.low == pytest.approx(2 * 1.96 * 0.5 / np.sqrt(400), rel=0.1)


def test_a_mean_over_nothing_is_not_defined() -> None:
    with pytest.raises(UndefinedMetricError):
        interval([])


def test_equal_systems_are_not_told_apart() -> None:
    assert paired([0.1, 0.5, 0.9], [0.1, 0.5, 0.9]).p == 1.0


def test_a_system_better_on_every_question_is() -> None:
    found = paired([0.6] * 30, [0.5] * 30)
    assert found.p < 0.001
    assert found.difference == pytest.approx(0.1)


def test_the_test_is_the_same_from_both_sides() -> None:
    first, second = [0.1, 0.9, 0.4, 0.8], [0.2, 0.5, 0.1, 0.7]
    assert paired(first, second).p == pytest.approx(paired(second, first).p)


def test_six_questions_give_the_exact_randomisation_p() -> None:
    assert paired([1.0] * 6, [0.0] * 6).p == pytest.approx(2 / 64, abs=0.006)


def test_different_questions_cannot_be_compared() -> None:
    with pytest.raises(UndefinedMetricError):
        paired([0.1], [0.1, 0.2])
