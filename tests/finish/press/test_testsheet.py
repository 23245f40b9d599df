"""The printer's test sheet: exact lengths, marks that meet through the paper, the words' own file."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from leaflets.base.units import MM_PER_PT, PAPERS
from leaflets.cli.main import main
from leaflets.finish.press.testsheet import MARGIN, RING_X, RING_Y
from tests.tools.pdf import paper, reader

pytestmark = pytest.mark.builds

PAPER = ("A4", "Letter")
Line = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("sheets")
    for name in PAPER:
        assert main(["testsheet", "--paper", name, "--out", str(folder / f"{name}.pdf")]) == 0
    return {name: folder / f"{name}.pdf" for name in PAPER}


def lines(path: Path, page: int) -> list[Line]:
    """Every straight line of a page: its ends in mm from the lower left corner."""
    code = reader(path).pages[page].get_contents().get_data().decode().split("\n")
    found = []
    for row in code:
        words = row.split()
        if words[:1] == ["n"] and len(words) == 8 and words[3] == "m" and words[6] == "l":
            x, y, to_x, to_y = (float(words[place]) * MM_PER_PT for place in (1, 2, 4, 5))
            found.append((x, y, to_x, to_y))
    return found


def length(line: Line) -> float:
    return abs(line[2] - line[0]) + abs(line[3] - line[1])


def near(lines: list[Line], x: float, y: float) -> list[Line]:
    """Lines whose middle is at a point."""
    return [line for line in lines if abs((line[0] + line[2]) / 2 - x) + abs((line[1] + line[3]) / 2 - y) < 0.1]


@pytest.mark.parametrize("name", PAPER)
def test_two_sides_of_landscape_paper_printed_as_they_are(sheets: dict[str, Path], name: str) -> None:
    assert paper(sheets[name]) == pytest.approx((PAPERS[name].height, PAPERS[name].width), abs=0.01)
    assert len(reader(sheets[name]).pages) == 2
    root = reader(sheets[name]).root_object
    assert root["/ViewerPreferences"]["/PrintScaling"] == "/None"
    assert root["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipShortEdge"
    assert "/StructTreeRoot" not in root


@pytest.mark.parametrize("name", PAPER)
def test_rulers_are_as_long_as_they_say_both_ways(sheets: dict[str, Path], name: str) -> None:
    found = lines(sheets[name], 0)
    for wanted in (100.0, 4 * 25.4):
        exact = [line for line in found if abs(length(line) - wanted) < 0.01]
        assert len(exact) == 2
        assert {line[1] == line[3] for line in exact} == {True, False}
        for start in exact:
            along = [line[0] - start[0] if start[1] == start[3] else line[1] - start[1] for line in found]
            step = 1.0 if wanted == 100 else 25.4 / 8
            for tick in range(round(wanted / step) + 1):
                assert any(abs(place - tick * step) < 0.01 for place in along)


@pytest.mark.parametrize("name", PAPER)
def test_lines_stand_3_to_10_mm_from_all_four_edges(sheets: dict[str, Path], name: str) -> None:
    width, height = PAPERS[name].height, PAPERS[name].width
    found = [line for line in lines(sheets[name], 0) if 3 < length(line) < 8]
    level = [line[1] for line in found if line[1] == line[3]]
    upright = [line[0] for line in found if line[0] == line[2]]
    for far in range(3, 11):
        for places, place in ((level, far), (level, height - far), (upright, far), (upright, width - far)):
            assert any(abs(value - place) < 0.01 for value in places), (far, place)


@pytest.mark.parametrize("name", PAPER)
def test_behind_the_rings_is_a_plus_or_flipped_on_the_wrong_edge_a_cross(sheets: dict[str, Path], name: str) -> None:
    width, height = PAPERS[name].height, PAPERS[name].width
    back = lines(sheets[name], 1)
    picture = pypdfium2.PdfDocument(sheets[name])[0].render(scale=10 * MM_PER_PT).to_pil().convert("L")  # 10 dots a mm
    for x in (RING_X, width - RING_X):
        dots = [picture.getpixel((int((x + radius) * 10), int((height - RING_Y) * 10))) for radius in (1, 2, 3, 6)]
        assert max(dots) < 200
        short = near(back, width - x, RING_Y)  # what is behind the point then
        assert [(line[0] == line[2], line[1] == line[3]) for line in short] == [(False, True), (True, False)]
        long = near(back, x, height - RING_Y)
        assert [abs(line[2] - line[0]) == pytest.approx(8, abs=0.01) for line in long] == [True, True]


@pytest.mark.parametrize(("name", "outside"), [("A4", (97.0, 197.0)), ("Letter", (92.075, 185.7375))])
def test_folds_are_where_the_tri_fold_and_the_booklet_have_them(
    sheets: dict[str, Path], name: str, outside: tuple[float, float]
) -> None:
    width, height = PAPERS[name].height, PAPERS[name].width
    for page, folds in ((0, outside), (1, tuple(width - fold for fold in outside))):
        found = lines(sheets[name], page)
        for fold in (*folds, width / 2):
            assert near(found, fold, 4.5)
            assert near(found, fold, height - 4.5)


@pytest.mark.parametrize("name", PAPER)
def test_no_words_leave_the_sheet_or_reach_one_another(sheets: dict[str, Path], name: str) -> None:
    width = PAPERS[name].height
    for page in pypdfium2.PdfDocument(sheets[name]):
        text = page.get_textpage()
        boxes = [[value * MM_PER_PT for value in text.get_rect(place)] for place in range(text.count_rects())]
        assert len(boxes) > 20
        for left, bottom, right, top in boxes:
            assert left > 9
            assert right < width - 9
            assert bottom > 5
            inside = bottom > MARGIN + 2 and top < PAPERS[name].width - MARGIN
            assert not inside or (left >= 9.9 and right < width - 9.9)
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                across = min(one[2], other[2]) - max(one[0], other[0])
                down = min(one[3], other[3]) - max(one[1], other[1])
                assert across < 0.2 or down < 0.6, (one, other)


def test_the_paper_is_that_of_a_locale(tmp_path: Path) -> None:
    assert main(["testsheet", "--locale", "en-US", "--out", str(tmp_path / "us.pdf")]) == 0
    assert paper(tmp_path / "us.pdf") == pytest.approx((279.4, 215.9), abs=0.01)


def test_the_same_bytes_each_time(sheets: dict[str, Path], tmp_path: Path) -> None:
    assert main(["testsheet", "--out", str(tmp_path / "again.pdf")]) == 0
    assert (tmp_path / "again.pdf").read_bytes() == sheets["A4"].read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--paper", "letter"], "there is no paper “letter” [unknown-paper]\n  hint: did you mean “Letter”?"),
        (["--paper", "B5"], "there is no paper “B5” [unknown-paper]\n  hint: known here: A4, Letter"),
        (["--locale", "en-GP"], "there is no locale “en-GP” [unknown-locale]\n  hint: did you mean “en-GB”?"),
    ],
)
def test_what_is_not_there_is_told(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["testsheet", *arguments, "--out", str(tmp_path / "sheet.pdf")]) == 1
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_clinic_can_have_the_sheet_in_its_own_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own, out = tmp_path / "templates" / "test-sheet.yaml", tmp_path / "sheet.pdf"
    own.parent.mkdir()
    shipped = (Path(__file__).parents[3] / "templates" / "test-sheet.yaml").read_text()
    own.write_text(shipped.replace("title: Printer test sheet", "title: Does our printer work?"))
    assert main(["testsheet", "--project", str(tmp_path), "--out", str(out)]) == 0
    assert "Does our printer work?" in reader(out).pages[0].extract_text()
    own.write_text("title: Does our printer work?\n")
    assert main(["testsheet", "--project", str(tmp_path), "--out", str(tmp_path / "other.pdf")]) == 1
    said = capsys.readouterr().err
    assert f"{own}: error: there are no words called “" in said
    assert not (tmp_path / "other.pdf").exists()
