"""What was asked for -> editions, in a fixed order; a name that is not known is an error with a hint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from leaflets.base.diagnostics import Diagnostics, Place, did_you_mean
from leaflets.content.levels import LEVELS
from leaflets.content.model import ArticleInfo
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import LAYOUTS

COMMAND_LINE = Place("command line")


@dataclass(frozen=True)
class Choice:
    """What the user asked for; an empty part means all there is."""

    article: Sequence[str] = ()
    leaflet: Sequence[str] = ()
    level: Sequence[str] = ()
    layout: Sequence[str] = ()
    locale: Sequence[str] = ()


def plan(
    articles: Mapping[str, ArticleInfo], choice: Choice, diagnostics: Diagnostics, known_articles: Iterable[str] = ()
) -> list[Edition]:
    """The editions that `choice` asks for among those that the articles offer.

    `known_articles`: articles that exist but are not among `articles`, since they could not be read.
    """
    known = {
        "article": [*articles, *known_articles],
        "leaflet": [name for info in articles.values() for name in info.leaflets],
        "level": list(LEVELS),
        "layout": list(LAYOUTS),
        "locale": [tag for info in articles.values() for tag in info.locales],
    }
    for part, names in known.items():
        for asked in getattr(choice, part):
            if asked not in names:
                hint = did_you_mean(asked, names)
                diagnostics.error(COMMAND_LINE, f"there is no {part} “{asked}”", f"unknown-{part}", hint)

    def wanted(part: str, names: Iterable[str]) -> list[str]:
        asked = getattr(choice, part)
        return [name for name in names if not asked or name in asked]

    return [
        Edition(article, leaflet, level, layout, locale)
        for article in wanted("article", articles)
        for locale in wanted("locale", articles[article].locales)
        for leaflet in wanted("leaflet", articles[article].leaflets)
        for level in wanted("level", LEVELS)
        for layout in wanted("layout", LAYOUTS)
    ]
