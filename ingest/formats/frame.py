"""Where a point of a file lies on the page as it is read: quarter turns, matrices."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.formats.grid import Box

Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f: x' = a x + c y + e, y' = b x + d y + f."""
Point = tuple[float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Frame:
    """A page turned by quarters so that its text stands upright; the file counts from the lower left."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def width(self) -> float:
        """Return the width of the page as it is read."""
        return self.right - self.left if self.turn % 2 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        """Return the height of the page as it is read."""
        return self.top - self.bottom if self.turn % 2 == 0 else self.right - self.left

    def point(self, x: float, y: float) -> Point:
        """Return a point of the file from the upper left corner of the page as it is read."""
        right, down = x - self.left, self.top - y
        if self.turn == 1:
            return self.top - self.bottom - down, right
        if self.turn == 2:
            return self.right - self.left - right, self.top - self.bottom - down
        if self.turn == 3:
            return down, self.right - self.left - right
        return right, down

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a rectangle of the file on the page as it is read."""
        (x0, y0), (x1, y1) = self.point(left, top), self.point(right, bottom)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies first the inner, then the outer one."""
    a, b, c, d, e, f = inner
    (e2, f2), (ex, fx) = put((e, f), outer), (outer[4], outer[5])
    (a2, b2), (c2, d2) = put((a, b), outer), put((c, d), outer)
    return a2 - ex, b2 - fx, c2 - ex, d2 - fx, e2, f2


def put(point: Point, matrix: Matrix) -> Point:
    """Return where a matrix puts a point."""
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
