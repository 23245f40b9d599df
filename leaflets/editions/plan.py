"""Plan: the editions that a request asks for, in a fixed order; an unknown name is an error with a hint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from leaflets.base.diagnostics import Diagnostics, Place, did_you_mean
from leaflets.content.article import Article
from leaflets.content.levels import LEVELS
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import LAYOUTS, Layout

COMMAND_LINE = Place("command line")
_Refused = tuple[str, str, str]
"""Leaflet, level and layout."""


@dataclass(frozen=True)
class Choice:
    """Filter of a request: names by part of an edition; an empty part means all."""

    article: Sequence[str] = ()
    leaflet: Sequence[str] = ()
    level: Sequence[str] = ()
    layout: Sequence[str] = ()
    locale: Sequence[str] = ()


def plan(
    articles: Mapping[str, Article], choice: Choice, diagnostics: Diagnostics, known_articles: Iterable[str] = ()
) -> list[Edition]:
    """Editions that match `choice`, ordered by article, locale, leaflet, level and layout as these are listed.

    `known_articles`: ids of articles that exist but could not be read. A layout is offered at its levels, and for
    leaflets whose file chooses blocks for it (`why_not`). Diagnostics report unknown names, and requested layouts of
    which nothing is offered.
    """
    known = {
        "article": [*articles, *known_articles],
        "leaflet": [name for article in articles.values() for name in article.info.leaflets],
        "level": list(LEVELS),
        "layout": list(LAYOUTS),
        "locale": [tag for article in articles.values() for tag in article.info.locales],
    }
    unknown = False
    for part, names in known.items():
        for asked in getattr(choice, part):
            if asked not in names:
                unknown = True
                hint = did_you_mean(asked, names)
                diagnostics.error(COMMAND_LINE, f"there is no {part} “{asked}”", f"unknown-{part}", hint)

    def wanted(part: str, names: Iterable[str]) -> list[str]:
        asked = getattr(choice, part)
        return [name for name in names if not asked or name in asked]

    found: list[Edition] = []
    refused: dict[_Refused, str] = {}
    for article in wanted("article", articles):
        for locale in wanted("locale", articles[article].info.locales):
            for leaflet in wanted("leaflet", articles[article].info.leaflets):
                for level in wanted("level", LEVELS):
                    for layout in wanted("layout", LAYOUTS):
                        if why := why_not(articles[article], leaflet, level, LAYOUTS[layout]):
                            refused[leaflet, level, layout] = why
                        else:
                            found.append(Edition(article, leaflet, level, layout, locale))
    if not unknown:
        _tell(choice, found, refused, diagnostics)
    return found


def why_not(article: Article, leaflet: str, level: str, layout: Layout) -> str:
    """Reason why a leaflet is not offered at a level in a layout; empty if it is offered."""
    if layout.holds and leaflet in article.leaflets and not article.leaflets[leaflet].chosen(layout.holds):
        return f"the leaflet “{leaflet}” is not offered as {layout.id}: it has no key “{layout.holds}”"
    if level not in layout.levels:
        return f"the level “{level}” is not offered as {layout.id}, only {' and '.join(layout.levels)}"
    return ""


def _tell(choice: Choice, found: Sequence[Edition], refused: Mapping[_Refused, str], diagnostics: Diagnostics) -> None:
    """Report requested layouts that are not offered, with the requested levels and leaflets, in any locale."""

    def offered(leaflet: str, level: str, layout: str) -> bool:
        return any(
            edition.layout == layout
            and (not choice.level or edition.level == level)
            and (not choice.leaflet or edition.leaflet == leaflet)
            for edition in found
        )

    whys = [why for asked, why in refused.items() if asked[2] in choice.layout and not offered(*asked)]
    for why in dict.fromkeys(whys):
        diagnostics.error(COMMAND_LINE, why, "not-offered", "“leaflets list” names what can be built")
