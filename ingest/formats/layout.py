"""Pieces of text with their places -> the lines of a page in reading order.

PDF, OFD and recognised pictures all say where a piece of text stands, none says in which order it is read.
Lengths are in the page's own unit, `top` and `bottom` count downwards; every threshold is a share of the
size of the type, so that the unit does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_SAME_ROW = 0.5
"""Pieces whose middles part by less than this share of their type size stand on one row."""
_WORD_GAP = 0.22
"""Gap between two pieces, as a share of the type size, that stands for a blank between Latin words."""
_WIDE_GAP = 0.6
"""The same beside a Chinese character; justified lines are stretched by less."""
_GUTTER = 1.2
"""Least width of the gap between two columns, as a share of the type size."""
_ROWS_OF_COLUMNS = 4
"""Least rows that must stand on each side of a gap before it is taken for the gap between columns."""


@dataclass(frozen=True)
class Piece:
    """Text that stands together on one line of a page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Return the height at which the piece stands."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Line(Piece):
    """A line of a page."""

    column: int = 0
    """Which of the page's columns it stands in; lines of one column are read one below the other."""
    table: bool = False
    """Whether the line is a row of a table or its caption: never joined with another."""


@dataclass(frozen=True)
class Page:
    """The lines of a page in reading order; `number` counts from 1."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


def arrange(pieces: Sequence[Piece], first_column: int = 0) -> list[Line]:
    """Return the lines of a page in reading order, columns one after the other."""
    solid = [piece for piece in pieces if piece.text.strip()]
    if not solid:
        return []
    columns = enumerate(_columns(_rows(solid)), start=first_column)
    return [_line(row, number) for number, rows in columns for row in rows]


def join_pieces(pieces: Iterable[Piece]) -> str:
    """Return the text of pieces on one row, from left to right, blanks put where words part."""
    text = ""
    last: Piece | None = None
    for piece in sorted(pieces, key=lambda one: one.x0):
        if last is not None and _parted(text, piece.text, piece.x0 - last.x1, max(last.size, piece.size)):
            text += " "
        text += piece.text
        last = piece
    return text.strip()


def is_wide(character: str) -> bool:
    """Tell whether a character is set in the square of Chinese type."""
    return ord(character) >= 0x2E80 or character in "“”‘’—…·"


def _parted(before: str, after: str, gap: float, size: float) -> bool:
    if not before or before[-1].isspace() or after[:1].isspace():
        return False
    latin = not is_wide(before[-1]) and not is_wide(after[0])
    return gap > (_WORD_GAP if latin else _WIDE_GAP) * size


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces by row, rows from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: (one.middle, one.x0)):
        if rows and _on_row(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda one: one.x0) for row in rows]


def _on_row(row: Sequence[Piece], piece: Piece) -> bool:
    height = sum(one.middle for one in row) / len(row)
    size = min(median(one.size for one in row), piece.size)
    return abs(piece.middle - height) < _SAME_ROW * size or any(_is_raised(one, piece) for one in row)


def _is_raised(one: Piece, other: Piece) -> bool:
    """Tell whether the smaller of two pieces is a raised or lowered mark of the larger one (2nd, m²)."""
    small, large = sorted((one, other), key=lambda piece: piece.size)
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    touches = -0.1 * large.size < max(small.x0 - large.x1, large.x0 - small.x1) < 0.5 * large.size
    return small.size < 0.8 * large.size and shared > 0.4 * small.size and touches


def _columns(rows: Sequence[list[Piece]]) -> list[list[list[Piece]]]:
    """Return groups of rows; where the page is set in columns, a group is one column between full lines."""
    gutter = _gutter(rows)
    if gutter is None:
        return [list(rows)]
    groups: list[list[list[Piece]]] = []
    full: list[list[Piece]] = []
    left: list[list[Piece]] = []
    right: list[list[Piece]] = []
    for row in rows:
        if any(piece.x0 < gutter < piece.x1 for piece in row):
            groups += _set_in_columns(left, right)
            left, right = [], []
            full.append(row)
            continue
        groups += [full] if full else []
        full = []
        left += [side] if (side := [piece for piece in row if piece.x1 <= gutter]) else []
        right += [side] if (side := [piece for piece in row if piece.x0 >= gutter]) else []
    return [*groups, *_set_in_columns(left, right), *([full] if full else [])]


def _set_in_columns(left: list[list[Piece]], right: list[list[Piece]]) -> list[list[list[Piece]]]:
    """Return both sides of a gap, the left one first; each may be set in columns again."""
    return [group for side in (left, right) if side for group in _columns(side)]


def _gutter(rows: Sequence[Sequence[Piece]]) -> float | None:
    """Return the x of the gap between two columns, None where the page has one column.

    A gap counts only where on many rows running text fills the line up to it and goes on behind it, and
    where fewer rows cross it. The cells of a table without rulings end anywhere: its rows stay together.
    """
    size = median(piece.size for row in rows for piece in row)
    gaps = [
        (before.x1, after.x0)
        for row in rows
        for before, after in pairwise(row)
        if after.x0 - before.x1 > _GUTTER * size
    ]
    best, best_rows = None, 0
    for low, high in gaps:
        x = (low + high) / 2
        both = sum(1 for row in rows if row[0].x1 <= x <= row[-1].x0 and _is_prose(row, x, size))
        crossing = sum(1 for row in rows if any(piece.x0 < x < piece.x1 for piece in row))
        if both >= _ROWS_OF_COLUMNS and both > crossing and both > best_rows:
            best, best_rows = x, both
    return best


def _is_prose(row: Sequence[Piece], x: float, size: float) -> bool:
    """Tell whether both sides of a row are lines of running text, the left one filled up to the gap."""
    left = sum(piece.x1 - piece.x0 for piece in row if piece.x1 <= x)
    right = sum(piece.x1 - piece.x0 for piece in row if piece.x0 >= x)
    edge = max(piece.x1 for piece in row if piece.x1 <= x)
    return min(left, right) > 5 * size and x - edge < 2.5 * size


def _line(row: Sequence[Piece], column: int) -> Line:
    return Line(
        text=join_pieces(row),
        x0=row[0].x0,
        x1=max(piece.x1 for piece in row),
        top=min(piece.top for piece in row),
        bottom=max(piece.bottom for piece in row),
        size=max(row, key=lambda piece: piece.x1 - piece.x0).size,
        column=column,
    )
