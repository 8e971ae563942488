"""Recognition of text in pictures (OCR), loaded when the first picture comes; the door to rapidocr.

Its models lie in the package: nothing is fetched, and the process that reads has no network anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from ingest import messages
from ingest.errors import UnreadableFileError
from ingest.formats.glyphs import drop_controls, repair
from ingest.formats.layout import Piece
from ingest.formats.limits import ReadingLimits
from vectorstore.recognition import Recognition

_LEAST_SHOWN = 0.5
"""Confidence below which a line is noise and is left out (rapidocr's default): its text may say anything."""
_MAKES_SENSE = 0.75
"""Mean confidence below which a page is looked at from its other sides too."""
_WAVER = 0.25
"""Share of the usual type size by which the height of a recognised line wavers."""


@dataclass(frozen=True)
class Seen:
    """What was recognised on a picture; lengths in points of the picture."""

    width: float
    height: float
    pieces: tuple[Piece, ...]
    doubtful: tuple[str, ...]
    """Lines that were recognised with too little confidence."""
    illegible: int
    """Lines that were left out."""
    confidence: float
    """Mean confidence of the lines, weighted by their length; 0 to 1."""


@dataclass
class Recogniser:
    """Recognises the pictures of one file and keeps what a person must check."""

    name: str
    limits: ReadingLimits
    slow: Callable[[], None] = lambda: None
    """Called before a picture is recognised: reading takes longer from here on."""
    pages: int = 0
    _confidence: dict[int, float] = field(default_factory=dict)
    _doubtful: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _illegible: dict[int, int] = field(default_factory=dict)
    _blank: list[int] = field(default_factory=list)
    _skipped: list[int] = field(default_factory=list)

    def page(self, number: int, picture: Callable[[], Any]) -> Seen | None:
        """Return what stands on the picture of a page; None where no more pages are recognised.

        Raises:
            UnreadableFileError: recognition is not installed.
        """
        if self.pages >= self.limits.max_ocr_pages:
            self._skipped.append(number)
            return None
        self.slow()
        seen = _recognise(picture(), self.name, self.limits.ocr_flag_below)
        self.pages += 1
        if seen.pieces:
            self._confidence[number] = seen.confidence
        else:
            self._blank.append(number)
        if seen.doubtful:
            self._doubtful[number] = seen.doubtful
        if seen.illegible:
            self._illegible[number] = seen.illegible
        return seen

    def recognition(self) -> Recognition | None:
        """Return how surely the pages with a text were recognised, None where there are none."""
        if not self._confidence:
            return None
        return Recognition(
            pages=len(self._confidence),
            confidence=sum(self._confidence.values()) / len(self._confidence),
            doubtful=sum(map(len, self._doubtful.values())) + sum(self._illegible.values()),
        )

    def flags(self) -> list[str]:
        """Return what a person must check of the recognised pages."""
        flags = []
        if self._confidence:
            mean = sum(self._confidence.values()) / len(self._confidence)
            flags.append(messages.RECOGNISED.format(pages=self.pages, percent=f"{int(1000 * mean) / 10:g}"))
        for number, lines in self._doubtful.items():
            shown = "」「".join(line[:30] for line in lines[:3])
            flags.append(messages.DOUBTFUL.format(page=number, count=len(lines), lines=shown))
        for number, count in self._illegible.items():
            flags.append(messages.ILLEGIBLE.format(page=number, count=count))
        if self._blank:
            flags.append(messages.BLANK_PICTURES.format(pages=_listed(self._blank)))
        if self._skipped:
            line = messages.NOT_RECOGNISED.format(
                pages=_listed(self._skipped), limit=self.limits.max_ocr_pages
            )
            flags.append(line)
        return flags


def _listed(numbers: list[int]) -> str:
    return "、".join(map(str, numbers[:10])) + ("等" if len(numbers) > 10 else "")


def _recognise(picture: Any, name: str, flag_below: float) -> Seen:
    """Return what stands on a picture: an array of shape (height, width[, channels]), uint8.

    A page that makes little sense was perhaps put on the glass upside down, or sideways.
    """
    engine = _engine()
    if engine is None:
        raise UnreadableFileError(messages.NO_RECOGNITION.format(name=name))
    seen = _look(engine, picture, flag_below)
    for quarters in (2, 1, 3):
        if seen.confidence >= _MAKES_SENSE:
            break
        turned = _look(engine, np.ascontiguousarray(np.rot90(picture, quarters)), flag_below)
        seen = max(seen, turned, key=lambda one: one.confidence)
    return seen


def _look(engine: Any, picture: Any, flag_below: float) -> Seen:
    found = engine(picture)
    height, width = picture.shape[:2]
    rows = zip(found.boxes, found.txts, found.scores, strict=True) if found.txts else ()
    found_lines = [(box, drop_controls(repair(text)), float(score)) for box, text, score in rows]
    lines = [line for line in found_lines if line[2] >= _LEAST_SHOWN]
    letters = sum(len(text) for _, text, _ in lines) or 1
    return Seen(
        width=float(width),
        height=float(height),
        pieces=_evened([_piece(box, text) for box, text, _ in lines]),
        doubtful=tuple(text for _, text, score in lines if score < flag_below),
        illegible=len(found_lines) - len(lines),
        confidence=sum(score * len(text) for _, text, score in lines) / letters,
    )


def _piece(box: Any, text: str) -> Piece:
    across, down = [float(point[0]) for point in box], [float(point[1]) for point in box]
    top, bottom = min(down), max(down)
    return Piece(text, min(across), max(across), top, bottom, size=max(1.0, 0.85 * (bottom - top)))


def _evened(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces, those of about the usual height in one type size: heights of boxes waver."""
    if not pieces:
        return ()
    usual = median([piece.size for piece in pieces for _ in piece.text])
    return tuple(
        replace(piece, size=usual) if abs(piece.size - usual) < _WAVER * usual else piece for piece in pieces
    )


@cache
def _engine() -> Any:
    """Return the engine with the models of its package, None where it is not installed."""
    if find_spec("rapidocr") is None:
        return None
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.text_score": 0.0,
            "Global.use_cls": False,  # it turned upright lines of a clean page round, and they were lost
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def model_files() -> tuple[Path, ...]:
    """Return the models that lie in the package of the engine."""
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        return ()
    return tuple(sorted((Path(spec.origin).parent / "models").glob("*.onnx")))
