"""The engine that stays: whatever changes shows, and the bytes are those of an engine that has just begun."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leaflets.base.project import Project
from leaflets.builder.build import build
from leaflets.builder.engine import Engine
from leaflets.builder.request import BuildRequest, Machine
from leaflets.content import load
from leaflets.editions.choice import Choice
from tests.builder.state.test_incremental import Silent
from tests.conftest import PROJECTS, ROOT
from tests.tools.selection import sampled

NAME = "en-GB/hand-washing.overview.plain.standard.en-GB.pdf"
CHOICE = Choice(["hand-washing"], ["overview"], ["plain"], ["standard"], ["en-GB"])


class Kept:
    """A project with an engine that has built it."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(shutil.copytree(PROJECTS / "hand-washing", folder / "project"))
        article = self.folder / "articles" / "hand-washing" / "article.yaml"
        article.write_text(article.read_text().replace("locales: [en-GB, ar-GB]", "locales: [en-GB]"))
        for name in ("regions", "templates", "assets"):
            shutil.copytree(ROOT / name, self.folder / name, dirs_exist_ok=True, copy_function=_if_new)
        self.project, self.out = Project(self.folder), folder / "out"
        self.engine = Engine(self.project, reused=True)
        self.build()

    def build(self) -> bytes:
        built = build(self.project, BuildRequest(CHOICE, self.out), Machine(1), Silent(), self.engine)
        assert not built.diagnostics.errors, "\n".join(map(str, built.diagnostics))
        self.engine.rest()
        return (self.out / NAME).read_bytes()


def _if_new(source: str, target: str) -> None:
    if not Path(target).exists():
        shutil.copy2(source, target)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    found = Kept(tmp_path_factory.mktemp("engine"))
    yield found
    found.engine.close()


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


CHANGES = {
    "an article": ("articles/hand-washing/leaflets/overview.yaml", replaced("  plain: ", "  plain: Truly ")),
    "a section": ("articles/hand-washing/sections/why-wash.yaml", replaced("heading:", "# a note\nheading:")),
    "a template": ("templates/parts/clinic.html", replaced('<div class="stamp', '<b>Room</b><div class="stamp')),
    "a template of others": ("templates/parts/blocks.html", replaced("{{ line }}</p>", "{{ line }}!</p>")),
    "the page's template": ("templates/flow/page.css.j2", lambda text: text + "\n@page { padding-block-end: 1mm }\n"),
    "words": ("templates/words.yaml", replaced("Key messages", "Main messages")),
    "a style sheet": ("templates/css/parts.css", lambda text: text + "\np { color: #123456 }\n"),
    "the tokens": ("templates/css/tokens.css", lambda text: text + "\n:root { --room: 44mm }\n"),
    "a region": ("regions/GB.yaml", replaced("large_print: ukaaf", "large_print: acb")),
    "a picture": ("assets/drawings/hand.svg", replaced("</svg>", '<circle cx="9" cy="9" r="9"/></svg>')),
}  # fmt: skip
SHOW_NOTHING = {"a section", "a region"}
"""Changes after which the page is the same."""
ALWAYS = ("an article", "a template", "words", "the tokens", "a region", "a picture")
"""One of each kind of file."""


@pytest.mark.parametrize("what", sampled(CHANGES, ALWAYS))
def test_what_changes_shows_as_in_a_clean_build(kept: Kept, what: str, tmp_path: Path) -> None:
    name, change = CHANGES[what]
    path = kept.folder / name
    before = (kept.out / NAME).read_bytes()
    path.write_text(change(path.read_text()))
    after = kept.build()
    built = build(kept.project, BuildRequest(CHOICE, tmp_path), Machine(1), Silent())
    assert not built.diagnostics.errors
    assert after == (tmp_path / NAME).read_bytes()
    assert (after == before) is (what in SHOW_NOTHING)


def test_what_did_not_change_is_not_read_again(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = load.read_yaml
    monkeypatch.setattr(load, "read_yaml", lambda name, *rest: (read.append(name), original(name, *rest))[1])
    compiled = dict(kept.engine.renderer.templates.cache.items())
    style = kept.folder / "templates" / "css" / "parts.css"
    style.write_text(style.read_text() + "\nb { color: #123456 }\n")
    kept.build()
    assert read == []
    assert dict(kept.engine.renderer.templates.cache.items()) == compiled
    leaflet = kept.folder / "articles" / "hand-washing" / "leaflets" / "overview.yaml"
    leaflet.write_text(leaflet.read_text().replace("  plain: ", "  plain: Once more ", 1))
    kept.build()
    assert any(name.endswith("overview.yaml") for name in read)


def test_a_file_that_goes_uncovers_the_one_that_is_shipped(kept: Kept, tmp_path: Path) -> None:
    own = kept.folder / "templates" / "parts" / "clinic.html"
    before = kept.build()
    own.unlink()
    assert kept.build() != before
    build(kept.project, BuildRequest(CHOICE, tmp_path), Machine(1), Silent())
    assert kept.build() == (tmp_path / NAME).read_bytes()


def test_a_mended_list_of_plainer_words_is_read_again(kept: Kept) -> None:
    path = kept.folder / "templates" / "plain-words" / "en.yaml"
    sound = path.read_text()
    path.write_text("- commence\n")
    built = build(kept.project, BuildRequest(CHOICE, kept.out), Machine(1), Silent(), kept.engine)
    assert [item.rule for item in built.diagnostics.errors] == ["plain-words"]
    path.write_text(sound)
    kept.build()
