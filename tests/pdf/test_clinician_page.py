"""The clinician's page: one side, each danger of its region in its short form, sources with addresses, no clinic."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

from leaflets.builder.edition.make import Order, Toolchain
from leaflets.builder.state.destinations import Destinations
from leaflets.builder.state.destinations import make as make_and_deliver
from leaflets.content import inline
from leaflets.editions.layouts import for_patients
from tests.conftest import Built, build
from tests.tools.articles import KEY_CONTENT, edit, material, project, read, said
from tests.tools.pdf import plain, reader, squeezed
from tests.tools.shipped import ARTICLE, localised, region
from tests.tools.some import some

pytestmark = pytest.mark.builds
LAYOUT = "clinician"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("clinician"), "--article", ARTICLE, "--layout", LAYOUT)


def test_each_leaflet_has_one_side_in_each_locale(pages: Built) -> None:
    assert {(entry["leaflet"], entry["locale"]) for entry in pages.entries} == {
        (leaflet, locale)
        for leaflet in localised("en-GB").article.info.leaflets
        for locale in localised("en-GB").article.info.locales
    }
    assert {(entry["pages"], entry["kind"], entry["level"]) for entry in pages.entries} == {(1, "read", "detailed")}


def test_each_danger_of_the_region_is_there_in_its_short_form(pages: Built) -> None:
    for entry in some(pages.entries):
        words = squeezed(plain(reader(pages.folder / entry["path"]).pages[0].extract_text()))
        place = region(entry["locale"])
        for tier in localised(entry["locale"]).article.with_dangers(short=True).red_flags.tiers:
            for item in tier.items if tier.shown("detailed", place.id) else ():
                if item.shown("detailed", place.id):
                    short = inline.fill(inline.bare(item.text.at("detailed")), place.values("en"))
                    assert squeezed(short) in words, (entry["path"], item.id)


def test_sources_have_addresses_that_are_links(pages: Built) -> None:
    article = localised("en-GB").article
    known = {row.link for row in article.references.values() if row.link} | {f"https://{article.info.origin.address}"}
    for entry in some(pages.entries):
        page = reader(pages.folder / entry["path"]).pages[0]
        links = {note.get_object()["/A"]["/URI"] for note in page["/Annots"]}
        dialled = {link for link in links if link.startswith("tel:")}
        assert len(links - dialled) >= 4
        assert links - dialled <= known
        words = re.sub(r"[\s()-]", "", page.extract_text())
        assert all(link.removeprefix("tel:").removeprefix("+1") in words for link in some(dialled))


def test_evidence_passes_without_reading_limits(pages: Built) -> None:
    for entry in some(pages.entries):
        path = pages.folder / entry["path"].replace(".pdf", ".evidence.json")
        proof = json.loads(path.read_text())
        assert (proof["result"], proof["says"]) == ("pass", [])
        assert proof["readability"]["flesch_kincaid_grade"]["at_most"] is None


def test_a_page_that_is_too_long_says_by_how_much(tmp_path: Path) -> None:
    long = " ".join(["Rub them for a short time."] * 400)
    change = edit("sections/wash", "        Rub them for a short time.\n", f"        {long}\n")
    made = project(tmp_path / "project", KEY_CONTENT, change, shipped=True)
    order = Order(material(made, level="detailed", layout=LAYOUT))
    result = make_and_deliver(Toolchain(made), order, Destinations.at(tmp_path / "out")).result
    assert [item.rule for item in result.diagnostics] == ["panel-overflow"]
    assert 50 < float(result.diagnostics[0].message.removeprefix("the page is ").split(" mm")[0]) < 700
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_an_article_without_such_words_has_no_such_page(tmp_path: Path) -> None:
    (leaflet,) = read(project(tmp_path)).leaflets.values()
    assert leaflet.clinician is None
    assert leaflet.chosen(LAYOUT) == ()


def test_a_section_that_is_not_there_and_a_medicine_that_is_not_there_are_told(tmp_path: Path) -> None:
    harms = "  - kind: harms\n    id: harms\n    basis: practical\n    medicines: [aspirin]\n  - kind: figure\n"
    made = project(
        tmp_path,
        dataclasses.replace(KEY_CONTENT, new=KEY_CONTENT.new.replace("clinician: [wash]", "clinician: [wosh]")),
        edit("sections/wash", "  - kind: figure\n", harms),
    )
    found = said(made)
    assert "there is no section “wosh” [unknown-section]" in found
    assert "there is no medicine “aspirin” [unknown-medicine]" in found


def test_it_is_not_for_patients() -> None:
    assert not for_patients(LAYOUT)
    assert for_patients("standard")
    assert for_patients("unheard-of")
