"""Ruling lines of a page -> its tables, with the text that stands in their cells, as lines of pipe rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ingest.formats.flow import join_lines
from ingest.formats.layout import Line, Piece, arrange
from ingest.formats.pipes import Placed, pipe_table

_MOST_RULINGS = 2000
"""More rulings than any printed table has: a drawing, whose cells would take long and mean nothing."""
_THIN = 2.5
"""Most breadth of a filled rectangle that is a ruling; points."""
_SHORTEST = 6.0
"""Least length of a ruling; points."""
_TOLERANCE = 3.0
"""How far apart two rulings may lie and still be one or meet; points (as pdfplumber's default)."""


Corner = tuple[float, float]


@dataclass(frozen=True)
class Ruling:
    """A straight line that is drawn across (x0 < x1) or down (top < bottom) a page."""

    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Box:
    """A cell of a table on the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, piece: Piece) -> bool:
        """Tell whether the middle of a piece stands in the cell."""
        across = (piece.x0 + piece.x1) / 2
        return self.x0 <= across <= self.x1 and self.top <= piece.middle <= self.bottom


@dataclass(frozen=True)
class Table:
    """The cells of a table."""

    boxes: tuple[Box, ...]

    def holds(self, piece: Piece) -> bool:
        """Tell whether a piece stands in the table."""
        return any(box.holds(piece) for box in self.boxes)


def lines_with_tables(pieces: Sequence[Piece], rulings: Sequence[Ruling], unit: float) -> list[Line]:
    """Return the lines of a page in reading order, its tables as pipe rows; `unit` is one point."""
    lines: list[Line] = []
    rest = list(pieces)
    for table in find_tables(rulings, unit):
        within = [piece for piece in rest if table.holds(piece)]
        rows = _table_lines(table, within)
        if not rows:
            continue
        top = min(box.top for box in table.boxes)
        above = [piece for piece in rest if not table.holds(piece) and piece.middle < top]
        lines += [*arrange(above, len(lines)), *rows]
        done = {id(piece) for piece in (*above, *within)}
        rest = [piece for piece in rest if id(piece) not in done]
    return [*lines, *arrange(rest, len(lines))]


def rulings_of(outlines: Sequence[Sequence[Corner]], stroked: bool, unit: float) -> list[Ruling]:
    """Return the rulings of drawn outlines: thin rectangles, and the straight lines of stroked ones."""
    rulings = []
    for outline in outlines:
        whole = _around(outline)
        if min(whole.x1 - whole.x0, whole.bottom - whole.top) <= _THIN * unit:
            rulings.append(whole)
        elif stroked:
            rulings += [_around(pair) for pair in pairwise(outline)]
    return [one for one in rulings if _is_straight(one, unit)]


def _around(outline: Sequence[Corner]) -> Ruling:
    across, down = [x for x, _ in outline], [y for _, y in outline]
    return Ruling(min(across), max(across), min(down), max(down))


def _is_straight(ruling: Ruling, unit: float) -> bool:
    width, height = ruling.x1 - ruling.x0, ruling.bottom - ruling.top
    return max(width, height) >= _SHORTEST * unit and min(width, height) <= _THIN * unit


def find_tables(rulings: Sequence[Ruling], unit: float) -> tuple[Table, ...]:
    """Return the tables that rulings draw, from top to bottom."""
    if not 4 <= len(rulings) <= _MOST_RULINGS:
        return ()
    from pdfplumber import table as ruled  # loads slowly, and only pages with rulings need it

    reach = _TOLERANCE * unit
    edges = ruled.merge_edges([_edge(one) for one in rulings], reach, reach, reach, reach)
    cells = ruled.intersections_to_cells(ruled.edges_to_intersections(edges, reach, reach))
    tables = [Table(tuple(Box(*cell) for cell in group)) for group in ruled.cells_to_tables(cells)]
    return tuple(sorted(tables, key=lambda table: min(box.top for box in table.boxes)))


def _edge(ruling: Ruling) -> dict[str, Any]:
    """Return a ruling as pdfplumber names it."""
    level = ruling.x1 - ruling.x0 >= ruling.bottom - ruling.top
    middle_x, middle_y = (ruling.x0 + ruling.x1) / 2, (ruling.top + ruling.bottom) / 2
    x0, x1 = (ruling.x0, ruling.x1) if level else (middle_x, middle_x)
    top, bottom = (middle_y, middle_y) if level else (ruling.top, ruling.bottom)
    return {
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
        "orientation": "h" if level else "v",
    }  # fmt: skip


def _table_lines(table: Table, pieces: Sequence[Piece]) -> list[Line]:
    """Return a table as lines of pipe rows, none where it is no table but a frame."""
    lefts = sorted({box.x0 for box in table.boxes})
    tops = sorted({box.top for box in table.boxes})
    taken: set[int] = set()
    cells = []
    for box in sorted(table.boxes, key=lambda one: (one.top, one.x0)):
        own = [piece for piece in pieces if id(piece) not in taken and box.holds(piece)]
        taken |= {id(piece) for piece in own}
        rows = sum(1 for top in tops if box.top <= top < box.bottom)
        columns = sum(1 for left in lefts if box.x0 <= left < box.x1)
        cells.append(Placed(_text(own), tops.index(box.top), lefts.index(box.x0), rows, columns))
    texts = pipe_table(cells) if sum(1 for cell in cells if cell.text) > 1 else None
    place = Line(
        "", lefts[0], max(box.x1 for box in table.boxes), tops[0], max(box.bottom for box in table.boxes),
        size=max((piece.size for piece in pieces), default=1.0), table=True,
    )  # fmt: skip
    return [replace(place, text=text) for text in texts or ()]


def _text(pieces: Sequence[Piece]) -> str:
    text = ""
    for line in arrange(pieces):
        text = join_lines(text, line.text) if text else line.text
    return text
