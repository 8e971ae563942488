"""Cells of a table, wherever they come from -> caption lines and pipe rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_COLUMNS = 64
_MOST_CELLS = 100_000
_RULE = re.compile(r"\|(?: --- \|)+")
_MOST_REPEATED = 1_000_000
"""Characters that merged cells may add by being repeated in every row that they cover."""


@dataclass(frozen=True)
class Placed:
    """A cell by its place: `row` and `column` count from 0, `rows` and `columns` say how far it reaches."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1

    def covers(self) -> list[tuple[int, int]]:
        """Return every place that the cell covers."""
        return [
            (row, column)
            for row in range(self.row, self.row + self.rows)
            for column in range(self.column, self.column + self.columns)
        ]


_Row = list[Placed | None]


def pipe_table(cells: Sequence[Placed]) -> list[str] | None:
    """Return caption lines, the header row, its rule and a line for each further row.

    A merged cell is given in every row that it covers, so that each row can stand by itself; a heading of
    two storeys becomes one row (`省级 / 上限`); rows on top that are one cell over the whole width
    are captions. None for what is no table: one column, or a frame around text.
    """
    rows = _filled(_rows(cells))
    captions: list[str] = []
    while len(rows) > 1 and (title := _single(rows[0])):
        captions.append(title)
        rows = rows[1:]
    if not rows or len(rows[0]) < 2:
        return None
    texts = [_texts(row) for row in rows]
    depth = _heading_depth(rows)
    header = [
        " / ".join(dict.fromkeys(text for text in column if text))
        for column in zip(*texts[:depth], strict=True)
    ]
    return [*captions, _pipe(header), _pipe(["---"] * len(header)), *(_pipe(row) for row in texts[depth:])]


def _rows(cells: Sequence[Placed]) -> list[_Row]:
    """Return the cells by row and column, all rows of one width; what lies beyond the bounds is left out."""
    repeated = 0
    by_place: dict[tuple[int, int], Placed] = {}
    for cell in cells:
        repeated += len(cell.text) * (cell.rows * cell.columns - 1)
        if len(by_place) + cell.rows * cell.columns > _MOST_CELLS or repeated > _MOST_REPEATED:
            break
        for place in cell.covers():
            by_place.setdefault(place, cell)
    if not by_place:
        return []
    height = max(row for row, _ in by_place) + 1
    width = min(MOST_COLUMNS, max(column for _, column in by_place) + 1)
    if height * width > _MOST_CELLS:
        return []
    return [[by_place.get((row, column)) for column in range(width)] for row in range(height)]


def _filled(rows: list[_Row]) -> list[_Row]:
    """Return the rows without rows and columns that hold nothing of their own."""
    rows = [row for row in rows if any(cell and clean_cell(cell.text) for cell in row)]
    if not rows:
        return []
    kept = [
        column
        for column in range(len(rows[0]))
        if any((cell := row[column]) and clean_cell(cell.text) for row in rows)
        and (column == 0 or any(row[column] is not row[column - 1] for row in rows))
    ]
    return [[row[column] for column in kept] for row in rows]


def _single(row: _Row) -> str | None:
    """Return the text of a row that is one cell over the whole width."""
    first = row[0]
    whole = first is not None and first.rows == 1 and len(row) > 1 and all(cell is first for cell in row)
    return clean_cell(first.text) if whole and first is not None else None


def _texts(row: _Row) -> list[str]:
    """Return the text of every cell; a row that is one cell over the whole width says it once."""
    texts = [clean_cell(cell.text) if cell else "" for cell in row]
    return [texts[0], *[""] * (len(texts) - 1)] if _single(row) else texts


def _heading_depth(rows: list[_Row]) -> int:
    """Return how many rows make the heading: as many as its cells of one column reach down."""
    cells = [cell for cell in rows[0] if cell]
    heights = {cell.rows for cell in cells if cell.columns == 1}
    grouped = any(cell.columns > 1 and cell.rows == 1 for cell in cells)
    depth = heights.pop() if grouped and len(heights) == 1 else 1
    return depth if depth < len(rows) else 1


def clean_cell(text: str) -> str:
    """Return the text of a cell without line breaks and bare pipes; the rows of a table in it parted by ;."""
    lines = text.split("\n")
    if any(_RULE.fullmatch(line) for line in lines):
        text = ";".join(_cells_alone(line) for line in lines if line.strip() and not _RULE.fullmatch(line))
    return " ".join(text.replace("|", "\uff5c").split())


def _cells_alone(line: str) -> str:
    """Return the cells of a pipe row parted by blanks, any other line as it is."""
    is_row = line.startswith("| ") and line.endswith(" |")
    return " ".join(cell for part in line[1:-1].split("|") if (cell := part.strip())) if is_row else line


def _pipe(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
