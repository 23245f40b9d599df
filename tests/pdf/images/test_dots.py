"""A picture of 100 dots or people has 100 of them, as many filled as are counted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leaflets.base.project import Project
from leaflets.pdf.images.pictures import picture

FILLED = "#0b4a5a"


def figures(address: str, folder: Path) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Column and row of the filled and of the empty figures; a person is a head above shoulders."""
    svg = picture(Project(folder), address)[1].decode()
    found = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="[\d.]+" fill="(#\w+)"', svg)
    across, down = (sorted({float(place[at]) for place in found}) for at in (0, 1))
    places = [((across.index(float(x)), down.index(float(y))), colour) for x, y, colour in found]
    return [at for at, colour in places if colour == FILLED], [at for at, colour in places if colour != FILLED]


@pytest.mark.parametrize(
    ("address", "columns", "first"),
    [
        ("dots:33", 20, (0, 0)),
        ("dots:33-square", 10, (0, 0)),
        ("dots:33-rtl", 20, (19, 0)),
        ("dots:33-square-rtl", 10, (9, 0)),
    ],
)
def test_figures_are_filled_from_the_start_of_the_first_row(
    tmp_path: Path, address: str, columns: int, first: tuple[int, int]
) -> None:
    filled, empty = figures(address, tmp_path)
    assert (len(filled), len(empty)) == (33, 67)
    assert {*filled, *empty} == {(x, y) for x in range(columns) for y in range(100 // columns)}
    assert filled[0] == first
    assert max(y for _, y in filled) == min(y for _, y in empty)


@pytest.mark.parametrize("count", [0, 100])
def test_none_or_all_may_be_filled(tmp_path: Path, count: int) -> None:
    assert len(figures(f"dots:{count}-square", tmp_path)[0]) == count
