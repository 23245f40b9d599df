"""Files for the printer: every page at its place to a tenth of a millimetre, marks and notes in the white alone."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ImageChops, ImageFilter
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from leaflets.base.units import MM_PER_PT, PAPERS
from leaflets.editions.layouts import LAYOUTS
from leaflets.finish.press.imposition import PagePlacement, tri_fold
from leaflets.finish.press.marks import Area, PrinterNote
from leaflets.finish.press.sheets import Job, SheetError, print_file, untagged
from leaflets.l10n.languages import LOCALES
from tests.conftest import Built
from tests.tools.pdf import reader
from tests.tools.printed import PX_PER_MM, Char, Pair, chars, dark, grey
from tests.tools.shipped import region

EDGE_MM = 5.0
"""Nearer to the edge office printers print nothing."""


def test_every_folded_edition_has_a_twin_of_its_version(shipped: Built, second: Built) -> None:
    for built in (shipped, second):
        folded = {row["path"]: row for row in built.entries if LAYOUTS[row["layout"]].imposition}
        twins = {row["path"].replace(".print.pdf", ".pdf"): row for row in built.twins}
        assert folded.keys() == twins.keys()
        for path, row in folded.items():
            twin = twins[path]
            assert (twin["version"], twin["title"], twin["status"]) == (row["version"], row["title"], row["status"])
            assert twin["pages"] == (2 if row["layout"] == "tri-fold" else row["pages"] // 2)
            assert twin["paper"] == region(row["locale"]).paper


def test_sheets_are_the_regions_paper_and_so_is_what_is_cut(pairs: list[Pair]) -> None:
    assert len({pair.entry["paper"] for pair in pairs}) == 2
    for pair in pairs:
        paper = PAPERS[region(pair.entry["locale"]).paper]
        assert len(reader(pair.twin).pages) == pair.entry["pages"] == len(pair.sides)
        for page in reader(pair.twin).pages:
            for box in (page.mediabox, page.trimbox, page.cropbox):
                assert [float(value) * MM_PER_PT for value in box] == pytest.approx(
                    [0, 0, paper.height, paper.width], abs=0.01
                )
            assert page.rotation == 0


def placed(pair: Pair) -> Iterator[tuple[int, Char, float]]:
    """Each character of the reading file: the side it is on, where it is wanted, how far off it is in mm."""
    for number, side in enumerate(pair.sides):
        there: dict[str, list[Char]] = defaultdict(list)
        for char in chars(pair.twin, number):
            there[char.char].append(char)
        for spot in side.spots:
            for char in chars(pair.read, spot.page - 1):
                wanted = replace(
                    char,
                    left=char.left + spot.x,
                    right=char.right + spot.x,
                    bottom=char.bottom + spot.y,
                    top=char.top + spot.y,
                )
                far = [
                    max(abs(other.left - wanted.left), abs(other.bottom - wanted.bottom)) for other in there[char.char]
                ]
                yield number, wanted, min(far, default=99.0)


def by_letters(pairs: list[Pair]) -> list[Pair]:
    """Pairs whose letters pdfium tells with their places; of right-to-left words it tells what is read (ActualText)."""
    return [pair for pair in pairs if LOCALES[pair.entry["locale"]].direction == "ltr"]


def unlike(pair: Pair, number: int, spot: PagePlacement) -> float:
    """Share of the dots of a page, slightly blurred, that are not seen where it is put on its side."""
    page, sheet = grey(pair.read, spot.page - 1), grey(pair.twin, number)
    left = round(spot.x * PX_PER_MM)
    top = round((pair.sides[number].height - spot.y - spot.height) * PX_PER_MM)
    put = sheet.crop((left, top, left + page.width, top + page.height))
    blurred = [picture.filter(ImageFilter.GaussianBlur(2)) for picture in (page, put)]
    return sum(ImageChops.difference(*blurred).histogram()[60:]) / (page.width * page.height)


def test_every_page_is_seen_where_it_is_put(looked_at: list[Pair]) -> None:
    for pair in looked_at:
        spots = [(number, spot) for number, side in enumerate(pair.sides) for spot in side.spots]
        assert max(unlike(pair, number, spot) for number, spot in spots) < 0.01, pair.twin.name
        (number, spot), (_, other) = spots[0], spots[1]
        assert unlike(pair, number, replace(spot, page=other.page)) > 0.02, "another page is seen to be another"


def test_every_character_stands_where_its_page_is_put(looked_at: list[Pair]) -> None:
    for pair in by_letters(looked_at):
        found = list(placed(pair))
        assert len(found) > 1000
        assert max(off for _, _, off in found) < 0.1, pair.twin.name


def added(pair: Pair, side: int) -> list[Char]:
    """Characters that the sheet has and the pages have not: the notes."""
    known = {
        (char.char, round(char.left + spot.x), round(char.bottom + spot.y))
        for spot in pair.sides[side].spots
        for char in chars(pair.read, spot.page - 1)
    }

    def is_known(char: Char) -> bool:
        return any(
            (char.char, round(char.left) + i, round(char.bottom) + j) in known for i in (-1, 0, 1) for j in (-1, 0, 1)
        )

    return [char for char in chars(pair.twin, side) if not is_known(char)]


def test_notes_stand_in_the_white_where_printers_print(looked_at: list[Pair]) -> None:
    for pair in by_letters(looked_at):
        notes = {side: added(pair, side) for side in range(len(pair.sides))}
        assert len(notes[0]) > 60, pair.twin.name
        for number, found in notes.items():
            side = pair.sides[number]
            for char in found:
                assert char.left > EDGE_MM
                assert side.width - char.right > EDGE_MM
                assert char.bottom > EDGE_MM
                assert side.height - char.top > EDGE_MM
                (spot,) = (spot for spot in side.spots if spot.x <= char.left < spot.x + spot.width)
                assert char.right < spot.x + spot.width
                left, right = (int((value - spot.x) * PX_PER_MM) for value in (char.left, char.right + 0.3))
                top, bottom = (int((spot.height - value) * PX_PER_MM) for value in (char.top + 0.3, char.bottom - 0.3))
                ground = grey(pair.read, spot.page - 1).crop((left, top, right + 1, bottom + 1))
                assert ground.getextrema() == (255, 255), (pair.twin.name, char)


def test_the_note_says_how_to_print_and_which_leaflet_it_is(pairs: list[Pair]) -> None:
    for pair in pairs:
        said = reader(pair.twin).pages[0].extract_text()
        assert "flip on short edge, actual size" in said
        assert f"{pair.entry['leaflet']}.{pair.entry['level']}.{pair.entry['layout']}.{pair.entry['locale']} ·" in said
        assert f"draft {pair.entry['version']}" in said.replace("\n", " ")


def test_a_translation_has_the_note_in_its_own_language_too(pairs: list[Pair]) -> None:
    arabic = [pair for pair in pairs if pair.entry["locale"] == "ar-GB"]
    assert {pair.entry["layout"] for pair in arabic} == {"booklet", "tri-fold"}
    for pair in arabic:
        side = 0 if pair.entry["layout"] == "tri-fold" else 1
        letters = [char.char for char in added(pair, side) if ord(char.char) > 0x600]
        assert len(letters) > 60, pair.twin.name


def test_fold_marks_are_at_the_folds_alone(looked_at: list[Pair]) -> None:
    for pair in looked_at:
        for number, side in enumerate(pair.sides):
            for y in (EDGE_MM, side.height - 9):  # what of the marks is printed
                for fold in side.folds:
                    assert dark(pair.twin, number, Area(fold - 0.4, y, 0.8, 4)) > 4
                    assert dark(pair.twin, number, Area(fold - 4, y, 3.4, 4)) == 0
                    assert dark(pair.twin, number, Area(fold + 0.6, y, 3.4, 4)) == 0


def test_printers_are_told_and_nothing_is_claimed(pairs: list[Pair]) -> None:
    for pair in pairs:
        found, root = reader(pair.twin), reader(pair.twin).root_object
        assert root["/ViewerPreferences"] == {
            "/PrintScaling": "/None",
            "/Duplex": "/DuplexFlipShortEdge",
            "/PickTrayByPDFSize": True,
            "/DisplayDocTitle": True,
            "/Direction": "/R2L" if pair.entry["locale"] == "ar-GB" else "/L2R",
        }
        assert root["/PageLayout"] == "/SinglePage"
        assert root["/Lang"] == reader(pair.read).root_object["/Lang"]
        assert not {"/StructTreeRoot", "/MarkInfo", "/Metadata", "/Outlines"} & root.keys()
        assert pair.entry["title"] in found.metadata.title
        assert found.metadata.title != pair.entry["title"]
        for page in found.pages:
            assert not {"/Annots", "/StructParents", "/Tabs"} & page.keys()
            for form in page["/Resources"]["/XObject"].values():
                code = form.get_object().get_data()
                assert b"MCID" not in code
                assert code.count(b"BDC") == code.count(b"EMC") == 0
            assert page.get_contents().get_data().count(b"/Artifact BMC q 1 0 0 1 0.00000 0.00000 cm") == 1


def embedded(path: Path) -> int:
    """How many fonts, cut down to what is printed, a PDF has in it; not those of fields, which are whole."""
    found = reader(path)
    objects = (found.get_object(IndirectObject(number, 0, found)) for number in range(1, found.trailer["/Size"]))
    fonts = (item for item in objects if isinstance(item, DictionaryObject) and "/FontFile2" in item)
    return sum("+" in item["/FontName"] for item in fonts)


def test_fonts_and_pictures_are_shared_and_the_file_is_hardly_larger(pairs: list[Pair]) -> None:
    for pair in pairs:
        notes = 2 if pair.entry["locale"] == "ar-GB" else 1
        assert embedded(pair.twin) == embedded(pair.read) + notes
        assert pair.twin.stat().st_size < pair.read.stat().st_size + 52_000
        assert all(fonts_of(pair.twin).values())


def fonts_of(path: Path) -> dict[str, bool]:
    """Names of the fonts of all forms on the pages, and whether each is embedded."""
    found: dict[str, bool] = {}
    for page in reader(path).pages:
        for form in page["/Resources"]["/XObject"].values():
            for font in form.get_object()["/Resources"].get("/Font", {}).values():
                below = font.get_object()
                below = below.get("/DescendantFonts", [below])[0].get_object()
                found[str(below["/BaseFont"])] = "/FontFile2" in below["/FontDescriptor"].get_object()
    return found


def test_the_same_reading_file_gives_the_same_bytes(looked_at: list[Pair]) -> None:
    pair = next(pair for pair in looked_at if pair.entry["locale"] == "ar-GB")
    note = PrinterNote("اطبع على الوجهين", "arabic", True, Area(12, 190, 80, 6))
    job = Job(tuple(pair.sides), (297, 210), ((note,), *((),) * (len(pair.sides) - 1)), "A title", True)
    body = pair.read.read_bytes()
    first = print_file(body, job)
    other = print_file(body, replace(job, notes=((replace(note, words="بالحجم الفعلي"),), *job.notes[1:])))
    assert print_file(body, job) == first != other
    assert PdfReader(io.BytesIO(first)).trailer["/ID"] == PdfReader(io.BytesIO(other)).trailer["/ID"]


def test_pages_of_another_size_or_number_are_refused(pairs: list[Pair]) -> None:
    pair = next(pair for pair in pairs if pair.entry["layout"] == "tri-fold" and pair.entry["paper"] == "A4")
    letter = tri_fold(LAYOUTS["tri-fold"].panels["Letter"])
    with pytest.raises(SheetError, match=r"page 2 is not 92.075 x 215.9 mm"):
        print_file(pair.read.read_bytes(), Job(tuple(letter), (279.4, 215.9)))
    with pytest.raises(SheetError, match="made for 3 pages, and there are 6"):
        print_file(pair.read.read_bytes(), Job(tuple(pair.sides[:1]), (297, 210)))


def test_marked_content_goes_and_all_else_stays() -> None:
    stream = b"q\n/P\n<</MCID 0>>\nBDC\nBT\n<0012> Tj\nET\nEMC\n/Artifact\nBMC\n/x0 Do\nEMC\nQ"
    assert untagged(stream) == b"q\nBT\n<0012> Tj\nET\n/x0 Do\nQ"
    assert untagged(b"/Artifact BMC\n1 g\nEMC") == b"1 g\n"
