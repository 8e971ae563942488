from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from eval.catalogue import BY_NAME
from eval.comparing import Verdict, compare, mcnemar, pair
from eval.score import Group, QuestionScore, Scores

BINARY = [0.0, 1.0]


def scores(values: Sequence[float], metric: str = "correct", **changes: object) -> Scores:
    questions = tuple(
        QuestionScore(
            id=f"q{number:03d}", type="fact_number", audience="staff", status="answered", length=10,
            answer_digest="0", evidence={}, values={"correct": 1.0, metric: value},
        )
        for number, value in enumerate(values)
    )  # fmt: skip
    made = Scores(
        golden_digest="g", corpus_digest="c", failed=0, length_median=10, questions=questions,
        overall=Group(n=len(questions), figures={}), by_type={}, by_audience={},
    )  # fmt: skip
    return made.model_copy(update=changes)


def test_the_same_run_is_not_worse() -> None:
    found = compare(scores([1.0, 0.0] * 30), scores([1.0, 0.0] * 30))
    assert (found.verdict, found.verdict.exit_code, found.flips) == (Verdict.NOT_WORSE, 0, ())


def test_ten_of_a_hundred_lost_are_worse() -> None:
    found = compare(scores([1.0] * 100), scores([1.0] * 90 + [0.0] * 10))
    assert (found.verdict, found.verdict.exit_code) == (Verdict.WORSE, 1)
    assert found.reasons[0].startswith("答对率:1.000 → 0.900(n=100")
    assert [one.id for one in found.flips] == [f"q{number:03d}" for number in range(90, 100)]
    assert all(one.worse for one in found.flips)


def test_a_drop_within_the_tolerance_is_not_worse_however_sure() -> None:
    assert compare(scores([1.0] * 1000), scores([1.0] * 980 + [0.0] * 20)).verdict is Verdict.NOT_WORSE
    assert compare(scores([1.0] * 1000), scores([1.0] * 979 + [0.0] * 21)).verdict is Verdict.WORSE


def test_a_drop_that_chance_explains_is_not_worse() -> None:
    base = [1.0, 0.0] * 20
    new = [0.0, 1.0] * 9 + [1.0, 0.0] * 10 + [0.0, 0.0]
    assert compare(scores(base), scores(new)).verdict is Verdict.NOT_WORSE


def test_more_refusals_are_a_drop() -> None:
    base, new = (scores(values, "over_refusal") for values in ([0.0] * 100, [1.0] * 10 + [0.0] * 90))
    (found,) = [one for one in compare(base, new).overall if one.metric == "over_refusal"]
    assert (found.change, found.verdict) == (-0.1, Verdict.WORSE)
    assert compare(new, base).verdict is Verdict.NOT_WORSE


def test_a_metric_with_less_than_thirty_questions_is_not_judged() -> None:
    base, new = (scores([value] * 29 + [1.0] * 71) for value in (1.0, 0.0))
    few = [
        pair(BY_NAME["correct"], list(zip(base.questions[:n], new.questions[:n], strict=True)))
        for n in (29, 30)
    ]
    assert [one.verdict for one in few] == [Verdict.UNKNOWN, Verdict.WORSE]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda one: one.model_copy(update={"golden_digest": "other"}), "金标问题不同"),
        (lambda one: one.model_copy(update={"corpus_digest": "other"}), "文件不同"),
        (lambda one: one.model_copy(update={"questions": one.questions[1:]}), "题不同"),
    ],
)
def test_what_cannot_be_compared_is_told(change: Callable[[Scores], Scores], reason: str) -> None:
    whole = scores(BINARY * 30)
    found = compare(whole, change(whole))
    assert (found.verdict, found.verdict.exit_code) == (Verdict.UNKNOWN, 2)
    assert reason in found.reasons[0]


def test_too_few_questions_cannot_be_compared() -> None:
    found = compare(scores([1.0] * 29), scores([1.0] * 29))
    assert found.reasons == ("只有 29 题,少于 30 题",)


def test_undefined_values_are_left_out_of_the_pairs() -> None:
    base, new = scores([1.0] * 40), scores([1.0] * 40)
    silent = [one.model_copy(update={"values": {"correct": None}}) for one in new.questions[:5]]
    (found,) = [
        one
        for one in compare(base, new.model_copy(update={"questions": (*silent, *new.questions[5:])})).overall
        if one.metric == "correct"
    ]
    assert found.n == 35


def test_mcnemar_is_the_exact_binomial_test_of_the_changed_questions() -> None:
    # 1 won and 5 lost: two-sided p = 2 * (C(6,0) + C(6,1)) / 2^6 = 0.21875
    pairs = np.array([[0, 1]] + [[1, 0]] * 5 + [[1, 1]] * 20, dtype=float)
    assert mcnemar(pairs) == pytest.approx(0.21875)
    assert mcnemar(np.array([[1.0, 1.0]])) == 1.0
    assert mcnemar(np.array([[0.5, 1.0]])) is None


def test_the_comparison_is_the_same_to_the_last_digit() -> None:
    random = np.random.default_rng(7)
    base, new = (scores(random.random(80).round(3).tolist(), "must") for _ in range(2))
    assert compare(base, new).model_dump_json() == compare(base, new).model_dump_json()
