"""The paragraphs (款), items (项) and points (目) of an article: where each stands in its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_HEAD = re.compile(r"\s*第\s*\S{1,9}?条(?:之[一二三四五六七八九十]{1,3})?\s*")
_ITEM = re.compile(r"\s*[((]\s*[一二三四五六七八九十百]{1,4}\s*[))]")
_POINT = re.compile(r"\s*(?:\d{1,3}\s*[、..)]|[((]\s*\d{1,3}\s*[))]|[①-⑳])(?!\d)")
_UNITS = ("款", "项", "目")
_CN = "〇一二三四五六七八九十"


@dataclass(frozen=True)
class Part:
    """A part of an article by its numbers; 0 where a level is not named."""

    paragraph: int = 0
    item: int = 0
    point: int = 0

    def __str__(self) -> str:
        """Return its name: 第二款第一项."""
        said = zip((self.paragraph, self.item, self.point), _UNITS, strict=True)
        return "".join(f"第{numeral(number)}{unit}" for number, unit in said if number)


@dataclass(frozen=True)
class Line:
    """A line of an article: where it stands in it, and the offsets of its text."""

    part: Part
    start: int
    end: int


def find_part(text: str, part: Part) -> str | None:
    """Return the words of a part of an article, verbatim; None where the article has no such part.

    An item without a paragraph is that of the only paragraph with items.
    """
    lines = lines_of(text)
    if part.item and not part.paragraph:
        holding = {line.part.paragraph for line in lines if line.part.item}
        if len(holding) != 1:
            return None
        part = replace(part, paragraph=holding.pop())
    within = [line for line in lines if _is_within(line.part, part)]
    return text[within[0].start : within[-1].end] if within else None


def count_paragraphs(text: str) -> int:
    """Return how many 款 an article has."""
    return max((line.part.paragraph for line in lines_of(text)), default=0)


def _is_within(one: Part, whole: Part) -> bool:
    return one.paragraph == whole.paragraph and whole.item in (0, one.item) and whole.point in (0, one.point)


def lines_of(text: str) -> Sequence[Line]:
    """Return the lines of an article with their places: a line without a number begins a 款."""
    head = _HEAD.match(text)
    position = head.end() if head else 0
    part, lines = Part(), []
    for piece in text[position:].splitlines(keepends=True):
        line = piece.strip()
        start = position + len(piece) - len(piece.lstrip())
        position += len(piece)
        if not line:
            continue
        if _ITEM.match(line) and part.paragraph:
            part = replace(part, item=part.item + 1, point=0)
        elif _POINT.match(line) and part.paragraph:
            part = replace(part, point=part.point + 1)
        else:
            part = Part(paragraph=part.paragraph + 1)
        lines.append(Line(part, start, start + len(line)))
    return lines


def numeral(number: int) -> str:
    """Return a number below a hundred in Chinese, others in digits."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_CN[tens]}十"
    return lead + (_CN[ones] if ones or not tens else "")
