"""Readability in the evidence: the figures that `check` shows, of what is in the file; what is pending is a warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.check.evidence.content_match import reading
from leaflets.check.evidence.schema.contents import LevelMeasured
from leaflets.check.evidence.schema.result import Measured
from leaflets.check.evidence.text_index import TextIndex
from leaflets.check.readback.structure_tree import Element
from leaflets.content.traceability import PrintedPart, printed_parts
from leaflets.l10n.loaded_article import load_article
from leaflets.lint.article import check_article
from leaflets.lint.leaflet_reading import LevelReading
from leaflets.lint.reading_limits import share_excused
from tests.tools.articles import KEY_CONTENT, Edit, edit, material, project
from tests.tools.some import some

WORDS = "The physiotherapist can help everybody. She can show you what to do at home each day. " * 5
HARD = edit("leaflets/hands", "all: Clean hands keep you well.", f"all: {WORDS}")
FAMILIAR = "leaflets: [hands]\nfamiliar: [physiotherapist]\n"


def parts_of(made: Project, level: str, layout: str) -> list[PrintedPart]:
    found = material(made, level, layout)
    return list(printed_parts(found.article, "hands", level, "GB", found.region.values("en"), found.layout.holds))


def measured(made: Project, level: str = "plain", layout: str = "standard", without: str = "") -> LevelMeasured:
    """What the evidence says of a file with all lines of the article but one."""
    parts = parts_of(made, level, layout)
    lines = [line for part in parts for line in part.lines if line != without]
    document = Element("Document", "en", "", 0, tuple(Element("P", "en", "", 0, (line,)) for line in lines))
    return reading(TextIndex(document), material(made, level, layout), parts)


def checked(made: Project, level: str = "plain") -> LevelReading:
    loaded = load_article(made, "mini", Diagnostics())
    assert loaded
    rows = check_article(loaded, made, Diagnostics()).levels
    return next(row for row in rows if (row.level, row.locale) == (level, "en-GB"))


def value(measure: Measured | None) -> float:
    assert measure
    return measure.value


@pytest.mark.parametrize("level", ["easy", "plain", "detailed"])
def test_the_figures_are_those_of_check(tmp_path: Path, level: str) -> None:
    made = project(tmp_path, HARD, edit("article", "leaflets: [hands]\n", FAMILIAR), shipped=True)
    found, row = measured(made, level), checked(made, level)
    assert (found.words, found.sentences) == (row.counts.words, row.counts.sentences)
    shown = [found.flesch_kincaid_grade, found.flesch_kincaid_grade_strict, found.smog_grade, found.smog_grade_strict,
             found.mean_words_in_a_sentence]  # fmt: skip
    assert [value(item) for item in shown] == [round(figure.value, 3) for figure in row.figures]
    assert [item.at_most for item in shown if item] == [figure.most for figure in row.figures]
    assert value(found.longest_sentence_words) == row.longest
    assert value(found.excused_percent) == round(100 * share_excused(row.counts), 3)
    assert found.counted_as_familiar == tuple(word for word, _ in row.excused) == ("physiotherapist",)
    assert found.same_as_source


def test_a_line_that_is_missing_is_not_measured(tmp_path: Path) -> None:
    found = measured(project(tmp_path, shipped=True), without="Use soap.")
    assert found.lines_not_found == ("Use soap.",)
    assert found.result == "fail"
    assert not found.same_as_source
    assert found.words == checked(project(tmp_path, shipped=True)).counts.words - 2


PENDING = """\
pending:
  - {rule: excused-words, at: [leaflets.hands.plain]}
  - {rule: leaflet-reading, at: [leaflets.hands.plain.flesch-kincaid-strict, leaflets.hands.plain.smog-strict]}
"""


@pytest.mark.parametrize(
    ("more", "layout", "result"),
    [((), "standard", "fail"), ((PENDING,), "standard", "warning"), ((), "summary", "warning")],
)
def test_over_a_limit_fails_unless_it_is_pending_or_only_a_part_is_printed(
    tmp_path: Path, more: tuple[str, ...], layout: str, result: str
) -> None:
    edits: list[Edit] = [HARD, KEY_CONTENT, edit("article", "leaflets: [hands]\n", FAMILIAR + "".join(more))]
    found = measured(project(tmp_path, *edits, shipped=True), layout=layout)
    assert found.result == result
    over = [item for item in (found.smog_grade_strict, found.excused_percent) if item and item.result != "pass"]
    for item in some(over):
        assert item.result == result
        assert item.says in found.says


def test_what_is_within_the_limits_passes(tmp_path: Path) -> None:
    found = measured(project(tmp_path, shipped=True))
    assert (found.result, found.says) == ("pass", ())


def test_few_excused_words_have_no_limit(tmp_path: Path) -> None:
    made = project(
        tmp_path,
        edit("article", "leaflets: [hands]\n", FAMILIAR),
        edit("leaflets/hands", "all: Use soap.", "all: Ask a physiotherapist."),
        shipped=True,
    )
    found = measured(made)
    assert value(found.excused_percent) == 100
    assert found.result == "pass"
