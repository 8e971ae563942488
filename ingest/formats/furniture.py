"""Running heads and page numbers of printed pages: found by repetition over pages and by their place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from ingest.formats.layout import Line, Page
from ingest.widths import halve

_ZONE = 0.14
"""Share of a page's height, at its top and at its foot, in which heads and page numbers stand."""
_WIDE_ZONE = 0.25
"""The same for lines that stand at one and the same height on most pages."""
_WIDE_SHARE = 0.6
_SHARE = 0.4
"""Least share of pages on which a head repeats; heads that alternate stand on every second page."""
_NUMBERED = re.compile(  # of text in half width
    r"(?:第\s*\d+\s*页(?:\s*[,/]?\s*共\s*\d+\s*页)?|[-—–·‐]+\s*\d+\s*[-—–·‐]+|\d+\s*/\s*\d+|[Pp]age\s+\d+(?:\s+of\s+\d+)?)$"
)
_BARE_NUMBER = re.compile(r"(?:\d{1,4}|[ivxlc]{1,6})$")
_ADDRESS = re.compile(r"https?://[\w.\-]+(?::\d+)?/[^\s<>\"']*[\w/]", re.ASCII)


def drop_furniture(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages without running heads, running feet and page numbers."""
    repeated = _repeated(pages)
    runs = _has_running_numbers(pages)
    return tuple(replace(page, lines=_body(page, repeated, runs)) for page in pages)


def _body(page: Page, repeated: frozenset[tuple[str, str]], runs: bool) -> tuple[Line, ...]:
    """Return the lines of a page between its head and its foot.

    Head and foot end at the first line that is none of them: what repeats within the body is kept.
    """
    upper = sorted((line for line in page.lines if line.middle < page.height / 2), key=lambda line: line.top)
    lower = sorted(
        (line for line in page.lines if line.middle >= page.height / 2), key=lambda line: -line.bottom
    )
    outer = {
        id(line)
        for lines in (upper, lower)
        for line in takewhile(lambda line: _is_furniture(line, page, repeated, runs), lines)
    }
    return tuple(line for line in page.lines if id(line) not in outer)


def printed_address(pages: Sequence[Page]) -> str | None:
    """Return the address that a browser prints on every page, None where there is none or they differ."""
    found: set[str] = set()
    for page in pages:
        margin = [line.text for line in page.lines if _zone(line, page)]
        found |= {match.group() for text in margin for match in _ADDRESS.finditer(text)}
    return found.pop() if len(found) == 1 else None


def _is_furniture(line: Line, page: Page, repeated: frozenset[tuple[str, str]], runs: bool) -> bool:
    if line.table:
        return False
    if any((key, _shape(line.text)) in repeated for key in (_zone(line, page), _height(line, page)) if key):
        return True
    if not _zone(line, page):
        return False
    if _NUMBERED.match(halve(line.text)):
        return True
    return runs and _is_outermost(line, page) and bool(_BARE_NUMBER.match(line.text))


def _repeated(pages: Sequence[Page]) -> frozenset[tuple[str, str]]:
    """Return the zone and shape of the lines that stand in the margin of many pages."""
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    for page in pages:
        for line in page.lines:
            for key in (_zone(line, page), _height(line, page)):
                if key and not line.table:
                    seen[key, _shape(line.text)].add(page.number)
    least, most = max(2, _SHARE * len(pages)), max(3, _WIDE_SHARE * len(pages))
    return frozenset(
        key
        for key, numbers in seen.items()
        if key[1] != "#" and len(numbers) >= (most if key[0].isdecimal() else least)
    )


def _has_running_numbers(pages: Sequence[Page]) -> bool:
    """Tell whether bare numbers at the edge of the pages count on from page to page."""
    numbers = [
        (page.number, int(line.text))
        for page in pages
        for line in page.lines
        if _is_outermost(line, page) and line.text.isdecimal()
    ]
    steps = [number - index for index, number in numbers]
    return len(steps) >= 2 and len(set(steps)) == 1


def _zone(line: Line, page: Page) -> str:
    """Return where in the margin a line stands: 'top', 'foot' or '' for the body."""
    if line.bottom <= _ZONE * page.height:
        return "top"
    return "foot" if line.top >= (1 - _ZONE) * page.height else ""


def _height(line: Line, page: Page) -> str:
    """Return the height at which a line stands, in hundredths of the page; '' in the middle of the page."""
    share = line.middle / page.height
    return str(round(100 * share)) if share < _WIDE_ZONE or share > 1 - _WIDE_ZONE else ""


def _is_outermost(line: Line, page: Page) -> bool:
    return line.top == min(one.top for one in page.lines) or line.bottom == max(
        one.bottom for one in page.lines
    )


def _shape(text: str) -> str:
    """Return a line without what changes from page to page: figures as `#`, no blanks."""
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", text))
