"""Geometry of painted shapes: boxes, matrices, filled and stroked outlines, and point-in-shape tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from leaflets.check.readback.colours import Colour

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right and top, pt from the page's bottom left."""
Matrix = tuple[float, float, float, float, float, float]

NEAR = 1e-6
"""Sides nearer than this touch, pt."""
EVERYTHING: Box = (-1e9, -1e9, 1e9, 1e9)


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """The product of two matrices: applies `first`, then `then` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    k, l, m, n, o, p = then  # noqa: E741
    return (
        a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + o, e * l + f * n + p,
    )  # fmt: skip


def moved(point: Point, by: Matrix) -> Point:
    """Transform a point by a matrix."""
    x, y = point
    return (x * by[0] + y * by[2] + by[4], x * by[1] + y * by[3] + by[5])


def common(one: Box, other: Box) -> Box:
    """The intersection of two boxes; an `empty` box where they have none."""
    return (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))


def empty(box: Box) -> bool:
    """Whether a box has no area."""
    return box[0] >= box[2] or box[1] >= box[3]


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share an area; touching sides share none."""
    return (
        one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
        and not (empty(one) or empty(other))
    )


def within(inner: Box, outer: Box) -> bool:
    """Whether a box lies strictly inside another: it touches none of its sides."""
    return (
        outer[0] + NEAR < inner[0]
        and outer[1] + NEAR < inner[1]
        and inner[2] < outer[2] - NEAR
        and inner[3] < outer[3] - NEAR
    )


def around(points: Sequence[Point], by: float = 0.0) -> Box:
    """The bounding box of points, enlarged by `by` on each side."""
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return (min(xs) - by, min(ys) - by, max(xs) + by, max(ys) + by)


@dataclass(frozen=True, slots=True)
class Shape:
    """A painted shape: bounding box inside the clip, outline, and colour (None: it has not one colour).

    `order` is its number in painting order; `stroke_pt` is half the line width, pt, 0 for a filled shape.
    """

    order: int
    box: Box
    outline: tuple[tuple[Point, ...], ...]
    colour: Colour | None
    alpha: float
    stroke_pt: float = 0.0
    even_odd: bool = False
    artifact: bool = False
    picture: bool = False

    def covers(self, x: float, y: float) -> bool:
        """Whether the shape paints a point; the whole box of an image counts."""
        box = self.box
        if not (box[0] <= x <= box[2] and box[1] <= y <= box[3]):
            return False
        if self.picture:
            return True
        if self.stroke_pt:
            near = self.stroke_pt * self.stroke_pt
            return any(_distance(x, y, one, other) <= near for path in self.outline for one, other in pairwise(path))
        return _inside(x, y, self.outline, self.even_odd)

    def holds(self, box: Box) -> bool:
        """Whether the shape is an opaque upright rectangle with the whole box strictly inside."""
        if self.stroke_pt or self.picture or self.alpha < 1 or len(self.outline) != 1 or len(self.outline[0]) != 5:
            return False
        (x0, y0), (x1, y1), (x2, y2), (x3, y3), last = self.outline[0]
        upright = (x0 == x3 and x1 == x2 and y0 == y1 and y2 == y3) or (x0 == x1 and x2 == x3 and y0 == y3 and y1 == y2)
        if not upright or last != (x0, y0):
            return False
        edges = (min(x0, x2), min(y0, y2), max(x0, x2), max(y0, y2))
        return within(box, edges) and within(box, self.box)


def _distance(x: float, y: float, one: Point, other: Point) -> float:
    """Square of the distance of a point from a line segment."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((x - one[0]) * dx + (y - one[1]) * dy) / length)) if length else 0.0
    return (x - one[0] - along * dx) ** 2 + (y - one[1] - along * dy) ** 2


def _inside(x: float, y: float, outline: tuple[tuple[Point, ...], ...], even_odd: bool) -> bool:
    """Whether a point is inside an outline, by the nonzero winding or even-odd rule (ISO 32000-1, 8.5.3.3)."""
    winding = crossings = 0
    for path in outline:
        x0, y0 = path[-1]
        for x1, y1 in path:
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                crossings += 1
                winding += 1 if y1 > y0 else -1
            x0, y0 = x1, y1
    return bool(crossings % 2) if even_odd else bool(winding)
