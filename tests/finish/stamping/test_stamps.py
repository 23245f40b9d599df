"""Clinics' details on finished editions: tagged, in their place, whole."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from leaflets.content.clinic import Clinic
from leaflets.editions.layouts import layout_for
from leaflets.finish.stamping.label_layout import label
from leaflets.finish.stamping.stamper import stamped
from leaflets.finish.stamping.template import StampBaseError, prepare
from tests.conftest import Built
from tests.tools.forms import answers, fill, saved, widgets
from tests.tools.pdf import pieces, plain
from tests.tools.some import some
from tests.tools.stamping import chosen, entries, rows, stamp, structure

EMPTY = "The clinic can stamp or write"

CLINICS = (
    ("Example Clinic, Leeds", "12 Example Street | Headingley | Leeds LS6 2AB", "0113 496 0123",
     "Mon–Fri 8:00–18:30 | Sat 9:00–12:00", "www.exampleclinic.org"),
    ("Glasgow West Physiotherapy", "Unit 3, Byres Court | 210 Byres Road | Glasgow G12 8AA", "0141 496 0444",
     "Mon–Fri 7:30–19:30 | Sat 8:00–13:00", "www.gwphysio.example.org"),
    ("Lakeview Rheumatology", "1400 Lakeview Drive, Suite 210 | Madison, WI 53703 | USA", "(608) 555-0142",
     "Mon–Fri 8 am–5 pm | Sat 9 am–noon", "www.lakeviewrheum.example.com"),
    ("Przychodnia Zdrowie", "ul. Przykładowa 15 | lok. 3 | 90-001 Łódź", "042 555 01 23",
     "pon.–pt. 8:00–18:00 | sob. 9:00–13:00", "zdrowie.example.pl"),
)  # fmt: skip


ROOMY = ("standard", "booklet", "large-print")
"""Layouts that, as summary and tri-fold, have room for three lines of address and two of hours beside a QR code."""


def test_all_details_of_realistic_clinics_go_onto_every_layout_that_says_so(
    shipped: Built, second: Built, tmp_path: Path
) -> None:
    head = "id,name,address,phone,hours,website,leaflets\n"
    lines = [
        ",".join(f'"{cell}"' for cell in (f"c{number}", *row, f"https://{row[-1]}/l/{{path}}"))
        for number, row in enumerate(CLINICS)
    ]
    csv = tmp_path / "clinics.csv"
    csv.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    for number, built in enumerate((shipped, second)):
        out = tmp_path / f"out-{number}"
        assert stamp(built, csv, out, "--layout", "summary", "--layout", "tri-fold") == 0
        more = ("--leaflet", "overview", "--locale", ("en-GB", "ar-GB")[number])
        layouts = (part for layout in ROOMY for part in ("--layout", layout))
        assert stamp(built, csv, tmp_path / f"more-{number}", *more, *layouts) == 0
        for entry in entries(out / "c1"):
            said = plain("".join(page.extract_text() for page in PdfReader(out / "c1" / entry["path"]).pages))
            if entry["locale"] != "ar-GB":
                for words in ("Glasgow G12 8AA", "0141 496 0444", "Sat 8:00–13:00", "www.gwphysio.example.org"):
                    assert words.replace(" ", "") in said.replace(" ", ""), entry["path"]
            if entry["kind"] == "read":
                page = pypdfium2.PdfDocument(out / "c1" / entry["path"])[room_page(built.folder / entry["path"])]
                (code,) = codes_on(page)
                assert code.startswith("https://www.gwphysio.example.org/l/")


def codes_on(page: Any) -> list[str]:
    """What QR codes on a page say."""
    return [found.text for found in zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil().convert("L"))]


def room_page(path: Path) -> int:
    """The page of an edition that has the room."""
    return next(number for number, page in enumerate(PdfReader(path).pages) if "/PieceInfo" in page)


def test_every_edition_is_stamped_for_every_clinic(shipped: Built, served: Path) -> None:
    for clinic in ("leeds", "lodz"):
        found = {entry["path"]: entry for entry in entries(served / clinic)}
        rows = chosen(shipped, leaflet="overview")
        assert found.keys() == {entry["path"] for entry in rows}
        for entry in rows:
            assert {**found[entry["path"]], "sha256": ""} == {**entry, "sha256": ""}
            assert (served / clinic / entry["path"]).read_bytes().startswith(b"%PDF-1.7")


def test_stamped_editions_are_accessible(served: Path) -> None:
    for path in some(sorted(served.rglob("*.pdf"))):
        if not path.name.endswith(".print.pdf"):
            report = page_validation.validate_pdf(str(path))
            assert report.is_compliant, (path, [str(failure) for failure in report.failures][:3])


def test_stamped_files_keep_their_fields(shipped: Built, served: Path, tmp_path: Path) -> None:
    for layout in ("standard", "large-print", "giant-print", "booklet", "tri-fold", "summary"):
        path = shipped.path(leaflet="overview", level="plain", layout=layout, locale="en-GB")
        mine = served / "leeds" / path.relative_to(shipped.folder)
        assert widgets(mine) == widgets(path)
        filled = fill(mine, answers(mine, "Two lines\nof words"), tmp_path / "filled.pdf")
        assert saved(filled) == answers(mine, "Two lines\nof words")
        assert page_validation.validate_pdf(str(filled)).is_compliant, layout


def test_stamped_files_are_whole(served: Path) -> None:
    for path in some(sorted(served.rglob("*.pdf"))):
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == [], path


def test_the_details_replace_the_words_of_the_empty_box_and_nothing_else(
    shipped: Built, served: Path, heavy: bool
) -> None:
    told = 0
    places = {} if heavy else {"locale": "en-GB"}
    for entry in chosen(shipped, kind="read", leaflet="overview", level="plain", **places):
        before, after = PdfReader(shipped.folder / entry["path"]), PdfReader(served / "lodz" / entry["path"])
        number = room_page(shipped.folder / entry["path"])
        for at, (old, new) in enumerate(zip(before.pages, after.pages, strict=True)):
            if at != number:
                assert new.extract_text() == old.extract_text(), (entry["path"], at)
        was, words = (plain(pages.pages[number].extract_text()) for pages in (before, after))
        told += EMPTY in was  # a frame with a title needs no sentence
        assert EMPTY not in words
        for said in ("Przychodnia Łódź", "ul. Przykładowa 1", "0113 496 0001"):
            assert words.count(said) == 1, (entry["path"], said)
        title = "Clinic stamp"  # other words may stand right beside it
        lost = set(was.replace(title, f"{title} ").split()) - set(words.split())
        empty = "Your clinic Clinic stamp The clinic can stamp or write its name, address and phone number here."
        assert lost <= set(empty.split()), (entry["path"], lost)
    assert told


def test_details_are_read_where_the_room_is(shipped: Built, served: Path, heavy: bool) -> None:
    places = {} if heavy else {"locale": "en-GB"}
    for entry in chosen(shipped, kind="read", leaflet="overview", level="plain", **places):
        path = served / "leeds" / entry["path"]
        words = [word for word in _read_out(path) if word]
        at = words.index("Example Clinic, Leeds")
        assert any("0113 496 0000" in word for word in words[at + 1 : at + 3])
        assert any(word.startswith("Given to you by") for word in words[at + 1 : at + 12]), words[at : at + 12]
        assert words.count("Example Clinic, Leeds") == 1


def _read_out(path: Path) -> list[str]:
    """The words of each block of the structure tree, in its order."""
    reader = PdfReader(path)
    texts: dict[tuple[int, int], str] = {}
    for number, page in enumerate(reader.pages):
        for mark, words in _marked(page):
            texts[number, mark] = texts.get((number, mark), "") + words
    found = []
    for tag, _, marks in structure(path):
        inside = "".join(texts.get(divmod(mark, 1000), "") for mark in sorted(marks))
        if tag in ("/H2", "/P", "/Span"):
            found.append(plain(inside))
    return found


def _marked(page: Any) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    current = [-1]

    def before(operator: bytes, operands: Any, *_: Any) -> None:
        if operator == b"BDC" and isinstance(operands[1], dict) and "/MCID" in operands[1]:
            current[0] = int(operands[1]["/MCID"])
        elif operator == b"EMC":
            current[0] = -1

    def words(text: str, *_: Any) -> None:
        found.append((current[0], text))

    page.extract_text(visitor_operand_before=before, visitor_text=words)
    return found


def unread(path: Path) -> set[int]:
    """Marks (MCID) with nothing in the structure that leads to them, such as those of a footer."""
    marks = [mark for _, _, own in structure(path) for mark in own]
    assert len(marks) == len(set(marks))
    drawn = {
        number * 1000 + int(mark)
        for number, page in enumerate(PdfReader(path).pages)
        for mark in re.findall(rb"/MCID (\d+)", page.get_contents().get_data())  # type: ignore[union-attr]
    }
    assert set(marks) <= drawn, path
    return drawn - set(marks)


def test_every_mark_of_a_page_has_one_place_in_the_structure(shipped: Built, served: Path) -> None:
    for entry in chosen(shipped, kind="read", locale="en-GB", leaflet="overview"):
        assert unread(served / "leeds" / entry["path"]) == unread(shipped.folder / entry["path"]), entry["path"]


def test_pictures_say_what_they_are(shipped: Built, served: Path) -> None:
    for entry in chosen(shipped, kind="read", layout="standard", locale="en-GB", leaflet="overview"):
        said = [alt for tag, alt, _ in structure(served / "leeds" / entry["path"]) if tag == "/Figure"]
        assert "QR code for this leaflet at www.example.org" in said
        assert "Logo of Example Clinic, Leeds" in said


def test_no_glyph_is_smaller_than_the_layout_allows(shipped: Built, served: Path) -> None:
    profiles = {"en-GB": "ukaaf", "en-US": "acb"}
    for entry in chosen(shipped, kind="read", leaflet="overview", level="plain"):
        path = served / "leeds" / entry["path"]
        floor = layout_for(entry["layout"], entry["level"], profiles[entry["locale"]]).floor_pt
        small = [piece for piece in pieces(path) if piece.size < floor - 0.05]
        assert not small, (entry["path"], small[:3])


@pytest.mark.parametrize("kind", ["read", "print"])
def test_the_code_leads_to_the_copy(shipped: Built, served: Path, kind: str, heavy: bool) -> None:
    levels = {} if heavy else {"level": "plain"}
    for entry in chosen(shipped, kind=kind, locale="en-GB", leaflet="overview", **levels):
        if entry["layout"] in ("summary", "tri-fold", "handout"):  # left out for room, or looked at above
            continue
        document = pypdfium2.PdfDocument(served / "leeds" / entry["path"])
        codes = [code for page in document for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]
        name = f"{entry['article']}.{entry['leaflet']}.{entry['level']}.{entry['layout']}.en-GB"
        assert [code.text for code in codes] == [f"https://www.example.org/l/en-GB/{name}.pdf"]


def test_files_for_the_printer_have_the_details_too(shipped: Built, served: Path) -> None:
    for entry in chosen(shipped, kind="print", leaflet="overview"):
        words = plain(" ".join(page.extract_text() for page in PdfReader(served / "lodz" / entry["path"]).pages))
        assert words.count("Przychodnia Łódź") == 1
        assert EMPTY not in words


def test_a_drawing_is_drawn(shipped: Built, served: Path) -> None:
    path = shipped.path(leaflet="overview", level="plain", layout="standard", locale="en-GB", kind="read")
    number, room = room_page(path), prepare(path.read_bytes()).area
    document = pypdfium2.PdfDocument(served / "lodz" / path.relative_to(shipped.folder))
    picture = document[number].render(scale=1).to_pil().convert("RGB")
    right = picture.width - int(room.x + room.width)
    area = picture.crop((
        picture.width - right - 60, int(picture.height - room.y - room.height),
        picture.width - right, int(picture.height - room.y),
    ))  # fmt: skip
    colours = area.getcolors(area.width * area.height)
    red = sum(count for count, (r, _, b) in colours if r > 120 and b < 80)  # type: ignore[union-attr, misc]
    assert red > 100, "the red end of the drawing's gradient is not there"


def test_arabic_reads_right_and_stands_right(second: Built, tmp_path: Path) -> None:
    line = "sahha,عيادة الصحة,شارع المثال 12 | ليدز LS1 1AA,0113 496 0000,,www.example.org,,"
    choice = ("--locale", "ar-GB", "--leaflet", "overview")
    assert stamp(second, rows(tmp_path, line), tmp_path / "out", *choice) == 0
    for entry in chosen(second, locale="ar-GB", kind="read", leaflet="overview"):
        path = tmp_path / "out" / "sahha" / entry["path"]
        report = page_validation.validate_pdf(str(path))
        assert report.is_compliant, (path, [str(failure) for failure in report.failures][:3])
        with pikepdf.open(path) as pdf:
            said = [str(item.ActualText) for item in pdf.objects if _has(item, "/ActualText")]
        assert "عيادة الصحة" in said
        document = pypdfium2.PdfDocument(path)
        letters = "".join(page.get_textpage().get_text_range() for page in document)
        for char in "عيادةالصحةشارع":
            assert char in letters
        assert any("الهاتف: 0113 496 0000" in words for words in said)


def _has(item: Any, key: str) -> bool:
    return isinstance(item, pikepdf.Dictionary) and key in item


def test_a_stamped_file_has_no_room_any_more(shipped: Built) -> None:
    path = shipped.path(leaflet="overview", level="plain", layout="standard", locale="en-GB", kind="read")
    taken = prepare(path.read_bytes())
    body = stamped(taken, label(Clinic(name="Example"), taken.area, None), "Example")
    with pytest.raises(StampBaseError, match="no empty room"):
        prepare(body)
    with pytest.raises(StampBaseError, match="not as a leaflet is"):
        prepare(b"not a PDF")


def test_the_bookmark_has_the_name(shipped: Built, served: Path) -> None:
    path = shipped.path(leaflet="overview", level="plain", layout="standard", locale="en-GB", kind="read")
    titles = [str(item.title) for item in _flat(PdfReader(served / "leeds" / path.relative_to(shipped.folder)).outline)]
    assert "Example Clinic, Leeds" in titles
    assert "Your clinic" not in titles


def _flat(items: Any) -> list[Any]:
    return [one for item in items for one in (_flat(item) if isinstance(item, list) else [item])]
