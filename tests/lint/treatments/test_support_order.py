"""How sure a table is that its treatments help: best proof first, and the same words for the same support."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tools.articles import Edit, edit, project, said

END = "      all: Wash the front too.\n"
TABLE = "  - kind: options\n    id: table\n    facts: [soap-helps]\n    options:\n"
ROW = (
    "      - {id: %s, %spicture: hand, name: {all: It}, what: {all: It is a gel.}, help: {all: '%s'}, "
    "harm: {all: It stings.}, ask: {all: Is it safe?}}\n"
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def table(*rows: tuple[str, str, str]) -> Edit:
    return edit("sections/wash", END, END + TABLE + "".join(ROW % row for row in rows))


def told(folder: Path, *rows: tuple[str, str, str]) -> str:
    return re.sub(r"^articles/mini/", "", said(project(folder, table(*rows))), flags=re.MULTILINE)


STRONG = ("soap", "support: strong, ", "**Strong support**, says all.")
WEAK = ("gel", "support: weak, ", "**Weak support.**")
WAIT = ("wait", "", "Nothing new.")


def test_the_best_proof_first_and_what_has_no_support_anywhere_is_fine(tmp_path: Path) -> None:
    assert told(tmp_path, STRONG, WAIT, WEAK) == ""


def test_a_treatment_below_one_with_less_proof_is_told_once(tmp_path: Path) -> None:
    assert told(tmp_path, WEAK, STRONG) == (
        "sections/wash.yaml:42:29: error: “soap” (strong) stands below “gel” (weak) [support-order]\n"
        "  hint: put the best proof first\n"
    )


def test_treatments_of_different_regions_are_not_compared(tmp_path: Path) -> None:
    first = ("gel", "regions: [US], support: weak, ", WEAK[2])
    assert told(tmp_path, first, ("soap", "regions: [GB], support: strong, ", STRONG[2])) == ""


def test_support_that_no_bold_words_tell_is_an_error(tmp_path: Path) -> None:
    found = told(tmp_path, ("soap", "support: strong, ", "Strong support."))
    assert "at the level “easy” nothing in bold says how sure it is (strong) [support-words]" in found
    assert "begin with it, such as “**Strong support.**”" in found


def test_the_same_support_has_the_same_words(tmp_path: Path) -> None:
    found = told(tmp_path, STRONG, ("two", "support: strong, ", "**Good support.**"))
    assert "“strong” is “Good support” here and “Strong support” above, at the level “plain” [support-words]" in found


def test_the_same_words_mean_the_same_support(tmp_path: Path) -> None:
    found = told(tmp_path, STRONG, ("two", "support: weak, ", "**Strong support.**"))
    assert "“Strong support” means “weak” here and “strong” above, at the level “plain” [support-words]" in found
