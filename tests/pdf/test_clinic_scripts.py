"""A clinic in many scripts, on leaflets that are built and on leaflets that are stamped."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pytest

from leaflets.base.diagnostics import Severity
from leaflets.check.expected import expect
from leaflets.check.preflight.run import preflight
from leaflets.check.readback.embedded_fonts import read_font
from leaflets.cli.main import main
from leaflets.editions.edition import Edition
from leaflets.finish.stamping.shaping import Face, _opened
from tests.conftest import Built, build
from tests.tools.clinics import clinic
from tests.tools.heard import spoken
from tests.tools.pdf import pieces, reader, squeezed, text

NAME = "ਸਿਹਤ ਕਲੀਨਿਕ · Clinic 診療所 (GP)"
ADDRESS = ("हिन्दी क्लिनिक, मुख्य सड़क 12", "מרפאת הדוגמה, רחוב 12 (NHS)", "คลินิกสุขภาพชุมชน", "የጤና ክሊኒክ 9")
HOURS = ("건강 클리닉 9:00–18:00", "ကျန်းမာရေးဆေးခန်း, গ্ৰাম স্বাস্থ্য")
FAMILIES = ("Gurmukhi", "Devanagari", "Hebrew", "Thai", "Ethiopic", "Myanmar", "Bengali", "KR")
READ = ("診療所", "የጤና", "ክሊኒክ", "건강", "클리닉", "9:00–18:00")
LAYOUTS = ("standard", "booklet", "giant-print")
CHOICE = [
    part
    for key, values in (("leaflet", ("overview",)), ("level", ("plain",)), ("locale", ("en-GB",)), ("layout", LAYOUTS))
    for value in values
    for part in (f"--{key}", value)
]


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("scripts")
    lines = {key: str(list(values)).replace("'", '"') for key, values in (("address", ADDRESS), ("hours", HOURS))}
    file = clinic(folder, name=f'"{NAME}"', logo="", **lines)
    return build(folder / "out", *CHOICE, "--clinic", str(file), "--jobs", "1")


@pytest.fixture(scope="module")
def served(shipped: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As much of it as the room of a finished file holds, by two clinics."""
    folder = tmp_path_factory.mktemp("clinics")
    rows = [
        "id,name,address,hours",
        f'a,{NAME},"{ADDRESS[0]}|{ADDRESS[1]}",',
        f"b,{HOURS[0]},{'|'.join(ADDRESS[2:])},{HOURS[1]!r}",
    ]
    (folder / "clinics.csv").write_text("\n".join(rows).replace("'", '"'), encoding="utf-8")
    files = ("--clinics", str(folder / "clinics.csv"), "--from", str(shipped.folder), "--out", str(folder / "out"))
    assert main(["stamp", *files, *CHOICE, "--jobs", "1"]) == 0
    return folder / "out"


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.pdf") if not path.name.endswith("en-GB.print.pdf"))


def test_each_layout_is_made_both_ways(ours: Built, served: Path) -> None:
    assert len(files(ours.folder)) == len(LAYOUTS)
    assert len(files(served)) == 2 * len(LAYOUTS)


def test_they_are_pdf_ua_and_ready_to_print(ours: Built, served: Path) -> None:
    for path in (*files(ours.folder), *files(served)):
        report = page_validation.validate_pdf(str(path))
        assert report.is_compliant, (path, [str(failure) for failure in report.failures][:3])
        layout = path.name.split(".")[3]
        wanted = expect(
            Edition("fibromyalgia-leg-pain", "overview", "plain", layout, "en-GB"), "A4", "ukaaf", "ltr", False
        )
        found = preflight(path, wanted)
        assert not [item for item in found.diagnostics if item.severity is Severity.ERROR], path


def test_each_script_has_its_font(ours: Built, served: Path) -> None:
    for path in files(ours.folder):
        with pikepdf.open(path) as document:
            fonts = {str(item["/BaseFont"]) for item in document.objects if _has(item, "/BaseFont")}
        for family in FAMILIES:
            assert any(f"+Noto-Sans-{family}" in font for font in fonts), (path, family)


def test_what_reads_back_letter_by_letter_reads_right(ours: Built, served: Path) -> None:
    for path in files(ours.folder):
        said = squeezed(text(path))
        assert not [words for words in READ if squeezed(words) not in said], path
    for path in files(served / "b"):
        said = squeezed(text(path))
        assert not [words for words in ("건강", "클리닉", "ክሊኒክ", "คลินิกสุขภาพชุมชน") if squeezed(words) not in said], path


def test_what_is_stamped_is_read_out_as_it_was_written(served: Path) -> None:
    """Where glyphs stand in another order than letters, the tags say the words."""
    for name, wanted in (("a", (NAME, ADDRESS[0], ADDRESS[1])), ("b", HOURS[1:])):
        for path in files(served / name):
            said = spoken(path).document.text
            assert not [words for words in wanted if words not in said], path


def test_no_letter_is_smaller_than_the_layouts_type(ours: Built, served: Path) -> None:
    for path in (*files(ours.folder), *files(served)):
        if ".giant-print." in path.name:
            small = [piece for piece in pieces(path) if piece.size < 24 - 0.01 and re.search(r"[^\x00-ÿ]", piece.text)]
            assert not small, small[:3]


def test_the_same_clinic_gives_the_same_bytes(ours: Built, tmp_path: Path) -> None:
    again = build(
        tmp_path / "out", *CHOICE[:6], "--layout", "standard", "--clinic", str(ours.folder.parent / "clinic.toml")
    )
    (path,) = files(again.folder)
    assert path.read_bytes() == (ours.folder / path.relative_to(again.folder)).read_bytes()


def test_the_preflight_knows_the_ink_of_each_stamped_letter(served: Path) -> None:
    """Codes lead to glyphs by a map; letters that no rule of their font changes have the outlines HarfBuzz tells."""
    (path,) = (path for path in files(served / "b") if ".standard." in path.name)
    looked_at = 0
    for page in reader(path).pages:
        for name, font in page["/Resources"].get("/Font", {}).items():  # type: ignore[union-attr]
            read = read_font(font.get_object()) if name.startswith("/Clinic") else None
            if read is None or not read.name.startswith("NotoSansKR"):
                continue
            opened = _opened(Face("korean", read.name.endswith("Bold")))
            for code, letter in read.characters.items():
                extents = opened.get_glyph_extents(opened.get_nominal_glyph(ord(letter)))
                left, bottom, right, top = read.ink(code) or (0, 0, 0, 0)
                told = (extents.x_bearing, extents.y_bearing + extents.height, extents.width, extents.y_bearing)
                assert all(abs(a - b) <= 2 for a, b in zip((left, bottom, right - left, top), told, strict=True)), (
                    letter
                )
                looked_at += 1
    assert looked_at > 4


def test_a_screen_reader_is_told_the_words_as_they_are_written(ours: Built) -> None:
    """In whatever order the glyphs of a script stand."""
    for path in files(ours.folder):
        said = unicodedata.normalize("NFC", spoken(path).document.text.replace("\u200b", ""))
        for line in (NAME, *ADDRESS, *HOURS):
            assert unicodedata.normalize("NFC", line) in said, (path.name, line)


def _has(item: Any, key: str) -> bool:
    return isinstance(item, pikepdf.Dictionary) and key in item
