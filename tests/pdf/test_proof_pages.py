"""Proof pages: the second article in each language with sentences, on paper: built, valid, its words all there."""

from __future__ import annotations

from pathlib import Path

import pytest
from page import validate_pdf

from leaflets.check.evidence.text_index import folded
from leaflets.check.readback.document import read_finished
from leaflets.cli.main import main
from leaflets.content import inline
from tests.tools.copied import by_pdfium, by_poppler, by_tree, likeness
from tests.tools.proofs import PLACES, languages, proof_project, pseudo_project, sentences
from tests.tools.selection import sampled

NO_FOLD = ("my", "ta", "ur")
"""Languages whose filled texts are longer than a panel of the tri-fold."""
NO_HANDOUT = ("my", "ur")
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


def _build(folder: Path, out: Path, tag: str, *layouts: str) -> list[Path]:
    chosen = [part for layout in layouts for part in ("--layout", layout)]
    given = ("--leaflet", "overview", "--level", "plain", "--locale", tag, "--jobs", "1", "--out", str(out))
    assert main(["build", "--project", str(folder), *given, *chosen]) == 0
    return sorted(path for path in out.rglob("*.pdf") if not path.name.endswith(".print.pdf"))


@pytest.mark.parametrize("language", sampled(languages(), ["hi", "zh-Hans"]))
def test_a_page_of_each_language_is_right(language: str, tmp_path: Path) -> None:
    tag = proof_project(tmp_path / "project", language)
    layouts = ["standard"]
    layouts += [] if language in NO_HANDOUT else ["handout"]
    layouts += [] if language in NO_FOLD else ["tri-fold"]
    said = dict(zip(PLACES, sentences(language), strict=True))
    for path in _build(tmp_path / "project", tmp_path / "out", tag, *layouts):
        assert validate_pdf(str(path)).is_compliant, path.name
        structure = read_finished(path, path.name, None).structure
        assert structure is not None
        words = folded(structure.document.text)
        for place in PLACES[:2] + PLACES[4:8]:
            assert folded(inline.bare(said[place])) in words, (path.name, place)
        wanted = by_tree(path)
        if language not in RIGHT_TO_LEFT:
            assert likeness(wanted, by_poppler(path)) >= 0.95, path.name
            assert likeness(wanted, by_pdfium(path)) >= 0.95, path.name


@pytest.mark.heavy
def test_a_third_more_letters_fit_the_standard_page_and_large_print(tmp_path: Path) -> None:
    """A pseudo-language of longer words: every third letter stands twice."""

    def longer(words: str) -> str:
        return "".join(char * (2 if char.isalpha() and number % 3 == 0 else 1) for number, char in enumerate(words))

    tag = pseudo_project(tmp_path / "project", "es-GB", longer)
    assert len(_build(tmp_path / "project", tmp_path / "out", tag, "standard", "large-print", "giant-print")) == 3
