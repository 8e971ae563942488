"""What is drawn on a page of a PDF: rulings of tables, and how much of it a picture covers."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.formats.frame import SAME, Frame, Matrix, Point, put, times
from ingest.formats.grid import Box, Ruling, rulings_of

_DEEPEST_FORM = 3
_MOST_OBJECTS = 50_000
_MOST_SEGMENTS = 4_000


@dataclass(frozen=True)
class Drawing:
    """The rulings of a page and the share of it that its largest picture covers."""

    rulings: tuple[Ruling, ...]
    picture_share: float


def read_drawing(page: pdfium.PdfPage, frame: Frame) -> Drawing:
    """Return what is drawn on a page."""
    rulings: list[Ruling] = []
    largest = 0.0
    for count, (item, matrix) in enumerate(_objects(page)):
        if count >= _MOST_OBJECTS:
            break
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            rulings += _path_rulings(item, matrix, frame)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE and (box := _bounds(item, matrix, frame)):
            largest = max(largest, (box.x1 - box.x0) * (box.bottom - box.top))
    return Drawing(tuple(rulings), min(1.0, largest / max(1.0, frame.width * frame.height)))


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[Any, Matrix]]:
    """Yield the objects of a page, those of its forms too, with the matrix that puts them on the page."""
    waiting = [
        (raw.FPDFPage_GetObject(page.raw, index), SAME, 0)
        for index in range(raw.FPDFPage_CountObjects(page.raw))
    ][::-1]
    while waiting:
        item, matrix, depth = waiting.pop()
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
            yield item, matrix
        elif depth < _DEEPEST_FORM:
            own = times(_matrix_of(item), matrix)
            count = raw.FPDFFormObj_CountObjects(item)
            waiting += [
                (raw.FPDFFormObj_GetObject(item, index), own, depth + 1)
                for index in range(min(count, _MOST_OBJECTS))
            ][::-1]


def _matrix_of(item: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _bounds(item: Any, matrix: Matrix, frame: Frame) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    corners = [put((x.value, y.value), matrix) for x in (left, right) for y in (bottom, top)]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return frame.box(min(across), min(up), max(across), max(up))


def _path_rulings(item: Any, matrix: Matrix, frame: Frame) -> list[Ruling]:
    """Return the rulings of a path: stroked straight lines, and filled rectangles as thin as a line."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value and not stroke.value:
        return []
    outlines = _outlines(item, times(_matrix_of(item), matrix), frame)
    return rulings_of(outlines, bool(stroke.value), unit=1.0)


def _outlines(item: Any, matrix: Matrix, frame: Frame) -> list[list[Point]]:
    """Return the corners of a path's outlines, closed ones with the first again; curves part them."""
    outlines: list[list[Point]] = []
    for index in range(min(raw.FPDFPath_CountSegments(item), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = frame.point(*put((x.value, y.value), matrix))
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO and outlines:
            outlines[-1].append(point)
        else:
            outlines.append([point])
        if raw.FPDFPathSegment_GetClose(segment):
            outlines[-1].append(outlines[-1][0])
    return [outline for outline in outlines if len(outline) > 1]
