"""What is pending is a warning until it is rewritten; the list can only get shorter."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.l10n.loaded_article import load_article
from leaflets.lint.article import check_article
from leaflets.lint.pending import is_pending, pending_in
from tests.tools.articles import Edit, edit, printed, project, read, said

HARD = edit(
    "sections/wash",
    "easy: Wash your hands with soap.",
    "easy: Hyperuricaemia predisposes susceptible individuals.",
)
MESSAGE = (
    "articles/mini/sections/wash.yaml:10:13: {}: 4 of the 4 words of this sentence are long and not familiar; "
    "the easy level allows less than half [hard-sentence]\n"
    "  hint: hardest words: “hyperuricaemia” (6 syllables), “individuals” (5 syllables), “predisposes” (4 syllables), "
    "“susceptible” (4 syllables)\n"
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def pending(rule: str, *names: str) -> Edit:
    rows = f"pending:\n  - rule: {rule}\n    at: [{', '.join(names)}]\n"
    return edit("article", "leaflets: [hands]\n", f"leaflets: [hands]\n{rows}")


@pytest.mark.parametrize("name", ["sections.wash.why.easy", "sections.wash.why.text.easy"])
def test_a_passage_or_a_segment_that_is_listed_is_a_warning(tmp_path: Path, name: str) -> None:
    assert said(project(tmp_path / "a", HARD)).replace("a/articles", "articles") == MESSAGE.format("error")
    found = said(project(tmp_path / "b", HARD, pending("hard-sentence", name)))
    assert found.replace("b/articles", "articles") == MESSAGE.format("warning").replace(" [", " (pending) [", 1)


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        ("hard-passage", "sections.wash.why.easy"),
        ("hard-sentence", "sections.wash.why.plain"),
        ("hard-sentence", "sections.wash.why.text"),
        ("hard-sentense", "sections.wash.why.easy"),
    ],
)
def test_another_rule_or_place_is_not_and_its_entry_is_told(tmp_path: Path, rule: str, name: str) -> None:
    found = said(project(tmp_path, HARD, pending(rule, name)))
    assert MESSAGE.format("error") in found
    assert (
        f"articles/mini/article.yaml:19:10: error: nothing is pending any more for “{rule}” at “{name}” [pending]\n"
        "  hint: delete this entry\n"
    ) in found


def test_an_entry_whose_words_are_mended_is_an_error(tmp_path: Path) -> None:
    made = project(tmp_path, HARD, pending("hard-sentence", "sections.wash.why.easy", "sections.wash.when.easy"))
    found = said(made)
    assert found.count("error") == 1
    assert "articles/mini/article.yaml:19:34: error: nothing is pending any more" in found
    assert said(project(tmp_path / "mended", pending("hard-sentence", "sections.wash.why.easy"))).count("error") == 1


def severities(found: str, rule: str) -> list[str]:
    return [line.split(": ")[1] for line in found.splitlines() if rule in line]


def test_words_for_all_levels_are_pending_only_where_each_level_is(tmp_path: Path) -> None:
    words = edit("sections/wash", "all: After you play.", "all: Hyperuricaemia predisposes susceptible folk.")
    one = said(project(tmp_path / "a", words, pending("hard-sentence", "sections.wash.when.easy")))
    both = said(
        project(tmp_path / "b", words, pending("hard-sentence", "sections.wash.when.easy", "sections.wash.when.plain"))
    )
    severities = [
        [line.split(": ")[1] for line in found.splitlines() if "[hard-sentence]" in line] for found in (one, both)
    ]
    assert severities == [["error"], ["warning"]]
    assert "[pending]" not in one + both


def test_part_of_an_article_says_nothing_of_entries_that_it_does_not_reach(tmp_path: Path) -> None:
    made = project(tmp_path, pending("hard-sentence", "sections.wash.why.easy"))
    diagnostics = Diagnostics()
    loaded = load_article(made, "mini", diagnostics, ["en-GB"])
    assert loaded
    check_article(loaded, made, diagnostics)
    assert printed(diagnostics) == ""


def test_a_level_without_words_is_told_and_not_what_nobody_could_measure(tmp_path: Path) -> None:
    gone = edit("sections/wash", "      easy: Wash your hands with soap.\n", "")
    found = said(project(tmp_path, gone, pending("hard-sentence", "sections.wash.why.easy")))
    assert found.count("error: ") == 1
    assert "[pending]" not in found


def test_who_overrides_a_file_of_an_article_need_not_override_its_list(tmp_path: Path) -> None:
    project(tmp_path / "below", HARD, pending("hard-sentence", "sections.wash.why.easy"))
    section = tmp_path / "clinic/articles/mini/sections/wash.yaml"
    section.parent.mkdir(parents=True)
    section.write_text((project(tmp_path / "sound").shipped / "articles/mini/sections/wash.yaml").read_text())
    assert said(Project(tmp_path / "clinic", tmp_path / "below")) == ""


def test_an_article_says_what_is_pending(tmp_path: Path) -> None:
    made = project(tmp_path, HARD, pending("hard-sentence", "sections.wash.why.easy", "sections.wash.when.easy"))
    article = read(made)
    assert is_pending(article, "hard-sentence", ["sections.wash.why.text.easy", "sections.wash.why.easy"])
    assert not is_pending(article, "hard-passage", ["sections.wash.why.easy"])
    assert not is_pending(article, "hard-sentence", ["sections.wash.why.plain"])


def test_what_is_pending_does_not_stop_a_build(tmp_path: Path) -> None:
    made = project(tmp_path, HARD, pending("hard-sentence", "sections.wash.why.easy"))
    diagnostics = Diagnostics()
    loaded = load_article(made, "mini", diagnostics)
    assert loaded
    found = check_article(loaded, made, diagnostics)
    assert len(diagnostics) == 0
    assert [item.severity.value for item in found.pending] == ["warning"]


@pytest.mark.parametrize(
    ("name", "leaflet_has_it"),
    [
        ("leaflets.hands.easy", True),
        ("leaflets.hands.easy.smog", True),
        ("leaflets.hands.plain", False),
        ("leaflets.hand.easy", False),
        ("sections.wash.why.easy", True),
        ("sections.wash.why.text.easy", True),
        ("sections.wash.when.lead.all", True),
        ("sections.wash.why.plain", False),
    ],
)
def test_a_leaflet_has_what_is_pending_in_its_own_words(tmp_path: Path, name: str, leaflet_has_it: bool) -> None:
    article = read(project(tmp_path, pending("hard-sentence", name)))
    found = pending_in(article, "hands", "easy", "GB", {"emergency": "999"})
    assert found == ((f"hard-sentence at {name}",) if leaflet_has_it else ())


def test_what_a_missing_section_keeps_from_being_measured_is_still_pending(tmp_path: Path) -> None:
    missing = edit("leaflets/hands", "sections: [wash]", "sections: [wsh]")
    found = said(project(tmp_path, missing, pending("hard-sentence", "sections.wash.why.easy")))
    assert "there is no section “wsh”" in found
    assert "[pending]" not in found
