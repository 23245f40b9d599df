"""The sample of the template lint: few editions and sections, and no shape of content that is left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.lint_sample import sampled, telling_sections
from leaflets.builder.materials import gather
from leaflets.builder.template_lint import lint
from leaflets.content.load import read_article
from leaflets.editions.choice import Choice
from leaflets.editions.edition import Edition
from leaflets.editions.plan import plan
from leaflets.html.render import Renderer
from leaflets.l10n.languages import LOCALES
from tests.conftest import PROJECTS
from tests.tools.articles import FILES, project, read
from tests.tools.some import some

HAND_WASHING = PROJECTS / "hand-washing"


def with_sections(folder: Path, *changes: tuple[str, str], shipped: bool = False) -> Project:
    """The article *mini* with one more section for each change of its section."""
    files = {}
    for number, (old, new) in enumerate(changes):
        assert not old or old in FILES["sections/wash"]
        section = FILES["sections/wash"].replace(old, new) if old else FILES["sections/wash"]
        files[f"articles/mini/sections/more{number}.yaml"] = section.replace("id: wash\n", f"id: more{number}\n")
    names = ", ".join(f"more{number}" for number in range(len(changes)))
    leaflet = FILES["leaflets/hands"].replace("[wash]", f"[wash, {names}]")
    return project(folder, files={**files, "articles/mini/leaflets/hands.yaml": leaflet}, shipped=shipped)


def editions(made: Project) -> list[Edition]:
    materials = gather(made, [], Diagnostics())
    return [row for row in plan(materials.articles(), Choice(), Diagnostics()) if row.layout != "web"]


def rendered(made: Project, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[str]]:
    """Names of the editions that the lint renders, and what it says."""
    names: list[str] = []
    own = Renderer.both_ways
    monkeypatch.setattr(Renderer, "both_ways", lambda self, of: names.append(of.edition.name) or own(self, of))
    diagnostics = Diagnostics()
    materials = gather(made, ["mini"], diagnostics)
    told = len(diagnostics.items)  # of words
    lint(made, materials, plan(materials.articles(), Choice(), diagnostics), diagnostics)
    return names, [str(item) for item in diagnostics.items[told:]]


def test_sections_of_one_shape_are_one(tmp_path: Path) -> None:
    words = ("Before you eat.", "Before you cook.")
    article = read(with_sections(tmp_path, words, ("picture: hand", "picture: tap"), words))
    assert telling_sections(article, ["hands"]) == {"hands": ("wash",)}


@pytest.mark.parametrize(
    "change",
    [
        ("  - kind: paragraph\n    id: why\n", "  - kind: paragraph\n    id: why\n    levels: [easy]\n"),
        ("    lead:\n      all: \"Wash your hands:\"\n", ""),
        ("    caption:\n", "    note:\n      all: A note.\n    caption:\n"),
        ("      - id: after-play\n        picture: hand\n        text:\n          all: After you play.\n", ""),
        ("heading:\n", "starts: page\nheading:\n"),
        ("The front of a hand.", "palm.svg"),
        ("kind: list", "kind: checklist\n    lines: 3"),
    ],
)  # fmt: skip
def test_each_other_shape_is_kept(tmp_path: Path, change: tuple[str, str]) -> None:
    article = read_article(with_sections(tmp_path, ("", ""), change, ("", "")), "mini", Diagnostics())
    assert article is not None
    assert telling_sections(article, ["hands"]) == {"hands": ("wash", "more1")}


def _met(rows: Sequence[Edition]) -> set[tuple[str, ...]]:
    kinds = {(row.article, row.leaflet, row.layout, row.level, LOCALES[row.locale].language) for row in rows}
    return kinds | {(row.article, row.layout, row.locale) for row in rows}


@pytest.mark.parametrize("folder", [None, HAND_WASHING])
def test_the_sample_has_each_layout_level_and_language_and_each_region_in_each_layout(folder: Path | None) -> None:
    made = Project(folder)
    rows = editions(made)
    few = sampled(made, rows)
    assert _met(few) == _met(some(rows))
    assert len(few) < 0.85 * len(rows)


def test_own_templates_are_rendered_in_all_editions(tmp_path: Path) -> None:
    made = project(tmp_path, shipped=True)
    rows = editions(made)
    assert len(sampled(made, rows)) < len(rows)
    (tmp_path / "templates/parts").mkdir(parents=True)
    (tmp_path / "templates/parts/closing.html").write_text(made.read_text("templates/parts/closing.html"))
    assert sampled(made, rows) == rows


def test_a_fault_of_the_last_section_is_found_and_told_of_every_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = with_sections(tmp_path, *[("", "")] * 8, ("The front of a hand.", "palm.svg"), shipped=True)
    names, said = rendered(made, monkeypatch)
    whole = [row for row in editions(made) if row.article == "mini"]
    message = f"its alternative text “palm.svg” is a file's name, and {len(whole) - 1} more [alt]"
    assert [item for item in said if message in item] == said[:1], said
    assert len(said) == 1
    assert len(names) > len(whole)  # the sample, then all


def test_without_a_fault_only_the_sample_is_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = with_sections(tmp_path, *[("", "")] * 8, shipped=True)
    names, said = rendered(made, monkeypatch)
    assert said == []
    assert sorted(names) == sorted(
        row.name for row in sampled(made, [row for row in editions(made) if row.article == "mini"])
    )
