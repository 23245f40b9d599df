"""Files for the printer on a larger sheet: the leaflet in the middle, marks and notes in the waste."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.units import MM_PER_PT
from leaflets.cli.main import main
from leaflets.finish.press.marks import Area
from leaflets.finish.press.sheets import Job, print_file
from tests.conftest import PROJECTS, build
from tests.tools.pdf import reader
from tests.tools.printed import Pair, chars, dark, sides_of


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
