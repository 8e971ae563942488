"""Which paragraphs (款), items (项) and points (目) of an article a question names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.ledger import Ledger, Place
from assistant.normalizing import normalize
from assistant.references import ARTICLE, places_named, value_of
from vectorstore.parts import Part

_NUMERAL = "[一二三四五六七八九十百两]{1,5}"
_NEXT = re.compile(
    rf"\s*(?:的|之|[、,,]|和|及|与)?\s*第?\s*\(?\s*(?P<number>\d{{1,3}}|{_NUMERAL})\s*\)?\s*(?P<unit>[款项目])"
)
_WORDS = re.compile(
    r"\s*的?(?:是|具体)*(?:怎么|如何|咋)?(?:规定|说|写|讲|内容|原文|全文)*(?:的|了)?(?:是)?(?:什么|啥|哪些)?(?:内容|呢|来着)?\s*[??。]?"
)
_UNITS = ("款", "项", "目")


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
