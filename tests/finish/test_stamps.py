"""Clinics' details on finished editions: tagged, in their place, whole, and told when they do not fit."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw
from pypdf import PdfReader

from leaflets.cli.main import main
from leaflets.content.clinic import Clinic
from leaflets.editions.layouts import layout_for
from leaflets.finish.faces import Face, shape
from leaflets.finish.labels import FIELDS, RoomError, label
from leaflets.finish.lines import runs, tokens, wrapped
from leaflets.finish.pieces import Picture
from leaflets.finish.stamps import stamped
from leaflets.finish.stock import StockError, stock
from tests.conftest import ROOT, Built
from tests.tools.pdf import pieces, plain

COLUMNS = "id,name,address,phone,hours,website,leaflets,logo"
LEEDS = (
    'leeds,"Example Clinic, Leeds",1 Example Street | Leeds LS1 1AA,0113 496 0000,Mon–Fri 8–18,www.example.org,'
    "https://www.example.org/l/{path},logo.png"
)
LODZ = "lodz,Przychodnia Łódź,ul. Przykładowa 1,0113 496 0001,,,,drawing.svg"
EMPTY = "The clinic can stamp or write"
SMALL = tuple(
    part
    for field in ("summary:leaflets", "summary:logo", "tri-fold:leaflets", "tri-fold:logo")
    for part in ("--leave-out", field)
)


def rows(folder: Path, *lines: str) -> Path:
    """A CSV file of clinics, with logos beside it."""
    picture = Image.new("RGBA", (400, 160), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((10, 10, 150, 150), fill=(11, 74, 90, 255))
    picture.save(folder / "logo.png")
    (folder / "drawing.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40"><defs><linearGradient id="a">'
        '<stop offset="0" stop-color="#0b4a5a"/><stop offset="1" stop-color="#9c2310"/></linearGradient></defs>'
        '<rect width="100" height="40" rx="8" fill="url(#a)"/></svg>'
    )
    path = folder / "clinics.csv"
    path.write_text("\n".join((COLUMNS, *lines)) + "\n", encoding="utf-8")
    return path


def stamp(built: Built, csv: Path, out: Path, *options: str) -> int:
    return main(["stamp", "--clinics", str(csv), "--from", str(built.folder), "--out", str(out), *options])


@pytest.fixture(scope="module")
def served(shipped: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two clinics on every edition of a shipped leaflet."""
    folder = tmp_path_factory.mktemp("clinics")
    assert stamp(shipped, rows(folder, LEEDS, LODZ), folder / "out", "--leaflet", "overview", *SMALL) == 0
    return folder / "out"


def chosen(built: Built, **wanted: str) -> list[dict[str, Any]]:
    """Entries of files to read and of files for the printer that have these values."""
    return [row for row in (*built.entries, *built.twins) if all(row[key] == value for key, value in wanted.items())]


def entries(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "catalogue.json").read_text(encoding="utf-8"))["editions"]
    return found


def room_page(path: Path) -> int:
    """The page of an edition that has the room."""
    return next(number for number, page in enumerate(PdfReader(path).pages) if "/PieceInfo" in page)


def structure(path: Path) -> list[tuple[str, str, set[int]]]:
    """Every structure element: its tag, its alternative text, and its marks (MCID) with the number of their page."""
    found = []
    with pikepdf.open(path) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}

        def walk(element: Any, page: int) -> None:
            page = pages[element.Pg.objgen] if "/Pg" in element else page
            kids = element.get("/K", [])
            kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
            marks = {page * 1000 + int(kid) for kid in kids if not isinstance(kid, pikepdf.Object)}
            found.append((str(element.S), str(element.get("/Alt", "")), marks))
            for kid in kids:
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    walk(kid, page)

        for kid in pdf.Root.StructTreeRoot.K:
            walk(kid, 0)
    return found


def test_every_edition_is_stamped_for_every_clinic(shipped: Built, served: Path) -> None:
    for clinic in ("leeds", "lodz"):
        found = {entry["path"]: entry for entry in entries(served / clinic)}
        rows = chosen(shipped, leaflet="overview")
        assert found.keys() == {entry["path"] for entry in rows}
        for entry in rows:
            assert {**found[entry["path"]], "sha256": ""} == {**entry, "sha256": ""}
            assert (served / clinic / entry["path"]).read_bytes().startswith(b"%PDF-1.7")


def test_stamped_editions_are_accessible(served: Path) -> None:
    for path in sorted(served.rglob("*.pdf")):
        if not path.name.endswith(".print.pdf"):
            report = page_validation.validate_pdf(str(path))
            assert report.is_compliant, (path, [str(failure) for failure in report.failures][:3])


def test_stamped_files_are_whole(served: Path) -> None:
    for path in sorted(served.rglob("*.pdf")):
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == [], path


def test_the_details_replace_the_words_of_the_empty_box_and_nothing_else(shipped: Built, served: Path) -> None:
    for entry in chosen(shipped, kind="read", leaflet="overview", level="plain"):
        before, after = PdfReader(shipped.folder / entry["path"]), PdfReader(served / "lodz" / entry["path"])
        number = room_page(shipped.folder / entry["path"])
        for at, (old, new) in enumerate(zip(before.pages, after.pages, strict=True)):
            if at != number:
                assert new.extract_text() == old.extract_text(), (entry["path"], at)
        was, words = (plain(pages.pages[number].extract_text()) for pages in (before, after))
        assert EMPTY in was
        assert EMPTY not in words
        for said in ("Przychodnia Łódź", "ul. Przykładowa 1", "0113 496 0001"):
            assert words.count(said) == 1, (entry["path"], said)
        lost = set(was.split()) - set(words.split())
        empty = "Your clinic The clinic can stamp or write its name, address and phone number here."
        assert lost <= set(empty.split()), (entry["path"], lost)


def test_details_are_read_where_the_room_is(shipped: Built, served: Path) -> None:
    for entry in chosen(shipped, kind="read", leaflet="overview", level="plain"):
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
def test_the_code_leads_to_the_copy(shipped: Built, served: Path, kind: str) -> None:
    for entry in chosen(shipped, kind=kind, locale="en-GB", leaflet="overview"):
        if entry["layout"] in ("summary", "tri-fold"):
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
    number, room = room_page(path), stock(path.read_bytes()).room
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


def test_numbers_and_latin_words_keep_their_direction_in_arabic() -> None:
    (line,), over = wrapped(tokens("شارع 12-14 LS1 1AA", True, "arabic"), 12, lambda _: 500, False)
    drawn = [run.words for run in runs(line, bold=False)]
    assert over <= 0
    assert drawn[0].strip() == "12-14 LS1 1AA"
    assert len(drawn) > 1
    (line,), _ = wrapped(
        tokens("الهاتف:", True, "arabic") + tokens("0113 496", True, "arabic", True), 12, lambda _: 500, False
    )
    assert next(run.words.strip() for run in runs(line, bold=False)) == "0113 496"


def test_brackets_are_turned_round_in_arabic() -> None:
    (line,), _ = wrapped(tokens("ليدز (NHS)", True, "arabic"), 12, lambda _: 500, False)
    glyphs = [glyph.id for run in runs(line, bold=False) for glyph in run.glyphs]
    assert glyphs[:5] == [glyph.id for glyph in shape("(NHS)", Face("arabic", False), rtl=False)]


def test_what_does_not_fit_is_an_error_and_costs_its_clinic_alone(
    shipped: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = (
        "long,Example Clinic,"
        + " | ".join(["1 Very Long Example Street Without Any End"] * 4)
        + ",0113 496 0000,,www.example.org,https://example.org/,"
    )
    csv = rows(tmp_path, long, LODZ)
    choice = ("--leaflet", "overview", "--layout", "tri-fold", "--layout", "standard", "--leave-out", "tri-fold:logo")
    assert stamp(shipped, csv, tmp_path / "out", *choice) == 1
    said = capsys.readouterr().err
    found = re.search(r"clinics\.csv:2:\d+: error: clinic “long”: \w+ does not fit the room on tri-fold .*", said)
    assert found
    assert re.search(r"\d+\.\d mm too high \[clinic-room\]", found[0])
    assert "--leave-out tri-fold:" in said
    assert not (tmp_path / "out" / "long").exists()
    assert len(list((tmp_path / "out" / "lodz").rglob("*.pdf"))) == len(
        [row for row in chosen(shipped, leaflet="overview") if row["layout"] in ("tri-fold", "standard")]
    )


def test_a_word_that_is_too_wide_is_named(shipped: Built) -> None:
    path = shipped.path(leaflet="overview", level="plain", layout="tri-fold", locale="en-GB", kind="read")
    room = stock(path.read_bytes()).room
    with pytest.raises(RoomError, match=r"“W+” is \d+\.\d mm too wide") as caught:
        label(Clinic(name="W" * 40), room, None)
    assert caught.value.field == "name"


@pytest.mark.parametrize("field", FIELDS[1:])
def test_each_field_can_be_left_out(shipped: Built, field: str) -> None:
    path = shipped.path(leaflet="overview", level="plain", layout="large-print", locale="en-GB", kind="read")
    taken = stock(path.read_bytes())
    values = {
        "phone": "0113 496 0000", "address": ("1 Example Street",), "hours": ("8–18",), "website": "www.example.org",
    }  # fmt: skip
    clinic = Clinic(name="Example", leaflets="https://www.example.org/", **values)  # type: ignore[arg-type]
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(picture, "PNG")
    logo = Picture(picture.getvalue(), 1.5)
    whole, less = (label(clinic, taken.room, logo, left) for left in ((), (field,)))
    if field == "leaflets":
        assert whole.code is not None
        assert less.code is None
    else:
        assert len(whole.pieces) == len(less.pieces) + 1


def test_a_stamped_file_has_no_room_any_more(shipped: Built) -> None:
    path = shipped.path(leaflet="overview", level="plain", layout="standard", locale="en-GB", kind="read")
    taken = stock(path.read_bytes())
    body = stamped(taken, label(Clinic(name="Example"), taken.room, None), "Example")
    with pytest.raises(StockError, match="no empty room"):
        stock(body)
    with pytest.raises(StockError, match="not as a leaflet is"):
        stock(b"not a PDF")


def test_the_bookmark_has_the_name(shipped: Built, served: Path) -> None:
    path = shipped.path(leaflet="overview", level="plain", layout="standard", locale="en-GB", kind="read")
    titles = [str(item.title) for item in _flat(PdfReader(served / "leeds" / path.relative_to(shipped.folder)).outline)]
    assert "Example Clinic, Leeds" in titles
    assert "Your clinic" not in titles


def _flat(items: Any) -> list[Any]:
    return [one for item in items for one in (_flat(item) if isinstance(item, list) else [item])]


def test_only_what_is_missing_or_changed_is_made(shipped: Built, tmp_path: Path) -> None:
    choice = ("--layout", "large-print", "--leaflet", "overview", "--jobs", "1")
    out, csv = tmp_path / "out", rows(tmp_path, LEEDS, LODZ)
    assert stamp(shipped, csv, out, *choice) == 0
    first = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.rglob("*") if path.is_file()}
    gone = sorted(out.glob("leeds/*/*.pdf"))[0]
    gone.unlink()
    rows(tmp_path, LEEDS, LODZ.replace("0001", "0002"))
    assert stamp(shipped, csv, out, *choice) == 0
    for path, (body, changed) in first.items():
        lodz = "lodz" in path.parts
        assert (path.read_bytes() == body) is not lodz, path
        assert (path.stat().st_mtime_ns == changed) is (not lodz and path != gone), path
    rows(tmp_path, LEEDS, LODZ)
    assert stamp(shipped, csv, out, *choice, "--force") == 0
    assert {path: path.read_bytes() for path in first} == {path: body for path, (body, _) in first.items()}


def test_a_leaflet_that_is_offered_no_longer_goes(shipped: Built, tmp_path: Path) -> None:
    source = tmp_path / "build"
    shutil.copytree(shipped.folder, source)
    built, out, csv = Built(source, shipped.entries, shipped.twins), tmp_path / "out", rows(tmp_path, LODZ)
    choice = ("--layout", "standard", "--leaflet", "overview", "--locale", "en-GB", "--jobs", "1")
    assert stamp(built, csv, out, *choice) == 0
    gone = next(entry["path"] for entry in chosen(shipped, layout="standard", leaflet="overview", locale="en-GB"))
    (source / gone).unlink()
    assert stamp(built, csv, out, *choice, "--force") == 0
    assert not (out / "lodz" / gone).exists()
    assert gone not in {entry["path"] for entry in entries(out / "lodz")}


def test_a_leaflet_that_is_not_what_the_catalogue_says_is_not_stamped(
    shipped: Built, second: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "build"
    shutil.copytree(shipped.folder, source)
    path = shipped.path(leaflet="overview", level="plain", layout="standard", locale="en-GB", kind="read")
    other = chosen(second, kind="read", layout="standard")[0]
    shutil.copyfile(second.folder / other["path"], source / path.relative_to(shipped.folder))
    choice = ("--layout", "standard", "--leaflet", "overview", "--locale", "en-GB", "--level", "plain")
    assert stamp(Built(source, (), ()), rows(tmp_path, LODZ), tmp_path / "out", *choice) == 1
    assert "not the file that the catalogue names [no-room]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("leeds,Other,,,,,,", r"clinics\.csv:3:1: error: the id “leeds” stands here twice"),
        ("Bad Id,Other,,,,,,", r"clinics\.csv:3:1: error: "),
        ("other,Example Clinic, Leeds,,,,,,", r"clinics\.csv:3:1: error: the row has 9 cells, and there are 8 columns"),
        ("other,Clinic \uabc3,,,,,,", r"clinics\.csv:3:1: error: name: no font has \uabc3 \(U\+ABC3\)"),
        ("other,Other,,,,,http://example.org,", r"clinics\.csv:3:\d+: error: .*https://"),
        ("other,Other,,,,,,none.png", r"clinics\.csv:3:\d+: error: the logo .* cannot be read"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_place(
    shipped: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    choice = ("--layout", "standard", "--leaflet", "overview", "--level", "plain")
    assert stamp(shipped, rows(tmp_path, LEEDS, line), tmp_path / "out", *choice) == 1
    told = capsys.readouterr().err
    assert re.search(said, told)
    assert ("a row of the file was left out" in told) is ("no font has" not in said)
    assert (tmp_path / "out" / "leeds" / "catalogue.json").is_file()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["leeds"]


def test_wrong_use(shipped: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    csv = rows(tmp_path, LEEDS)
    assert stamp(shipped, csv, shipped.folder) == 2
    assert stamp(shipped, csv, tmp_path / "out", "--locale", "en-GX") == 1
    assert "did you mean “en-GB”?" in capsys.readouterr().err
    assert stamp(Built(tmp_path, (), ()), csv, tmp_path / "out") == 1
    assert "there are no finished leaflets [no-catalogue]" in capsys.readouterr().err
    for wrong in ("nothing", "tri-fold:name", "no-layout:hours"):
        with pytest.raises(SystemExit) as ended:
            stamp(shipped, csv, tmp_path / "out", "--leave-out", wrong)
        assert ended.value.code == 2
    assert not (tmp_path / "out").exists()


def test_stopped_half_way_nothing_is_half_written(shipped: Built, tmp_path: Path) -> None:
    lines = [LODZ.replace("lodz", f"clinic-{number}").replace("drawing.svg", "") for number in range(300)]
    csv, out = rows(tmp_path, *lines), tmp_path / "out"
    command = [sys.executable, str(ROOT / "generate.py"), "stamp", "--clinics", str(csv), "--jobs", "2"]
    command += ["--from", str(shipped.folder), "--out", str(out), "--layout", "standard"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ})
    until = time.monotonic() + 120
    while not list(out.glob("*/catalogue.json")):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "stopped; nothing is left half-written" in said
    assert not list(out.rglob("*.part"))
    done = list(out.glob("*/catalogue.json"))
    assert 0 < len(done) < 300
    assert {path.parent for path in done} == {path for path in out.iterdir() if path.is_dir()}
    for path in out.rglob("*.pdf"):
        assert path.read_bytes().endswith(b"%%EOF\n")
