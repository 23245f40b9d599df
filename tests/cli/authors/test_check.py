"""`leaflets check`: what it prints, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.cli.main import DONE, PROBLEMS, main
from tests.tools.articles import Edit, edit, project


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def check(folder: Path, *edits: Edit, arguments: tuple[str, ...] = ()) -> int:
    project(folder, *edits)
    return main(["check", "--article", "mini", *arguments])


def rows(printed: str) -> list[list[str]]:
    """The cells of the table's rows."""
    lines = [line for line in printed.splitlines() if line.startswith("│")]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def test_a_good_article_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path) == DONE
    assert capsys.readouterr().err == "no errors\n"


def test_each_leaflet_is_measured_at_each_level_in_each_locale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(tmp_path)
    printed = capsys.readouterr().out
    assert [row[:3] for row in rows(printed)] == [
        ["hands", level, tag] for tag in ("en-GB", "en-US") for level in ("easy", "plain", "detailed")
    ]
    easy = rows(printed)[0]
    assert easy[5] == "4"
    assert float(easy[4]) <= 4
    assert int(easy[3]) > 30


@pytest.mark.parametrize(
    ("arguments", "measured"),
    [
        (("--locale", "en-US", "--level", "plain"), [["hands", "plain", "en-US"]]),
        (("--level", "easy"), [["hands", "easy", "en-GB"], ["hands", "easy", "en-US"]]),
        (("--leaflet", "hands", "--level", "easy", "--locale", "en-GB"), [["hands", "easy", "en-GB"]]),
    ],
)
def test_what_is_measured_may_be_narrowed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], measured: list[list[str]]
) -> None:
    assert check(tmp_path, arguments=arguments) == DONE
    assert [row[:3] for row in rows(capsys.readouterr().out)] == measured


def test_errors_are_printed_in_order_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = check(
        tmp_path,
        edit("sections/wash", "drawing: palm", "drawing: plam"),
        edit("article", "leaflets: [hands]", "leaflets: [hands, hand]"),
    )
    assert status == PROBLEMS
    assert capsys.readouterr().err == (
        "articles/mini/article.yaml:16:19: error: there is no leaflet “hand” [unknown-leaflet]\n"
        "  hint: did you mean “hands”?\n"
        "articles/mini/sections/wash.yaml:32:14: error: there is no drawing “plam” [unknown-picture]\n"
        "  hint: did you mean “palm”?\n2 errors\n"
    )


def test_one_error_is_one_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, edit("sections/wash", "drawing: palm", "drawing: plam")) == PROBLEMS
    assert capsys.readouterr().err.endswith("\n1 error\n")


def test_a_warning_alone_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, edit("leaflets/hands", "sections: [wash]", "sections: []")) == DONE
    said = capsys.readouterr().err
    assert said == (
        "articles/mini/sections/wash.yaml:1:1: warning: no leaflet prints the section “wash” [unused-section]\n"
        "no errors\n"
    )


def test_an_article_that_cannot_be_read_is_not_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, edit("leaflets/hands", "stamp: drop\n", "")) == PROBLEMS
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "articles/mini/leaflets/hands.yaml:1:1: error: the key “stamp” is missing [missing-key]\n1 error\n"
    )


def test_an_unknown_article_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project(tmp_path)
    assert main(["check", "--article", "minni"]) == PROBLEMS
    assert capsys.readouterr().err == (
        "articles/minni:1:1: error: there is no article “minni” [unknown-article]\n"
        "  hint: did you mean “mini”?\n1 error\n"
    )


def test_a_project_may_lie_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project(tmp_path / "clinic", edit("sections/wash", "drawing: palm", "drawing: plam"))
    assert main(["check", "--article", "mini", "--project", "clinic"]) == PROBLEMS
    assert capsys.readouterr().err.startswith("clinic/articles/mini/sections/wash.yaml:32:14: error: ")
