"""Where a page for screens leads: the same leaflet at other levels, in other locales, on paper; other leaflets.

The article decides what there is, not what a build was asked for: so a page is the same in every build, and all of its
links lead somewhere where everything was built and is kept in its folders.
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
from leaflets.html.blocks import Voice
from leaflets.html.views import ElsewhereLink, ElsewhereView
from leaflets.l10n.languages import LOCALES


def elsewhere(material: Material, voice: Voice) -> ElsewhereView:
    """The links of a page."""
    edition, article = material.edition, material.article

    def link(words: Markup, lang: str = "", direction: str = "", **parts: str) -> ElsewhereLink:
        return ElsewhereLink(address(edition, replace(edition, **parts)), words, lang, direction)

    def papers() -> Iterator[ElsewhereLink]:
        for name, layout in ON_PAPER.items():
            if not why_not(article, edition.leaflet, edition.level, layout):
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
    """The way from one file of a build folder to another."""
    return there.path.rpartition("/")[2] if here.locale == there.locale else f"../{there.path}"
