"""Lengths and paper."""

from __future__ import annotations

import pytest

from leaflets.base.units import MM_PER_PT, MM_PER_PX, PAPERS


def test_an_inch_is_72_points_and_96_pixels() -> None:
    assert pytest.approx(25.4) == MM_PER_PT * 72
    assert pytest.approx(25.4) == MM_PER_PX * 96


def test_a4_halves_into_its_own_shape() -> None:
    paper = PAPERS["A4"]
    assert (paper.width, paper.height) == (210, 297)
    assert paper.height / paper.width == pytest.approx(2**0.5, abs=0.001)


def test_letter_is_eight_and_a_half_by_eleven_inches() -> None:
    paper = PAPERS["Letter"]
    assert (paper.width / 25.4, paper.height / 25.4) == pytest.approx((8.5, 11))


def test_papers_are_upright_and_found_by_their_names() -> None:
    for id_, paper in PAPERS.items():
        assert paper.id == id_
        assert paper.width < paper.height
