"""The paragraphs (款), items (项) and points (目) of an article, and which of them a question names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.ledger import Ledger, Place
from assistant.normalizing import normalize
from assistant.references import ARTICLE, places_named, value_of

_NUMERAL = "[一二三四五六七八九十百两]{1,5}"
_NEXT = re.compile(
    rf"\s*(?:的|之|[、,,]|和|及|与)?\s*第?\s*\(?\s*(?P<number>\d{{1,3}}|{_NUMERAL})\s*\)?\s*(?P<unit>[款项目])"
)
_HEAD = re.compile(r"\s*第\s*\S{1,9}?条(?:之[一二三四五六七八九十]{1,3})?\s*")
_ITEM = re.compile(r"\s*[((]\s*[一二三四五六七八九十百]{1,4}\s*[))]")
_POINT = re.compile(r"\s*(?:\d{1,3}\s*[、..)]|[((]\s*\d{1,3}\s*[))]|[①-⑳])(?!\d)")
_WORDS = re.compile(
    r"\s*的?(?:是|具体)*(?:怎么|如何|咋)?(?:规定|说|写|讲|内容|原文|全文)*(?:的|了)?(?:是)?(?:什么|啥|哪些)?(?:内容|呢|来着)?\s*[??。]?"
)
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


@dataclass(frozen=True)
class Asked:
    """A part of an article that a question names."""

    place: Place
    part: Part


def parts_asked(text: str, ledger: Ledger) -> tuple[Asked, ...]:
    """Return the parts that a question names by article and number: 第九条第二款, 第三条第(二)项."""
    plain = normalize(text)
    found: dict[tuple[str, Part], Asked] = {}
    for match in ARTICLE.finditer(plain):
        parts = tuple(_parts_behind(plain, match.end()))
        for place in places_named(plain, match, ledger) if parts else ():
            for part in parts:
                found.setdefault((place.clause_id, part), Asked(place, part))
    return tuple(found.values())


def article_asked(text: str, ledger: Ledger) -> Sequence[Place]:
    """Return the article of which a question asks nothing but what it says; () for other questions."""
    plain = normalize(text)
    match = ARTICLE.search(plain)
    return places_named(plain, match, ledger) if match and _WORDS.fullmatch(plain, match.end()) else ()


def _parts_behind(text: str, position: int) -> Iterator[Part]:
    """Yield the parts that follow an article, in a row: 第二款第一项、第二项和第三款."""
    last = Part()
    while (match := _NEXT.match(text, position)) is not None:
        number = value_of(match["number"])
        if not number:
            break
        following, position = _NEXT.match(text, match.end()), match.end()
        last = _with(last, match["unit"], number)
        is_deeper = following is not None and _UNITS.index(following["unit"]) > _UNITS.index(match["unit"])
        if not is_deeper:
            yield last


def _with(part: Part, unit: str, number: int) -> Part:
    if unit == "款":
        return Part(paragraph=number)
    return replace(part, item=number, point=0) if unit == "项" else replace(part, point=number)


def part_of(name: str) -> Part | None:
    """Return the part of a name such as 第二款第一项, or None."""
    parts = tuple(_parts_behind(name, 0))
    return parts[0] if len(parts) == 1 and str(parts[0]) == name else None


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
