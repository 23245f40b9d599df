"""Locales, fonts and regions of a project: files over the shipped ones, with no Python."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project, in_use, shipped_folder, use
from leaflets.l10n.font_table import FONTS
from leaflets.l10n.fonts import coverage, missing_characters
from leaflets.l10n.languages import LOCALES, languages
from leaflets.l10n.open_tables import report_tables
from tests.tools.articles import printed, write

NASTALIQ = shipped_folder() / "assets/fonts/noto-nastaliq-urdu"
POLISH = "own_name: polski\nenglish_name: Polish\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    before = in_use()
    yield
    use(before)


def said(folder: Path, files: dict[str, str]) -> str:
    write(folder, files)
    diagnostics = Diagnostics()
    report_tables(Project(folder), diagnostics)
    return printed(diagnostics)


def test_a_language_needs_one_file(tmp_path: Path) -> None:
    row = "own_name: Lietuvių\nenglish_name: Lithuanian\nleading: 1.5\nscale: right\n"
    assert said(tmp_path, {"locales/lt.yaml": row}) == ""
    assert LOCALES["lt-GB"].own_name == "Lietuvių"
    assert (LOCALES["lt-US"].font, LOCALES["lt-US"].leading, LOCALES["lt-US"].scale) == ("atkinson", 1.5, "right")
    assert "lt" in languages()
    assert "lt-IE" not in LOCALES
    assert said(tmp_path, {"regions/IE.yaml": "id: IE\n"}) == ""
    assert LOCALES["lt-IE"].region == "IE"
    assert LOCALES["en-IE"].variant_of == "en-GB"


def test_what_a_project_does_not_say_is_as_it_is_shipped(tmp_path: Path) -> None:
    assert said(tmp_path, {"locales/ar-GB.yaml": "own_name: عربي\n", "locales/ar.yaml": "digits: latn\n"}) == ""
    assert (LOCALES["ar-GB"].own_name, LOCALES["ar-US"].own_name) == ("عربي", "العربية")
    assert (LOCALES["ar-GB"].digits, LOCALES["ar-GB"].direction) == ("latn", "rtl")
    assert LOCALES["ar-GB"].braille == LOCALES["ar-US"].braille


def test_a_project_does_not_change_the_tables_of_another(tmp_path: Path) -> None:
    said(tmp_path, {"locales/lt.yaml": POLISH})
    assert "lt-GB" in LOCALES
    use(Project())
    assert "lt-GB" not in LOCALES


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"locales/pl.yaml": "own_name: polski\ndirection: up\n"},
            "locales/pl.yaml:2:12: error: direction: “up” is not known here [wrong-value]\n",
        ),
        (
            {"locales/pl-GB.yaml": "own_nam: polski\n"},
            "locales/pl-GB.yaml:1:1: error: unknown key “own_nam” [unknown-key]\n",
        ),
        ({"locales/lt.yaml": "own_name: L\n"}, "locales/lt.yaml:1:1: error: the key “english_name” is missing"),
        (
            {"locales/es-GB.yaml": "base: en-GB\n"},
            "locales/es-GB.yaml:1:7: error: “es-GB” cannot have words of another language, “en-GB” [wrong-base]\n",
        ),
        (
            {"locales/pl.yaml": "font: atkinso\n"},
            "locales/pl.yaml:1:7: error: there is no font “atkinso” in fonts.yaml [unknown-font]\n",
        ),
        (
            {"locales/polish.yaml": POLISH},
            "locales/polish.yaml:1:1: error: “polish” is no tag of a language [wrong-id]",
        ),
        (
            {"locales/pl.yaml": "braille:\n  name: P\n  table: ../etc/passwd\n  grade: 1\n"},
            "locales/pl.yaml:3:10: error: table: “../etc/passwd”",
        ),
        ({"locales/pl.yaml": "leading: 9\n"}, "locales/pl.yaml:1:10: error: "),
        (
            {"fonts.yaml": "fonts:\n  arabic:\n    then: [nosuch]\n"},
            "fonts.yaml:3:12: error: there is no other font “nosuch” [unknown-font]\n",
        ),
        (
            {"fonts.yaml": "fonts:\n  mine:\n    family: Mine\n    folder: assets/fonts/mine\n"},
            "fonts.yaml:4:13: error: “assets/fonts/mine” has no font files that can be read [no-font]\n",
        ),
        (
            {"fonts.yaml": "fonts:\n  mine:\n    family: Mine\n    folder: ../mine\n"},
            "fonts.yaml:4:13: error: folder: ",
        ),
        ({"fonts.yaml": "fonts:\n  mine:\n    family: 'A\"; x'\n"}, "fonts.yaml:3:13: error: family: "),
        ({"fonts.yaml": "a: &x [*x]\n"}, "fonts.yaml:1:4: error: “&x” is an alias or an anchor"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    found = said(tmp_path, files)
    assert found.startswith(expected)
    assert LOCALES["en-GB"].own_name == "English (UK)"
    assert FONTS["atkinson"].family == "Leaflet Sans"


def test_a_project_brings_a_font(tmp_path: Path) -> None:
    shutil.copytree(NASTALIQ, tmp_path / "assets/fonts/mine")
    row = "fonts:\n  mine:\n    family: Noto Nastaliq Urdu\n    folder: assets/fonts/mine\n    then: [atkinson]\n"
    locale = "own_name: P\nenglish_name: Pashto\nfont: mine\ndirection: rtl\n"
    assert said(tmp_path, {"fonts.yaml": row, "locales/ps.yaml": locale}) == ""
    assert FONTS[LOCALES["ps-GB"].font].file(bold=True).parent == tmp_path / "assets/fonts/mine"
    assert missing_characters("mine", "آپ mg") == []
    assert coverage("mine") == coverage("nastaliq")


def test_urdu_is_set_in_nastaliq_whose_licence_is_beside_it() -> None:
    use(Project())
    assert (LOCALES["ur-GB"].font, FONTS["nastaliq"].leading) == ("nastaliq", 2.2)
    assert "SIL OPEN FONT LICENSE" in (NASTALIQ / "OFL.txt").read_text(encoding="utf-8")
