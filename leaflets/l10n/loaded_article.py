"""An article's files -> the article in its locales, with their regions; checked against the models, not yet linted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.project import Project
from leaflets.content.article import Article
from leaflets.content.load import read_article
from leaflets.content.region import Region, read_region, region_ids
from leaflets.l10n.dictionaries import Dictionary, read_dictionary
from leaflets.l10n.languages import LOCALES, languages
from leaflets.l10n.open_tables import open_tables
from leaflets.l10n.translate import Localised, localise


@dataclass(frozen=True)
class LoadedArticle:
    """An article as it was written and in each of its locales."""

    article: Article
    locales: Mapping[str, Localised]
    """By locale tag."""
    regions: Mapping[str, Region]
    """Regions of the locales by id; one that cannot be read is missing."""
    contacts: Mapping[str, str]
    """Placeholder of each telephone number of the article's regions, by the number."""
    dictionaries: Mapping[str, Dictionary]
    """Spelling dictionaries by locale tag; a locale without one is missing."""


def load_article(
    project: Project, name: str, diagnostics: Diagnostics, locales: Sequence[str] = ()
) -> LoadedArticle | None:
    """Read an article and its message files. None when it cannot be read at all; every problem is in `diagnostics`.

    `locales` narrows what is read; empty: all that the article offers.
    """
    open_tables(project)
    article = read_article(project, name, diagnostics)
    if article is None:
        return None
    tags = _known_locales(article, locales, diagnostics)
    _report_unlisted(project, article, diagnostics)
    own = (*article.info.words, *article.info.familiar)
    wanted = sorted({LOCALES[tag].region for tag in tags})
    return LoadedArticle(
        article,
        {tag: localise(project, article, LOCALES[tag], diagnostics) for tag in tags},
        {id_: region for id_ in wanted if (region := read_region(project, id_, diagnostics))},
        _contacts(project, article.info.offered_in),
        {tag: found for tag in tags if (found := read_dictionary(project, tag, own, diagnostics))},
    )


def _known_locales(article: Article, wanted: Sequence[str], diagnostics: Diagnostics) -> list[str]:
    """Tags of the article's locales that are wanted and known; a diagnostic for each that is unknown."""
    language = article.info.language
    if language not in LOCALES:
        place = article.place("article", ("language",))
        diagnostics.error(place, f"there is no locale “{language}”", "unknown-locale", _known(language))
    for index, tag in enumerate(article.info.locales):
        if tag not in LOCALES:
            place = article.place("article", ("locales", index))
            diagnostics.error(place, f"there is no locale “{tag}”", "unknown-locale", _known(tag))
    if language not in LOCALES:
        return []
    return [tag for tag in article.info.locales if tag in LOCALES and (not wanted or tag in wanted)]


def _report_unlisted(project: Project, article: Article, diagnostics: Diagnostics) -> None:
    """Warn of message files of locales that the article does not list (`unlisted-locale`): those beside the file with
    the list, and the user's own."""
    folder, offered = f"articles/{article.id}", article.info.locales
    listing = project.find(f"{folder}/article.yaml")
    if listing is None or "article" in article.gaps.files:
        return
    for tag in project.names(f"{folder}/l10n", ".po"):
        name = f"{folder}/l10n/{tag}.po"
        path = project.find(name)
        if tag in offered or path is None:
            continue
        if path.parents[1] == listing.parent or path.is_relative_to(project.roots[0]):
            message = f"nothing of this file is printed: the article does not list the locale “{tag}”"
            hint = "list it under “locales” in article.yaml, or delete the file" if tag in LOCALES else _known(tag)
            diagnostics.warning(Place(project.shown(name)), message, "unlisted-locale", hint)


def _known(tag: str) -> str:
    """Hint for a tag without a row: the one that was meant, if only its signs or capitals differ; else all. The nearest
    in letters would often be another country's."""
    same = [known for known in LOCALES if known.lower() == tag.lower().replace("_", "-")]
    if same:
        return f"did you mean “{same[0]}”?"
    if near := [known for known in LOCALES if known.rpartition("-")[0] == tag.rpartition("-")[0]]:
        return f"known here: {', '.join(near)}; another region needs regions/{tag.rpartition('-')[2]}.yaml"
    return f"write locales/{tag}.yaml, or use a language that is known, with a region: {', '.join(languages())}"


def _contacts(project: Project, regions: Sequence[str]) -> dict[str, str]:
    """Placeholder by telephone number; regions with errors, which are reported elsewhere, are left out."""
    found: dict[str, str] = {}
    for id_ in (id_ for id_ in region_ids(project) if id_ in regions):
        region = read_region(project, id_, Diagnostics())
        found.update({number: placeholder for placeholder, number in region.contacts.items()} if region else {})
    return found
