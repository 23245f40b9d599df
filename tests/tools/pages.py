"""Pages of every leaflet, level and locale of both articles, for the forms that are made of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project, shipped_folder
from leaflets.builder.edition.webpage import PageMaker
from leaflets.builder.materials import gather
from leaflets.content.levels import LEVELS
from leaflets.editions.edition import WEB, Edition
from leaflets.editions.material import Material
from leaflets.finish.formats import alternatives
from leaflets.finish.formats.linear_text import unmarked
from leaflets.html.render import Renderer

SECOND = Path(__file__).resolve().parent.parent / "projects" / "hand-washing"
ARTICLES = ((None, "fibromyalgia-leg-pain"), (SECOND, "hand-washing"))


@dataclass(frozen=True)
class Page:
    """The page of an edition."""

    material: Material
    html: str

    @property
    def name(self) -> str:
        return self.material.edition.name

    @property
    def about(self) -> alternatives.About:
        return alternatives.about(self.material)

    @property
    def text(self) -> str:
        return alternatives.plain_text(self.html, self.about, self.material.words)

    @property
    def epub(self) -> bytes:
        return alternatives.epub(self.html, self.about, self.material.words)

    @property
    def braille(self) -> bytes:
        made = alternatives.braille(self.html, self.about, self.material.words)
        assert made is not None, alternatives.braille_missing()
        return made

    @property
    def said(self) -> list[str]:
        """What the page itself says in its `main`, a piece of a sentence or more each: read by another parser."""
        pieces = _Pieces()
        pieces.feed(self.html[self.html.index("<main") : self.html.index("</main>")])
        pieces.close()
        return [words for words in map(plain, "".join(pieces.found).split("\0")) if words.strip(" ·")]


class _Pieces(HTMLParser):
    """The words between the tags; zeros where a line ends. Without what is for the screen alone."""

    APART = frozenset({"n", "page", "bars", "blank", "topic", "edition", "which", "nw"})
    ASIDE = frozenset({"contents", "pointer", "fill", "unseen", "scale"})
    VOID = frozenset({"img", "br", "col", "input", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[tuple[str, bool]] = []
        """What follows each element that is open, and whether it is left out."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = set((dict(attrs).get("class") or "").split())
        apart = "\0" if tag not in ("span", "strong", "a", "label") or self.APART & names else ""
        self.found.append(apart)
        if tag not in self.VOID:
            aside = bool(self.open and self.open[-1][1]) or bool(self.ASIDE & names) or tag == "nav"
            self.open.append((apart, aside))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(self.open.pop()[0])

    def handle_data(self, data: str) -> None:
        if not self.open[-1][1]:
            self.found.append(data)


def plain(text: str) -> str:
    """Words with one blank between them, without marks of direction."""
    return " ".join(unmarked(text).split())


@cache
def pages() -> dict[str, Page]:
    """All of them by name."""
    return {page.name: page for folder, article in ARTICLES for page in _pages(folder, article)}


def page(leaflet: str, level: str = "plain", locale: str = "en-GB") -> Page:
    (found,) = (row for row in pages().values() if _parts(row) == (leaflet, level, locale))
    return found


def _parts(row: Page) -> tuple[str, str, str]:
    edition = row.material.edition
    article = "" if edition.article == ARTICLES[0][1] else f"{edition.article}/"
    return f"{article}{edition.leaflet}", edition.level, edition.locale


def _pages(folder: Path | None, article: str) -> list[Page]:
    project, diagnostics = Project(folder, shipped_folder()), Diagnostics()
    found = gather(project, [article], diagnostics)
    assert not diagnostics.errors, [str(item) for item in diagnostics]
    maker = PageMaker(project, Renderer(project))
    editions = [
        Edition(article, leaflet, level, WEB, locale)
        for (_, locale), localised in found.localised.items()
        for leaflet in localised.article.leaflets
        for level in LEVELS
    ]
    return [Page(found.of(edition), maker.make(found.of(edition)).body.decode()) for edition in editions]
