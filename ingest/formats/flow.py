"""Lines of pages -> paragraphs: wrapped lines joined, headings and numbered items on lines of their own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles

from ingest.formats.layout import Line, Page, is_wide
from ingest.widths import halve

_NUMBERED = re.compile(  # of text in half width
    r"(?:第[一二三四五六七八九十百千零〇\d]+[编篇章节条](?![第规至到和、,的])"
    r"|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)"
    r"|\d{1,2}(?:[.、](?!\d)|\.\d{1,2}(?:\.\d{1,2})*(?![\d.%亿万元]))|[①-⑳]|附件\s*\d*:?$|[-•●■◆□]\s)"
)
_INDENT = 1.2
"""Least indent of a paragraph's first line, as a share of the type size; Chinese type has two squares."""
_SLACK = 1.6
"""How far before the right margin a full line may end, in type sizes: punctuation does not stand alone."""
_RAGGED = 4.5
"""How far before the right margin a line may end in type that is not justified, in type sizes."""
_NARROW = 10
"""Width of a column, in type sizes, up to which its lines are entries of a list: no margin wrapped them."""
_LEADING = 1.45
"""Line gap, as a share of the usual one, that parts paragraphs."""
_FAIR = 0.15
"""Share of a column's lines that must begin or end at a place for it to be the margin."""
_TITLE = 1.12
"""How much larger than the body a line is set that belongs to a title."""
_TOGETHER = re.compile(  # of text in half width
    r"[“‘(<《「『\[]*(?:[\u2e80-\U0003ffff]|[^\s\u2e80-\U0003ffff]+)[”’)>》」』\]、,。;:?!.%…—]*"
)
_DATE_LINE = re.compile(r"(?:\d{4}|[二〇○零一三四五六七八九]{4})\s*年[^年月日]{1,4}月[^年月日]{1,4}日$")
_DEEP = 8
"""Indent of an office over its date, in type sizes: no first line of a paragraph stands in so far."""
_LEADERS = re.compile(r"(?:\.{5,}|[…⋯]{2,}|·{5,}|(?:\. ){4,})\s*[-—]?\s*(?:\d{1,4}|[IVXivx]{1,6})\s*[-—]?$")
_CONTENTS = re.compile(r"目\s*[录次]$")
_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,6}(?: |:)")
"""A line of its own whatever stands before it: 责任单位 市经信局, 联系电话:12345."""
_HYPHENS = "-\u2010\u00ad\ufffe"


def paragraphs(pages: Sequence[Page]) -> str:
    """Return the text of pages, one paragraph, heading, numbered item or table row a line."""
    lines = _without_contents(_bounded(pages))
    if not lines:
        return ""
    style = _Style(lines)
    words = frozenset(re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*", " ".join(line.text for line in lines)))
    text = lines[0].text
    for before, after in pairwise(lines):
        if style.goes_on(before, after):
            text = join_lines(text, after.text, words)
        else:
            text += "\n" + after.text
    return text


def join_lines(before: str, after: str, words: frozenset[str] = frozenset()) -> str:
    """Return two lines of one paragraph as one: Chinese without a blank, Latin words with one.

    A hyphen at the end of a line goes, unless the parts are words of their own elsewhere in the text
    (`words`): the hyphen of self-learning is the author's, that of inno-vation the typesetter's.
    """
    if before[-1:] in _HYPHENS and before[-2:-1].isalpha() and after[:1].islower():
        head, tail = _last_word(before[:-1]), re.match(r"[A-Za-z]*", after)
        rest = tail.group() if tail else ""
        keeps = f"{head}{rest}" not in words and (f"{head}-{rest}" in words or {head, rest} <= words)
        return before[:-1] + ("-" if keeps else "") + after
    if not before or is_wide(before[-1]) or is_wide(after[0]):
        return before + after
    return f"{before} {after}"


def is_numbered(text: str) -> bool:
    """Tell whether a line begins with the number of a heading, article or item."""
    return bool(_NUMBERED.match(halve(text)))


def _without_contents(lines: list[_Bounded]) -> list[_Bounded]:
    """Return the lines without a table of contents: its entries would pass for the headings themselves.

    A file that holds little else is left as it is.
    """
    listed = {index for index, line in enumerate(lines) if _LEADERS.search(line.text)}
    if len(listed) < 2:
        return lines
    listed |= {
        index for index, line in enumerate(lines) if _CONTENTS.match(line.text) and index + 1 in listed
    }
    rest = [line for index, line in enumerate(lines) if index not in listed]
    size = sum(len(line.text) for line in rest)
    return rest if size > sum(len(line.text) for line in lines) / 2 else lines


@dataclass(frozen=True)
class _Bounded(Line):
    """A line that knows where its column begins and ends."""

    left: float = 0.0
    right: float = 0.0
    centre: float = 0.0
    """Where the middle of the page is."""


def _bounded(pages: Sequence[Page]) -> list[_Bounded]:
    """Return the lines, each bounded by the document's most usual column that it fits in.

    A page with a signature only, or with the last words of a paragraph, does not show its right margin.
    """
    columns: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            columns[page.number, line.column].append(line)
    weights: Counter[tuple[float, float]] = Counter()
    for lines in columns.values():
        prose = [line for line in lines if not line.table] or lines
        extent = (
            _usual_edge([line.x0 for line in prose], prose[0].size, -1),
            _usual_edge([line.x1 for line in prose], prose[0].size, 1),
        )
        weights[extent] += sum(len(line.text) for line in prose)
    usual = [extent for extent, _ in weights.most_common()]
    return [_within(line, page, usual) for page in pages for line in page.lines]


def _usual_edge(edges: Sequence[float], size: float, side: int) -> float:
    """Return the outermost place, left (-1) or right (1), at which a fair share of lines begin or end."""
    outermost = sorted(edges, key=lambda edge: -side * edge)
    near = (
        edge
        for edge in outermost
        if sum(abs(edge - other) < 1.5 * size for other in edges) >= _FAIR * len(edges)
    )
    return next(near, outermost[0])


def _within(line: Line, page: Page, columns: Sequence[tuple[float, float]]) -> _Bounded:
    slack = line.size / 2
    fitting = (one for one in columns if one[0] - slack <= line.x0 and line.x1 <= one[1] + slack)
    left, right = next(fitting, (line.x0, line.x1))
    return _Bounded(**vars(line), left=left, right=right, centre=page.width / 2)


def _last_word(text: str) -> str:
    found = re.search(r"[A-Za-z-]*$", text)
    return found.group() if found else ""


class _Style:
    """How a document sets its paragraphs: type size of the body, line gap, indents of first lines."""

    def __init__(self, lines: Sequence[_Bounded]) -> None:
        prose = [line for line in lines if not line.table] or list(lines)
        weights = [size for line in prose for size in [line.size] * max(1, len(line.text))]
        self._body = median(weights)
        gaps = [
            after.middle - before.middle
            for before, after in pairwise(prose)
            if 0 < after.middle - before.middle < 4 * self._body
        ]
        self._gap = quantiles(gaps, n=4)[0] if len(gaps) >= 4 else (min(gaps) if gaps else 2 * self._body)
        full = [line for line in prose if self._fills(line, line.size)]
        indented = [line for line in prose if self._is_indented(line)]
        self._indents = len(indented) >= max(2, 0.05 * len(prose)) and len(full) >= 2
        parted = sum(gap > _LEADING * self._gap for gap in gaps)
        self._spaced = parted >= max(2, 0.05 * len(prose)) and len(full) >= 2

    def goes_on(self, before: _Bounded, after: _Bounded) -> bool:
        """Tell whether the second line continues the paragraph of the first."""
        if (
            before.table
            or after.table
            or _LEADERS.search(before.text)
            or abs(before.size - after.size) > 0.12 * max(before.size, after.size)
        ):
            return False
        turns = after.top < before.top  # a new page or column: no gap to measure
        if _DATE_LINE.match(halve(after.text)) or (not turns and self._signs(before, after)):
            return False
        if not turns and after.middle - before.middle > _LEADING * self._gap * max(
            1, before.size / self._body
        ):
            return False
        if self._is_title(before) and self._is_title(after):
            return not turns and not is_numbered(after.text) and not _ends(before.text)
        if after.text[0].islower() and after.text[0].isascii() and not _ends(before.text):
            return True  # no sentence and no item begins with a small letter
        if self._is_indented(after):
            return False
        if not self._fills(before, _first_word(after)):
            is_entry = is_numbered(after.text) or _LABELLED.match(halve(after.text))
            return not is_entry and self._is_ragged(before)
        return not is_numbered(after.text) or (self._indents and not _ends(before.text))

    def _is_ragged(self, line: _Bounded) -> bool:
        """Tell whether a line may end before its right margin and go on: not every type is justified.

        Where first lines are indented, what begins at the left margin goes on. Where paragraphs are parted by
        their gaps alone, only what ends within a sentence does.
        """
        if not self._fills(line, _RAGGED * line.size) or self._is_title(line):
            return False
        return self._indents or (self._spaced and not _ends(line.text))

    def _signs(self, before: _Bounded, after: _Bounded) -> bool:
        """Tell whether a line stands far in behind the end of a sentence, as an office over its date does."""
        return _ends(before.text) and after.x0 - before.x0 > _DEEP * self._body

    def _fills(self, line: _Bounded, next_word: float) -> bool:
        """Tell whether a line ends at its right margin: the next word would not have fitted."""
        is_column = line.right - line.left > _NARROW * line.size
        return is_column and line.right - line.x1 < next_word + (_SLACK - 1) * line.size

    def _is_indented(self, line: _Bounded) -> bool:
        indent = line.x0 - line.left
        return _INDENT * line.size <= indent

    def _is_title(self, line: _Bounded) -> bool:
        off = min(abs(line.x0 + line.x1 - 2 * line.centre), abs(line.x0 + line.x1 - line.left - line.right))
        return line.size > _TITLE * self._body and off < 2 * line.size


def _first_word(line: Line) -> float:
    """Return the width of what must stand together at the start of a line.

    A Latin word or a figure is not parted; a closing mark does not begin a line and an opening one does not
    end it, so that 造、 moves to the next line as a whole.
    """
    word = _TOGETHER.match(halve(line.text))
    letters = line.text[: word.end()] if word else "中"
    return sum(1.0 if is_wide(letter) else 0.55 for letter in letters) * line.size


def _ends(text: str) -> bool:
    return halve(text).rstrip()[-1:] in ("。", "!", "?", ";", ":", ".")
