"""Reads dates out of policy prose in any of their forms, and compares them by what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGIT = {character: str(value) for value, character in enumerate("零一二三四五六七八九")}
_DIGIT |= {"〇": "0", "○": "0"}
_SMALL = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = "(?:[12][0-9]{3}|[一二][〇○零一二三四五六七八九]{3})"
_DATE = re.compile(
    rf"(?<![0-9])(?P<y1>{_YEAR})[-/.](?P<m1>[0-9]{{1,2}})[-/.](?P<d1>[0-9]{{1,2}})(?![0-9])"
    rf"|(?<![0-9])(?P<y2>{_YEAR})\s*年\s*(?P<m2>{_SMALL})月(?:(?P<d2>{_SMALL})[日号])?"
    rf"|(?<![0-9])(?P<y3>{_YEAR})\s*年?\s*(?P<part>年?[底末终初中]|上半年|下半年|[以之]?[前后])"
    rf"|(?<![0-9])(?P<y4>{_YEAR})(?:年度?|(?=\s*[—–~至-]+\s*{_YEAR}年)|(?![0-9./-]))"
    rf"|(?<![0-9])(?P<m5>{_SMALL})月(?:(?P<d5>{_SMALL})[日号]|(?P<month_part>[底末初中]))"
    r"|(?P<said>今年|明年|去年|后年|本月|下月|上月|年底|年末|年初|近期|近日|即日)"
)
_PARTS = {"末": "底", "终": "底"}


@dataclass(frozen=True)
class Date:
    """A date as far as it is said: year, month, day, or a part of the year such as 底."""

    year: int | None
    month: int | None
    day: int | None
    part: str
    start: int
    end: int
    said: str

    def agrees(self, other: Date) -> bool:
        """Whether both say the same; a day of a month may leave out its year."""
        if (self.month, self.day, self.part) != (other.month, other.day, other.part):
            return False
        return self.year == other.year or (self.day is not None and None in (self.year, other.year))

    @property
    def iso(self) -> str:
        """Return the ISO date, '' where it is not a whole one."""
        whole = self.year and self.month and self.day
        return f"{self.year:04}-{self.month:02}-{self.day:02}" if whole else ""


def find_dates(text: str) -> tuple[Date, ...]:
    """Return the dates of a text in half width, in order."""
    return tuple(_date(match) for match in _DATE.finditer(text))


def blank(text: str, dates: tuple[Date, ...]) -> str:
    """Return the text with its dates blanked out, every other character where it was."""
    for date in dates:
        text = text[: date.start] + " " * (date.end - date.start) + text[date.end :]
    return text


def _date(match: re.Match[str]) -> Date:
    year = _number(match["y1"] or match["y2"] or match["y3"] or match["y4"])
    month = _number(match["m1"] or match["m2"] or match["m5"])
    day = _number(match["d1"] or match["d2"] or match["d5"])
    part = (match["part"] or match["month_part"] or match["said"] or "").removeprefix("年")
    if match["said"]:
        part = match["said"] if match["said"] not in ("年底", "年末") else "底"
    part = part.removeprefix("以").removeprefix("之")
    return Date(year, month, day, _PARTS.get(part, part), match.start(), match.end(), match.group())


def _number(said: str | None) -> int | None:
    if not said:
        return None
    if said.isdecimal():
        return int(said)
    if "十" not in said:
        return int("".join(_DIGIT[character] for character in said))
    tens, _, ones = said.partition("十")
    return 10 * int(_DIGIT[tens] if tens else 1) + int(_DIGIT[ones] if ones else 0)
