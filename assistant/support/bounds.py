"""The ranges of sums that official texts write: 500万元(含)以上不足1000万元, ends taken in or not."""

from __future__ import annotations

import re

from pydantic import Field

from assistant.support.sums import sum_of
from vectorstore.models import Record

MONEY = r"(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)[十百千]?[万亿]?元"
_PART = r"(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)[十百千]?[万亿]?元?"
_IN = r"(?:\((?:不?含(?:本数|本级)?)\))?"
_LEAST = "不低于|不少于|不小于|达到|达|满|在|为"
_LESS = "不足|不满|低于|小于"
_MORE = "超过|高于|大于"
_BETWEEN = re.compile(
    rf"(?P<over>{_MORE})?(?:{_LEAST})?(?P<low>{_PART})(?P<low_in>{_IN})(?:及?以上|起)?{_IN}"
    rf"(?:(?:[、,]|[-—–~至到]+|且|、且|,且|(?<=以上))(?P<less>{_LESS}|不超过|不高于)?|(?P<less2>{_LESS}|不超过|不高于))"
    rf"(?P<high>{MONEY})(?P<high_in>{_IN})(?:及?以下|以内|之间)?(?P<high_in2>{_IN})(?!及?以上)"
)
_FROM = re.compile(
    rf"(?:(?P<over>{_MORE})|(?P<least>{_LEAST}))?(?P<low>{MONEY})(?P<low_in>{_IN})(?P<up>(?:及?以上|起))?(?P<low_in2>{_IN})"
)
_UNDER = re.compile(
    rf"(?:(?P<less>{_LESS})(?P<high>{MONEY})(?P<high_in>{_IN})|(?P<high2>{MONEY})(?P<in2>{_IN})及?(?:以下|以内)(?P<in3>{_IN}))"
)
_SCALE = re.compile("[万亿]")


class Bounds(Record):
    """A range of a figure in yuan, its ends taken in or not."""

    low: float | None = Field(default=None, description="yuan; None: from nothing")
    low_in: bool = True
    high: float | None = Field(default=None, description="yuan; None: without an end")
    high_in: bool = True

    def holds(self, figure: float) -> bool:
        """Whether a figure lies in the range."""
        above = self.low is None or figure > self.low or (self.low_in and figure == self.low)
        below = self.high is None or figure < self.high or (self.high_in and figure == self.high)
        return above and below

    def part_of(self, figure: float) -> float:
        """Return how much of a figure lies between the ends."""
        return max(0.0, min(figure, self.high or figure) - (self.low or 0.0))


class Found(Record):
    """A range with where it stands in its text."""

    bounds: Bounds
    start: int
    end: int


def find_bounds(text: str) -> Found | None:
    """Return the first range of sums of a normalised text, or None where none is understood."""
    found = min(
        (match for pattern in (_BETWEEN, _UNDER, _FROM) if (match := pattern.search(text))),
        key=lambda match: (match.start(), -match.end()),
        default=None,
    )
    bounds = _read(found) if found else None
    return Found(bounds=bounds, start=found.start(), end=found.end()) if found and bounds else None


def _read(match: re.Match[str]) -> Bounds | None:
    if match.re is _BETWEEN:
        return _between(match)
    if match.re is _UNDER:
        high = sum_of((match["high"] or match["high2"]).removesuffix("元"))
        marks = f"{match['high_in'] or ''}{match['in2'] or ''}{match['in3'] or ''}"
        return None if high is None else Bounds(high=high, high_in=not match["less"] and "不含" not in marks)
    low = sum_of(match["low"].removesuffix("元"))
    if low is None or not (
        match["over"] or match["up"] or match["least"] in ("不低于", "不少于", "不小于", "达到")
    ):
        return None
    is_in = not match["over"] and "不含" not in f"{match['low_in']}{match['low_in2'] or ''}"
    return Bounds(low=low, low_in=is_in)


def _between(match: re.Match[str]) -> Bounds | None:
    said_low, said_high = match["low"].removesuffix("元"), match["high"].removesuffix("元")
    scale = _SCALE.search(said_high)
    if not match["low"].endswith("元") and scale and not _SCALE.search(said_low):
        said_low += scale.group()
    low, high = sum_of(said_low), sum_of(said_high)
    if low is None or high is None or low >= high:
        return None
    less = match["less"] or match["less2"] or ""
    marks = f"{match['high_in']}{match['high_in2']}"
    return Bounds(
        low=low,
        low_in=not match["over"] and "不含" not in match["low_in"],
        high=high,
        high_in=less in ("", "不超过", "不高于") and "不含" not in marks,
    )
