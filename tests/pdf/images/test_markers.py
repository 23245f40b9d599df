"""Numbers are set into a drawing where its points are, in the order of the key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leaflets.base.project import Project
from leaflets.content.drawings.points import MOST_POINTS, DrawingPoint, DrawingPoints, PointPlace
from leaflets.pdf.images.markers import DIGITS, with_markers
from leaflets.pdf.images.pictures import PictureError, picture
from tests.tools.articles import write

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path d="M0 0H9"/></svg>\n'
POINTS = DrawingPoints(
    marker=12,
    points=(
        DrawingPoint(id="knee", words="the knee", places=(PointPlace(at=(10, 20)), PointPlace(at=(30, 20)))),
        DrawingPoint(id="hip", words="the hip", places=(PointPlace(at=(50, 60), spot=(40, 61)),)),
    ),
)


def numbers(svg: str) -> list[tuple[int, float, float]]:
    """Each number with the middle of its disc."""
    found = re.findall(r'translate\(([\d.]+) ([\d.]+)\)[^>]*>\n<path d="([^"]+)"', svg)
    return [(DIGITS.index(path) + 1, float(x), float(y)) for x, y, path in found]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (("knee", "hip"), [(1, 10, 20), (1, 30, 20), (2, 50, 60)]),
        (("hip", "knee"), [(1, 50, 60), (2, 10, 20), (2, 30, 20)]),
        (("hip",), [(1, 50, 60)]),
    ],
)
def test_a_number_stands_at_each_place_of_its_point(
    key: tuple[str, ...], expected: list[tuple[int, float, float]]
) -> None:
    drawn = with_markers(SVG, POINTS, key)
    assert numbers(drawn) == expected
    assert drawn.startswith(SVG.removesuffix("</svg>\n"))
    assert drawn.endswith("</svg>\n")


def test_a_place_with_a_spot_has_a_line_from_there() -> None:
    assert 'd="M40 61L50 60"' in with_markers(SVG, POINTS, ("hip",))
    assert "L50" not in with_markers(SVG, POINTS, ("knee",))


def test_there_is_a_digit_for_each_point_that_a_key_can_name() -> None:
    assert len(set(DIGITS)) == MOST_POINTS


def test_the_address_of_a_picture_names_its_points(tmp_path: Path) -> None:
    points = "marker: 12\npoints: [{id: hip, words: the hip, places: [{at: [50, 60]}]}]\n"
    write(
        tmp_path,
        {"assets/drawings/legs.svg": SVG, "assets/drawings/bare.svg": SVG, "assets/drawings/legs.yaml": points},
    )
    made = Project(tmp_path, tmp_path)
    kind, body = picture(made, "asset:drawings/legs.svg?hip")
    assert kind == "image/svg+xml"
    assert numbers(body.decode()) == [(1, 50, 60)]
    assert picture(made, "asset:drawings/legs.svg")[1].decode() == SVG
    with pytest.raises(PictureError, match="its points are not declared"):
        picture(made, "asset:drawings/bare.svg?hip")
