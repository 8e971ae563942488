"""A page of an OFD file (GB/T 33190) -> characters with their places and the rulings drawn on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import atan2, hypot, pi
from xml.etree.ElementTree import Element

from ingest.formats.characters import Character, pieces_of
from ingest.formats.frame import SAME, Frame, Matrix, Point, put
from ingest.formats.glyphs import drop_controls, repair
from ingest.formats.grid import Ruling, lines_with_tables, rulings_of
from ingest.formats.layout import Line, Page, arrange, is_wide
from ingest.formats.xml import child, children, descendants, local_name

POINT = 25.4 / 72
"""A point in millimetres, the unit of OFD."""
_LEVEL = 0.05
"""Turn of a character, in radians, off the quarters of a circle from which it stands askew."""
_MOST_NUMBERS = 200_000
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_DRAWN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_FARTHEST, _NEAREST = 1e6, 1e-9
"""Millimetres."""
_POINTS_OF = {"S": 1, "M": 1, "L": 1, "Q": 2, "B": 3}


@dataclass
class OfdPage:
    """What stands on a page, in millimetres from its upper left corner."""

    width: float
    height: float
    characters: list[Character] = field(default_factory=list)
    outlines: list[Sequence[Point]] = field(default_factory=list)
    askew: int = 0
    """Characters that stand askew: watermarks, which are left out."""
    hidden: int = 0
    """Characters that the file does not show."""

    def laid_out(self, number: int) -> Page:
        """Return the page's lines in reading order; text turned against the rest comes last."""
        turns = Counter(one.turn for one in self.characters if not one.text.isspace())
        turn = turns.most_common(1)[0][0] if turns else 0
        frame = Frame(0.0, 0.0, self.width, self.height, turn)
        lines: list[Line] = []
        for other, _ in turns.most_common():
            pieces = list(pieces_of([one for one in self.characters if one.turn == other]))
            rulings = self._rulings(frame) if other == turn else []
            lines += (
                lines_with_tables(pieces, rulings, POINT) if other == turn else arrange(pieces, len(lines))
            )
        return Page(number, frame.width, frame.height, tuple(lines))

    def _rulings(self, frame: Frame) -> list[Ruling]:
        turned = [[frame.point(x, self.height - y) for x, y in outline] for outline in self.outlines]
        return rulings_of(turned, stroked=True, unit=POINT)


def page_box(*elements: Element | None) -> tuple[float, float]:
    """Return the width and height that the first of some elements with a page area gives; A4 otherwise."""
    for element in elements:
        box = child(element, "PhysicalBox")
        numbers = _numbers(box.text or "") if box is not None else []
        if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0:
            return numbers[2], numbers[3]
    return 210.0, 297.0


def add_content(page: OfdPage, root: Element) -> None:
    """Add what a page, or the template of one, shows."""
    for element in _shown(root):
        kind = local_name(element)
        if kind == "TextObject":
            _add_text(page, element)
        elif kind == "PathObject":
            page.outlines += _outlines(element)


def _shown(root: Element) -> Iterator[Element]:
    """Yield the text and path objects of a page's layers in order, without those marked as not visible."""
    waiting = [one for one in root if local_name(one) == "Content"][::-1] or [root]
    while waiting:
        element = waiting.pop()
        if element.get("Visible", "true").strip().lower() == "false":
            continue
        if local_name(element) in ("TextObject", "PathObject"):
            yield element
        elif local_name(element) in ("Content", "Layer", "PageBlock", local_name(root)):
            waiting += list(element)[::-1]


def _add_text(page: OfdPage, element: Element) -> None:
    """Add the characters of a text object."""
    matrix, boundary = _matrix(element), _numbers(element.get("Boundary", ""))
    origin = (boundary[0], boundary[1]) if len(boundary) == 4 else (0.0, 0.0)
    size = (_numbers(element.get("Size", "")) or [3.0])[0]
    along = atan2(matrix[1], matrix[0])
    quarter = round(along / (pi / 2))
    is_askew = abs(along - quarter * (pi / 2)) > _LEVEL
    is_hidden = _is_clipped_away(element)
    frame = Frame(0.0, 0.0, page.width, page.height, -quarter % 4)
    scale = hypot(matrix[0], matrix[1]) or 1.0
    for code in children(element, "TextCode"):
        for place in _placed(code, size):
            shown = drop_controls(repair(place.text))
            if not shown:
                continue
            if is_askew or is_hidden:
                page.askew += is_askew and not shown.isspace()
                page.hidden += is_hidden and not is_askew and not shown.isspace()
                continue
            x, y = put((place.x, place.y), matrix)
            left, base = frame.point(origin[0] + x, page.height - origin[1] - y)
            page.characters.append(
                _character(shown, frame.turn, left, base, place.width * scale, size * scale)
            )


def _character(text: str, turn: int, left: float, base: float, width: float, size: float) -> Character:
    return Character(
        text=text, turn=turn, x0=left, x1=left + width, ink0=left, ink1=left + width,
        top=base - 0.88 * size, bottom=base + 0.12 * size, base=base, size=max(size, 0.1),
    )  # fmt: skip


@dataclass(frozen=True)
class _Place:
    text: str
    x: float
    y: float
    width: float


def _placed(code: Element, size: float) -> Iterator[_Place]:
    """Yield the characters of a text code with the places that its deltas give, in the object's own space.

    A delta is the step from one character to the next; where deltas run out the last one holds on (as
    files that give but one step mean it), where there are none the step is a square, or half of one.
    """
    text = code.text or ""
    x, y = (_numbers(code.get("X", "")) or [0.0])[0], (_numbers(code.get("Y", "")) or [0.0])[0]
    across, down = _steps(code.get("DeltaX", "")), _steps(code.get("DeltaY", ""))
    for index, letter in enumerate(text):
        natural = size if is_wide(letter) else 0.5 * size
        step = _step(across, index, 0.0 if down else natural)
        yield _Place(letter, x, y, step if 0 < step <= size else natural)
        x += step
        y += _step(down, index, 0.0)


def _step(steps: Sequence[float], index: int, otherwise: float) -> float:
    if not steps:
        return otherwise
    return steps[min(index, len(steps) - 1)]


def _steps(written: str) -> list[float]:
    """Return the steps of a delta, `g 3 2.5` written out as three steps of 2.5."""
    steps: list[float] = []
    parts = written.split()
    place = 0
    while place < len(parts) and len(steps) < _MOST_NUMBERS:
        if parts[place] in ("g", "G") and place + 2 < len(parts):
            times, step = _numbers(parts[place + 1]), _numbers(parts[place + 2])
            if times and step:
                steps += step * max(0, min(int(times[0]), _MOST_NUMBERS - len(steps)))
            place += 3
        else:
            steps += _numbers(parts[place])[:1]
            place += 1
    return steps


def _is_clipped_away(element: Element) -> bool:
    """Tell whether the object is cut to an area of no size: it is not shown."""
    for clips in children(element, "Clips"):
        for path in descendants(clips, "Path"):
            box = _numbers(path.get("Boundary", ""))
            if len(box) == 4 and (box[2] == 0 or box[3] == 0):
                return True
    return False


def _outlines(element: Element) -> list[Sequence[Point]]:
    """Return the corners of a path's outlines on the page; curves end an outline."""
    if element.get("Stroke", "true").strip().lower() == "false" and not element.get("Fill"):
        return []
    matrix, boundary = _matrix(element), _numbers(element.get("Boundary", ""))
    origin = (boundary[0], boundary[1]) if len(boundary) == 4 else (0.0, 0.0)
    data = child(element, "AbbreviatedData")
    outlines: list[list[Point]] = []
    for command, points in _commands((data.text or "") if data is not None else ""):
        if command == "C" and outlines:
            outlines[-1].append(outlines[-1][0])
        elif points:
            x, y = put(points[-1], matrix)
            point = (origin[0] + x, origin[1] + y)
            if command == "L" and outlines:
                outlines[-1].append(point)
            else:
                outlines.append([point])
    return [outline for outline in outlines if len(outline) > 1]


def _commands(data: str) -> Iterator[tuple[str, list[Point]]]:
    """Yield the drawing commands of a path with their points."""
    command = ""
    numbers: list[float] = []
    for token in _DRAWN.findall(data[: 20 * _MOST_NUMBERS]):
        if token.isalpha():
            command, numbers = token.upper(), []
            if command == "C":
                yield command, []
            continue
        numbers.append(_length(token))
        if len(numbers) == 2 * _POINTS_OF.get(command, 0):
            yield command, list(zip(numbers[::2], numbers[1::2], strict=True))
            numbers = []


def _matrix(element: Element) -> Matrix:
    numbers = _numbers(element.get("CTM", ""))
    if len(numbers) != 6:
        return SAME
    return numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]


def _numbers(written: str) -> list[float]:
    return [_length(one) for one in _NUMBER.findall(written[:2000])]


def _length(written: str) -> float:
    """Return a number as far as pages have such, so that no reckoning with it leaves the finite ones."""
    number = float(written)
    return 0.0 if abs(number) < _NEAREST else max(-_FARTHEST, min(_FARTHEST, number))
