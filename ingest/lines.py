"""The lines of a text with their offsets: what the clause tree is built from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vectorstore.models import ClauseKind


@dataclass(frozen=True)
class Line:
    """One line; `start` and `end` are offsets in the text (line end included), `content` is stripped."""

    start: int
    end: int
    content: str


@dataclass(frozen=True)
class Node:
    """A node of the clause tree before its text is cut out: it runs from `start` to the next node's start."""

    path: str
    kind: ClauseKind
    start: int
    heading_path: str
    heading: str = ""
    number: str | None = None


def split_lines(text: str) -> list[Line]:
    """Return all lines, blank ones too; their ranges cover the text."""
    lines = []
    start = 0
    for raw in text.splitlines(keepends=True):
        lines.append(Line(start, start + len(raw), raw.strip()))
        start += len(raw)
    return lines


def filled(lines: Sequence[Line], start: int = 0, end: int | None = None) -> Iterator[int]:
    """Yield the indices of the lines in a range that are not blank."""
    stop = len(lines) if end is None else end
    return (index for index in range(start, stop) if lines[index].content)
