"""Points that drawings declare."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.drawings.points import marked_address, read_points
from tests.tools.articles import printed, write
from tests.tools.some import some

SHIPPED = Project()
DRAWINGS = SHIPPED.names("assets/drawings", ".svg")


def points_of(drawing: str) -> list[tuple[float, float]]:
    diagnostics = Diagnostics()
    points = read_points(SHIPPED, drawing, diagnostics)
    assert printed(diagnostics) == ""
    return [place.at for point in points.points for place in point.places] if points else []


def test_the_maps_of_the_shipped_drawings_have_points_and_the_blank_ones_none() -> None:
    assert {name for name in DRAWINGS if points_of(name)} == {"body-front-back", "legs-front-back"}


def test_every_number_stands_inside_its_drawing() -> None:
    for drawing in some(name for name in DRAWINGS if points_of(name)):
        box = re.search(r'viewBox="([^"]+)"', SHIPPED.read_text(f"assets/drawings/{drawing}.svg"))
        assert box is not None
        left, top, width, height = (float(number) for number in box[1].split())
        points = read_points(SHIPPED, drawing, Diagnostics())
        assert points is not None
        edge = points.marker
        for x, y in some(points_of(drawing)):
            assert left + edge < x < left + width - edge
            assert top + edge < y < top + height - edge
        assert 0.053 < points.marker / width < 0.056  # as large as assets/README.md says


def test_no_shipped_drawing_has_numbers_of_its_own() -> None:
    for drawing in some(DRAWINGS):
        assert "#0b4a5a" not in SHIPPED.read_text(f"assets/drawings/{drawing}.svg")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "marker: 5\n",
            "hand.yaml:1:1: error: the key “points” is missing [missing-key]\n  hint: write “points: …” there\n",
        ),
        (
            "marker: 0\npoints:\n  - {id: a, words: b, places: [{at: [1]}]}\n",
            "hand.yaml:1:9: error: marker: “0” is too little, it has to be more than 0 [wrong-value]\n"
            "hand.yaml:3:37: error: “at” has too few entries [wrong-value]\n",
        ),
    ],
)
def test_a_faulty_declaration_is_told_at_its_place(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, {"assets/drawings/hand.yaml": text})
    diagnostics = Diagnostics()
    assert read_points(Project(tmp_path, tmp_path), "hand", diagnostics) is None
    assert printed(diagnostics).replace(f"{tmp_path}/assets/drawings/", "") == said


def test_a_drawing_without_a_key_has_its_plain_address() -> None:
    assert marked_address("hand", ()) == "asset:drawings/hand.svg"
    assert marked_address("hand", ("thumb", "palm")) == "asset:drawings/hand.svg?thumb,palm"
