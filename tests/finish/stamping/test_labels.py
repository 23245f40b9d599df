"""A clinic's details set into a room: every script that a leaflet can be made in can be stamped too."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import replace
from math import inf
from typing import Any

import pytest
from PIL import Image

from leaflets.base.project import Project
from leaflets.content.clinic import Clinic
from leaflets.content.logo import Logo
from leaflets.finish.stamping.label_layout import FIELDS, LabelFitError, _Setting, label
from leaflets.finish.stamping.label_parts import INK, STRONG, Label, LogoPicture
from leaflets.finish.stamping.shaping import Face, UsedFace, shape, width
from leaflets.finish.stamping.template import StampArea, prepare
from leaflets.finish.stamping.text_runs import runs, tokens, wrapped
from leaflets.html.style import tokens as design_tokens
from leaflets.l10n.font_table import FONTS
from leaflets.pdf.images.qr import DARK
from leaflets.pdf.images.svg_page import drawing_pdf
from tests.conftest import Built

ROOM = StampArea(0, 0, 400, 200, 18, 14, 1.3, False, "standard", "atkinson", {"phone": "Phone"})
NAMES = {
    "greek": "Κλινική Αθηνών",
    "cyrillic": "Клініка здоров’я",
    "vietnamese": "Phòng khám Đường Số",
    "turkish": "Sağlık Ocağı",
    "arabic": "عيادة الصحة",
    "hindi": "हिन्दी क्लिनिक",
    "punjabi": "ਸਿਹਤ ਕਲੀਨਿਕ",
    "hebrew": "מרפאת הדוגמה",
    "thai": "คลินิกสุขภาพ",
    "amharic": "የጤና ክሊኒክ",
    "chinese": "健康诊所",
    "korean": "건강 클리닉",
    "mixed": "Clinic ਕਲੀਨਿਕ 診療所 (GP)",
}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10"/></svg>'


def texts(found: Label) -> str:
    """What the fonts say that their glyphs stand for."""
    said = []
    for _, tail in found.resources.objects:
        if tail.startswith(b"\nstream\n"):
            data = tail.removeprefix(b"\nstream\n").removesuffix(b"\nendstream")
            try:
                plain = zlib.decompress(data)
            except zlib.error:
                continue
            if b"beginbfchar" in plain:
                rows = plain.split(b"endcodespacerange")[1].decode().splitlines()
                said += [row.split()[1].strip("<>") for row in rows if row.startswith("<")]
    return "".join(bytes.fromhex(code).decode("utf-16-be") for code in said)


@pytest.mark.parametrize("script", NAMES)
def test_a_name_in_each_script_is_set(script: str) -> None:
    name = NAMES[script]
    said = texts(label(Clinic(name=name, address=(name,), phone="0113 496 0000"), ROOM, None))
    assert set(name.replace(" ", "")) <= set(said), script


def test_a_line_is_set_in_one_font_as_a_build_sets_it() -> None:
    ((line,), _) = wrapped(tokens("12 Phòng khám Đường Số", False, "atkinson"), 12, lambda _: 500, False)
    assert {run.face.font for run in runs(line, bold=False)} == {"fira"}


@pytest.mark.parametrize("script", NAMES)
def test_each_glyph_stands_where_harfbuzz_puts_it(script: str) -> None:
    """The steps between strings and the widths of a viewer come to the same places, to a thousandth of the size."""
    ((line,), _) = wrapped(tokens(NAMES[script], script in ("arabic", "hebrew"), "atkinson"), 12, lambda _: 900, False)
    for run in runs(line, bold=True):
        used = UsedFace(run.face)
        drawn = drawn_at(used, used.operators(run.glyphs, 1000))
        pen = 0.0
        for glyph, (code, x, rise) in zip(run.glyphs, drawn, strict=True):
            assert used.codes[glyph.id, glyph.text] == code
            assert abs(x - pen - glyph.x) <= 1, (script, glyph)
            assert abs(rise - glyph.y) <= 0.01
            pen += glyph.advance


def drawn_at(used: UsedFace, operators: str) -> list[tuple[int, float, float]]:
    """The codes of strings with where a viewer puts them: to the right, and up. In thousandths of the size."""
    widths = {code: width(used.face, glyph) for (glyph, _), code in used.codes.items()}
    found, x, rise = [], 0.0, 0.0
    for string, number, lifted in re.findall(r"<([0-9A-F]+)>|(-?\d+)(?=[^\]<]*[<\]])|(-?[\d.]+) Ts", operators):
        x -= float(number or 0)
        rise = float(lifted) if lifted else rise
        for code in (int(string[at : at + 4], 16) for at in range(0, len(string), 4)):
            found.append((code, x, rise))
            x += widths[code]
    return found


def test_the_text_of_a_label_reads_back_in_order() -> None:
    """Where one glyph stands for several letters, and one letter for several glyphs, codes tell them apart."""
    ((line,), _) = wrapped(tokens("ক্লিনিক কি", False, "atkinson"), 12, lambda _: 900, False)
    (run,) = runs(line, bold=False)
    used = UsedFace(run.face)
    used.operators(run.glyphs, 12)
    assert "".join(glyph.text for glyph in run.glyphs) == "ক্লিনিক কি"
    assert len({glyph.id for glyph in run.glyphs}) < len(used.codes)


def test_each_font_has_its_files() -> None:
    for name, font in FONTS.items():
        assert font.file().is_file(), name
        assert font.file(bold=True).is_file(), name


def test_colours_are_those_of_the_design() -> None:
    design = design_tokens(Project().read_text("templates/css/tokens.css"), {}, "en")
    for name, drawn in (("strong", STRONG), ("ink", INK)):
        shown = "".join(f"{round(float(part) * 255):02x}" for part in drawn.split()[:3])
        assert f"#{shown}" == design[f"--{name}"]
    assert design["--ink"] == DARK


def test_a_logo_that_is_left_out_is_not_in_the_file() -> None:
    logo = LogoPicture(drawing_pdf(Logo("image/svg+xml", SVG, 2.0)), 2.0, drawing=True)
    clinic = Clinic(name="Example Clinic")
    assert "/ClinicLogo" in label(clinic, ROOM, logo).resources.pictures
    assert not label(clinic, ROOM, logo, ("logo",)).resources.pictures


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


def test_a_word_that_is_too_wide_is_named(shipped: Built) -> None:
    path = shipped.path(leaflet="overview", level="plain", layout="tri-fold", locale="en-GB", kind="read")
    room = prepare(path.read_bytes()).area
    with pytest.raises(LabelFitError, match=r"“W+” is \d+\.\d mm too wide") as caught:
        label(Clinic(name="W" * 40), room, None)
    assert caught.value.field == "name"


@pytest.mark.parametrize("field", FIELDS[1:])
def test_each_field_can_be_left_out(shipped: Built, field: str) -> None:
    path = shipped.path(leaflet="overview", level="plain", layout="large-print", locale="en-GB", kind="read")
    taken = prepare(path.read_bytes())
    values = {
        "phone": "0113 496 0000", "address": ("1 Example Street",), "hours": ("8–18",), "website": "www.example.org",
    }  # fmt: skip
    clinic = Clinic(name="Example", leaflets="https://www.example.org/", **values)  # type: ignore[arg-type]
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(picture, "PNG")
    logo = LogoPicture(picture.getvalue(), 1.5)
    whole, less = (label(clinic, taken.area, logo, left) for left in ((), (field,)))
    if field == "leaflets":
        assert whole.code is not None
        assert less.code is None
    else:
        assert len(whole.pieces) == len(less.pieces) + 1


def test_lines_below_the_code_have_the_whole_width_however_high_those_beside_it_are() -> None:
    """Thai lines are higher than usual, so fewer of them stand beside the code."""
    words = "คลินิกสุขภาพชุมชน"
    address = (f"{words} {words}",) * 3
    clinic = Clinic(name=words, address=address, leaflets="https://www.example.org/{path}")
    room = StampArea(0, 0, 240, 104, 14, 14, 1.25, False, "standard", "atkinson", {})
    assert label(clinic, room, None).code
    with pytest.raises(LabelFitError, match="too high"):
        label(clinic, replace(room, height=100), None)


def test_no_arrangement_is_tried_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[object] = []
    original = _Setting._paragraphs

    def noted(setting: _Setting, way: Any) -> Any:
        tried.append(way)
        return original(setting, way)

    monkeypatch.setattr(_Setting, "_paragraphs", noted)
    clinic = Clinic(name="Example Clinic", address=("1 Example Street",), phone="0113 496 0000")
    with pytest.raises(LabelFitError, match="too high"):
        label(clinic, replace(ROOM, height=20), None)
    assert len(tried) == len(set(tried)) == 6  # apart with a gap and without, run on; each in two leadings


def test_a_label_is_the_same_in_a_higher_room() -> None:
    clinic = Clinic(name="Example", phone="0113 496 0000", website="www.example.org", leaflets="https://a.example.org/")
    logo = LogoPicture(drawing_pdf(Logo("image/svg+xml", SVG, 2.0)), 2.0, drawing=True)
    found = label(clinic, ROOM, logo)
    assert 100 < found.need < 160
    for height in (found.need, 300):
        other = label(clinic, replace(ROOM, height=height), logo)
        assert (other.pieces, other.code, other.need) == (found.pieces, found.code, found.need)
    smaller = label(clinic, replace(ROOM, height=found.need - 1), logo)
    assert (smaller.pieces, smaller.need) != (found.pieces, found.need)
    assert smaller.need == inf
