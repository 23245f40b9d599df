"""Spelling dictionaries of a project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.reader_limits import READERS
from leaflets.l10n.dictionaries import Dictionary, read_dictionary
from tests.tools.articles import printed, write

AFF = "SET UTF-8\n"


def read(folder: Path, words: tuple[str, ...] = ()) -> tuple[Dictionary | None, str]:
    diagnostics = Diagnostics()
    return read_dictionary(Project(folder, folder), "en-GB", words, diagnostics), printed(diagnostics)


def test_the_words_of_the_file_of_the_article_and_of_the_project_are_right(tmp_path: Path) -> None:
    list_ = "# ours\nTonmya # a medicine\n\n"
    write(
        tmp_path,
        {
            "assets/spelling/en-GB.aff": AFF,
            "assets/spelling/en-GB.dic": "2\nsoap\nhand\n",
            "assets/spelling/words.txt": list_,
        },
    )
    found, said = read(tmp_path, ("gout",))
    assert said == ""
    assert found is not None
    right = ("soap", "Soap", "gout", "Gout", "Tonmya", "hand-soap", "soap’s")
    assert [word for word in (*right, "saop", "tonmya", "ours") if not found.knows(word)] == ["saop", "tonmya", "ours"]
    assert found.near("saop") == ["soap"]


def test_a_project_without_both_files_has_no_dictionary(tmp_path: Path) -> None:
    write(tmp_path, {"assets/spelling/en-GB.dic": "1\nsoap\n"})
    assert read(tmp_path) == (None, "")


@pytest.mark.parametrize("ending", ["dic", "aff"])
def test_a_file_that_is_too_large_or_no_file_is_refused_before_it_is_opened(tmp_path: Path, ending: str) -> None:
    write(tmp_path, {"assets/spelling/en-GB.aff": AFF, "assets/spelling/en-GB.dic": "1\nsoap\n"})
    path = tmp_path / f"assets/spelling/en-GB.{ending}"
    with path.open("wb") as file:
        file.truncate(READERS["dictionary"].bytes + 1)
    found, said = read(tmp_path)
    assert found is None
    assert "it has more than 10 MB, the most that a spelling dictionary may have [unreadable]" in said
    path.unlink()
    os.mkfifo(path)
    found, said = read(tmp_path)
    assert found is None
    assert said.count("[unreadable]") == 1
