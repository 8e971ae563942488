"""The golden profiles are well formed, and their scorer sees what is wrong."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.support.matches import Grade
from eval.profiles import GoldenProfile, full_id, judge, read_profiles, score_profiles
from tests.fakes.support import shipped_desk, shipped_ledger

GOLDEN = read_profiles()


def test_there_are_sixty_profiles_and_twenty_of_them_were_kept_unseen() -> None:
    splits = Counter(one.split for one in GOLDEN)
    assert len(GOLDEN) >= 60 and splits["held"] >= 20
    assert len({one.id for one in GOLDEN}) == len(GOLDEN)
    traps = {one.trap for one in GOLDEN}
    assert traps >= {"elsewhere", "lapsed", "government", "excludes", "below", "certification", "citizen"}


def test_every_expected_measure_exists() -> None:
    ledger = shipped_ledger()
    known = set(ledger.by_id)
    known |= {c.measure.measure_id for d in ledger.excerpts for c in d.clauses if c.measure}
    for golden in GOLDEN:
        for short in (*golden.direct, *golden.possible, *golden.direction, *golden.not_):
            assert full_id(short) in known, (golden.id, short)


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda one: one.id)
def test_no_trap_of_the_golden_profiles_is_fallen_into(golden: GoldenProfile) -> None:
    outcome = judge(golden, shipped_desk().match(golden.read(), golden.as_of))
    assert not golden.trap or outcome.faults == ()


def test_the_scorer_sees_a_grade_that_is_too_good() -> None:
    golden = next(one for one in GOLDEN if one.id == "p02")
    actual = shipped_desk().match(golden.read(), golden.as_of)
    flattered = actual.model_copy(
        update={"matches": tuple(m.model_copy(update={"grade": Grade.DIRECT}) for m in actual.matches)}
    )
    assert judge(golden, actual).faults == ()
    assert any("可直接对应 多" in fault for fault in judge(golden, flattered).faults)


def test_the_scorer_sees_a_sum_that_is_wrong() -> None:
    golden = next(one for one in GOLDEN if one.id == "p01")
    actual = shipped_desk().match(golden.read(), golden.as_of)
    matches = tuple(
        m.model_copy(update={"sum": m.sum.model_copy(update={"high": 530_000.0})}) if m.sum else m
        for m in actual.matches
    )
    assert any("测算" in one for one in judge(golden, actual.model_copy(update={"matches": matches})).faults)


def test_figures_come_with_n_and_an_interval() -> None:
    scores = score_profiles(GOLDEN[:6], shipped_desk())
    assert scores.n == 6 and scores.figures["profile_right"].n == 6
    assert all(one.low <= one.mean <= one.high for one in scores.figures.values())
