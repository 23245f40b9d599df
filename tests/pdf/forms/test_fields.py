"""What is filled in on paper is a field on a screen: named, in its place, saved and shown; on paper nothing changes."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.materials import gather
from leaflets.editions.choice import Choice
from leaflets.editions.layouts import ON_PAPER, for_patients
from leaflets.editions.plan import plan
from leaflets.html.parse import read
from leaflets.html.render import Renderer
from leaflets.pdf.forms.fields import FieldReader
from tests.conftest import PROJECTS, Built
from tests.tools.forms import Widget, answers, fill, saved, seen, shown, widgets
from tests.tools.pdf import reader
from tests.tools.some import some

WRITTEN = "I slept badly,\nso I had a bath: £2 – Łęcka"
ARABIC = "نمت قليلا\nثم مشيت"
LAYOUTS = ("standard", "large-print", "giant-print", "booklet", "handout", "tri-fold", "summary")
TO_FILL = [
    *(("shipped", "overview", layout, "en-GB") for layout in LAYOUTS),
    *(("second", "overview", layout, "ar-GB") for layout in LAYOUTS),
    *(("second", "options-and-diary", layout, "ar-GB") for layout in LAYOUTS[:5]),
    *(("shipped", "restless-legs-self-care", layout, "en-US") for layout in LAYOUTS[:5]),
]
FILLING = re.compile("(notes|visit|allergies|medicines|week)(-|$)")
"""Names of fields on lines and pages that a leaflet has where there is room."""
to_fill = pytest.mark.parametrize(("built", "leaflet", "layout", "locale"), TO_FILL)


@pytest.fixture
def file(request: pytest.FixtureRequest, built: str, leaflet: str, layout: str, locale: str) -> Path:
    found: Built = request.getfixturevalue(built)
    return found.path(leaflet=leaflet, layout=layout, locale=locale, level="plain")


@pytest.fixture
def filled(file: Path, locale: str, tmp_path: Path) -> Path:
    return fill(file, answers(file, ARABIC if locale == "ar-GB" else WRITTEN), tmp_path / "filled.pdf")


def every_file(*built: Built) -> list[tuple[Path, dict[str, Any]]]:
    """Each file for patients; on the clinician's page nothing is filled in."""
    return [(one.folder / row["path"], row) for one in built for row in one.entries if for_patients(row["layout"])]


def test_a_page_that_is_not_for_patients_has_no_fields(shipped: Built) -> None:
    for entry in some(shipped.all(layout="clinician")):
        with pikepdf.open(shipped.folder / entry["path"]) as pdf:
            assert "/AcroForm" not in pdf.Root
            assert not [ref for page in pdf.pages for ref in page.get("/Annots", ()) if ref.Subtype == "/Widget"]


def test_each_field_of_each_file_has_a_name_a_label_and_an_element(shipped: Built, second: Built) -> None:
    for path, entry in every_file(shipped, second):
        fields = widgets(path)
        with pikepdf.open(path) as pdf:
            drawn = [ref for page in pdf.pages for ref in page.get("/Annots", ()) if ref.Subtype == "/Widget"]
            assert len(drawn) == len(fields) > 0, path
            assert "/NeedAppearances" not in pdf.Root.AcroForm
            names = [str(field.T) for field in pdf.Root.AcroForm.Fields]
        assert len(set(names)) == len(names)
        assert {field.name for field in fields} == set(names)
        assert all(field.shown for field in fields)
        labels = [label for _, label in sorted({(field.name, field.label) for field in fields})]
        assert all(labels), path
        assert not [label for label in labels if re.search(r"[a-z][.?!][A-Z]", label)]  # sentences are apart
        assert len(set(labels)) == len(labels), path
        arabic = [bool(re.search(r"[\u0600-\u06ff]", label)) for label in labels]
        assert all(arabic) if entry["locale"] == "ar-GB" else not any(arabic), path


def test_what_the_page_marks_is_in_the_file(shipped: Built, second: Built) -> None:
    """The marks of the HTML are the fields, in their order, but for what fills pages."""
    for project, built in ((Project(), shipped), (Project(PROJECTS / "hand-washing"), second)):
        diagnostics = Diagnostics()
        materials, renderer = gather(project, (), diagnostics), Renderer(project)
        paths = [built.folder / entry["path"] for entry in built.entries]  # the clinician's page too: it has none
        files = {path.name.removesuffix(".pdf"): path for path in paths}
        editions = [
            row for row in plan(materials.articles(), Choice(layout=list(ON_PAPER)), diagnostics) if row.name in files
        ]
        assert len(editions) == len(files)
        for edition in editions:
            root = read(renderer.html(materials.of(edition)).text)
            marked = {
                element.get("data-name"): element.get("data-label") or " ".join("".join(element.itertext()).split())
                for element in root.iter()
                if "data-name" in element.attrib
            }
            marked.pop("notes", None)
            fields = [field for field in widgets(files[edition.name]) if not FILLING.match(field.name)]
            found: dict[str, str] = {}
            for field in fields:
                found.setdefault(field.name, re.sub(": 0$", "", field.label))
            if edition.layout == "tri-fold":  # a panel without room for them has no lines to write more on
                marked = {name: said for name, said in marked.items() if name in found or not name.endswith("-lines")}
            assert list(found.items()) == list(marked.items()), edition.name


def test_fields_stand_beside_what_they_are_about(shipped: Built, second: Built) -> None:
    for path, _ in every_file(shipped, second):
        for field in widgets(path):
            around, here = field.inside[-2], (path.name, field.name, field.inside, field.before)
            if field.kind == "/Btn" and field.states == ("/Yes",):
                in_list = field.inside[-3:] == ("/LI", "/LBody", "/Form")
                # or the name of a treatment, which in a group of them is a heading below its own
                assert in_list or around in ("/H3", "/H4", "/P", "/Span", "/TD", "/TH"), here
                assert field.before == "", here  # the box, then what it is for
            elif field.kind == "/Btn":
                assert around in ("/TD", "/P", "/Span"), here
                assert field.before in ("words", "/Form"), here
            elif field.lines and around == "/TD":
                assert "/TR" in field.inside, here
            elif field.lines:
                assert around == "/P", here
            else:
                assert around == "/TD" or field.before in ("words", "/Span"), here


def test_the_tab_key_goes_in_the_order_of_reading(shipped: Built, second: Built) -> None:
    for path, _ in every_file(shipped, second):
        order = widgets(path)
        with pikepdf.open(path) as pdf:
            for number, page in enumerate(pdf.pages):
                assert page.Tabs == "/S"
                drawn = [ref for ref in page.get("/Annots", ()) if ref.Subtype == "/Widget"]
                rects = [tuple(float(edge) for edge in ref.Rect) for ref in drawn]
                assert rects == [field.rect for field in order if field.page == number]


def test_a_box_to_tick_is_where_it_is_drawn(shipped: Built) -> None:
    """Its edges are dark and its middle is white."""
    path = shipped.path(leaflet="overview", layout="standard", level="plain", locale="en-GB")
    boxes = [field for field in widgets(path) if field.states == ("/Yes",)]
    assert len(boxes) == 5
    for field in boxes:
        picture = shown(path, field.page, 4.0)
        height = float(reader(path).pages[field.page].mediabox.height)
        left, bottom, right, top = field.rect
        assert right - left == pytest.approx(top - bottom, abs=0.02)
        inside = picture.crop([round(4 * edge) for edge in (left, height - top, right, height - bottom)])
        width, deep = inside.size
        assert inside.getpixel((width // 2, deep // 2)) == 255
        for x, y in ((0.05, 0.5), (0.95, 0.5), (0.5, 0.05), (0.5, 0.95)):
            assert inside.getpixel((int(width * x), int(deep * y))) < 128


def test_lines_to_write_on_are_one_field_that_is_set_at_their_distance(shipped: Built, second: Built) -> None:
    found = 0
    for path, _ in every_file(shipped, second):
        with pikepdf.open(path) as pdf:
            fonts = pdf.Root.AcroForm.DR.Font
            for field in pdf.Root.AcroForm.Fields:
                name, size = re.match(r"(/\w+) ([\d.]+) Tf", str(field.get("/DA", "/None 0 Tf"))).groups()  # type: ignore[union-attr]
                descriptor = fonts[name].FontDescriptor if name in fonts else None
                if descriptor is None or int(field.Ff) & 1 << 12 == 0:
                    continue
                _, low, _, high = (float(edge) for edge in descriptor.FontBBox)
                line = (high - low) * float(size) / 1000
                if line < 1.6 * float(size):  # a cell: lines as the font has them
                    continue
                found += 1
                assert (float(descriptor.Ascent), float(descriptor.Descent)) == (high, low)
                lines = (float(field.Rect[3]) - float(field.Rect[1])) / line
                assert lines == pytest.approx(round(lines), abs=0.05)
                assert 24 < line < 42  # 9 to 14 mm
    assert found > 100


def test_the_page_is_as_without_fields(shipped: Built, second: Built) -> None:
    """Unfilled, nothing of them is seen or printed."""
    for path, entry in every_file(shipped, second):
        if entry["level"] != "plain" or entry["locale"] == "en-US":
            continue
        document = pypdfium2.PdfDocument(path)
        for number in sorted({field.page for field in widgets(path)}):
            bare = document[number].render(scale=1, may_draw_forms=False, draw_annots=False).to_pil().convert("L")
            assert ImageChops.difference(bare, shown(path, number)).getbbox() is None, (path.name, number)


@to_fill
def test_what_is_filled_in_is_saved_and_is_pdf_ua(file: Path, filled: Path, locale: str) -> None:
    wanted = answers(file, ARABIC if locale == "ar-GB" else WRITTEN)
    assert saved(filled) == wanted
    assert {name: value.replace("\r\n", "\n").replace("\r", "\n") for name, value in seen(filled).items()} == wanted
    report = page_validation.validate_pdf(str(filled))
    assert report.is_compliant, [str(failure) for failure in report.failures][:3]
    assert [field.name for field in widgets(filled)] == [field.name for field in widgets(file)]


@to_fill
def test_what_is_filled_in_shows_in_its_place_and_nowhere_else(file: Path, filled: Path) -> None:
    for number, group in groupby(widgets(file), key=lambda field: field.page):
        before, after = shown(file, number), shown(filled, number)
        changed = ImageChops.difference(before, after)
        for field in group:
            if field.kind == "/Btn" and field.states not in (("/7",), ("/Yes",)):
                continue
            box = picture_box(field, before.size[1])
            assert changed.crop(box).getbbox() is not None, field.name
            changed.paste(0, box)
        assert changed.getbbox() is None, number


def picture_box(field: Widget, height: int) -> tuple[int, int, int, int]:
    """Where a field is in a picture with a dot to a point; the dots at its edges are its own too."""
    left, bottom, right, top = field.rect
    return int(left) - 1, int(height - top) - 1, int(right) + 2, int(height - bottom) + 2


def test_the_font_for_what_is_typed_stands_in_the_file_once(shipped: Built, second: Built) -> None:
    for path, entry in every_file(shipped, second):
        with pikepdf.open(path) as pdf:
            fonts = [font for _, font in pdf.Root.AcroForm.DR.Font.items()]
            files = {font.FontDescriptor.FontFile2.objgen for font in fonts}
            assert len(files) == 1, path
            used = {font.objgen for page in pdf.pages for _, font in page.Resources.get("/Font", {}).items()}
            assert not used & {font.objgen for font in fonts}
            size = len(fonts[0].FontDescriptor.FontFile2.read_raw_bytes())
            assert size < (33_000 if entry["locale"] == "ar-GB" else 14_000)


def test_a_file_for_the_printer_has_no_fields(shipped: Built, second: Built) -> None:
    for built in (shipped, second):
        assert built.twins
        for entry in built.twins:
            with pikepdf.open(built.folder / entry["path"]) as pdf:
                assert "/AcroForm" not in pdf.Root
                objects = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
                assert not [item for item in objects if item.get("/Subtype") == "/Widget"]


def test_names_that_come_again_are_told_apart() -> None:
    fields = FieldReader()
    assert [fields._unique("notes") for _ in range(3)] == [("notes", 1), ("notes-2", 2), ("notes-3", 3)]
