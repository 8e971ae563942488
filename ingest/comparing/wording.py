"""The words that changed between two texts: dates, numbers and Latin words whole, Chinese by character."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ingest.comparing.models import Op, Segment
from ingest.widths import halve

_TOKEN = re.compile(
    r"(?:19|20)\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?)?|第[一二三四五六七八九十百千零\d]+[编章节条款项]|"
    r"\d+(?:[.,]\d+)*%?|[一二三四五六七八九十百千]{2,}|[A-Za-z]+|\s+|.",
    re.DOTALL,
)
_SENTENCE = re.compile(r"[^。;;\n]*[。;;\n]|[^。;;\n]+$")
_MAX_TOKENS = 6_000
"""Longer texts are compared by sentence: the work grows with the product of the lengths."""
_ISLAND = 2
"""Common characters between two changes, no more than this, are read as chance, not as kept words."""


def compare_words(before: str, after: str) -> tuple[Segment, ...]:
    """Return the way from one text to another; EQUAL+DELETE give `before`, EQUAL+INSERT give `after`."""
    if before == after:
        return (Segment(op=Op.EQUAL, text=before),) if before else ()
    first, second = _TOKEN.findall(before), _TOKEN.findall(after)
    if max(len(first), len(second)) > _MAX_TOKENS:
        first, second = _SENTENCE.findall(before), _SENTENCE.findall(after)
    return tuple(_joined(_without_islands(list(_runs(first, second)))))


def readable(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the segments for a reader: without changes of white space or width of characters alone."""
    shown: list[Segment] = []
    for index, segment in enumerate(segments):
        other = segments[index - 1] if index else None
        is_same = other is not None and other.op is Op.DELETE and _plain(segment) == _plain(other) != ""
        if segment.op is Op.INSERT and is_same:
            shown[-1] = Segment(op=Op.EQUAL, text=segment.text)
        elif segment.op is Op.EQUAL or _plain(segment):
            shown.append(segment)
        elif segment.op is Op.INSERT:
            shown.append(Segment(op=Op.EQUAL, text=segment.text))
    return tuple(shown)


def _plain(segment: Segment) -> str:
    return re.sub(r"\s+", "", halve(segment.text))


def _runs(first: Sequence[str], second: Sequence[str]) -> Iterator[Segment]:
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            yield Segment(op=Op.EQUAL, text="".join(first[i:i_end]))
            continue
        if i < i_end:
            yield Segment(op=Op.DELETE, text="".join(first[i:i_end]))
        if j < j_end:
            yield Segment(op=Op.INSERT, text="".join(second[j:j_end]))


def _without_islands(runs: Sequence[Segment]) -> Iterator[Segment]:
    """Yield the runs, short common runs between longer changes turned into deletion and insertion."""
    for index, run in enumerate(runs):
        is_between = 0 < index < len(runs) - 1
        if run.op is Op.EQUAL and is_between and _is_island(runs, index):
            yield Segment(op=Op.DELETE, text=run.text)
            yield Segment(op=Op.INSERT, text=run.text)
        else:
            yield run


def _is_island(runs: Sequence[Segment], index: int) -> bool:
    """Whether a common run is short, holds no mark or digit, and both its neighbours replace words."""
    text = runs[index].text
    if len(text) > _ISLAND or not text.isalpha():
        return False
    left, right = runs[max(0, index - 2) : index], runs[index + 1 : index + 3]
    return all({Op.DELETE, Op.INSERT} <= {run.op for run in side} for side in (left, right))


def _joined(runs: Iterator[Segment]) -> Iterator[Segment]:
    """Yield the runs with neighbours of one kind joined; between two common runs deletion comes first."""
    deleted = inserted = equal = ""
    for run in runs:
        if run.op is Op.EQUAL:
            yield from _change(deleted, inserted)
            deleted = inserted = ""
            equal += run.text
            continue
        if equal:
            yield Segment(op=Op.EQUAL, text=equal)
            equal = ""
        deleted += run.text if run.op is Op.DELETE else ""
        inserted += run.text if run.op is Op.INSERT else ""
    yield from _change(deleted, inserted)
    if equal:
        yield Segment(op=Op.EQUAL, text=equal)


def _change(deleted: str, inserted: str) -> Iterator[Segment]:
    if deleted:
        yield Segment(op=Op.DELETE, text=deleted)
    if inserted:
        yield Segment(op=Op.INSERT, text=inserted)
