"""Characters with their places -> pieces of text: doubles dropped, blanks where words part."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.formats.layout import Piece, is_wide

_PIECE_GAP = 0.9
"""Gap, as a share of the type size, that ends a piece of text."""
_BLANK = 0.13
"""Gap beside a Chinese character, as a share of the type size, below which a blank in it is none."""
_UNDER = 0.1
"""How far, as a share of the type size, a blank may begin under the letter before it: one further in stands
for the second half of a ligature (ﬁ), which was written out."""
_LETTER_GAP = 0.2
"""Gap between two Latin letters, as a share of the type size, that is a blank though the file has none."""

_OVER = 0.35
"""How far two prints of one character may lie apart, as a share of its width."""


@dataclass(frozen=True)
class Character:
    """A character on a page; `ink0` and `ink1` bound what is printed, `x0` and `x1` the room it takes."""

    text: str
    turn: int
    """Quarters of a circle to the left by which it is turned, 0 to 3."""
    x0: float
    x1: float
    ink0: float
    ink1: float
    top: float
    bottom: float
    base: float
    size: float


def _once(characters: Sequence[Character]) -> Iterator[Character]:
    """Yield the characters without those printed again over themselves to look bold."""
    printed: dict[tuple[str, int, int], list[Character]] = defaultdict(list)
    for one in characters:
        across, down = int(one.ink0 / one.size), int(one.base / one.size)
        near = [(one.text, across + dx, down + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        if one.text.isspace() or not any(
            _covers(one, other) for key in near for other in printed.get(key, ())
        ):
            printed[one.text, across, down].append(one)
            yield one


def _covers(one: Character, other: Character) -> bool:
    """Tell whether two equal characters lie on each other; the two of 11 stand a whole width apart."""
    slack = _OVER * max(min(one.x1 - one.x0, other.x1 - other.x0), 0.1 * one.size)
    return abs(one.ink0 - other.ink0) < slack and abs(one.base - other.base) < slack


def pieces_of(characters: Sequence[Character]) -> Iterator[Piece]:
    """Yield the characters that follow each other on a line as pieces, in the order of the file."""
    run: list[Character] = []
    text, blank = "", False
    for one in _once(characters):
        if one.text.isspace():
            blank = blank or not run or one.x0 > run[-1].ink1 - _UNDER * one.size
            continue
        if run and not _follows(run[-1], one):
            yield _piece(run, text)
            run, text = [], ""
        if run and _is_parted(run[-1], one, blank):
            text += " "
        run.append(one)
        text += one.text
        blank = False
    if run:
        yield _piece(run, text)


def _follows(before: Character, after: Character) -> bool:
    size = max(before.size, after.size)
    gap = after.x0 - before.x1
    return abs(after.base - before.base) < 0.35 * size and -0.6 * size < gap < _PIECE_GAP * size


def _is_parted(before: Character, after: Character, blank: bool) -> bool:
    """Tell whether a blank stands between two characters: one of the file, or a gap as wide.

    Between Chinese characters files often hold blanks of no width.
    """
    size = max(before.size, after.size)
    if is_wide(before.text[-1]) or is_wide(after.text[0]):
        return blank and after.ink0 - before.ink1 > _BLANK * size
    return blank or after.x0 - before.x1 > _LETTER_GAP * size


def _piece(run: Sequence[Character], text: str) -> Piece:
    widest = max(0.1, Counter(round(one.size, 1) for one in run).most_common(1)[0][0])
    return Piece(
        text=text,
        x0=min(one.x0 for one in run),
        x1=max(one.x1 for one in run),
        top=run[0].base - 0.88 * widest,
        bottom=run[0].base + 0.12 * widest,
        size=widest,
    )
