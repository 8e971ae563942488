"""A changed number in a match is caught: the check computes anew from the measure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.support.checking import unfounded
from assistant.support.matches import Match
from assistant.support.offers import offers_of
from assistant.support.profile import Profile
from assistant.support.vocabulary import load_vocabulary
from tests.fakes.support import RENEWAL, VOUCHERS, shipped_desk, shipped_ledger

PROFILE = Profile(
    region="湖州市",
    industry=("服装",),
    needs=("equipment", "compute"),
    project="技改",
    stage="已完成",
    figures={"设备投资": 6_500_000},
)


def match(match_id: str) -> Match:
    matching = shipped_desk().match(PROFILE, date(2025, 8, 1))
    return next(one for one in matching.matches if one.match_id == match_id)


def check(found: Match) -> str | None:
    offers = {offer.clause_id: offer for offer in offers_of(shipped_ledger(), load_vocabulary())}
    return unfounded(found, offers[found.source.clause_id], PROFILE)


def test_a_true_match_passes() -> None:
    assert check(match(RENEWAL)) is None and check(match(VOUCHERS)) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": "9%"},
        {"amount": "18%"},
        {"cap": "1000亿元"},
        {"cap": "100万元"},
        {"offer": "每家奖励20万元"},
        {"offer": "按设备投资额的12%奖励"},
    ],
)
def test_a_changed_number_is_caught(changes: dict[str, Any]) -> None:
    changed = match(RENEWAL).model_copy(update=changes)
    assert check(changed) is not None


@pytest.mark.parametrize(("right", "wrong"), [("52万元", "53万元"), ("8%", "10%"), ("650万元", "560万元")])
def test_a_changed_sum_is_caught(right: str, wrong: str) -> None:
    found = match(RENEWAL)
    assert found.sum is not None and right in found.sum.text
    sum_ = found.sum.model_copy(update={"text": found.sum.text.replace(right, wrong)})
    assert check(found.model_copy(update={"sum": sum_})) is not None


def test_a_changed_threshold_in_a_tick_is_caught() -> None:
    found = match(RENEWAL)
    ticks = tuple(
        tick.model_copy(update={"why": tick.why.replace("500万元", "300万元")}) for tick in found.ticks
    )
    assert ticks != found.ticks and check(found.model_copy(update={"ticks": ticks})) is not None


def test_words_that_are_not_of_the_clause_are_no_quote() -> None:
    found = match(VOUCHERS)
    changed = found.offer.replace("加大", "大幅增加")
    assert changed != found.offer and check(found.model_copy(update={"offer": changed})) == changed
