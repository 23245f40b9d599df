"""Files for the printer: every page at its place to a tenth of a millimetre, marks and notes in the white alone."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from leaflets.base.units import MM_PER_PT, PAPERS
from leaflets.build.places import Places
from leaflets.build.places import make as make_and_deliver
from leaflets.build.steps import Bench, Order, Result
from leaflets.cli.main import main
from leaflets.editions.layouts import LAYOUTS
from leaflets.finish.imposition import Side, booklet, tri_fold
from leaflets.finish.marks import Area, Drawing, Note, NoteError, draw_note
from leaflets.finish.sheets import Job, SheetError, print_file, untagged
from leaflets.l10n.languages import LOCALES
from tests.conftest import PROJECTS, Built, build
from tests.tools.articles import KEY_CONTENT, material, project
from tests.tools.pdf import reader
from tests.tools.shipped import region

DPI = 100
PX_PER_MM = DPI / 25.4
EDGE_MM = 5.0
"""Nearer to the edge office printers print nothing."""


@dataclass(frozen=True)
class Char:
    """A character as it is drawn, its box in mm from the lower left corner of the page."""

    char: str
    left: float
    bottom: float
    right: float
    top: float


@cache
def opened(path: Path) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(path)


@cache
def chars(path: Path, page: int) -> tuple[Char, ...]:
    text = opened(path)[page].get_textpage()
    found = []
    for place in range(text.count_chars()):
        char = chr(pypdfium2.raw.FPDFText_GetUnicode(text, place))
        char = {")": "(", "”": "“"}.get(char, char)  # which it is depends on the words beside it, from right to left
        if char.isprintable() and not char.isspace():
            found.append(Char(char, *(value * MM_PER_PT for value in text.get_charbox(place))))
    return tuple(found)


@cache
def grey(path: Path, page: int) -> Image.Image:
    return opened(path)[page].render(scale=DPI / 72).to_pil().convert("L")


def sides_of(entry: dict[str, str], pages: int) -> list[Side]:
    locale = LOCALES[entry["locale"]]
    paper, rtl = region(entry["locale"]).paper, locale.direction == "rtl"
    layout = LAYOUTS[entry["layout"]]
    if layout.imposition == "tri-fold":
        return tri_fold(layout.panels[paper], rtl)
    return booklet(pages, layout.pages[paper], PAPERS[paper], rtl)


@dataclass(frozen=True)
class Pair:
    """A reading file and its twin for the printer."""

    read: Path
    twin: Path
    sides: list[Side]
    entry: dict[str, str]


@pytest.fixture(scope="module")
def pairs(shipped: Built, second: Built) -> list[Pair]:
    """Every one that is built."""
    found = []
    for built in (shipped, second):
        reading = {entry["path"]: entry for entry in built.entries}
        for entry in built.twins:
            twin = built.folder / entry["path"]
            path = entry["path"].replace(".print.pdf", ".pdf")
            found.append(Pair(built.folder / path, twin, sides_of(entry, reading[path]["pages"]), entry))
    return found


@pytest.fixture(scope="module")
def looked_at(pairs: list[Pair]) -> list[Pair]:
    """One of each layout, paper and direction."""
    return list({(pair.entry["layout"], pair.entry["locale"], pair.entry["article"]): pair for pair in pairs}.values())


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


def test_every_character_stands_where_its_page_is_put(looked_at: list[Pair]) -> None:
    for pair in looked_at:
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
    for pair in looked_at:
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


def dark(path: Path, page: int, area: Area) -> int:
    """Dots that are not white, nor nearly, in an area of a page, from the lower left corner in mm."""
    picture = grey(path, page)
    box = (
        area.x * PX_PER_MM,
        picture.height - (area.y + area.height) * PX_PER_MM,
        (area.x + area.width) * PX_PER_MM,
        picture.height - area.y * PX_PER_MM,
    )
    return sum(picture.crop(tuple(int(value) for value in box)).histogram()[:200])


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
    note = Note("اطبع على الوجهين", "arabic", True, Area(12, 190, 80, 6))
    job = Job(tuple(pair.sides), (297, 210), ((note,), *((),) * (len(pair.sides) - 1)), "A title", True)
    body = pair.read.read_bytes()
    first = print_file(body, job)
    other = print_file(body, replace(job, notes=((replace(note, words="بالحجم الفعلي"),), *job.notes[1:])))
    assert print_file(body, job) == first != other
    assert PdfReader(io.BytesIO(first)).trailer["/ID"] == PdfReader(io.BytesIO(other)).trailer["/ID"]


def test_on_a_larger_sheet_the_leaflet_is_in_the_middle_with_cut_marks_outside(
    pairs: list[Pair], tmp_path: Path
) -> None:
    pair = next(pair for pair in pairs if pair.entry["layout"] == "tri-fold" and pair.entry["paper"] == "A4")
    path = tmp_path / "sra4.pdf"
    path.write_bytes(print_file(pair.read.read_bytes(), Job(tuple(pair.sides), (320, 225))))
    left, bottom = 11.5, 7.5
    for number, page in enumerate(reader(path).pages):
        assert [float(value) * MM_PER_PT for value in page.mediabox] == pytest.approx([0, 0, 320, 225], abs=0.01)
        assert [float(value) * MM_PER_PT for value in page.trimbox] == pytest.approx(
            [left, bottom, left + 297, bottom + 210], abs=0.01
        )
        for x in (left, left + 297):
            assert dark(path, number, Area(x - 0.5, 0, 1, 5)) > 3
            assert dark(path, number, Area(x - 0.5, bottom - 1, 1, 9)) == 0
        for y in (bottom, bottom + 210):
            assert dark(path, number, Area(5, y - 0.5, 4, 1)) > 3
            assert dark(path, number, Area(left - 1, y - 0.5, 9, 1)) == 0
        for fold in pair.sides[number].folds:
            assert dark(path, number, Area(left + fold - 0.5, 0, 1, 5)) > 3
            assert dark(path, number, Area(left + fold - 0.5, bottom, 1, 9)) == 0


@pytest.mark.parametrize("layout", ["booklet", "tri-fold"])
def test_on_a_larger_sheet_notes_stand_in_the_waste_alone_and_say_how_to_cut(tmp_path: Path, layout: str) -> None:
    built = build(
        tmp_path / "out", "--project", str(PROJECTS / "hand-washing"), "--article", "hand-washing", "--locale", "ar-GB",
        "--leaflet", "overview", "--level", "plain", "--layout", layout, "--print-sheet", "SRA4", "--jobs", "1",
    )  # fmt: skip
    (entry,) = built.twins
    path = built.folder / entry["path"]
    (read,) = built.entries
    sides = sides_of(entry, read["pages"])
    for number, (side, page) in enumerate(zip(sides, reader(path).pages, strict=True), 1):
        assert page.bleedbox == page.trimbox
        for area in (Area(13, 0, 294, 7.5), Area(13, 217.5, 294, 7.5)):  # but for marks at the folds
            marks = [Area(10.5 + fold, area.y, 2, area.height) for fold in side.folds]
            assert dark(path, number - 1, area) == sum(dark(path, number - 1, mark) for mark in marks)
        notes = [char for char in chars(path, number - 1) if not 11.5 < (char.left + char.right) / 2 < 308.5]
        assert notes
        for char in notes:
            assert 3 < char.left < char.right < 9.5 or 310.5 < char.left < char.right < 317
        said = " ".join(page.extract_text().split())
        assert f"{number}/{len(sides)} · 297 × 210 mm" in said
    clinics = tmp_path / "clinics.csv"
    clinics.write_text("id,name,phone\nleeds,Example Clinic,0113 496 0000\n")
    arguments = ["stamp", "--clinics", str(clinics), "--from", str(built.folder), "--out", str(tmp_path / "stamped")]
    assert main(arguments) == 0
    stamped = [page.extract_text() for page in reader(tmp_path / "stamped" / "leeds" / entry["path"]).pages]
    assert "Example Clinic" in "".join(stamped)
    assert len("".join(stamped)) < len("".join(page.extract_text() for page in reader(path).pages))
    first = " ".join(reader(path).pages[0].extract_text().split())
    assert "Cut at the marks in the corners. Fold" in first
    assert "Print on both sides, flip on short edge" in first
    assert sum(ord(char.char) > 0x600 for char in chars(path, 1) if char.left < 11.5) > 60


def test_pages_of_another_size_or_number_are_refused(pairs: list[Pair]) -> None:
    pair = next(pair for pair in pairs if pair.entry["layout"] == "tri-fold" and pair.entry["paper"] == "A4")
    letter = tri_fold(LAYOUTS["tri-fold"].panels["Letter"])
    with pytest.raises(SheetError, match=r"page 2 is not 92.075 x 215.9 mm"):
        print_file(pair.read.read_bytes(), Job(tuple(letter), (279.4, 215.9)))
    with pytest.raises(SheetError, match="made for 3 pages, and there are 6"):
        print_file(pair.read.read_bytes(), Job(tuple(pair.sides[:1]), (297, 210)))


def make(tmp_path: Path, layout: str, words: str) -> Result:
    made = project(tmp_path / "project", KEY_CONTENT, files={"templates/words.yaml": words}, shipped=True)
    order = Order(material(made, layout=layout))
    return make_and_deliver(Bench(made), order, Places.at(tmp_path / "out")).result


def test_a_note_that_has_no_room_is_an_error_and_neither_file_is_written(tmp_path: Path) -> None:
    words = " ".join(["Print on both sides."] * 20)
    result = make(tmp_path, "tri-fold", f'print-tri-fold: {{text: "{words}"}}\n')
    (found,) = result.diagnostics
    assert found.rule == "print-note"
    assert found.message.startswith("there is no room for “Print on both sides.")
    assert found.message.endswith("in 79 x 6.0 mm")
    assert "“print-…”" in found.hint
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_a_note_with_a_character_that_its_font_has_not_is_an_error_that_names_it(tmp_path: Path) -> None:
    (found,) = make(tmp_path, "booklet", 'print-booklet: {text: "Print 手 on both sides"}\n').diagnostics
    assert found.rule == "print-note"
    assert found.message == "the font has no glyph for 手 (U+624B) in “Print 手 on both sides”"


def test_a_note_has_one_direction() -> None:
    with Drawing(["arabic"]).page(297, 210) as canvas:
        for words in ("اطبع على الوجهين", "Print at 100%"):  # not translated yet
            draw_note(canvas, Note(words, "arabic", True, Area(10, 10, 100, 20)))
        with pytest.raises(NoteError, match="“100” runs from left to right"):
            draw_note(canvas, Note("اطبع بحجم 100%", "arabic", True, Area(10, 10, 100, 20)))


def test_marked_content_goes_and_all_else_stays() -> None:
    stream = b"q\n/P\n<</MCID 0>>\nBDC\nBT\n<0012> Tj\nET\nEMC\n/Artifact\nBMC\n/x0 Do\nEMC\nQ"
    assert untagged(stream) == b"q\nBT\n<0012> Tj\nET\n/x0 Do\nQ"
    assert untagged(b"/Artifact BMC\n1 g\nEMC") == b"1 g\n"
