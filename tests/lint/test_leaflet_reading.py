"""The leaflet as a whole: what counts as running text, its limits, and that each cause is told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.passages import PassageKind
from leaflets.l10n.loaded_article import load_article
from leaflets.lint.article import ArticleReading, check_article
from leaflets.lint.leaflet_reading import LevelReading, running_text
from tests.tools.articles import Edit, edit, project, said
from tests.tools.reading import passage
from tests.tools.some import some


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(made: Project, article: str = "mini") -> ArticleReading:
    diagnostics = Diagnostics()
    loaded = load_article(made, article, diagnostics)
    assert loaded
    return check_article(loaded, made, diagnostics)


def reading(folder: Path, *edits: Edit, level: str = "plain") -> LevelReading:
    (found,) = (row for row in read(project(folder, *edits)).levels if (row.level, row.locale) == (level, "en-GB"))
    return found


@pytest.mark.parametrize("kind", [kind for kind in PassageKind if kind is not PassageKind.PROSE])
def test_only_running_text_counts_for_the_leaflet(kind: PassageKind) -> None:
    prose = passage("Wash your hands.", "Soap.")
    assert [row.text for row in running_text([passage("Some more words.", kind=kind), prose])] == ["Wash your hands."]


def test_what_does_not_count_changes_no_figure(tmp_path: Path) -> None:
    """Easy headings and red flags do not make the words between them easier."""
    plain = reading(tmp_path / "a")
    other = reading(
        tmp_path / "b",
        edit("leaflets/hands", "title:\n  all: Clean hands", "title:\n  all: Go on and on and on"),
        edit("sections/wash", "heading:\n  all: How to wash", "heading:\n  all: Go on and on and on"),
        edit("red-flags", "all: A cut does not stop to bleed.", "all: It is so. It is so. It is so. It is so."),
    )
    assert other.counts == plain.counts


def test_a_point_of_one_word_does_not_count(tmp_path: Path) -> None:
    less = reading(tmp_path, edit("sections/wash", "all: After you play.", "all: Play."))
    assert (less.counts.words, less.counts.sentences) == (33, 7)


def test_the_figures_are_those_of_the_running_text(tmp_path: Path) -> None:
    found = reading(tmp_path)
    # How to keep your hands clean. / Clean hands keep you well. / Use soap. / Wash ... off. / Wash your hands: /
    # Before you eat. / After you play. / Wash the front too.
    assert (found.counts.words, found.counts.sentences, found.longest) == (6 + 5 + 2 + 10 + 3 + 3 + 3 + 4, 8, 10)
    assert [figure.id for figure in found.figures] == [
        "flesch-kincaid", "flesch-kincaid-strict", "smog", "smog-strict", "mean-words",
    ]  # fmt: skip


LONG = "Everybody in the family should exercise with the physiotherapist on Saturday. "
FAMILIAR = edit("article", "leaflets: [hands]\n", "leaflets: [hands]\nfamiliar: [physiotherapist, exercise]\n")


def key_messages(words: str) -> Edit:
    return edit("leaflets/hands", "all: Clean hands keep you well.", f"all: {words}")


def test_strict_figures_have_limits_of_their_own_and_excused_words_too(tmp_path: Path) -> None:
    words = "The physiotherapist can help. She can show you what to do at home each day. " * 5
    found = said(project(tmp_path, FAMILIAR, key_messages(words)))
    place = "articles/mini/leaflets/hands.yaml:3:3: error: "
    lines = [line.removeprefix(place) for line in found.splitlines() if line.startswith(place)]
    assert [line for line in lines if line.startswith("level easy")] == [
        "level easy: 100% (en-GB), 100% (en-US) of the long words of the running text are excused as familiar; "
        "at most 25% may be [excused-words]",
    ]
    assert "  hint: name them less often, or in plainer words: “physiotherapist” (×5)\n" in found


def test_a_leaflet_is_told_once_for_all_locales_with_its_hardest_passages(tmp_path: Path) -> None:
    familiar = "familiar: [physiotherapist, everybody, family, exercise, saturday]"
    made = project(
        tmp_path, edit("article", "leaflets: [hands]\n", f"leaflets: [hands]\n{familiar}\n"), key_messages(LONG * 4)
    )
    found = said(made).splitlines()
    strict = [line for line in found if "level plain: strict SMOG" in line]
    assert len(strict) == 1
    assert "(en-GB), " in strict[0]
    assert strict[0].endswith("(en-US) of the running text; the level allows 9 [leaflet-reading]")
    hint = found[found.index(strict[0]) + 1]
    assert hint.startswith("  hint: hardest passages: articles/mini/")


def test_a_hard_sentence_is_told_once_though_two_locales_and_two_leaflets_print_it(tmp_path: Path) -> None:
    hard = edit("sections/wash", "all: After you play.", "all: Hyperuricaemia predisposes susceptible individuals.")
    second = {"articles/mini/leaflets/again.yaml": LEAFLET}
    made = project(tmp_path, hard, edit("article", "leaflets: [hands]", "leaflets: [hands, again]"), files=second)
    lines = [line for line in said(made).splitlines() if "[hard-" in line]
    assert [line.partition(": error: ")[0] for line in lines] == ["articles/mini/sections/wash.yaml:28:16"] * 2
    assert ["the easy level" in line for line in lines] == [True, False]


LEAFLET = """\
id: again
title: {all: Clean hands}
short: {all: Hands}
stamp: drop
purpose: {all: How to keep your hands clean.}
key:
  claims: [germs-spread]
  picture: tap
  main: {all: Clean hands keep you well.}
  points: [{id: soap, picture: tap, text: {all: Use soap.}}]
sections: [wash]
"""


def test_a_leaflet_that_only_hard_sentences_make_too_hard_is_not_told_of(tmp_path: Path) -> None:
    hard = "Hyperuricaemia predisposes susceptible individuals. " * 6
    found = said(project(tmp_path, key_messages(hard)))
    assert "[hard-sentence]" in found
    assert "[leaflet-reading]" not in found
    assert not any(figure.within for figure in reading(tmp_path / "again", key_messages(hard)).figures[:4])


AMERICAN = """\
msgid ""
msgstr ""
"Language: en_US\\n"

msgctxt "sections.wash.why.text.plain"
msgid "Wash your hands with soap to get the germs off."
msgstr ""
"Wash your hands with soap. "
"Hyperuricaemia predisposes susceptible individuals."
"""


def test_words_of_a_message_file_are_told_there(tmp_path: Path) -> None:
    found = said(project(tmp_path, files={"articles/mini/l10n/en-US.po": AMERICAN}))
    assert [line.partition(": error: ")[0] for line in found.splitlines() if "error" in line] == [
        "articles/mini/l10n/en-US.po:9:2"
    ]


def test_the_purpose_of_a_tri_fold_is_held_too(tmp_path: Path) -> None:
    fold = """sections: [wash]
fold:
  purpose: {all: Hyperuricaemia predisposes susceptible individuals.}
  middle: [wash/front]
  last: [wash/why]
"""
    found = said(project(tmp_path, edit("leaflets/hands", "sections: [wash]\n", fold)))
    assert "articles/mini/leaflets/hands.yaml:21:18: error: 4 of the 4 words" in found


def test_the_shipped_articles_read_as_their_evidence_says(tmp_path: Path) -> None:
    """The columns that content was measured by elsewhere: running text alone, no word excused."""
    found = {(row.leaflet, row.level, row.locale): row for row in read(Project(), "fibromyalgia-leg-pain").levels}
    for key, row in some(found.items(), 18):
        assert row.counts.grade <= row.counts.grade_strict, key
        assert row.counts.smog <= row.counts.smog_strict, key
        assert row.worst, key
