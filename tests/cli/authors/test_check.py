"""`leaflets check`: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leaflets.cli.main import DONE, PROBLEMS, main
from tests.conftest import PROJECTS
from tests.tools.articles import Edit, edit, project
from tests.tools.some import some


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
    # words, Flesch-Kincaid, strict, SMOG, strict, mean, excused, hardest passage
    assert rows(printed)[0][3:] == ["31", "-1.5", "-1.5", "3.1", "3.1", "3.9", "0%", "0.0 sections/wash.yaml:19:13"]
    assert "easy: at most Flesch-Kincaid grade 4, strict Flesch-Kincaid grade 4.5, mean sentence length 10, " in printed


def test_a_figure_over_its_limit_is_marked_and_excused_words_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    familiar = edit("article", "leaflets: [hands]\n", "leaflets: [hands]\nfamiliar: [physiotherapist, magnesium]\n")
    words = edit("leaflets/hands", "all: Clean hands keep you well.", f"all: {'See a physiotherapist today. ' * 9}")
    assert check(tmp_path, familiar, words, arguments=("--level", "plain", "--locale", "en-GB")) == PROBLEMS
    printed = capsys.readouterr().out
    (row,) = rows(printed)
    assert row[5].endswith("!")
    assert row[9] == "100%!"
    assert "Excused in hands: physiotherapist\n" in printed


HARD = edit("sections/wash", "all: After you play.", "all: Hyperuricaemia predisposes susceptible individuals.")


def test_json_has_every_diagnostic_and_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, HARD, arguments=("--json", "--level", "easy", "--locale", "en-GB")) == PROBLEMS
    printed = capsys.readouterr()
    assert printed.err == ""
    found = json.loads(printed.out)
    assert (found["format"], found["errors"], found["warnings"]) == ("leaflets-check/1", 2, 1)
    said = found["diagnostics"]
    assert said[0] == {
        "path": "articles/mini/sections/wash.yaml", "line": 28, "column": 16, "severity": "error",
        "rule": "hard-sentence",
        "message": "4 of the 4 words of this sentence are long and not familiar; the easy level allows less than half",
        "hint": "hardest words: “hyperuricaemia” (6 syllables), “individuals” (5 syllables), “predisposes” (4 "
        "syllables), “susceptible” (4 syllables); plainer: “predispose”: make more likely to get; “susceptible”: "
        "likely to get it; “individual”: person, people",
    }  # fmt: skip
    assert [(item["line"], item["column"], item["rule"]) for item in said[1:]] == [
        (28, 16, "hard-passage"), (28, 16, "spelling"),
    ]  # fmt: skip
    (leaflet,) = found["leaflets"]
    assert (leaflet["article"], leaflet["leaflet"], leaflet["level"], leaflet["locale"]) == (
        "mini", "hands", "easy", "en-GB",
    )  # fmt: skip
    assert [figure["id"] for figure in leaflet["figures"]] == [
        "flesch-kincaid", "flesch-kincaid-strict", "smog", "smog-strict", "mean-words",
    ]  # fmt: skip
    assert leaflet["figures"][2]["at_most"] is None
    assert leaflet["excused"] == {"share": 0.0, "at_most": 0.25, "within": True, "words": []}
    (passage,) = (row for row in leaflet["passages"] if row["id"] == "sections.wash.when.easy")
    assert passage == {
        "id": "sections.wash.when.easy", "kind": "prose", "path": "articles/mini/sections/wash.yaml",
        "line": 19, "column": 13, "words": 10, "sentences": 3, "grade": 16.39, "grade_strict": 16.39,
        "grade_at_most": 6.0, "hard_words": 4, "rules": ["hard-sentence"],
    }  # fmt: skip


def test_json_has_warnings_and_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, edit("leaflets/hands", "sections: [wash]", "sections: []"), arguments=("--json",)) == DONE
    found = json.loads(capsys.readouterr().out)
    assert (found["errors"], found["warnings"]) == (0, 1)
    assert [item["severity"] for item in found["diagnostics"]] == ["warning"]


def test_json_of_an_article_that_cannot_be_read_has_no_leaflets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(tmp_path, edit("leaflets/hands", "stamp: drop\n", ""), arguments=("--json",)) == PROBLEMS
    found = json.loads(capsys.readouterr().out)
    assert (found["errors"], found["leaflets"]) == (1, [])


def test_the_document_names_every_key_of_the_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(tmp_path, HARD, arguments=("--json",))
    text = (Path(__file__).resolve().parents[3] / "docs/authoring.md").read_text(encoding="utf-8")
    text = text[text.index("## For an editor") : text.index("## What a part rests on")]
    for key in some(keys(json.loads(capsys.readouterr().out)), 20):
        assert f"`{key}`" in text, key


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for child in value.values() for key in keys(child)}
    return {key for child in value for key in keys(child)} if isinstance(value, list) else set()


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
        "  hint: list it under “sections” of a leaflet, or delete it\n"
        "no errors\n"
    )


def test_an_article_that_cannot_be_read_is_not_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, edit("leaflets/hands", "stamp: drop\n", "")) == PROBLEMS
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "articles/mini/leaflets/hands.yaml:1:1: error: the key “stamp” is missing [missing-key]\n"
        "  hint: write “stamp: …” there\n1 error\n"
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


def test_a_locale_without_a_dictionary_is_said_openly(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--project", str(PROJECTS / "hand-washing"), "--article", "hand-washing"])
    said = [line for line in capsys.readouterr().err.splitlines() if "spelling" in line]
    assert said == ["spelling of ar-GB is not checked: there is no assets/spelling/ar-GB.dic"]
