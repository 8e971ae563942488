"""Articles whose number no blank parts from the text (第一条为支持…), as scans and pasted texts have them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.lines import Line, filled
from ingest.numbering import ARTICLE_RANKS, RANK_ARTICLE, Marker, path_segment
from ingest.numerals import NUMERAL, value_of
from ingest.widths import halve

_GLUED = re.compile(
    rf"(?P<number>第\s*(?P<value>{NUMERAL}|\d{{1,4}})\s*(?P<unit>编|章|节|条))"
    r"(?!之|第(?!三人|三方|[一二三][审类次级])|款|项(?!目)|的|[至到和及与或](?:第|本)|中(?![华国央小外介标医等心共型])|规定|所[称列述指规]"
    r"|修改|修正|改为|删去|增加|作为第|调整为)"
    r"(?=[\u4e00-\u9fff]|\d{4}年)"
)
"""A number and what no reference goes on with: 第三条规定的, 第三条第二款, 第三条、第四条, 第三条修改为."""
_SPACED = re.compile(rf"第(?P<value>{NUMERAL}|\d{{1,4}})(?P<unit>编|章|节|条)$")
_MAX_HEADING = 20
_BARE_HEADING = re.compile(rf"[^。;,:!?、]{{1,{_MAX_HEADING}}}$")
"""A line of its own that is no sentence; a line that a margin wrapped is longer."""
_ENDED = re.compile(r"[。:;!?”」》)】\]|>]$")
_MOST_LEFT_OUT = 2
"""How many numbers may be missing: a scan loses one now and then; a reference names any."""
_INNER = {"编": ("章", "节"), "章": ("节",), "节": (), "条": ()}


@dataclass
class _Count:
    """The last number of each unit; where a part begins, those inside it begin anew."""

    last: dict[str, int] = field(default_factory=dict)

    def follows(self, unit: str, value: int) -> bool:
        before = self.last.get(unit, 0)
        return before < value <= before + 1 + _MOST_LEFT_OUT

    def take(self, unit: str, value: int) -> None:
        self.last[unit] = value
        for inner in _INNER[unit]:
            self.last[inner] = 0


def find_glued(lines: Sequence[Line], start: int, end: int, found: Mapping[int, Marker]) -> dict[int, Marker]:
    """Return the marks of articles and chapters without a blank, by index of their line.

    A line of a wrapped sentence may start with a reference. An article begins where the line before has
    ended, and its number counts on from the article before; one alone is taken for a reference.

    Args:
        lines: all lines.
        start: index of the first line.
        end: index behind the last line.
        found: the marks known already, by index of their line.
    """
    glued: dict[int, Marker] = {}
    count, has_ended = _Count(), True
    known = {marker.number for marker in found.values()}
    for index in filled(lines, start, end):
        half = halve(lines[index].content)
        marker = found.get(index) or _glued(half)
        counted = _SPACED.match(marker.number) if marker else None
        is_heading = _is_heading(half, marker)
        if marker and counted:
            unit, value = counted.group("unit"), value_of(counted.group("value")) or 0
            begins = has_ended or not count.last.get(unit)
            is_new = index not in found
            if is_new and marker.number not in known and begins and count.follows(unit, value):
                glued[index] = marker
            if index in found or index in glued:
                count.take(unit, value)
            else:
                is_heading = False
        has_ended = is_heading or _ENDED.search(half) is not None
    articles = [one for one in (*found.values(), *glued.values()) if one.number.endswith("条")]
    return glued if len(articles) > 1 else {}


def _is_heading(half: str, marker: Marker | None) -> bool:
    """Whether a line is a heading: of a chapter, or short and no sentence; an article's own line is none."""
    if marker is None or marker.rank < RANK_ARTICLE:
        return marker is not None or _BARE_HEADING.match(half) is not None
    return marker.rank != RANK_ARTICLE and _BARE_HEADING.match(half[marker.length :]) is not None


def _glued(half: str) -> Marker | None:
    mark = _GLUED.match(half)
    if mark is None:
        return None
    unit, rest = mark.group("unit"), half[mark.end() :]
    if unit != "条" and (len(rest) > _MAX_HEADING or re.search("[。;,:!?]", rest)):
        return None
    number = path_segment(mark.group("number"))
    return Marker(ARTICLE_RANKS[unit], number, mark.end(), absorbs=unit == "条")
