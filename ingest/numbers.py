"""文号: the number of a document, e.g. 湖政办发〔2025〕15号; lost brackets are put back where certain."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.widths import halve

_OPEN, _CLOSE = r"[\[({<]", r"[\])}>]"
_WORD = r"(?P<office>[\u4e00-\u9fff]{1,16})\s*"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_COUNT = r"\s*(?:第\s*)?(?P<count>\d{1,4})\s*"
_FORMS = (
    re.compile(rf"{_WORD}{_OPEN}\s*{_YEAR}\s*(?:年\s*)?{_CLOSE}{_COUNT}号"),
    re.compile(rf"{_WORD}{_OPEN}\s*{_YEAR}{_COUNT}号"),
    re.compile(rf"{_WORD}{_YEAR}\s*{_CLOSE}{_COUNT}号"),
)
"""Whole; without the second bracket; without the first. A year has four digits, so both can be restored."""
_WITHOUT_END = re.compile(rf"{_WORD}{_OPEN}\s*{_YEAR}\s*{_CLOSE}{_COUNT}$")
_LOOSE = re.compile(r"(?:19|20)\d{2}[^\d]{0,2}\d{1,4}|号")
_ORDER = re.compile(r"(?P<office>[\u4e00-\u9fff]{2,40}(?:令|公告))\s*第\s*(?P<count>\d{1,4})\s*号")
_LEADING = re.compile(r"^(?:(?:文号|发文字号|文件编号|编号|根据|依据|按照|和|与|及|以|即|的)\s*)+")


@dataclass(frozen=True)
class Number:
    """A 文号 as it may be shown, and whether a lost bracket or 号 was put back."""

    text: str
    is_restored: bool


def find_number(text: str) -> str | None:
    """Return the 文号 that a text holds, brackets as 〔〕, or None."""
    found = restore_number(text)
    return found.text if found else None


def restore_number(text: str) -> Number | None:
    """Return the 文号 of a text; None where it cannot be told with certainty what it was."""
    half = halve(text.strip())
    for place, form in enumerate((*_FORMS, _WITHOUT_END)):
        found = form.search(half)
        if found:
            office = _LEADING.sub("", found.group("office"))
            if not office:
                return None
            number = f"{office}〔{found.group('year')}〕{int(found.group('count'))}号"
            return Number(number, is_restored=place > 0)
    order = _ORDER.search(half)
    return Number(f"{order.group('office')}第{order.group('count')}号", is_restored=False) if order else None


def looks_like_number(text: str) -> bool:
    """Whether a text means to be a 文号, even where it cannot be restored."""
    return bool(_LOOSE.search(halve(text)))
