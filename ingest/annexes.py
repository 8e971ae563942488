"""Annexes (附件): which lines only list them, which one begins an annex with a numbering of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.lines import Line, filled
from ingest.numbering import RANK_ANNEX, RANK_ANNEX_WITHIN, Marker, parse_marker
from ingest.signatures import is_date_line
from ingest.tables import is_row
from ingest.widths import close_gaps, halve

ANNEX_RANKS = frozenset({RANK_ANNEX, RANK_ANNEX_WITHIN})
LIST_PATH = "附件清单"
BEHIND_PATH = "附文"
"""Path of what stands behind the signature without the word 附件."""
RANK_ENTRY = 70
"""Rank of 1., which a list of annexes counts its entries with; what ranks further out ends the list."""

_SENTENCE_ENDS = "。;:,!?、"
_WHOLE_TITLE = re.compile(
    r"(?:表|单|书|录|细则|规范|规程|办法|标准|说明|样式|式样|格式|模板|目录|名单|方案|要点|指南|指引|条件|要求|解释|规定|任务|图|信息|申请)"
    r"(?:\([^()]*\))?$"
)
_FRONT = 16
_MAX_ENTRY, _MAX_TITLE, _MAX_TITLE_LINES = 60, 40, 3


@dataclass(frozen=True)
class Annex:
    """An annex of a document.

    Attributes:
        marker: 附件1 and its rank.
        start: index of the line that begins it.
        body: index of the first line behind its title.
        end: index behind its last line.
        title: the title without the mark, '' where it has none.
        is_marked: whether the text itself says 附件; else it only stands behind the signature.
    """

    marker: Marker
    start: int
    body: int
    end: int
    title: str
    is_marked: bool = True


@dataclass(frozen=True)
class Annexes:
    """The annexes of a document, in order, and the lines before them that only list them."""

    bodies: tuple[Annex, ...]
    lists: Mapping[int, Marker]


def find_annexes(lines: Sequence[Line], start: int, end: int) -> Annexes:
    """Return the annexes among the lines of a range.

    A line 附件 that names entries, or that nothing but the signature follows, is a list; so is one without a
    number inside a numbered annex, where forms say 附件: of what an applicant adds.
    """
    marked = _marked(lines, start, end)
    stops = [*(index for index, _ in marked[1:]), end]
    bodies: list[Annex] = []
    lists: dict[int, Marker] = {}
    for (index, marker), stop in zip(marked, stops, strict=False):
        content = list(filled(lines, index + 1, stop))
        title = close_gaps(lines[index].content[marker.length :])
        if _is_list(lines, content, title):
            if not bodies:
                lists[index] = Marker(marker.rank, LIST_PATH, marker.length, absorbs=True)
            continue
        if bodies and not _is_numbered(marker) and _is_numbered(bodies[0].marker):
            continue
        body = index + 1
        if not title:
            title, body = _title_below(lines, content, index)
        bodies.append(Annex(marker, index, body, end, title))
    ends = [*(annex.start for annex in bodies[1:]), end]
    return Annexes(tuple(replace(a, end=stop) for a, stop in zip(bodies, ends, strict=False)), lists)


def annex_behind(lines: Sequence[Line], signature: int, end: int) -> Annex | None:
    """Return what stands behind a signature without the word 附件: a table, or a text under a title.

    None where the lines behind the signature are neither: they may be anything.
    """
    behind = list(filled(lines, signature, end))
    if not behind:
        return None
    marker = Marker(RANK_ANNEX, BEHIND_PATH, 0)
    if any(is_row(lines[index].content) for index in behind[:2]):
        return Annex(marker, behind[0], behind[0], end, "", is_marked=False)
    title, body = _title_below(lines, behind, behind[0])
    is_title = title and parse_marker(title) is None and _WHOLE_TITLE.search(halve(title))
    return Annex(marker, behind[0], body, end, title, is_marked=False) if is_title else None


def _marked(lines: Sequence[Line], start: int, end: int) -> list[tuple[int, Marker]]:
    # Most lines are no annex: the mark is only looked for where 附 stands at the front, behind # if anything.
    likely = (index for index in filled(lines, start, end) if "附" in lines[index].content[:_FRONT])
    found = ((index, parse_marker(lines[index].content)) for index in likely)
    return [(index, marker) for index, marker in found if marker is not None and marker.rank in ANNEX_RANKS]


def _is_numbered(marker: Marker) -> bool:
    return len(marker.number) > len("附件")


def _is_list(lines: Sequence[Line], content: Sequence[int], title: str) -> bool:
    """Whether an annex line has nothing of its own behind it: entries, the signature, or nothing."""
    if _is_entry(title):
        return True
    texts = [halve(lines[index].content) for index in content]
    while texts and (is_date_line(texts[-1]) or re.fullmatch(r"\(.{2,30}\)", texts[-1])):
        texts.pop()
        if texts and len(texts[-1]) <= _MAX_TITLE and texts[-1][-1] not in _SENTENCE_ENDS:
            texts.pop()
    if not texts:
        return bool(title) or not content
    return not title and _is_entry(texts[0]) and all(map(_is_short, texts))


def _is_entry(text: str) -> bool:
    marker = parse_marker(text)
    return marker is not None and marker.rank >= RANK_ENTRY


def _is_short(text: str) -> bool:
    return len(text) <= _MAX_ENTRY and not is_row(text) and "。" not in text


def _title_below(lines: Sequence[Line], content: Sequence[int], start: int) -> tuple[str, int]:
    """Return the title on the lines below 附件1 and the index behind it; up to three short lines."""
    parts: list[str] = []
    ends: list[int] = []
    for index in content[:_MAX_TITLE_LINES]:
        text = halve(lines[index].content)
        plain = text.lstrip("#").strip()
        is_title = (
            plain and len(plain) <= _MAX_TITLE and plain[-1] not in _SENTENCE_ENDS and not is_row(plain)
        )
        if not is_title or parse_marker(plain):
            break
        parts.append(lines[index].content.lstrip("#").strip())
        ends.append(index + 1)
        if _WHOLE_TITLE.search(plain):
            return close_gaps("".join(parts)), index + 1
    return (close_gaps(parts[0]), ends[0]) if parts else ("", start + 1)
