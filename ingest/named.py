"""The titles of documents in 《》 that a text names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """A title in 《》: offsets of the brackets in its sentence, and the title between them."""

    start: int
    end: int
    title: str


def find_named(text: str) -> Iterator[Named]:
    """Yield the outermost titles in 《》; a bracket that never closes is no title."""
    depth, start = 0, 0
    for position, character in enumerate(text):
        if character == "《":
            start = position if depth == 0 else start
            depth += 1
        elif character == "》" and depth:
            depth -= 1
            if depth == 0:
                yield Named(start, position + 1, text[start + 1 : position])
