"""A page of a PDF -> pieces of text with their places, and what is drawn on it; the door to pdfium's text."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot, pi
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.formats.characters import Character, pieces_of
from ingest.formats.frame import Frame
from ingest.formats.glyphs import UNREADABLE, drop_controls, repair
from ingest.formats.grid import Ruling
from ingest.formats.layout import Piece
from ingest.formats.pdf_drawing import read_drawing

_LEVEL = 0.05
"""Turn of a character, in radians, off the quarters of a circle from which it stands askew."""


@dataclass(frozen=True)
class PdfPage:
    """What stands on a page, in points from its upper left corner as it is read."""

    width: float
    height: float
    pieces: tuple[Piece, ...]
    aside: tuple[Piece, ...]
    """Text that is turned by a quarter against the rest, each piece upright."""
    rulings: tuple[Ruling, ...]
    picture_share: float
    """Share of the page that its largest picture covers, 0 to 1."""
    askew: int
    """Characters that stand askew: watermarks, which are left out."""


def read_page(page: pdfium.PdfPage) -> PdfPage:
    """Return what stands on a page."""
    found = list(_characters(page))
    upright = [one for one in found if one is not None]
    turns = Counter(one.turn for one in upright if not one.text.isspace())
    turn = turns.most_common(1)[0][0] if turns else 0
    frame = _frame(page, turn)
    drawing = read_drawing(page, frame)
    return PdfPage(
        width=frame.width,
        height=frame.height,
        pieces=tuple(pieces_of([one for one in upright if one.turn == turn])),
        aside=tuple(
            piece
            for other in sorted(turns, key=lambda key: -turns[key])
            if other != turn
            for piece in pieces_of([one for one in upright if one.turn == other])
        ),
        rulings=drawing.rulings,
        picture_share=drawing.picture_share,
        askew=len(found) - len(upright),
    )


def _frame(page: pdfium.PdfPage, turn: int) -> Frame:
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, turn)


def _characters(page: pdfium.PdfPage) -> Iterator[Character | None]:
    """Yield the characters in the order of the file; None for one that stands askew."""
    frames = [_frame(page, turn) for turn in range(4)]
    text = page.get_textpage()
    try:
        for index in range(text.count_chars()):
            shown = _shown(text.raw, index)
            if shown:
                yield _character(text.raw, index, shown, frames)
    finally:
        text.close()


def _shown(text: Any, index: int) -> str:
    """Return a character as it is printed, '' for one that pdfium made up.

    Where the font does not say which character a code is, the code must not be told as one.
    """
    if raw.FPDFText_HasUnicodeMapError(text, index) == 1:
        return UNREADABLE
    code = raw.FPDFText_GetUnicode(text, index)
    if raw.FPDFText_IsGenerated(text, index) == 1 or not 0 < code <= 0x10FFFF or 0xD800 <= code < 0xE000:
        return ""
    if code == 0xFFFE or raw.FPDFText_IsHyphen(text, index) == 1:
        return "-"
    return drop_controls(repair(chr(code)))


def _character(text: Any, index: int, shown: str, frames: Sequence[Frame]) -> Character | None:
    angle = -raw.FPDFText_GetCharAngle(text, index) % (2 * pi)  # pdfium turns to the right
    turn = round(angle / (pi / 2)) % 4
    off = abs(angle - round(angle / (pi / 2)) * (pi / 2))
    if off > _LEVEL and not shown.isspace():
        return None
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, box)
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    frame = frames[turn]
    loose = frame.box(box.left, box.bottom, box.right, box.top)
    ink = frame.box(left.value, bottom.value, right.value, top.value)
    base = frame.box(x.value, y.value, x.value, y.value)
    size = _size(text, index) or max(1.0, loose.bottom - loose.top)
    return Character(shown, turn, loose.x0, loose.x1, ink.x0, ink.x1, loose.top, loose.bottom, base.top, size)


def _size(text: Any, index: int) -> float:
    """Return the type size of a character on the page, 0 where the file does not say it."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, index, matrix):
        return 0.0
    return float(raw.FPDFText_GetFontSize(text, index)) * hypot(matrix.c, matrix.d)
