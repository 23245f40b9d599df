"""Geometry of what is painted: matrices, boxes, outlines, and which shape holds a box."""

from __future__ import annotations

from itertools import product

import pytest

from leaflets.check.readback.geometry import (
    Box,
    Matrix,
    Point,
    Shape,
    around,
    common,
    empty,
    moved,
    multiply,
    overlap,
    within,
)

TURNED: Matrix = (0.6, 0.8, -0.8, 0.6, 5.0, -3.0)
SHEARED: Matrix = (2.0, 0.5, 0.25, 3.0, -7.0, 11.0)
MIRRORED: Matrix = (-1.0, 0.0, 0.0, 1.0, 40.0, 2.0)


@pytest.mark.parametrize(("first", "then"), list(product((TURNED, SHEARED, MIRRORED), repeat=2)))
def test_a_product_of_matrices_does_one_after_the_other(first: Matrix, then: Matrix) -> None:
    for point in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (3.0, -4.0)):
        assert moved(point, multiply(first, then)) == pytest.approx(moved(moved(point, first), then))


def test_a_point_is_moved_as_pdf_says() -> None:
    """ISO 32000-2, 8.3.3: x' = ax + cy + e, y' = bx + dy + f."""
    assert moved((2.0, 3.0), (5.0, 7.0, 11.0, 13.0, 17.0, 19.0)) == (2 * 5 + 3 * 11 + 17, 2 * 7 + 3 * 13 + 19)


MIDDLE: Box = (10.0, 20.0, 30.0, 50.0)


@pytest.mark.parametrize(
    ("other", "both"),
    [
        ((0, 0, 100, 100), True),
        ((12, 22, 14, 24), True),
        ((29, 49, 60, 70), True),
        ((0, 0, 11, 21), True),
        ((30, 20, 40, 50), False),  # these four touch one side each
        ((0, 20, 10, 50), False),
        ((10, 50, 30, 60), False),
        ((10, 0, 30, 20), False),
        ((31, 20, 40, 50), False),  # and these stand apart on one side each
        ((0, 20, 9, 50), False),
        ((10, 51, 30, 60), False),
        ((10, 0, 30, 19), False),
        ((15, 30, 15, 40), False),  # without width, without height, turned inside out
        ((15, 30, 25, 30), False),
        ((25, 30, 15, 40), False),
        ((15, 40, 25, 30), False),
    ],
)
def test_boxes_overlap_when_they_have_an_area_in_common(other: Box, both: bool) -> None:
    assert overlap(MIDDLE, other) is both
    assert overlap(other, MIDDLE) is both
    assert empty(common(MIDDLE, other)) is not both


def test_a_box_lies_within_another_when_it_touches_no_side() -> None:
    assert within((11, 21, 29, 49), MIDDLE)
    for side in range(4):
        touching = [11.0, 21.0, 29.0, 49.0]
        touching[side] = MIDDLE[side]
        assert not within((touching[0], touching[1], touching[2], touching[3]), MIDDLE)


def shape(outline: tuple[Point, ...], *others: tuple[Point, ...], even_odd: bool = False, alpha: float = 1.0) -> Shape:
    """A filled shape with its outlines as they are, seen wholly."""
    points = [point for path in (outline, *others) for point in path]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return Shape(1, (min(xs), min(ys), max(xs), max(ys)), (outline, *others), (0.0, 0.0, 0.0), alpha, 0.0, even_odd)


GRID = [(x + 0.5, y + 0.25) for x in range(-12, 13) for y in range(-12, 13)]


@pytest.mark.parametrize("at", [(0.0, 0.0), (2.0, -3.0)])
def test_a_slanted_outline_covers_what_lies_inside(at: Point) -> None:
    """A diamond: the points nearer to its middle than 9, counted along the axes."""
    x, y = at
    diamond = shape(((x + 9, y), (x, y + 9), (x - 9, y), (x, y - 9)))
    covered = [point for point in GRID if diamond.covers(*point)]
    assert covered == [point for point in GRID if abs(point[0] - x) + abs(point[1] - y) < 9]
    assert len(covered) > 100


@pytest.mark.parametrize("turned", [False, True])
def test_a_triangle_covers_one_side_of_its_long_edge(turned: bool) -> None:
    corners: tuple[Point, ...] = ((-10.0, -10.0), (10.0, -10.0), (-10.0, 4.0))
    triangle = shape(corners[::-1] if turned else corners)
    for x, y in GRID:
        inside = x > -10 and y > -10 and (y + 10) / 14 + (x + 10) / 20 < 1
        assert triangle.covers(x, y) is inside, (x, y)


def test_a_hole_is_one_by_the_even_odd_rule_or_when_it_runs_the_other_way() -> None:
    outer: tuple[Point, ...] = ((0, 0), (12, 4), (8, 16), (-4, 12))
    inner: tuple[Point, ...] = ((3, 5), (7, 6), (6, 10), (2, 9))
    at, beside = (4.5, 7.5), (1.0, 2.0)
    for found, hole in (
        (shape(outer, inner), False),
        (shape(outer, inner[::-1]), True),
        (shape(outer, inner, even_odd=True), True),
    ):
        assert found.covers(*at) is not hole
        assert found.covers(*beside)


def rectangle(start: int, clockwise: bool) -> tuple[Point, ...]:
    """The outline of `MIDDLE` from one of its corners, closed."""
    left, bottom, right, top = MIDDLE
    corners: list[Point] = [(left, bottom), (right, bottom), (right, top), (left, top)]
    corners = corners[start:] + corners[:start]
    if clockwise:
        corners = [corners[0], *corners[:0:-1]]
    return (*corners, corners[0])


EVERY_WAY = [(start, clockwise) for start in range(4) for clockwise in (False, True)]


@pytest.mark.parametrize(("start", "clockwise"), EVERY_WAY)
def test_an_upright_rectangle_holds_a_box_wherever_its_outline_begins(start: int, clockwise: bool) -> None:
    found = shape(rectangle(start, clockwise))
    assert found.holds((11, 21, 29, 49))
    for side, beyond in enumerate((9.0, 19.0, 31.0, 51.0)):
        larger = [11.0, 21.0, 29.0, 49.0]
        larger[side] = beyond
        assert not found.holds((larger[0], larger[1], larger[2], larger[3]))


@pytest.mark.parametrize(("start", "clockwise"), EVERY_WAY)
@pytest.mark.parametrize("corner", range(5))
@pytest.mark.parametrize("axis", [0, 1])
def test_an_outline_with_one_corner_elsewhere_is_no_upright_rectangle(
    start: int, clockwise: bool, corner: int, axis: int
) -> None:
    points = [list(point) for point in rectangle(start, clockwise)]
    points[corner][axis] += 0.5
    outline = tuple((point[0], point[1]) for point in points)
    assert not shape(outline).holds((15, 25, 20, 30))


def test_what_is_not_opaque_or_partly_seen_or_of_two_outlines_holds_nothing() -> None:
    outline, inside = rectangle(0, False), (15.0, 25.0, 20.0, 30.0)
    whole = shape(outline)
    assert whole.holds(inside)
    assert not shape(outline, alpha=0.99).holds(inside)
    assert not shape(outline, outline).holds(inside)
    assert not shape(outline[:4]).holds(inside)
    clipped = (12.0, 22.0, 18.0, 48.0)
    assert not Shape(1, clipped, (outline,), (0.0, 0.0, 0.0), 1.0).holds(inside)
    assert not Shape(1, whole.box, (outline,), (0.0, 0.0, 0.0), 1.0, stroke_pt=1.0).holds(inside)
    assert not Shape(1, whole.box, (outline,), (0.0, 0.0, 0.0), 1.0, picture=True).holds(inside)


@pytest.mark.parametrize(
    ("x", "y", "near"), [(5, 6.9, True), (5, 7.1, False), (-1.9, 5, True), (-2.1, 5, False), (11.4, 6.4, True)]
)
def test_a_line_covers_what_is_as_near_as_half_its_width(x: float, y: float, near: bool) -> None:
    line = Shape(1, (-5, 0, 15, 10), (((0.0, 5.0), (10.0, 5.0)),), (0.0, 0.0, 0.0), 1.0, stroke_pt=2.0)
    assert line.covers(x, y) is near


@pytest.mark.parametrize("along", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("off", [-2.1, -1.9, 1.9, 2.1])
def test_a_slanted_line_covers_what_is_near_it_on_both_sides(along: float, off: float) -> None:
    """From (2, 1) to (10, 7); at right angles to it lies (-0.6, 0.8)."""
    line = Shape(1, (-5, -5, 15, 15), (((2.0, 1.0), (10.0, 7.0)),), (0.0, 0.0, 0.0), 1.0, stroke_pt=2.0)
    assert line.covers(2 + 8 * along - 0.6 * off, 1 + 6 * along + 0.8 * off) is (abs(off) < 2)
    assert line.covers(2 - 0.8 * off, 1 - 0.6 * off) is (off < 2)  # on the line itself, before its beginning


def test_a_picture_covers_its_box_with_the_edges_and_nothing_else() -> None:
    picture = Shape(1, MIDDLE, (), None, 1.0, picture=True)
    left, bottom, right, top = MIDDLE
    assert all(picture.covers(x, y) for x, y in product((left, 20.0, right), (bottom, 30.0, top)))
    for x, y in ((left - 1, 30.0), (right + 1, 30.0), (20.0, bottom - 1), (20.0, top + 1)):
        assert not picture.covers(x, y)


def test_a_box_around_points_is_wider_on_each_side() -> None:
    assert around([(3.0, 4.0), (-1.0, 9.0), (2.0, 5.0)]) == (-1, 4, 3, 9)
    assert around([(3.0, 4.0), (-1.0, 9.0)], 0.5) == (-1.5, 3.5, 3.5, 9.5)
