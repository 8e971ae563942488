"""Responsible units (责任单位) of a clause, in the order of the text, each with its span."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.widths import halve
from vectorstore.models import ResponsibleUnit, Span

_LABEL = re.compile(
    r"(?:责任|牵头|配合|实施|落实|参与|参加)(?:责任)?(?:单位|部门|处室)\s*:|(?:牵头|配合|参与)\s*:"
)
_UNLABELLED = re.compile(
    r"[(\[](?P<list>[^()\[\]。;!?]{2,200}?)(?:等)?(?:按(?:照)?职责(?:分工)?|分工)(?:组织|抓好)?(?:负责|落实|实施)[)\]]"
)
_UNLABELLED_END = re.compile(r"(?:负责|落实|实施)[)\]]")
"""What an unlabelled list ends with; most clauses have none, and are not searched for where it begins."""
_UMBRELLA = re.compile(r"相关|有关|^各|(?<=市)各|等(?:单位|部门)$|成员单位")
_INCLUDES = re.compile(r"(?:包?含|包括)(?P<list>.+?)(?:[,、]?下同)?$")
_TRAILING = re.compile(r"(?:等(?:单位|部门)?|负责|牵头|配合|按(?:照)?职责分工(?:负责)?)+$")
_OPENING, _CLOSING = "<([", ">)]"
_SEPARATORS = "、,;。 \t"
_MAX_NAME = 40


def find_units(text: str, offset: int = 0) -> tuple[ResponsibleUnit, ...]:
    """Return the units that a clause names as responsible; the first listed is the lead.

    Args:
        text: the clause's text.
        offset: where the clause starts in the document; spans are document offsets.
    """
    return units_in(text, unit_lists(text), offset)


def units_in(text: str, lists: Sequence[Span], offset: int = 0) -> tuple[ResponsibleUnit, ...]:
    """Return the units in the bare lists at the given ranges of a text; the first of all is the lead."""
    half = halve(text)
    units: list[ResponsibleUnit] = []
    for ranges in lists:
        for start, end in _items(half, ranges.start, ranges.end):
            unit = _unit(text, half, start, end, offset, lead=not units)
            if unit is not None:
                units.append(unit)
    return tuple(units)


def unit_tails(text: str) -> tuple[Span, ...]:
    """Return the ranges of the clause that are lists of units, brackets and labels included."""
    half = halve(text)
    tails = []
    for ranges in unit_lists(text):
        start, end = ranges.start, ranges.end
        label = [found for found in _LABEL.finditer(half, 0, start) if found.end() <= start]
        if label and not half[label[-1].end() : start].strip():
            start = label[-1].start()
        if start and half[start - 1] in "([" and end < len(half) and half[end] in ")]":
            start, end = start - 1, end + 1
        tails.append(Span(start=start, end=end))
    return tuple(tails)


def unit_lists(text: str) -> tuple[Span, ...]:
    """Return the ranges of the bare lists: behind 责任单位: up to the closing bracket or the line's end."""
    half = halve(text)
    found = []
    labels = list(_LABEL.finditer(half)) if ":" in half else []
    for number, label in enumerate(labels):
        end = _list_end(half, label.end())
        if number + 1 < len(labels):
            end = min(end, labels[number + 1].start())
        found.append(Span(start=label.end(), end=end))
    if not found and _UNLABELLED_END.search(half):
        found = [Span(start=m.start("list"), end=m.end("list")) for m in _UNLABELLED.finditer(half)]
    return tuple(span for span in found if half[span.start : span.end].strip())


def _list_end(half: str, start: int) -> int:
    depth = 0
    for index in range(start, len(half)):
        character = half[index]
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            if depth == 0:
                return index
            depth -= 1
        elif depth == 0 and character in "。\n":
            return index
    return len(half)


def _items(half: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the list's items; separators inside brackets do not part."""
    depth = 0
    begin = start
    for index in range(start, end):
        character = half[index]
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and character in _SEPARATORS:
            yield begin, index
            begin = index + 1
    yield begin, end


def _unit(text: str, half: str, start: int, end: int, offset: int, lead: bool) -> ResponsibleUnit | None:
    while start < end and text[start].isspace():
        start += 1
    bracket = next((i for i in range(start, end) if half[i] == "<"), None)
    if bracket is None:
        bracket = next((i for i in range(start, end) if half[i] == "(" and "含" in half[i : i + 3]), None)
    stop = end if bracket is None else bracket
    name = text[start:stop].rstrip()
    name = name[: len(name) - len(_suffix(name))]
    if len(name) < 2 or len(name) > _MAX_NAME:
        return None
    qualifier, includes = _bracket(text[bracket + 1 : end].rstrip() if bracket is not None else "")
    return ResponsibleUnit(
        start=offset + start,
        end=offset + start + len(name),
        name=name,
        lead=lead,
        umbrella=_UMBRELLA.search(name) is not None,
        qualifier=qualifier,
        includes=includes,
    )


def _suffix(name: str) -> str:
    found = _TRAILING.search(name)
    return found.group(0) if found and found.start() > 1 else ""


def _bracket(inside: str) -> tuple[str | None, tuple[str, ...]]:
    """Return qualifier and included units of what stands in <...> behind a unit."""
    plain = re.sub(r"[>)]$", "", halve(inside)).strip()
    if not plain:
        return None, ()
    included = _INCLUDES.match(plain)
    if included is None:
        return plain, ()
    return None, tuple(name for name in re.split(r"[、,]", included.group("list")) if name)
