"""Sheets as pictures, and every edge to the millimetre: pure arithmetic, held without a PDF."""

from __future__ import annotations

import pytest

from leaflets.base.units import HALVES, PAPERS
from leaflets.editions.layouts import LAYOUTS
from leaflets.finish.press.imposition import Side, booklet, picture, tri_fold

BOOKLETS = [
    (4, False, "4 1 / 2 3"),
    (8, False, "8 1 / 2 7 | 6 3 / 4 5"),
    (12, False, "12 1 / 2 11 | 10 3 / 4 9 | 8 5 / 6 7"),
    (16, False, "16 1 / 2 15 | 14 3 / 4 13 | 12 5 / 6 11 | 10 7 / 8 9"),
    (4, True, "1 4 / 3 2"),
    (8, True, "1 8 / 7 2 | 3 6 / 5 4"),
    (12, True, "1 12 / 11 2 | 3 10 / 9 4 | 5 8 / 7 6"),
    (16, True, "1 16 / 15 2 | 3 14 / 13 4 | 5 12 / 11 6 | 7 10 / 9 8"),
]
PAPER = ("A4", "Letter")


def sides(pages: int, paper: str, rtl: bool) -> list[Side]:
    return booklet(pages, HALVES[paper], PAPERS[paper], rtl)


def folded(paper: str, rtl: bool) -> list[Side]:
    return tri_fold(LAYOUTS["tri-fold"].panels[paper], rtl)


@pytest.mark.parametrize(("pages", "rtl", "wanted"), BOOKLETS)
def test_pages_of_a_booklet_stand_where_they_meet_when_it_is_folded(pages: int, rtl: bool, wanted: str) -> None:
    assert picture(sides(pages, "A4", rtl)) == wanted


@pytest.mark.parametrize("pages", [0, 2, 6, 13])
def test_a_booklet_of_other_than_four_pages_or_a_multiple_is_refused(pages: int) -> None:
    with pytest.raises(ValueError, match="multiple of four"):
        sides(pages, "A4", rtl=False)


def test_pages_of_a_booklet_meet_in_the_middle_of_the_sheet() -> None:
    front = sides(4, "A4", rtl=False)[0]
    assert (front.width, front.height, front.folds) == (297, 210, (148.5,))
    assert [(spot.x, spot.y, spot.width, spot.height) for spot in front.spots] == [
        (0.5, 0, 148, 210),
        (148.5, 0, 148, 210),
    ]
    front = sides(4, "Letter", rtl=False)[0]
    assert (front.width, front.height, front.folds) == (279.4, 215.9, (139.7,))
    assert [(spot.x, spot.width) for spot in front.spots] == [(0, 139.7), (139.7, 139.7)]


def test_panels_of_a_tri_fold_with_the_flap_folded_in_first() -> None:
    # pages: 1 cover, 2 flap, 3-5 inside, 6 back
    assert picture(folded("A4", rtl=False)) == "2 6 1 / 3 4 5"
    assert picture(folded("A4", rtl=True)) == "1 6 2 / 5 4 3"


@pytest.mark.parametrize(
    ("paper", "rtl", "outside", "inside"),
    [
        ("A4", False, [0, 97, 197], [0, 100, 200]),
        ("A4", True, [0, 100, 200], [0, 97, 197]),
        ("Letter", False, [0, 92.075, 185.7375], [0, 93.6625, 187.325]),
        ("Letter", True, [0, 93.6625, 187.325], [0, 92.075, 185.7375]),
    ],
)
def test_where_panels_begin_in_mm(paper: str, rtl: bool, outside: list[float], inside: list[float]) -> None:
    out, back = folded(paper, rtl)
    assert [spot.x for spot in out.spots] == pytest.approx(outside)
    assert [spot.x for spot in back.spots] == pytest.approx(inside)
    for side in (out, back):
        assert list(side.folds) == [spot.x for spot in side.spots[1:]]
        assert (side.width, side.height) == pytest.approx((PAPERS[paper].height, PAPERS[paper].width))


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("paper", PAPER)
def test_panels_have_one_of_the_same_width_behind_them(paper: str, rtl: bool) -> None:
    outside, inside = folded(paper, rtl)
    behind = [(outside.width - spot.x - spot.width, spot.width) for spot in reversed(outside.spots)]
    assert behind == [pytest.approx((spot.x, spot.width)) for spot in inside.spots]
    assert sorted(inside.width - fold for fold in inside.folds) == pytest.approx(sorted(outside.folds))


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("pages", [4, 8, 12, 16, 20, 24])
def test_every_page_has_the_next_one_behind_it_and_its_spine_at_the_fold(pages: int, rtl: bool) -> None:
    made = sides(pages, "Letter", rtl)
    for front, back in zip(made[::2], made[1::2], strict=True):
        for spot, behind in zip(front.spots, reversed(back.spots), strict=True):
            assert behind.page == (spot.page + 1 if spot.page % 2 else spot.page - 1)
        for side in (front, back):
            left = side.spots[0].page
            assert (left % 2 == 0) is not rtl  # even pages have their spine at the right, unless read from the right
    assert sorted(spot.page for side in made for spot in side.spots) == list(range(1, pages + 1))
