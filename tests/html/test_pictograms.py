"""Pictograms: each is drawn by the rules of assets/pictograms/README.md, and has its words there."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

FOLDER = Path(__file__).parents[2] / "assets" / "pictograms"
FILES = {path.stem: path for path in sorted(FOLDER.glob("*.svg"))}
README = (FOLDER / "README.md").read_text(encoding="utf-8")
ROWS = {
    name: (said, alternative, rtl)
    for name, said, alternative, rtl in re.findall(r"^\| `([a-z0-9-]+)` \| (.+?) \| (.+?) \| ?(.*?) ?\|$", README, re.M)
}
COLOURS = {"#14181b", "#c8dbe0", "#ffffff", "#0b4a5a", "#9c2310", "none"}
DRAWN = {"svg", "title", "g", "path", "circle", "ellipse", "rect", "line"}
SHAPE = {"d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "transform"}
PAINT = {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray"}


def test_each_has_a_row_with_what_it_says_and_an_alternative_text() -> None:
    plain = {name for name in FILES if not name.endswith("-rtl")}
    assert set(ROWS) == plain
    assert {name for name, (_, _, rtl) in ROWS.items() if rtl == "rtl"} == {
        name.removesuffix("-rtl") for name in FILES if name.endswith("-rtl")
    }
    assert f"{len(plain)} outlined drawings and {len(FILES) - len(plain)} right-to-left variants" in README


@pytest.mark.parametrize("name", FILES)
def test_it_is_plain_svg_in_five_colours(name: str) -> None:
    root = ElementTree.parse(FILES[name]).getroot()
    assert root.get("viewBox") == "0 0 64 64"
    assert root.get("width") is None
    titles = [element for element in root.iter() if element.tag.endswith("}title")]
    assert len(titles) == 1
    assert titles[0].text
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        assert tag in DRAWN, tag
        assert set(element.attrib) <= SHAPE | PAINT | ({"viewBox", "version"} if tag == "svg" else set())
        assert {element.get(key, "none") for key in ("fill", "stroke")} <= COLOURS, ElementTree.tostring(element)
