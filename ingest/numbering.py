"""The grammar of Chinese policy numbering: which mark a line starts with, and how deep it ranks.

GB/T 9704 orders 一、 > (一) > 1. > (1); laws order 编 > 章 > 节 > 条. Full and half width are the same mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.widths import halve

_NUMERAL = "[一二三四五六七八九十百千零〇○两]{1,7}"
_ARTICLE = re.compile(
    rf"(?P<number>第\s*(?:{_NUMERAL}|\d{{1,4}})\s*(?P<unit>分编|编|章|节|条)(?:之{_NUMERAL})?)"
    r"(?:\s+|$|(?=[:\[《“]))"
)
_ANNEX = re.compile(
    rf"(?P<number>附\s*(?P<kind>[件表录图])\s*(?:\d{{1,3}}|{_NUMERAL})?|附(?=\s*:))"
    r"\s*(?:(?P<colon>:)|$|(?<=\s)(?=[^。;!?]{1,60}$))"
)
_DECIMAL = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})[、.]?(?=[\s\u4e00-\u9fff“])(?!\s*[亿万元个家倍])\s*"
)
_MARKDOWN = re.compile(r"(?P<marks>#{1,6})\s+(?=\S)")

ARTICLE_RANKS = {"编": 10, "分编": 15, "章": 20, "节": 30, "条": 40}

_MARKED = re.compile(r"[第附#(\[（［〔【\d①-⑳㉑-㉟㊱-㊿一二三四五六七八九十百千零〇○两]")
"""What a line with a mark begins with; most lines of a law need no closer look."""

RANK_ANNEX = 5
RANK_ANNEX_WITHIN = 6
"""Rank of 附表, 附录 and 附图, which may stand in an 附件."""
RANK_ARTICLE = 40
RANK_CHINESE = 50
RANK_ARTICLE_WITHIN = 55
"""Rank of 第X条 in documents whose chapters are numbered 一、: 第X条 then runs on inside them."""

_SIMPLE: tuple[tuple[int, re.Pattern[str]], ...] = (
    (RANK_CHINESE, re.compile(rf"(?P<number>{_NUMERAL})\s*[、.]\s*")),
    (60, re.compile(rf"(?P<number>[(\[]\s*{_NUMERAL}\s*[)\]])\s*[、.]?\s*")),
    (70, re.compile(r"(?P<number>\d{1,3})\s*[、.](?!\d(?!\d{3}年))\s*")),
    (80, re.compile(r"(?P<number>\(\s*\d{1,3}\s*\))\s*[、.]?\s*(?![-—\d])")),
    (85, re.compile(r"(?P<number>\d{1,3}\s*\))\s*[、.]?\s*")),
    (90, re.compile(r"(?P<number>[①-⑳㉑-㉟㊱-㊿])\s*[、.]?\s*")),
)


@dataclass(frozen=True)
class Marker:
    """The number at the start of a line.

    Attributes:
        rank: depth; a smaller rank is further out.
        number: the number in half width without punctuation, as the path has it: 三, (四), 12, 第十条.
        length: characters of the line that the mark takes, white space behind it included.
        absorbs: whether lines of deeper rank stay inside (第X条, 附件: before a list).
    """

    rank: int
    number: str
    length: int
    absorbs: bool = False


def parse_marker(line: str) -> Marker | None:
    """Return the mark that a line (stripped) starts with, or None."""
    return _parse_marked(line) if _MARKED.match(line) else None


@lru_cache(4096)
def _parse_marked(line: str) -> Marker | None:
    half = halve(line)
    markdown = _MARKDOWN.match(half)
    offset = markdown.end() if markdown else 0
    marker = _parse_number(half[offset:])
    if marker is not None:
        return Marker(marker.rank, marker.number, offset + marker.length, marker.absorbs)
    if markdown:
        return Marker(10 * len(markdown.group("marks")), path_segment(half[offset:]), offset)
    return None


def path_segment(text: str) -> str:
    """Return a text as one segment of a path: half width, without white space, slashes and marks of ids."""
    return re.sub(r"[\s/#:]+", "", halve(text))[:40] or "节"


def _parse_number(half: str) -> Marker | None:
    if found := _ARTICLE.match(half):
        unit = found.group("unit")
        return Marker(
            ARTICLE_RANKS[unit], path_segment(found.group("number")), found.end(), absorbs=unit == "条"
        )
    if found := _ANNEX.match(half):
        rank = RANK_ANNEX_WITHIN if found.group("kind") in ("表", "录", "图") else RANK_ANNEX
        has_colon = found.group("colon") is not None
        return Marker(rank, path_segment(found.group("number")), found.end(), absorbs=has_colon)
    if found := _DECIMAL.match(half):
        number = found.group("number")
        return Marker(70 + number.count("."), number, found.end())
    for rank, pattern in _SIMPLE:
        if found := pattern.match(half):
            number = path_segment(found.group("number")).replace("[", "(").replace("]", ")")
            return Marker(rank, number, found.end())
    return None
