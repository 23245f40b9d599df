"""The clinic on paper: its details, its logo and a QR code that can be read, in every layout, level and locale."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from leaflets.editions.layouts import ON_PAPER, for_patients, layout_for
from tests.conftest import PROJECTS, Built, build
from tests.tools.clinics import clinic
from tests.tools.pdf import pieces, reader, squeezed, text
from tests.tools.selection import sampled
from tests.tools.shipped import region

DPI = 150
LINES = ("Example Clinic", "01632 960001", "1 Example Street", "Exampletown EX1 2AB", "Saturday: 9:00 to 12:00")
COPY = "https://www.example.org/leaflets/"


@pytest.fixture(scope="session")
def ours(tmp_path_factory: pytest.TempPathFactory, heavy: bool) -> Built:
    """Editions of one leaflet for patients, for a clinic, and of the second article in Arabic: at all levels in both
    regions with the heavy tests, else at the plain level."""
    levels = () if heavy else ("--level", "plain")
    folder = tmp_path_factory.mktemp("ours")
    file = str(clinic(folder / "clinic"))
    first = build(
        folder / "out", "--clinic", file, "--leaflet", "overview", "--article", "fibromyalgia-leg-pain", *levels
    )
    hands = ("--project", str(PROJECTS / "hand-washing"), "--article", "hand-washing", "--leaflet", "overview")
    second = build(folder / "ar", "--clinic", file, *hands, "--locale", "ar-GB", *levels)
    return Built(folder, tuple({**entry, "path": f"{name}/{entry['path']}"} for name, built in
                               (("out", first), ("ar", second)) for entry in built.entries
                               if for_patients(entry["layout"])))  # fmt: skip


def test_every_layout_level_and_locale_is_there(ours: Built, heavy: bool) -> None:
    assert {entry["layout"] for entry in ours.entries} == {name for name in ON_PAPER if for_patients(name)}
    assert {entry["level"] for entry in ours.entries} == ({"easy", "plain", "detailed"} if heavy else {"plain"})
    assert {entry["locale"] for entry in ours.entries} == {"en-GB", "en-US", "ar-GB"}
    assert len(ours.entries) == (45 if heavy else 21)


def test_each_says_the_whole_of_the_details(ours: Built) -> None:
    for entry in ours.entries:
        said = squeezed(text(ours.folder / entry["path"]))
        missing = [line for line in (*LINES, "www.example.org") if squeezed(line) not in said]
        assert not missing, (entry["path"], missing)


@cache
def pages(path: Path) -> tuple[Image.Image, ...]:
    with pypdfium2.PdfDocument(path) as document:
        return tuple(page.render(scale=DPI / 72).to_pil().convert("L") for page in document)


def codes(path: Path) -> Iterator[tuple[Any, Image.Image]]:
    for picture in pages(path):
        for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode):
            yield found, picture


def test_each_has_one_qr_code_to_its_own_copy_large_enough_on_white(ours: Built) -> None:
    for entry in ours.entries:
        ((found, picture),) = codes(ours.folder / entry["path"])
        assert found.text == COPY + entry["path"].partition("/")[2]
        at = found.position
        side = (at.bottom_right.x - at.top_left.x) / DPI * 25.4
        assert side >= 20, (entry["path"], side)
        modules = 17 + 4 * int(found.extra["Version"])
        quiet = round(3.7 * (at.bottom_right.x - at.top_left.x) / modules)
        box = (at.top_left.x - quiet, at.top_left.y - quiet, at.bottom_right.x + quiet, at.bottom_right.y + quiet)
        around = picture.crop(box)
        around.paste(255, (quiet - 2, quiet - 2, around.width - quiet + 3, around.height - quiet + 3))
        assert around.getextrema()[0] > 250, (entry["path"], "the white round the code is not white")


def test_no_glyph_is_smaller_than_the_layouts_floor(ours: Built) -> None:
    for entry in ours.entries:
        floor = layout_for(entry["layout"], entry["level"], region(entry["locale"]).large_print).floor_pt
        small = [piece for piece in pieces(ours.folder / entry["path"]) if piece.size < floor - 0.01]
        assert not small, (entry["path"], small[:3])


def test_each_is_pdf_ua(ours: Built) -> None:
    for entry in ours.entries:
        report = page_validation.validate_pdf(str(ours.folder / entry["path"]))
        assert report.is_compliant, (entry["path"], [str(failure) for failure in report.failures][:3])


def test_the_code_and_the_logo_say_what_they_are(ours: Built) -> None:
    for entry in ours.entries:
        with pikepdf.open(ours.folder / entry["path"]) as document:
            alts = {str(item["/Alt"]) for item in document.objects if _figure(item)}
        wanted = {"Logo of Example Clinic", "QR code for this leaflet at www.example.org"}
        if entry["locale"] == "ar-GB":
            wanted = {"شعار Example Clinic", "رمز QR لهذه النشرة على www.example.org"}
        assert wanted <= alts, entry["path"]


def _figure(item: Any) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure" and "/Alt" in item


def test_the_address_beside_the_code_is_a_link_to_the_copy(ours: Built) -> None:
    for entry in ours.entries:
        path = ours.folder / entry["path"]
        links = {
            str(note.get_object()["/A"]["/URI"])
            for page in reader(path).pages
            for note in page.get("/Annots", ())
            if "/URI" in note.get_object().get("/A", {})
        }
        assert {link for link in links if link.startswith(COPY)} == {COPY + entry["path"].partition("/")[2]}


def test_without_a_clinic_there_is_room_for_a_stamp(shipped: Built) -> None:
    path = shipped.path(leaflet="overview", level="plain", layout="standard", locale="en-GB")
    assert "Clinic stamp" in text(path)
    assert not list(codes(path))


def test_the_catalogue_is_as_without_a_clinic(ours: Built, shipped: Built) -> None:
    """But for the bytes, and for a page more or less."""
    own = ("sha256", "pages")
    known = {entry["path"]: {**entry, **dict.fromkeys(own)} for entry in shipped.entries}
    looked_at = 0
    for entry in ours.entries:
        folder, _, path = entry["path"].partition("/")
        if folder == "out":
            assert {**entry, "path": path, **dict.fromkeys(own)} == known[path]
            looked_at += 1
    levels = {entry["level"] for entry in ours.entries}
    assert looked_at == len(
        [path for path, entry in known.items() if ".overview." in path and entry["level"] in levels]
    )


def one(tmp_path: Path, layout: str = "standard", body: bytes | None = None, /, **fields: str) -> Path:
    """One edition for a clinic."""
    file = str(clinic(tmp_path / "clinic", body, **fields))
    choice = ("--leaflet", "overview", "--level", "plain", "--layout", layout, "--locale", "en-GB")
    built = build(tmp_path / "out", "--clinic", file, *choice, "--jobs", "1")
    return built.folder / built.entries[0]["path"]


NAMES = {
    "عيادة المثال": "IBM-Plex-Sans-Arabic",
    "Przychodnia Przykładowa": "Leaflet-Sans",
    "Παράδειγμα Κλινική": "Fira-Sans",
    "Клиника «Пример»": "Fira-Sans",
    "Phòng khám Ví dụ": "Fira-Sans",
    "Meddygfa Tŷ Enghraifft": "Fira-Sans",
}


@pytest.mark.parametrize("name", sampled(NAMES, ("عيادة المثال", "Phòng khám Ví dụ")))
def test_a_name_in_another_script_is_set_in_one_font_that_has_it(tmp_path: Path, name: str) -> None:
    path = one(tmp_path, name=f'"{name}"')
    with pikepdf.open(path) as document:
        fonts = {str(item["/BaseFont"]) for item in document.objects if _font(item)}
    assert any(NAMES[name] in font for font in fonts), fonts
    assert page_validation.validate_pdf(str(path)).is_compliant
    if "ع" not in name:  # right-to-left words are drawn from the left
        assert squeezed(name) in squeezed(text(path))


def _font(item: Any) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/BaseFont" in item


def test_a_code_for_a_short_address_is_large_enough_too(tmp_path: Path) -> None:
    path = one(tmp_path, leaflets='"https://example.org/l"')
    ((found, _),) = codes(path)
    assert found.text == "https://example.org/l"
    assert (found.position.bottom_right.x - found.position.top_left.x) / DPI * 25.4 >= 20
    assert "This leaflet online: example.org/l" in text(path)
    assert "Website: www.example.org" in text(path)


def test_with_a_name_alone_there_is_no_code_and_no_logo(tmp_path: Path) -> None:
    gone = dict.fromkeys(("address", "phone", "hours", "website", "logo", "leaflets"), "")
    path = one(tmp_path, "tri-fold", **gone)
    assert not list(codes(path))
    assert "Example Clinic" in text(path)
    assert "Phone" not in text(path)
    assert page_validation.validate_pdf(str(path)).is_compliant
