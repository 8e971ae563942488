"""Tables of a page -> pipe rows: merged cells resolved, headings of two rows made one, layout told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from ingest.formats.page_tree import text_of

_MAX_COLUMNS = 64
_MAX_CELLS = 100_000
_MAX_REPEATED = 1_000_000
"""Characters that merged cells may add to a page by being repeated in every row that they cover."""
_LAYOUT_SHARE = 0.5

CellText = Callable[[HtmlElement], str]


@dataclass(frozen=True)
class _Cell:
    """A cell as it lies in the grid; `owner` is True in the upper left corner of what it covers."""

    text: str
    owner: bool
    rows: int
    columns: int


_Grid = list[list[_Cell | None]]


def table_lines(table: HtmlElement, cell_text: CellText) -> list[str] | None:
    """Return caption lines and pipe rows; None for a table that only lays out what stands in it."""
    rows = list(_rows(table))
    if _holds_tables(table) or not rows:
        return None
    grid = _grid(rows, cell_text)
    if grid is None:
        return None
    grid = _without_blanks(grid)
    captions = [text for one in table.iterchildren("caption") if (text := cell_text(one))]
    while len(grid) > 1 and (title := _spanning_title(grid[0])):
        captions.append(title)
        grid = grid[1:]
    if not grid or len(grid[0]) < 2:
        return None
    texts = _texts(grid)
    depth = _heading_depth(grid)
    header = [_joined(column) for column in zip(*texts[:depth], strict=True)]
    body = [_pipe(row) for row in texts[depth:]]
    return [*captions, _pipe(header), _pipe(["---"] * len(header)), *body]


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table.iterchildren():
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _holds_tables(table: HtmlElement) -> bool:
    """Whether most of the table's text stands in tables within it."""
    inner = [one for one in table.iterdescendants("table") if _nearest_table(one) is table]
    if not inner:
        return False
    within = sum(len(text_of(one)) for one in inner)
    return within >= _LAYOUT_SHARE * len(text_of(table))


def _nearest_table(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("table"), None)


def _grid(rows: list[HtmlElement], cell_text: CellText) -> _Grid | None:
    """Return the cells by row and column, all rows of one width; None where the grid would be too large."""
    filled: dict[tuple[int, int], _Cell] = {}
    repeated = covered = 0
    for top, row in enumerate(rows):
        left = 0
        for element in row.iterchildren("td", "th"):
            while (top, left) in filled:
                left += 1
            height = _span(element, "rowspan", len(rows) - top)
            width = _span(element, "colspan", max(1, _MAX_COLUMNS - left))
            text = cell_text(element)
            repeated += len(text) * (height * width - 1)
            shown = text if repeated <= _MAX_REPEATED else ""
            covered += height * width
            if covered > _MAX_CELLS or left >= _MAX_COLUMNS:
                return None
            for line in range(top, top + height):
                for column in range(left, left + width):
                    owner = (line, column) == (top, left)
                    cell = _Cell(text if owner else shown, owner, height, width)
                    filled.setdefault((line, column), cell)
            left += width
    columns = max((column for _, column in filled), default=-1) + 1
    if columns * len(rows) > _MAX_CELLS:
        return None
    return [[filled.get((line, column)) for column in range(columns)] for line in range(len(rows))]


def _span(element: HtmlElement, name: str, most: int) -> int:
    """Return how far a cell reaches; rowspan 0 means down to the last row."""
    written = (element.get(name) or "1").strip()
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 1
    return max(1, min(number, most)) if number else (most if name == "rowspan" else 1)


def _without_blanks(grid: _Grid) -> _Grid:
    """Return the grid without rows and columns that hold nothing of their own."""
    grid = [row for row in grid if any(cell and cell.text for cell in row)]
    kept = [
        column
        for column in range(len(grid[0]) if grid else 0)
        if any(
            (cell := row[column]) and cell.text and (cell.owner or _starts_above(grid, column))
            for row in grid
        )
    ]
    return [[row[column] for column in kept] for row in grid]


def _starts_above(grid: _Grid, column: int) -> bool:
    """Whether some row tells this column from the one left of it."""
    return column == 0 or any(row[column] is not None and row[column] != row[column - 1] for row in grid)


def _spanning_title(row: list[_Cell | None]) -> str | None:
    """Return the text of a row that is one cell over the whole width."""
    first = row[0]
    return first.text if first and first.rows == 1 and _is_one_cell(row) else None


def _is_one_cell(row: list[_Cell | None]) -> bool:
    first, *others = row
    if first is None or not first.owner or not others or first.columns < len(row):
        return False
    return all(cell is not None and not cell.owner and cell.columns == first.columns for cell in others)


def _heading_depth(grid: _Grid) -> int:
    """Return how many rows make the heading: as many as its single-column cells reach down."""
    cells = [cell for cell in grid[0] if cell is not None]
    heights = {cell.rows for cell in cells if cell.columns == 1}
    grouped = any(cell.columns > 1 and cell.rows == 1 for cell in cells)
    if grouped and len(heights) == 1 and 1 < (depth := heights.pop()) < len(grid):
        return depth
    return 1


def _texts(grid: _Grid) -> list[list[str]]:
    """Return the text of every cell; a row that is one cell over the whole width says it once."""
    texts = [[cell.text if cell else "" for cell in row] for row in grid]
    for row, line in zip(grid, texts, strict=True):
        if _is_one_cell(row):
            line[1:] = [""] * (len(row) - 1)
    return texts


def _joined(column: tuple[str, ...]) -> str:
    return " / ".join(dict.fromkeys(text for text in column if text))


def _pipe(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\uff5c") for cell in cells) + " |"
