"""Tables written as pipe rows (| 项目 | 标准 |): where they stand, and what a row says under its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.lines import Line, Node
from ingest.numbering import parse_marker
from ingest.widths import halve
from vectorstore.models import ClauseKind, Span

_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$")
_COMMENT = re.compile(r"<!--.*-->$")
_UNIT = re.compile(r"[(\[]?\s*(?:计量|金额)?单位\s*:")
_CELL_END = re.compile(r"(?<!\\)\|")
_MAX_CAPTION = 60
_SENTENCE_ENDS = "。;!?"


@dataclass(frozen=True)
class Table:
    """A table among the lines.

    Attributes:
        start: index of its first line: caption, else header.
        header: index of the header row.
        rows: indices of the rows of data.
        end: index behind its last row.
        caption: caption in one line, unit of measure included; '' where it has none.
    """

    start: int
    header: int
    rows: range
    end: int
    caption: str


def is_row(content: str) -> bool:
    """Whether a stripped line is a row of a table."""
    return content.startswith("|") and len(content) > 1


def is_table(number: str | None) -> bool:
    """Whether a node of this number is a table: caption and header, before its rows."""
    return number is not None and number.startswith("表")


def find_tables(lines: Sequence[Line], start: int, end: int) -> dict[int, Table]:
    """Return the tables of a range by the index of their first line; a header and a rule make a table."""
    tables: dict[int, Table] = {}
    index = start
    while index < end - 1:
        if not (is_row(lines[index].content) and _RULE.match(lines[index + 1].content)):
            index += 1
            continue
        stop = index + 2
        while stop < end and is_row(lines[stop].content):
            stop += 1
        first, caption = _caption(lines, start, index)
        tables[first] = Table(first, index, range(index + 2, stop), stop, caption)
        start = index = stop
    return tables


def table_nodes(
    lines: Sequence[Line], table: Table, parent: str, headings: Sequence[str], number: int
) -> list[Node]:
    """Return the nodes of a table: 表1 (caption and header), then 表1/行1, 表1/行2 ..."""
    name = f"表{number}"
    path = f"{parent}/{name}"
    heading_path = " > ".join((*headings, table.caption or name))
    head = Node(path, ClauseKind.HEADING, lines[table.start].start, heading_path, table.caption or name, name)
    return [
        head,
        *(
            Node(f"{path}/行{row}", ClauseKind.ROW, lines[index].start, heading_path)
            for row, index in enumerate(table.rows, start=1)
        ),
    ]


def cell_spans(row: str) -> tuple[Span, ...]:
    """Return the ranges of the cells of a row, without edge white space; its first line is the row."""
    first = row.find("|")
    stop = next((at for at in (row.find("\n"), row.find("\r")) if at >= 0), len(row))
    bars = [found.start() for found in _CELL_END.finditer(row, 0, stop)] if first >= 0 else []
    inner = row[:stop].rstrip()
    if bars and len(inner) > bars[-1] + 1:
        bars.append(len(inner))
    spans = []
    for left, right in pairwise(bars):
        cell = row[left + 1 : right]
        begin = left + 1 + len(cell) - len(cell.lstrip())
        spans.append(Span(start=begin, end=begin + len(cell.strip())))
    return tuple(spans)


def cells(row: str) -> tuple[str, ...]:
    """Return the cells of a row without edge white space."""
    return tuple(row[span.start : span.end] for span in cell_spans(row))


def header_of(table_text: str) -> tuple[str, ...]:
    """Return the names of the columns from the text of a node 表1."""
    row = next((line for line in table_text.splitlines() if is_row(line.strip())), "")
    return cells(row)


def said(row: str, header: Sequence[str]) -> str:
    """Return a row as 列名:值;列名:值, empty cells left out; its first line is the row."""
    values = cells(next((line for line in row.splitlines() if is_row(line.strip())), ""))
    names = (*header, *("" for _ in values[len(header) :]))
    pairs = zip(names, values, strict=False)
    return ";".join(f"{name}:{value}" if name else value for name, value in pairs if value)


def _caption(lines: Sequence[Line], start: int, header: int) -> tuple[int, str]:
    """Return where the table begins with its caption, and the caption: the line before, with 单位: too."""
    above = [index for index in range(start, header) if lines[index].content]
    while above and _COMMENT.match(lines[above[-1]].content):
        above.pop()
    parts: list[str] = []
    first = header
    for index in reversed(above[-2:]):
        content = lines[index].content
        is_unit = _UNIT.match(halve(content)) is not None
        if (parts and not _UNIT.match(halve(parts[-1]))) or not (is_unit or _is_caption(content)):
            break
        parts.append(content)
        first = index
    return first, " ".join(part.lstrip("#").strip().rstrip(":\uff1a") for part in reversed(parts))


def _is_caption(content: str) -> bool:
    half = halve(content)
    is_short = len(half) <= _MAX_CAPTION and not any(end in half for end in _SENTENCE_ENDS)
    return is_short and parse_marker(content) is None
