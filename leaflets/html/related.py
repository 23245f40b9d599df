"""Links of a web page: the same leaflet at other levels, in other locales, on paper; other leaflets.

Links depend on what the article offers, not on the request of a build. A page is therefore the same in every build, and
all links work where everything was built and the folders were not changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from leaflets.content.levels import LEVELS
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import ON_PAPER
from leaflets.editions.material import Material
from leaflets.editions.plan import why_not
from leaflets.html.blocks import TextContext
from leaflets.html.views import ElsewhereLink, ElsewhereView
from leaflets.l10n.languages import LOCALES


def elsewhere(material: Material, voice: TextContext) -> ElsewhereView:
    """Links of the web page of an edition."""
    edition, article = material.edition, material.article

    def link(words: Markup, lang: str = "", direction: str = "", **parts: str) -> ElsewhereLink:
        return ElsewhereLink(address(edition, replace(edition, **parts)), words, lang, direction)

    def papers() -> Iterator[ElsewhereLink]:
        for name, layout in ON_PAPER.items():
            if layout.reader == "patient" and not why_not(article, edition.leaflet, edition.level, layout):
                yield link(voice.say(f"layout-{name}"), layout=name)

    levels = (level for level in LEVELS if level != edition.level and level in material.layout.levels)
    rows = (LOCALES[tag] for tag in article.info.locales if tag != edition.locale)
    return ElsewhereView(
        levels=tuple(link(voice.say(f"level-{level}"), level=level) for level in levels),
        locales=tuple(link(Markup.escape(row.own_name), row.tag, row.direction, locale=row.tag) for row in rows),
        leaflets=tuple(
            link(voice.line(article.leaflets[name].title), leaflet=name)
            for name in article.info.leaflets
            if name != edition.leaflet
        ),
        papers=tuple(papers()),
    )


def address(here: Edition, there: Edition) -> str:
    """Relative address of one file of a build folder from another."""
    return there.path.rpartition("/")[2] if here.locale == there.locale else f"../{there.path}"
