"""Segments: every text that is translated, under an id that does not move."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.project import Project
from leaflets.content.article import Article
from leaflets.content.segments import Segment, segments, with_words
from tests.tools.articles import edit, project, read
from tests.tools.shipped import ARTICLE as SHIPPED

IDS = [
    "topic.all",
    "red-flags.heading.all",
    "red-flags.pointer.all",
    "red-flags.emergency.heading.all",
    "red-flags.emergency.bad-cut.text.all",
    "sections.wash.heading.all",
    "sections.wash.why.text.easy",
    "sections.wash.why.text.plain",
    "sections.wash.why.text.detailed",
    "sections.wash.when.lead.all",
    "sections.wash.when.before-food.text.all",
    "sections.wash.when.after-play.text.all",
    "sections.wash.front.alt.all",
    "sections.wash.front.caption.all",
    "leaflets.hands.title.all",
    "leaflets.hands.short.all",
    "leaflets.hands.purpose.all",
    "leaflets.hands.key.main.all",
    "leaflets.hands.key.soap.text.all",
]


def words(article: Article) -> dict[str, str]:
    return {segment.id: segment.words for segment in segments(article)}


def test_every_text_is_a_segment_named_by_the_ids_in_the_files(tmp_path: Path) -> None:
    assert [segment.id for segment in segments(read(project(tmp_path)))] == IDS


def test_a_segment_knows_its_words_level_and_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = {segment.id: segment for segment in segments(read(project(tmp_path)))}
    segment = found["sections.wash.why.text.plain"]
    assert segment.words == "Wash your hands with soap to get the germs off."
    assert segment.level == "plain"
    assert str(segment.place) == "articles/mini/sections/wash.yaml:11:14"
    assert segment.regions is None


def test_ids_stay_when_a_point_is_added_above(tmp_path: Path) -> None:
    before = words(read(project(tmp_path / "before")))
    point = "- {id: new, picture: tap, text: {all: New.}}\n      - id: before-food"
    block = "- {kind: notes, id: mine}\n  - {kind: heading, id: sub, text: {all: More}}\n  - kind: list"
    after = words(
        read(
            project(
                tmp_path / "after",
                edit("sections/wash", "- id: before-food", point),
                edit("sections/wash", "- kind: list", block),
            )
        )
    )
    added = {"sections.wash.when.new.text.all": "New.", "sections.wash.sub.text.all": "More"}
    assert after == before | added


def test_ids_follow_a_point_that_moves(tmp_path: Path) -> None:
    first, second = (
        f"      - id: {id_}\n        picture: {picture}\n        text:\n          all: {words}\n"
        for id_, picture, words in (
            ("before-food", "tap", "Before you eat."),
            ("after-play", "hand", "After you play."),
        )
    )
    moved = project(tmp_path / "moved", edit("sections/wash", first + second, second + first))
    ids = [segment.id for segment in segments(read(moved))]
    assert ids != IDS
    assert words(read(moved)) == words(read(project(tmp_path / "before")))


def test_a_segment_has_the_regions_of_the_nearest_part_that_names_some(tmp_path: Path) -> None:
    made = project(
        tmp_path,
        edit("sections/wash", "id: wash\n", "id: wash\nregions: [GB, US]\n"),
        edit("sections/wash", "id: after-play", "id: after-play\n        regions: [GB]"),
    )
    regions = {segment.id: segment.regions for segment in segments(read(made))}
    assert regions["sections.wash.when.after-play.text.all"] == ("GB",)
    assert regions["sections.wash.when.before-food.text.all"] == ("GB", "US")
    assert regions["sections.wash.heading.all"] == ("GB", "US")
    assert regions["leaflets.hands.title.all"] is None


def test_with_words_replaces_every_text(tmp_path: Path) -> None:
    article = read(project(tmp_path))
    changed = with_words(article, lambda id_, source: f"<{id_}> {source}")
    assert words(changed) == {id_: f"<{id_}> {source}" for id_, source in words(article).items()}


def test_with_words_leaves_everything_else_as_it_is(tmp_path: Path) -> None:
    article = read(project(tmp_path))
    assert with_words(article, lambda _, source: source) == article
    changed = with_words(article, lambda _, source: source.upper())
    assert changed.claims == article.claims
    assert changed.sections["wash"].blocks[0].claims == ("germs-spread",)
    assert words(article)["topic.all"] == "Clean hands"


def test_with_words_writes_nothing_where_nothing_was(tmp_path: Path) -> None:
    made = project(
        tmp_path,
        edit("sections/wash", "id: why", "id: why\n    levels: [easy, detailed]"),
        edit("sections/wash", "      plain: Wash your hands with soap to get the germs off.\n", ""),
    )
    changed = with_words(read(made), lambda _, source: source)
    assert "sections.wash.why.text.plain" not in words(changed)


@pytest.fixture(scope="module")
def shipped() -> list[Segment]:
    return list(segments(read(Project(), SHIPPED)))


def test_ids_of_the_shipped_article_are_unique(shipped: list[Segment]) -> None:
    ids = [segment.id for segment in shipped]
    assert len(ids) > 100
    assert sorted({id_ for id_ in ids if ids.count(id_) > 1}) == []


def test_ids_of_the_shipped_article_hold_no_positions(shipped: list[Segment]) -> None:
    for segment in shipped:
        assert segment.id.endswith(f".{segment.level}")
        assert all(part and not part.isdigit() for part in segment.id.split("."))


def test_every_segment_of_the_shipped_article_is_replaced() -> None:
    changed = with_words(read(Project(), SHIPPED), lambda id_, _: id_)
    assert [segment.words for segment in segments(changed)] == [segment.id for segment in segments(changed)]
