"""A picture of dots has 100 of them, as many filled as are counted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leaflets.base.project import Project
from leaflets.pdf.images.pictures import picture


def dots(address: str, folder: Path) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Column and row of the filled and of the empty dots."""
    svg = picture(Project(folder), address)[1].decode()
    found = re.findall(r'cx="([\d.]+)" cy="([\d.]+)" r="(3\.[37])"', svg)
    places = [((int(float(x)) // 10, int(float(y)) // 10), r) for x, y, r in found]
    return [at for at, r in places if r == "3.7"], [at for at, r in places if r == "3.3"]


@pytest.mark.parametrize(
    ("address", "columns", "first"),
    [
        ("dots:33", 20, (0, 0)),
        ("dots:33-square", 10, (0, 0)),
        ("dots:33-rtl", 20, (19, 0)),
        ("dots:33-square-rtl", 10, (9, 0)),
    ],
)
def test_dots_are_filled_from_the_start_of_the_first_row(
    tmp_path: Path, address: str, columns: int, first: tuple[int, int]
) -> None:
    filled, empty = dots(address, tmp_path)
    assert (len(filled), len(empty)) == (33, 67)
    assert {*filled, *empty} == {(x, y) for x in range(columns) for y in range(100 // columns)}
    assert filled[0] == first
    assert max(y for _, y in filled) == min(y for _, y in empty)


@pytest.mark.parametrize("count", [0, 100])
def test_none_or_all_may_be_filled(tmp_path: Path, count: int) -> None:
    assert len(dots(f"dots:{count}-square", tmp_path)[0]) == count
