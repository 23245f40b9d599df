"""A folded edition has two files: they are written, kept fresh, told of and taken away together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leaflets.base.files import write_together
from leaflets.base.open_store import open_store
from leaflets.base.project import Project
from leaflets.builder.build import build
from leaflets.builder.request import BuildRequest, Machine
from leaflets.cli.main import main
from leaflets.editions.choice import Choice
from tests.builder.state.test_incremental import Folder, Silent
from tests.tools.pdf import reader

FOLDED = {"leaflet": ["overview"], "level": ["plain"], "layout": ["tri-fold"], "locale": ["en-GB"]}
NAME = "en-GB/hand-washing.overview.plain.tri-fold.en-GB"
EDITION = "overview.plain.tri-fold.en-GB"


@pytest.fixture
def base(tmp_path: Path) -> Folder:
    """One tri-fold, built; English only, so that changed words need no translation."""
    folder = Folder(tmp_path)
    folder.change("article.yaml", "locales: [en-GB, ar-GB]", "locales: [en-GB]")
    assert folder.build(**FOLDED) == [EDITION]
    return folder


def rows(folder: Folder) -> dict[str, dict[str, Any]]:
    found = json.loads((folder.out / "catalogue.json").read_text())["editions"]
    return {row["path"]: row for row in found}


def explained(folder: Folder, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["explain", f"hand-washing.{EDITION}", "--project", str(folder.project), "--out", str(folder.out)]) == 0
    return capsys.readouterr().out


def test_the_twin_is_in_the_catalogue_and_on_the_page_and_counts_as_no_edition(base: Folder) -> None:
    assert {path: row["kind"] for path, row in rows(base).items()} == {
        f"{NAME}.pdf": "read",
        f"{NAME}.print.pdf": "print",
    }
    page = (base.out / "index.html").read_text()
    assert f'<a href="{NAME}.print.pdf"' in page
    assert "Folded in three, for the printer: Wash your hands well, Plain, pages: 2, paper: A4" in page
    assert base.build(**FOLDED) == []


@pytest.mark.parametrize("ending", [".pdf", ".print.pdf"])
def test_either_file_gone_or_changed_builds_both_again(base: Folder, ending: str) -> None:
    before = {path: (base.out / path).read_bytes() for path in rows(base)}
    (base.out / f"{NAME}{ending}").unlink()
    assert base.build(**FOLDED) == [EDITION]
    (base.out / f"{NAME}{ending}").write_bytes(b"not a leaflet")
    assert base.build(**FOLDED) == [EDITION]
    assert {path: (base.out / path).read_bytes() for path in rows(base)} == before


def test_the_quick_way_sees_a_twin_that_is_gone(base: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    choice = [argument for part, names in FOLDED.items() for argument in (f"--{part}", *names)]
    arguments = ["build", "--project", str(base.project), "--article", "hand-washing", *choice]
    arguments += ["--out", str(base.out), "--jobs", "1"]
    assert main(arguments) == 0
    assert "1 leaflets are up to date" in capsys.readouterr().out
    (base.out / f"{NAME}.print.pdf").unlink()
    assert main(arguments) == 0
    assert (base.out / f"{NAME}.print.pdf").is_file()


def test_words_that_only_the_printer_reads_make_it_stale_and_it_says_so(
    base: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    words = base.project / "templates" / "words.yaml"
    words.write_text('print-tri-fold: {text: "Print on both sides, please."}\n')
    assert explained(base, capsys) == f"hand-washing.{EDITION}: out of date: printer's note has changed\n"
    read = (base.out / f"{NAME}.pdf").read_bytes()
    assert base.build(**FOLDED) == [EDITION]
    assert "Print on both sides, please." in reader(base.out / f"{NAME}.print.pdf").pages[0].extract_text()
    assert (base.out / f"{NAME}.pdf").read_bytes() == read


def test_an_edition_that_fails_leaves_neither_file(base: Folder) -> None:
    words = base.project / "templates" / "words.yaml"
    words.write_text(f'print-tri-fold: {{text: "{"Print on both sides. " * 20}"}}\n')
    arguments = ["build", "--project", str(base.project), "--article", "hand-washing", "--layout", "tri-fold"]
    assert main([*arguments, "--out", str(base.out), "--jobs", "1"]) == 1
    assert not list(base.out.rglob("*.pdf"))
    assert rows(base) == {}


def test_what_is_offered_no_longer_goes_with_its_twin(base: Folder) -> None:
    leaflet = base.article / "leaflets" / "overview.yaml"
    text = leaflet.read_text()
    leaflet.write_text(text[: text.index("\nfold:")] + "\n")
    base.build(leaflet=["overview"], level=["plain"], layout=["standard"], locale=["en-GB"])
    assert [path.name for path in base.out.rglob("*.pdf")] == ["hand-washing.overview.plain.standard.en-GB.pdf"]
    assert [row["layout"] for row in rows(base).values()] == ["standard"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_cache_and_a_bucket_have_both_files(base: Folder, tmp_path: Path, jobs: int) -> None:
    cache, before = tmp_path / "cache", {path: (base.out / path).read_bytes() for path in rows(base)}
    bucket = f"memory://{tmp_path.name}/{jobs}"
    for number, out in enumerate((tmp_path / "first", bucket)):
        asked = Choice(article=["hand-washing"], **FOLDED)
        done = build(Project(base.project), BuildRequest(asked, out), Machine(jobs, cache=cache), Silent())
        assert [result.cached for result in done.results] == [number == 1]
        assert {path: open_store(out).read(path) for path in before} == before
        assert open_store(out).read("catalogue.json") == (base.out / "catalogue.json").read_bytes()


def test_of_files_that_belong_together_none_is_written_when_one_cannot_be(tmp_path: Path) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "file" / "b.pdf"
    first.write_bytes(b"old")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        write_together({first: b"new", second: b"new"})
    assert first.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "file"]
    (tmp_path / "file").unlink()
    write_together({first: b"new", second: b"new"})
    assert first.read_bytes() == second.read_bytes() == b"new"


def test_another_sheet_makes_the_file_for_the_printer_anew_and_the_reading_file_the_same(
    base: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    read, twin = ((base.out / f"{NAME}{ending}").read_bytes() for ending in (".pdf", ".print.pdf"))
    arguments = ["--project", str(base.project), "--out", str(base.out)]
    choice = ["--article", "hand-washing", "--leaflet", "overview", "--layout", "tri-fold", "--locale", "en-GB"]
    assert main(["explain", f"hand-washing.{EDITION}", *arguments, "--print-sheet", "SRA4"]) == 0
    assert capsys.readouterr().out == f"hand-washing.{EDITION}: out of date: printer's note has changed; " + (
        "printer's sheet has changed\n"
    )
    assert main(["build", *arguments, *choice, "--print-sheet", "SRA4", "--jobs", "2"]) == 0
    row = rows(base)[f"{NAME}.print.pdf"]
    assert (row["paper"], rows(base)[f"{NAME}.pdf"]["paper"]) == ("SRA4", "A4")
    assert (base.out / f"{NAME}.pdf").read_bytes() == read
    assert (base.out / f"{NAME}.print.pdf").read_bytes() != twin
    assert (
        "for the printer: Wash your hands well, Plain, pages: 2, paper: SRA4" in (base.out / "index.html").read_text()
    )
    assert explained(base, capsys) == f"hand-washing.{EDITION}: up to date\n"
    assert main(["build", *arguments, *choice, "--print-sheet", "SRA4"]) == 0
    assert "1 leaflets are up to date" in capsys.readouterr().out
    assert main(["build", *arguments, *choice, "--jobs", "1"]) == 0
    assert (base.out / f"{NAME}.print.pdf").read_bytes() == twin


def test_a_sheet_for_some_editions_does_not_make_the_others_up_to_date(base: Folder) -> None:
    both = {**FOLDED, "layout": ["tri-fold", "booklet"]}
    assert base.build(**both) == ["overview.plain.booklet.en-GB"]
    sheet = [
        "--print-sheet",
        "SRA4",
        "--project",
        str(base.project),
        "--out",
        str(base.out),
        "--article",
        "hand-washing",
    ]
    one = [argument for part, names in FOLDED.items() for argument in (f"--{part}", *names)]
    assert main(["build", *sheet, *one, "--jobs", "1"]) == 0
    two = [*one, "--layout", "booklet"]
    assert main(["build", *sheet, *two, "--jobs", "1"]) == 0
    assert {row["paper"] for row in rows(base).values() if row["kind"] == "print"} == {"SRA4"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--print-sheet", "SRA5"],
            "there is no sheet “SRA5” to print on [unknown-sheet]\n  hint: large enough for A4: S",
        ),
        (["--print-sheet", "9x12"], "A4 with cut marks about it cannot be cut from 9x12 [small-sheet]\n  hint: large "),
        (["--print-sheet", "SRA4", "--layout", "summary"], "nothing of what is asked for has a file for the printer"),
    ],
)
def test_a_sheet_that_cannot_be_is_told_with_those_that_can(
    base: Folder, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows(base)
    layout = [] if "--layout" in arguments else ["--layout", "tri-fold"]
    common = ["--project", str(base.project), "--out", str(base.out), "--article", "hand-washing"]
    assert main(["build", *common, *layout, *arguments]) == 1
    assert said in capsys.readouterr().err
    assert rows(base) == before
