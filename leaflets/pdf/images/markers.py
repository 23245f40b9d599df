"""Numbers on a drawing: a disc with a digit at each place of a point. The digits are drawn; a drawing has no fonts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leaflets.content.drawings.points import DrawingPoint, DrawingPoints, PointPlace

INK, PAPER = "#0b4a5a", "#ffffff"
DIGITS = (
    "M-6.5 -7.5L1 -11.4V11.4M-6.6 11.4H8",
    "M-7 -6.2C-7 -10 -4 -11.6 -.2 -11.6C4 -11.6 6.8 -9 6.8 -5.4C6.8 -2 4.6 .2 1.6 3L-7 11.4H7.6",
    "M-6.4 -9C-5 -10.8 -2.6 -11.6 0 -11.6C4 -11.6 6.4 -9.4 6.4 -6.2C6.4 -2.8 3.6 -.8 -1.4 -.8C4 -.8 7 1.6 7 5.4"
    "C7 9.2 4 11.6 -.2 11.6C-3 11.6 -5.6 10.6 -7 8.6",
    "M3.6 11.4V-11.4L-7.6 5.4H8",
    "M6 -11.4H-5L-6 -1C-4.4 -2.6 -2.4 -3.4 0 -3.4C4 -3.4 7 -.4 7 4C7 8.4 4 11.6 -.4 11.6C-3.2 11.6 -5.6 10.6 -7 8.8",
    "M5 -11.4C-2 -9.6 -6.8 -3.4 -6.8 4C-6.8 8.6 -3.8 11.6 0 11.6C3.9 11.6 6.8 8.6 6.8 4.4C6.8 .2 3.9 -2.6 .2 -2.6"
    "C-3.2 -2.6 -6 -.4 -6.7 3",
    "M-7 -11.4H7C2.4 -5 -.8 2.8 -2 11.4",
    "M0 -1C-3.4 -1 -5.9 -3.2 -5.9 -6.3C-5.9 -9.4 -3.4 -11.6 0 -11.6C3.4 -11.6 5.9 -9.4 5.9 -6.3C5.9 -3.2 3.4 -1 0 -1"
    "C-4 -1 -6.9 1.6 -6.9 5.3C-6.9 9 -4 11.6 0 11.6C4 11.6 6.9 9 6.9 5.3C6.9 1.6 4 -1 0 -1",
    "M-5 11.4C2 9.6 6.8 3.4 6.8 -4C6.8 -8.6 3.8 -11.6 0 -11.6C-3.9 -11.6 -6.8 -8.6 -6.8 -4.4C-6.8 -.2 -3.9 2.6 -.2 2.6"
    "C3.2 2.6 6 .4 6.7 -3",
)
"""Paths of the digits 1 to 9 in a box of 14 by 23 units round the origin, for a disc of DISC units."""
DISC = 23.6
STROKE, THIN, THICK = 5.6, 4, 9
"""Widths of the digits' strokes, and of a leading line and the white under it."""


def with_markers(svg: str, points: DrawingPoints, ids: Sequence[str]) -> str:
    """A drawing with the numbers 1, 2, ... at the points `ids`. KeyError for an id that the drawing does not declare,
    which `resolve` has reported before."""
    found = {point.id: point for point in points.points}
    drawn = "\n".join(
        line for number, id_ in enumerate(ids) for line in _point(found[id_], DIGITS[number], points.marker)
    )
    before, end, after = svg.rpartition("</svg>")
    return f"{before}{drawn}\n{end}{after}"


def _point(point: DrawingPoint, digit: str, radius: float) -> Iterator[str]:
    for place in point.places:
        yield from _leading_line(place, radius)
        yield from _disc(place.at, radius, radius / 6)
        x, y = place.at
        yield f'<g transform="translate({x:g} {y:g}) scale({radius / DISC:.2f})">'
        yield f'<path d="{digit}" fill="none" stroke="{PAPER}" stroke-width="{STROKE}" {_ROUND}/>'
        yield "</g>"


_ROUND = 'stroke-linecap="round" stroke-linejoin="round"'


def _leading_line(place: PointPlace, radius: float) -> Iterator[str]:
    """A line from the place itself to its number, with a dot at the place."""
    if place.spot is None:
        return
    (x, y), (to_x, to_y) = place.spot, place.at
    for colour, width in ((PAPER, THICK), (INK, THIN)):
        stroke = f'fill="none" stroke="{colour}" stroke-width="{width * radius / DISC:.2f}" {_ROUND}'
        yield f'<path d="M{x:g} {y:g}L{to_x:g} {to_y:g}" {stroke}/>'
    yield from _disc(place.spot, radius / 4, radius / 10)


def _disc(at: tuple[float, float], radius: float, edge: float) -> Iterator[str]:
    x, y = at
    for size, colour in ((radius + edge, PAPER), (radius, INK)):
        yield f'<circle cx="{x:g}" cy="{y:g}" r="{size:.4g}" fill="{colour}" stroke="none"/>'
