"""Plan: the editions of a request in a fixed order; an unknown name is an error with a hint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from leaflets.base.diagnostics import Diagnostics, Place, did_you_mean
from leaflets.content.article import Article
from leaflets.content.levels import LEVELS
from leaflets.editions.choice import Choice
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import LAYOUTS, Layout
from leaflets.l10n.languages import LOCALES

COMMAND_LINE = Place("command line")
_Refused = tuple[str, str, str]
"""Leaflet, level and layout."""


def plan(
    articles: Mapping[str, Article], choice: Choice, diagnostics: Diagnostics, known_articles: Iterable[str] = ()
) -> list[Edition]:
    """Editions that match `choice`, ordered by article, locale, leaflet, level and layout as these are listed.

    `known_articles`: ids of articles that exist but could not be read. A layout is offered at its levels, and for
    leaflets whose file chooses blocks for it (`why_not`). Diagnostics report unknown names, and requested layouts of
    which nothing is offered.
    """
    all_known = _all_names_known(articles, choice, known_articles, diagnostics)
    found: list[Edition] = []
    refused: dict[_Refused, str] = {}
    for edition in _combinations(articles, choice):
        layout = LAYOUTS[edition.layout]
        if why := why_not(articles[edition.article], edition.leaflet, edition.level, layout):
            refused[edition.leaflet, edition.level, edition.layout] = why
        else:
            found.append(edition)
    if all_known:
        _report_refused(choice, found, refused, diagnostics)
    return found


def not_offered(articles: Mapping[str, Article], choice: Choice) -> dict[str, int]:
    """Number of editions that match `choice` and are not offered, by locale; locales without any are left out."""
    found: dict[str, int] = {}
    for edition in _combinations(articles, choice):
        if why_not(articles[edition.article], edition.leaflet, edition.level, LAYOUTS[edition.layout]):
            found[edition.locale] = found.get(edition.locale, 0) + 1
    return found


def _all_names_known(
    articles: Mapping[str, Article], choice: Choice, known_articles: Iterable[str], diagnostics: Diagnostics
) -> bool:
    """Whether each name of `choice` exists; a diagnostic for each that does not."""
    known = {
        "article": [*articles, *known_articles],
        "leaflet": [name for article in articles.values() for name in article.info.leaflets],
        "level": list(LEVELS),
        "layout": list(LAYOUTS),
        "locale": [tag for article in articles.values() for tag in article.info.locales],
    }
    unknown = [(part, name) for part, names in known.items() for name in getattr(choice, part) if name not in names]
    parts = {part for part, _ in unknown}
    for part, name in unknown:
        if part == "leaflet" and not articles and parts & {"article", "locale"}:
            continue  # no article was read because of the other name
        hint = did_you_mean(name, known[part] or (LOCALES if part == "locale" else ()))
        diagnostics.error(COMMAND_LINE, f"there is no {part} “{name}”", f"unknown-{part}", hint)
    return not unknown


def _combinations(articles: Mapping[str, Article], choice: Choice) -> Iterator[Edition]:
    """Each combination that matches `choice`, offered or not, by article, locale, leaflet, level, layout."""
    for name in _chosen(articles, choice.article):
        info = articles[name].info
        for locale, leaflet, level, layout in product(
            _chosen(info.locales, choice.locale),
            _chosen(info.leaflets, choice.leaflet),
            _chosen(LEVELS, choice.level),
            _chosen(LAYOUTS, choice.layout),
        ):
            yield Edition(name, leaflet, level, layout, locale)


def _chosen(names: Iterable[str], asked: Sequence[str]) -> list[str]:
    """The requested ones of `names`; all if none is requested."""
    return [name for name in names if not asked or name in asked]


def why_not(article: Article, leaflet: str, level: str, layout: Layout) -> str:
    """Reason why a leaflet is not offered at a level in a layout; empty if it is offered."""
    if layout.holds and leaflet in article.leaflets and not article.leaflets[leaflet].chosen(layout.holds):
        return f"the leaflet “{leaflet}” is not offered as {layout.id}: it has no key “{layout.holds}”"
    if level not in layout.levels:
        return f"the level “{level}” is not offered as {layout.id}, only {' and '.join(layout.levels)}"
    return ""


def _report_refused(
    choice: Choice, found: Sequence[Edition], refused: Mapping[_Refused, str], diagnostics: Diagnostics
) -> None:
    """Report requested layouts that are not offered, with the requested levels and leaflets, in any locale."""
    whys = [why for asked, why in refused.items() if asked[2] in choice.layout and not _offered(asked, choice, found)]
    for why in dict.fromkeys(whys):
        diagnostics.error(COMMAND_LINE, why, "not-offered", "“leaflets list” names what can be built")


def _offered(asked: _Refused, choice: Choice, found: Iterable[Edition]) -> bool:
    """Whether the layout is offered at the level and for the leaflet, where `choice` names these."""
    leaflet, level, layout = asked
    return any(
        edition.layout == layout
        and (not choice.level or edition.level == level)
        and (not choice.leaflet or edition.leaflet == leaflet)
        for edition in found
    )
