"""Numbers of a measure's structured fields against the words that state them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vectorstore.measures import Condition, Tier

_SCALES = {"亿": 100_000_000, "万": 10_000, "": 1}
_FIGURE = re.compile(r"(?P<list>\d[\d,.]*(?:/\d[\d,.]*)*)\s*(?P<unit>亿|万)?(?P<percent>%|个百分点)?")
_CLOSE = 1e-6


def unfounded(tiers: Sequence[Tier], conditions: Sequence[Condition], words: str) -> float | None:
    """Return a number of tiers or thresholds that the words do not state, or None where they state all."""
    stated = tuple(stated_numbers(words))
    for number in (*_of_tiers(tiers), *(one.at_least for one in conditions)):
        if number is not None and not any(abs(number - one) <= _CLOSE * max(1.0, one) for one in stated):
            return number
    return None


def stated_numbers(words: str) -> Iterable[float]:
    """Yield the numbers of a text as values: money in yuan, rates as shares; 20/50/100万元 are three."""
    for match in _FIGURE.finditer(words):
        for figure in match["list"].split("/"):
            number = float(figure.replace(",", "").rstrip("."))
            yield round(number / 100, 10) if match["percent"] else number * _SCALES[match["unit"] or ""]


def _of_tiers(tiers: Sequence[Tier]) -> Iterable[float | None]:
    for tier in tiers:
        yield from (tier.at_least, tier.at_most, tier.rate, tier.rate_max, tier.amount, tier.cap)
