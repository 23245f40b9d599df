"""The list of plainer words: shipped, extended by a project, and found in any form of a word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project, shipped_folder
from leaflets.lint.plain_words import NAME, PlainWords, read_plain_words
from leaflets.lint.syllables import LONG, syllables
from tests.tools.articles import printed, write
from tests.tools.some import some

SHIPPED = read_plain_words(Project(), Diagnostics())
LISTED = PlainWords(
    {"commence": "start", "modify": "change", "prior to": "before", "individual": "person", "oral": "by mouth"}
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We commence now.", {"commence": "start"}),
        ("It commences; it commenced; Commencing", {"commence": "start"}),
        ("She modifies it", {"modify": "change"}),
        ("They modified it", {"modify": "change"}),
        ("susceptible individuals", {"individual": "person"}),
        ("Prior to bed", {"prior to": "before"}),
        ("a priority to keep", {}),
        ("orally", {"oral": "by mouth"}),
        ("a choral work", {}),
        ("Start now.", {}),
    ],
)
def test_a_word_is_found_in_its_forms_and_a_phrase_whole(text: str, found: dict[str, str]) -> None:
    assert dict(LISTED.instead_of(text)) == found


def test_the_shipped_list_is_long_and_what_is_said_instead_is_of_short_words() -> None:
    assert len(SHIPPED.table) >= 150
    everybody_knows = {"medicine", "painkiller"}
    for hard, plain in some(SHIPPED.table.items()):
        assert hard == hard.lower()
        long = [word for word in re.findall(r"[^\W\d_]+", plain) if syllables(word) >= LONG]
        assert set(long) <= everybody_knows, (hard, plain)


def test_no_word_is_listed_twice_and_none_leads_to_another() -> None:
    text = (shipped_folder() / NAME).read_text(encoding="utf-8")
    keys = [line.partition(":")[0] for line in text.splitlines() if line and not line.startswith("#")]
    assert len(keys) == len(set(keys)) == len(yaml.safe_load(text))
    chained = {
        hard: plain for hard, plain in SHIPPED.table.items() for word in plain.split(", ") if word in SHIPPED.table
    }
    assert chained == {}


def test_a_project_adds_words_and_overrides_them(tmp_path: Path) -> None:
    write(tmp_path, {NAME: "Tophus: lump of crystals\ncommence: begin\n"})
    table = read_plain_words(Project(tmp_path), Diagnostics()).table
    assert (table["tophus"], table["commence"]) == ("lump of crystals", "begin")
    assert len(table) == len(SHIPPED.table) + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- commence\n", "1:1: error: this is not a list of “word: plainer word” [plain-words]\n"),
        (
            "commence: [start, begin]\n",
            "1:11: error: “commence” has no plainer word [plain-words]\n  hint: write it after the colon\n",
        ),
        ("# nothing yet\n", ""),
    ],
)
def test_a_wrong_list_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {NAME: text})
    diagnostics = Diagnostics()
    read_plain_words(Project(tmp_path), diagnostics)
    assert printed(diagnostics) == (f"{NAME}:{said}" if said else "")
