"""Dates and spans of time as official documents write them: 2025年6月1日, 二〇二五年六月一日, 五年."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import cn2an

from ingest.widths import halve

_CN = "〇○零一二三四五六七八九"
_DIGITS = {ord(cn): str(value) for cn, value in zip("〇一二三四五六七八九", range(10), strict=True)} | {
    ord("○"): "0",
    ord("零"): "0",
}
_TENS = "一二三四五六七八九十廿卅"
_YEAR = rf"(?P<year>(?:19|20)\s*\d\s*\d|[一二][{_CN}]{{3}})"
DATE = (
    rf"{_YEAR}\s*(?:年\s*(?P<month>\d{{1,2}}|[{_TENS}]{{1,3}})\s*月"
    rf"(?:\s*(?P<day>\d{{1,2}}|[{_TENS}]{{1,3}})\s*[日号]|(?P<late>底|末)?)"
    r"|\s*(?P<mark>[-/.])\s*(?P<month2>\d{1,2})\s*(?P=mark)\s*(?P<day2>\d{1,2})(?!\d)"
    r"|年(?P<year_end>年?[底末]))"
)
"""A date in half-width text. Only one a pattern: its groups have names."""
_DATE = re.compile(DATE)
_GLUED = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")
SPAN = r"(?P<count>\d{1,3}|[零一二三四五六七八九十两半]{1,4})\s*(?P<unit>年|个月|月|日|天|个工作日|周)"
"""A length of time in half-width text."""


@dataclass(frozen=True)
class DateFound:
    """A date in a text: `start` and `end` are offsets; `day` is ISO, of a month or year its last day."""

    start: int
    end: int
    day: str
    is_exact: bool


def find_dates(text: str) -> Iterator[DateFound]:
    """Yield the dates of a text in order; what is no day of the calendar is left out."""
    for found in _DATE.finditer(halve(text)):
        day = _day(found)
        if day is not None:
            is_exact = bool(found.group("day") or found.group("day2"))
            yield DateFound(found.start(), found.end(), day, is_exact)


def read_date(text: str) -> str | None:
    """Return the first full date of a text as ISO, glued digits (20251224) too; None where it has none."""
    first = next((found for found in find_dates(text) if found.is_exact), None)
    if first is not None:
        return first.day
    glued = _GLUED.search(halve(text))
    return _iso(*(int(part) for part in glued.groups())) if glued else None


@dataclass(frozen=True)
class Span:
    """A length of time, whole: 半年 is 6 个月."""

    count: int
    unit: str


def read_span(count: str, unit: str) -> Span | None:
    """Return the groups of `SPAN` as a length of time; None for working days, for want of a calendar."""
    if unit == "个工作日":
        return None
    unit = "个月" if unit == "月" else unit
    if count == "半":
        return Span(6, "个月") if unit == "年" else None
    return Span(_number(count), unit)


def _day(found: re.Match[str]) -> str | None:
    year = int(re.sub(r"\s", "", found.group("year")).translate(_DIGITS))
    if found.group("year_end"):
        return _iso(year, 12, 31)
    month = _number(found.group("month") or found.group("month2"))
    day = found.group("day") or found.group("day2")
    if day is None:
        return _iso(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None
    return _iso(year, month, _number(day))


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    plain = text.replace("两", "二").replace("廿", "二十").replace("卅", "三十")
    plain = plain.replace("二十十", "二十").replace("三十十", "三十")
    try:
        return int(cn2an.cn2an(plain, "smart"))
    except ValueError:
        return 0


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
