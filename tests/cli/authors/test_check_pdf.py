"""`leaflets check --pdf`: which files are looked at, what is printed, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.cli.authors.check_pdf import find
from leaflets.cli.main import DONE, PROBLEMS, WRONG_USE, main
from leaflets.editions.edition import Edition
from leaflets.editions.edition_files import edition_files
from leaflets.publish.catalogue import CatalogueEntry, catalogue_json
from tests.tools.articles import Edit, project
from tests.tools.handmade import Handmade

pytestmark = pytest.mark.builds

BUDGET = "{standard: {plain: 6}, large-print: {plain: 9, all: 12}}"
NAME = "wash.hands.plain.standard.en-GB.pdf"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def good(name: str) -> Path:
    return made(Handmade(), name)


def small(name: str) -> Path:
    """A file with words in 11 pt on page 1."""
    file = Handmade()
    file.good().words("Soap", size=11)
    return made(file, name, add=False)


def made(file: Handmade, name: str, add: bool = True) -> Path:
    if add:
        file.good()
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    return file.save(Path(name))


def entry(
    layout: str = "standard", locale: str = "en-GB", kind: str = "read", paper: str = "A4", leaflet: str = "hands"
) -> CatalogueEntry:
    edition = Edition("wash", leaflet, "plain", layout, locale)
    path, digest = edition_files(edition)[kind], "0" * 64
    return CatalogueEntry(*astuple(edition), kind, path, "Hands", 1, paper, "1", "reviewed", digest)


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    return result


def test_a_good_file_ends_with_0_and_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    good(NAME)
    assert main(["check", "--pdf", NAME]) == DONE
    said = capsys.readouterr()
    assert said.err == "no errors\n"
    (row,) = [line for line in said.out.splitlines() if "hands plain standard en-GB" in line]
    cells = [cell.strip() for cell in row.strip("│").split("│")]
    assert cells[1:4] == ["1", "210 x 297", "14.0"]


def test_an_error_is_told_with_its_page_and_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    small(NAME)
    assert main(["check", "--pdf", NAME]) == PROBLEMS
    message = "error: “Soap” is set in 11.0 pt, the least is 12 pt [glyph-size]"
    assert capsys.readouterr().err == f"{NAME}: page 1: {message}\n1 error\n"


def test_json_has_what_was_measured_and_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    small(NAME)
    assert main(["check", "--pdf", NAME, "--json"]) == PROBLEMS
    said = told(capsys)
    (file,) = said["files"]
    assert (said["errors"], said["warnings"]) == (1, 0)
    assert file["path"] == NAME
    assert file["pages"] == 1
    assert file["paper_mm"] == [210.0, 297.0]
    assert file["smallest_pt"] == 11.0
    assert file["fonts"] == ["Leaflet-Sans"]
    assert file["least_contrast"] == pytest.approx(18, abs=0.5)
    assert [(item["page"], item["rule"]) for item in file["diagnostics"]] == [(1, "glyph-size")]


def test_the_layout_of_the_name_is_what_the_file_is_held_to(capsys: pytest.CaptureFixture[str]) -> None:
    good("wash.hands.plain.giant-print.en-US.pdf")
    assert main(["check", "--pdf", "wash.hands.plain.giant-print.en-US.pdf", "--json"]) == PROBLEMS
    (file,) = told(capsys)["files"]
    messages = [item["message"] for item in file["diagnostics"]]
    assert "the page is 210.0 x 297.0 mm, it should be 215.9 x 279.4 mm" in messages
    assert any("the least is 24 pt" in message for message in messages)


def test_a_file_of_another_name_is_held_to_the_general_rules_and_that_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    good("from-elsewhere.pdf")
    assert main(["check", "--pdf", "from-elsewhere.pdf"]) == DONE
    said = capsys.readouterr().err
    assert "from-elsewhere.pdf: warning: neither a catalogue nor its name says what layout it is" in said
    assert said.endswith("no errors\n")


def test_of_a_folder_the_files_of_its_catalogue_are_looked_at_as_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    name = f"out/{entry('large-print').path}"
    good(name)
    small("out/en-GB/left-over.pdf")
    Path("out/catalogue.json").write_text(catalogue_json([entry("large-print")]))
    assert main(["check", "--pdf", "out", "--json"]) == PROBLEMS
    (file,) = told(capsys)["files"]
    assert file["path"] == name
    assert any("the least is 16 pt" in item["message"] for item in file["diagnostics"])
    assert main(["check", "--pdf", name, "--json"]) == PROBLEMS
    assert told(capsys)["files"] == [file]


def test_the_name_of_a_file_reaches_the_terminal_without_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a\x1b[2J[red].pdf", "b.pdf"):
        small(f"some/{name}")
    assert main(["check", "--pdf", "some", "--jobs", "1"]) == PROBLEMS
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert "a\\x1b[2J[red].pdf: page 1: error: " in said.err
    assert "[1/2] a\\x1b[2J[red].pdf: 1 errors" in said.err
    assert "a\\x1b[2J[red].pdf" in said.out


def test_a_file_of_the_catalogue_that_is_gone_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [entry(leaflet="one"), entry(leaflet="two")]
    good(f"out/{rows[0].path}")
    Path("out/catalogue.json").write_text(catalogue_json(rows))
    assert main(["check", "--pdf", "out", "--json"]) == PROBLEMS
    one, two = told(capsys)["files"]
    assert one["diagnostics"] == []
    assert [(item["rule"], item["hint"]) for item in two["diagnostics"]] == [("unreadable", "there is no such file")]


def test_a_folder_with_a_broken_catalogue_is_searched_and_that_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    good(f"out/{NAME}")
    Path("out/catalogue.json").write_text('{"editions": [{"path": "../../victim.pdf"}]}')
    assert main(["check", "--pdf", "out", "--json"]) == PROBLEMS
    said = capsys.readouterr()
    assert [file["path"] for file in json.loads(said.out)["files"]] == [f"out/{NAME}"]
    assert "out/catalogue.json:1:1: error: this is no catalogue of leaflets: editions, 1: the key “article”" in said.err


def test_a_folder_without_a_catalogue_is_searched(capsys: pytest.CaptureFixture[str]) -> None:
    good("some/deep/a.pdf")
    good("some/b.pdf")
    main(["check", "--pdf", "some", "some/b.pdf", "--json"])
    assert [file["path"] for file in told(capsys)["files"]] == ["some/b.pdf", "some/deep/a.pdf"]


def test_the_choice_of_leaflets_holds_for_files_too(capsys: pytest.CaptureFixture[str]) -> None:
    good(f"some/{NAME}")
    good("some/wash.hands.easy.standard.en-GB.pdf")
    good("some/other.pdf")
    assert main(["check", "--pdf", "some", "--json", "--level", "plain", "--locale", "en-GB"]) == DONE
    assert [file["path"] for file in told(capsys)["files"]] == [f"some/{NAME}"]
    assert main(["check", "--pdf", "some", "--layout", "booklet"]) == WRONG_USE


def test_a_broken_file_is_an_error_and_the_others_are_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    good(f"a/{NAME}")
    Path("a/broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    Path("a/text.pdf").write_text("not a PDF")
    whole = Path(f"a/{NAME}").read_bytes()
    Path("a/half.pdf").write_bytes(whole[: len(whole) // 2])
    assert main(["check", "--pdf", "a", "--json", "--jobs", "1"]) == PROBLEMS
    files = {file["path"]: [item["rule"] for item in file["diagnostics"]] for file in told(capsys)["files"]}
    assert files.pop(f"a/{NAME}") == []
    assert set(files) == {"a/broken.pdf", "a/half.pdf", "a/text.pdf"}
    assert all(rules == ["unreadable"] for rules in files.values())


def test_a_broken_font_is_an_error_of_its_file_alone(capsys: pytest.CaptureFixture[str]) -> None:
    good(f"a/{NAME}")
    with pikepdf.open(f"a/{NAME}") as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
                item.FontFile2.write(b"this is no font")
        pdf.save("a/broken.pdf")
    assert main(["check", "--pdf", "a", "--json", "--jobs", "1"]) == PROBLEMS
    files = {file["path"]: [item["rule"] for item in file["diagnostics"]] for file in told(capsys)["files"]}
    assert files == {f"a/{NAME}": [], "a/broken.pdf": ["unreadable"]}


def test_processes_find_what_one_finds(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(6):
        (small if number % 2 else good)(f"many/wash.hands{number}.plain.standard.en-GB.pdf")
    assert main(["check", "--pdf", "many", "--json", "--jobs", "1"]) == PROBLEMS
    alone = told(capsys)
    assert main(["check", "--pdf", "many", "--json", "--jobs", "2"]) == PROBLEMS
    assert told(capsys) == alone
    assert alone["errors"] == 3
    assert main(["check", "--pdf", "many", "--jobs", "2"]) == PROBLEMS
    progress = [line for line in capsys.readouterr().err.splitlines() if line.startswith("[")]
    assert [line.split("]")[0] for line in progress] == [f"[{number}/6" for number in range(1, 7)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--pdf", "nowhere.pdf"], "leaflets: --pdf nowhere.pdf: there is no such file or folder\n"),
        (["--pdf", "empty"], "leaflets: --pdf: there is no PDF of what was asked for in empty\n"),
        (["--pdf", "empty", "--jobs", "-1"], "leaflets: --jobs takes a number of processes, 1 or more\n"),
    ],
)
def test_wrong_use_ends_with_2(arguments: Sequence[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    assert main(["check", *arguments]) == WRONG_USE
    assert capsys.readouterr().err == said


def test_the_page_budget_is_that_of_the_leaflet(tmp_path: Path) -> None:
    """By layout and level, where the project has the leaflet."""
    own = project(tmp_path / "own", Edit("leaflets/hands", "stamp: drop\n", f"stamp: drop\npages: {BUDGET}\n"))
    names = ("mini.hands.plain.standard", "mini.hands.plain.large-print", "mini.hands.easy.large-print",
             "mini.hands.plain.booklet", "mini.feet.plain.standard", "maxi.hands.plain.standard")  # fmt: skip
    found = []
    for name in names:
        good(f"out/{name}.en-GB.pdf")
        (asked,) = find(own, [Path(f"out/{name}.en-GB.pdf")], Diagnostics())
        assert asked.expected is not None
        found.append(asked.expected.most_pages)
    assert found == [6, 9, 12, 0, 0, 0]


@pytest.mark.parametrize(
    ("entry", "printed", "sizes"),
    [
        (entry("booklet", paper="A5"), False, [(148, 210)] * 2),
        (entry("booklet", "en-US", "print", "Letter"), True, [(279.4, 215.9)] * 2),
        (entry("tri-fold", "en-US"), False, [(93.6625, 215.9), (92.075, 215.9)]),
        (entry("standard", "fr-XX", paper="half Letter"), False, [(215.9, 279.4)] * 2),
    ],
)
def test_what_the_catalogue_says_is_expected(
    entry: CatalogueEntry, printed: bool, sizes: list[tuple[float, float]]
) -> None:
    good(f"out/{entry.path}")
    Path("out/catalogue.json").write_text(catalogue_json([entry]))
    (asked,) = find(Project(), [Path("out")], Diagnostics())
    assert asked.expected is not None
    assert asked.expected.printed is printed
    assert asked.expected.sizes(2) == sizes


def test_what_is_heard_and_grey_pages_are_written_beside_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    good(NAME)
    assert main(["check", "--pdf", NAME, "--heard", "--grey"]) == DONE
    assert "2 files written, beside the files" in capsys.readouterr().err
    heard = Path(NAME.replace(".pdf", ".heard.txt")).read_text(encoding="utf-8").splitlines()
    assert heard[1:] == ["heading level 2, When to get help", "Wash your hands with soap" * 4]
    with Image.open(NAME.replace(".pdf", ".grey.1.png")) as page:
        assert (page.mode, round(page.width, -1)) == ("L", 910)
    assert not Path(NAME.replace(".pdf", ".grey.2.png")).exists()


def test_copies_go_into_a_folder_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    good(NAME)
    assert main(["check", "--pdf", NAME, "--heard", "--out", "a/b"]) == DONE
    assert [path.name for path in Path("a/b").iterdir()] == [NAME.replace(".pdf", ".heard.txt")]
    assert f"1 file written, {Path('a/b')}" in capsys.readouterr().err
    assert main(["check", "--pdf", NAME, "--json", "--heard"]) == DONE
    json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("options", "says"), [(["--heard"], "name them with --pdf"), (["--out", "a"], "give one of them")]
)
def test_copies_of_nothing_are_a_wrong_use(options: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *options]) == WRONG_USE
    assert says in capsys.readouterr().err


def test_copies_that_cannot_be_written_are_problems(capsys: pytest.CaptureFixture[str]) -> None:
    good(NAME)
    Path("a").write_text("a file")
    assert main(["check", "--pdf", NAME, "--grey", "--out", "a"]) == PROBLEMS
    assert "cannot be written" in capsys.readouterr().err
