"""`new article`: what it writes is an article to be written, which `check` does not let through."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.cli.main import DONE, PROBLEMS, main
from tests.tools.scaffold import new_article, written_article


def errors(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What `check` has against the article in a folder, which must have something against it."""
    capsys.readouterr()
    assert main(["check", "--project", str(folder.parents[1]), "--article", folder.name]) == PROBLEMS
    return [line for line in capsys.readouterr().err.splitlines() if " error: " in line]


def test_an_untouched_article_is_not_fit_to_print(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = errors(new_article(tmp_path, "migraine"), capsys)
    left = [line for line in said if line.endswith("[todo]")]
    assert len(left) == 30
    assert "still to be written, 1 of 30: the topic in two or three words [todo]" in left[0]
    assert [line.partition("error: ")[2] for line in said if line not in left] == [
        "the fact “first-danger” is not confirmed and may not be printed [fact-status]"
    ]


def test_what_is_left_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written_article(tmp_path, "migraine")
    section = folder / "sections" / "first-section.yaml"
    section.write_text(section.read_text().replace("easy: what is it?", "easy: TODO what is it?"))
    said = errors(folder, capsys)
    assert len(said) == 1
    assert said[0].endswith("first-section.yaml:3:9: error: still to be written, 1 of 1: what is it? [todo]")


def test_a_written_article_passes(tmp_path: Path) -> None:
    written_article(tmp_path, "migraine")
    assert main(["check", "--project", str(tmp_path), "--article", "migraine"]) == DONE
