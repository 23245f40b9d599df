"""Imposition, for any number of pages and any panels: each page stands once, and Arabic is the mirror image."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.base.units import HALVES, PAPERS, Paper
from leaflets.editions.layouts import Panel
from leaflets.finish.press.imposition import INSIDE, OUTSIDE, Side, booklet, tri_fold

LENGTH = st.floats(20, 400)
NAMES = ("cover", "flap", *INSIDE, "back")


def numbers(side: Side) -> list[int]:
    return [spot.page for spot in side.spots]


@given(st.integers(-8, 400), st.sampled_from(tuple(PAPERS)), st.booleans())
def test_a_booklet_of_any_number_of_pages_has_each_of_them_once_or_is_refused(
    pages: int, paper: str, rtl: bool
) -> None:
    if pages <= 0 or pages % 4:
        with pytest.raises(ValueError, match=f"multiple of four pages, not {pages}"):
            booklet(pages, HALVES[paper], PAPERS[paper], rtl)
        return
    sides = booklet(pages, HALVES[paper], PAPERS[paper], rtl)
    assert len(sides) == pages / 2
    assert sorted(page for side in sides for page in numbers(side)) == list(range(1, pages + 1))


@given(st.integers(1, 100).map(lambda sheets: 4 * sheets))
def test_a_booklet_is_read_in_order_when_it_is_folded(pages: int) -> None:
    """Sheets lie in each other. From the cover inwards the leaves are the right halves of their fronts and the left
    halves of their backs; from the middle outwards the left halves of the backs' other leaf."""
    sides = [numbers(side) for side in booklet(pages, HALVES["A4"], PAPERS["A4"])]
    fronts, backs = sides[::2], sides[1::2]
    inwards = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    outwards = [page for front, back in zip(fronts[::-1], backs[::-1], strict=True) for page in (back[1], front[0])]
    assert inwards + outwards == list(range(1, pages + 1))


@given(st.integers(1, 100).map(lambda sheets: 4 * sheets), st.sampled_from(tuple(PAPERS)))
def test_a_booklet_read_from_the_right_has_the_pages_of_each_side_swapped(pages: int, paper: str) -> None:
    ltr, rtl = (booklet(pages, HALVES[paper], PAPERS[paper], way) for way in (False, True))
    assert [numbers(side) for side in rtl] == [numbers(side)[::-1] for side in ltr]
    for one, other in zip(ltr, rtl, strict=True):
        assert [(spot.x, spot.y, spot.width, spot.height) for spot in one.spots] == [
            (spot.x, spot.y, spot.width, spot.height) for spot in other.spots
        ]


@given(st.tuples(LENGTH, LENGTH), st.tuples(st.floats(0, 60), st.floats(0, 60)))
def test_pages_meet_in_the_middle_of_any_sheet_that_is_large_enough(
    size: tuple[float, float], more: tuple[float, float]
) -> None:
    page, sheet = Paper("page", *size), Paper("sheet", size[1] + more[1], 2 * size[0] + more[0])
    for side in booklet(4, page, sheet):
        left, right = side.spots
        assert (side.width, side.height) == (sheet.height, sheet.width)
        assert side.folds == (right.x,) == (pytest.approx(side.width / 2),)
        assert left.x + left.width == pytest.approx(right.x)
        assert left.x == pytest.approx(side.width - right.x - right.width, abs=1e-9)
        assert left.y == right.y == pytest.approx(side.height - left.y - left.height, abs=1e-9)
        assert min(left.x, left.y) > -1e-9


@given(st.permutations(NAMES), st.lists(LENGTH, min_size=6, max_size=6), LENGTH)
def test_panels_of_any_widths_stand_side_by_side_each_once(
    order: list[str], widths: list[float], height: float
) -> None:
    panels = [Panel(name, width, height) for name, width in zip(order, widths, strict=True)]
    for rtl in (False, True):
        sides = tri_fold(panels, rtl)
        assert sorted(page for side in sides for page in numbers(side)) == [1, 2, 3, 4, 5, 6]
        for side, names in zip(sides, (OUTSIDE, INSIDE), strict=True):
            assert [panels[page - 1].name for page in numbers(side)] == list(names[::-1] if rtl else names)
            x = 0.0
            for spot in side.spots:
                assert (spot.x, spot.y, spot.width) == (pytest.approx(x), 0, panels[spot.page - 1].width)
                x += spot.width
            assert side.width == pytest.approx(x)
            assert side.folds == tuple(spot.x for spot in side.spots[1:])
