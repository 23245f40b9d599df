"""Booklet, tri-fold and summary: their pages to a tenth of a millimetre, their red flags, and what does not fit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leaflets.base.project import Project
from leaflets.builder.edition.make import Order, Result, Toolchain
from leaflets.builder.state.destinations import Destinations
from leaflets.builder.state.destinations import make as make_and_deliver
from leaflets.content import inline
from leaflets.editions.layouts import ON_PAPER
from leaflets.pdf.pagination.attempt import overflows, springs
from leaflets.pdf.pagination.booklet import rest_lines
from leaflets.pdf.pagination.measure import Marker, MeasuredPages, PageFill
from tests.conftest import Built
from tests.tools.articles import KEY_CONTENT, edit, material, project
from tests.tools.pdf import MM_PER_PT, plain, reader, squeezed
from tests.tools.shipped import localised, region

LOCALES = ("en-GB", "en-US")


def pages_of(path: Path) -> list[str]:
    return [plain(page.extract_text()) for page in reader(path).pages]


def tiers_on(page: str, locale: str, level: str) -> set[str]:
    """Urgencies of which every point stands on a page."""
    place = region(locale)
    found = set()
    for tier in localised(locale).article.with_dangers(short=True).red_flags.tiers:
        if tier.shown(level, place.id):
            items = [item.text.at(level) for item in tier.items if item.shown(level, place.id)]
            words = [inline.fill(inline.bare(text), place.values("en")) for text in [tier.heading.at(level), *items]]
            if all(squeezed(text) in squeezed(page) for text in words):
                found.add(tier.urgency)
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_each_panel_of_a_tri_fold_is_a_page_of_its_exact_size(shipped: Built, locale: str) -> None:
    paper = region(locale).paper
    for entry in shipped.all(layout="tri-fold", locale=locale):
        boxes = [page.mediabox for page in reader(shipped.folder / entry["path"]).pages]
        sizes = [(float(box.width) * MM_PER_PT, float(box.height) * MM_PER_PT) for box in boxes]
        wanted = [(panel.width, panel.height) for panel in ON_PAPER["tri-fold"].panels[paper]]
        assert sizes == [pytest.approx(size, abs=0.1) for size in wanted]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_flap_has_the_emergencies_and_the_back_what_it_had_no_room_for(shipped: Built, locale: str) -> None:
    for entry in shipped.all(layout="tri-fold", locale=locale):
        pages = pages_of(shipped.folder / entry["path"])
        assert {"emergency", "today"} <= tiers_on(pages[1], locale, entry["level"])
        assert tiers_on(pages[1], locale, entry["level"]) | tiers_on(pages[5], locale, entry["level"]) == {
            "emergency",
            "today",
            "crisis",
        }
        assert "see the back" in pages[1]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_booklet_has_a_multiple_of_four_pages_and_the_red_flags_on_the_back(shipped: Built, locale: str) -> None:
    for entry in shipped.all(layout="booklet", locale=locale):
        pages = pages_of(shipped.folder / entry["path"])
        assert len(pages) % 4 == 0
        assert len(pages) <= (24 if entry["leaflet"] == "treatment-options" else 16)
        assert tiers_on(pages[-1], locale, entry["level"]) == {"emergency", "today", "crisis"}
        assert f"look at page {len(pages)}" in pages[0]
        assert not any(page.startswith("My notes") for page in pages)  # only what is left of a page


def test_pages_that_the_sheets_of_a_booklet_have_left_have_a_use(shipped: Built, second: Built) -> None:
    """In the order of use: a visit, the medicines, a week; they stand before the back page, and end at its foot."""
    heads = ["For my appointment", "My medicines", "My week"]
    seen = set()
    for entry in (*shipped.all(layout="booklet"), *second.all(layout="booklet", locale="en-GB")):
        pages = pages_of(next(path for built in (shipped, second) if (path := built.folder / entry["path"]).exists()))
        found = [head for page in pages for head in heads if page.startswith(head) and "legs and sleep" not in page]
        assert found == heads[: len(found)]
        assert all(page.startswith(head) for page, head in zip(pages[-1 - len(found) : -1], found, strict=True))
        seen.update(found)
    assert seen == set(heads)


def test_white_before_the_clinic_is_counted_in_lines() -> None:
    page = PageFill(180, 100)
    rest, clinic = Marker("rest", 0, 100, 100, None), Marker("clinic", 1, 0, 60, None)
    assert rest_lines(measured([page, page], rest, clinic)) == 6
    assert rest_lines(measured([page, page], replace(rest, bottom=140), clinic)) == 0  # too few to begin
    assert rest_lines(measured([page, page], rest, replace(clinic, page=0))) == 0


def test_a_summary_is_one_page(shipped: Built) -> None:
    for entry in shipped.all(layout="summary"):
        (page,) = pages_of(shipped.folder / entry["path"])
        assert tiers_on(page, entry["locale"], entry["level"]) == {"emergency", "today", "crisis"}


def make(made: Project, layout: str, out: Path) -> Result:
    return make_and_deliver(Toolchain(made), Order(material(made, layout=layout)), Destinations.at(out)).result


LONG = " ".join(["Wash your hands with soap to get the germs off."] * 60)


def test_a_panel_that_is_too_full_is_an_error_that_names_it_and_nothing_is_written(tmp_path: Path) -> None:
    made = project(
        tmp_path / "project",
        KEY_CONTENT,
        edit("sections/wash", "plain: Wash your hands with soap to get the germs off.", f"plain: {LONG}"),
        shipped=True,
    )
    result = make(made, "tri-fold", tmp_path / "out")
    (found,) = result.diagnostics
    assert found.rule == "panel-overflow"
    assert found.message.startswith("the panel “inside-3” is ")
    assert 100 < float(found.message.split(" is ")[1].split(" mm")[0]) < 300
    assert found.message.endswith(" mm too short; what sticks out: wash/why, wash/when")
    assert "“fold”" in found.hint
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_a_summary_that_is_too_full_is_an_error_and_is_not_clipped(tmp_path: Path) -> None:
    made = project(
        tmp_path / "project",
        KEY_CONTENT,
        edit("sections/wash", "plain: Wash your hands with soap to get the germs off.", f"plain: {LONG}"),
        shipped=True,
    )
    result = make(made, "summary", tmp_path / "out")
    assert [item.rule for item in result.diagnostics] == ["panel-overflow"]
    assert "mm too short; what sticks out: wash/why" in result.diagnostics[0].message


def test_what_fits_is_made(tmp_path: Path) -> None:
    made = project(tmp_path / "project", KEY_CONTENT, shipped=True)
    assert [make(made, layout, tmp_path / "out").pages for layout in ("tri-fold", "summary", "booklet")] == [6, 1, 4]


def measured(pages: list[PageFill], *markers: Marker) -> MeasuredPages:
    return MeasuredPages(tuple(pages), markers, ())


def test_overflow_is_what_stands_on_the_pages_after_the_first_less_what_that_left_white() -> None:
    pages = [
        PageFill(100, 90, "cover"),
        PageFill(100, 80, "flap"),
        PageFill(100, 50, "flap"),
        PageFill(100, 10, "back"),
    ]
    (found,) = overflows(measured(pages, Marker("part", 2, 0, 40, None, "wash/why")))
    assert (found.page, found.by, found.parts) == ("flap", 30, ("wash/why",))
    assert overflows(measured(pages), only=("cover", "back")) == ()


def test_a_spring_takes_what_its_page_leaves_white_and_lines_what_is_under_them() -> None:
    pages = [PageFill(100, 60, "cover"), PageFill(100, 90, "inside-3")]
    spring, fill = Marker("spring", 0, 30, 30, None, "cover"), Marker("fill", 1, 70, 70, None, "inside-3")
    assert springs(measured(pages, spring, fill), margin=1) == {"cover": 39, "inside-3": 29}
    assert springs(measured([PageFill(100, 100)], Marker("spring", 0, 9, 9, None, "cover")), margin=1) == {}
