"""Everything the editions of a plan are made of, read and checked once, light enough to send to a worker."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import jinja2

from leaflets.base.diagnostics import Diagnostic, Diagnostics
from leaflets.base.project import Project
from leaflets.content.article import Article
from leaflets.content.clinic import Details
from leaflets.content.load import article_ids
from leaflets.content.region import Region
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import LAYOUTS
from leaflets.editions.material import Material
from leaflets.html.environment import check_templates, environment
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.loaded_article import LoadedArticle, load_article
from leaflets.l10n.translate import Localised
from leaflets.l10n.words import Words, read_words
from leaflets.lint.article import check_article


@dataclass(frozen=True)
class Materials:
    """Localised articles by (article, locale), regions, and the templates' words by locale."""

    localised: Mapping[tuple[str, str], Localised]
    regions: Mapping[str, Region]
    words: Mapping[str, Words]
    details: Details | None = None
    """The clinic that the leaflets are for."""
    sheet: str = ""
    """The larger sheet that files for the printer are cut from."""
    evidence: bool = True
    """Finished files are measured."""

    def articles(self) -> dict[str, Article]:
        """The articles by id, each in one of its locales."""
        return {article: found.article for (article, _), found in self.localised.items()}

    def of(self, edition: Edition) -> Material:
        """What one edition is made of."""
        localised = self.localised[edition.article, edition.locale]
        written_in = localised.original.info.language
        words = self.words[written_in if localised.translated else edition.locale]
        region = self.regions[localised.locale.region]
        folded = bool(LAYOUTS[edition.layout].imposition)
        sheet = self.sheet if folded else ""
        return Material(
            edition, localised, region, self.words[edition.locale], words, self.details, sheet, self.evidence
        )


@dataclass
class ReadingCache:
    """What was read and checked, with what was said about it, so that it need not be done again."""

    _found: dict[tuple[Any, ...], tuple[Any, tuple[Diagnostic, ...]]] = field(default_factory=dict)

    def take(self, key: tuple[Any, ...], diagnostics: Diagnostics, read: Callable[[Diagnostics], Any]) -> Any:
        """What is kept under `key`, else what `read` gives; its diagnostics are told each time."""
        if key not in self._found:
            said = Diagnostics()
            self._found[key] = (read(said), tuple(said.items))
        value, told = self._found[key]
        diagnostics.extend(told)
        return value

    def forget(self, *begins: str) -> None:
        """Forget everything whose key begins so."""
        self._found = {key: value for key, value in self._found.items() if key[: len(begins)] != begins}


def gather(
    project: Project,
    articles: Sequence[str],
    diagnostics: Diagnostics,
    locales: Sequence[str] = (),
    kept: ReadingCache | None = None,
    templates: jinja2.Environment | None = None,
) -> Materials:
    """Read and check articles (empty: all) in some locales (empty: all), templates and words.

    Every problem is in `diagnostics`; those of a locale that is not asked for are not looked for. What is `kept` is
    not read again; `templates` is an environment that may have compiled some of them already.
    """
    kept = kept or ReadingCache()
    localised: dict[tuple[str, str], Localised] = {}
    regions: dict[str, Region] = {}
    for name in articles or article_ids(project):
        key = ("article", name, tuple(locales), project.today())  # the day: an article may be due for review
        loaded: LoadedArticle | None = kept.take(key, diagnostics, partial(_read_and_check, project, name, locales))
        if loaded is not None:
            localised.update({(name, tag): found for tag, found in loaded.locales.items()})
            regions.update(loaded.regions)
    words = read_all_words(project, localised.values(), diagnostics, kept)
    made = templates or environment(project)
    kept.take(("templates",), diagnostics, partial(check_templates, made))
    return Materials(localised, regions, words)


def read_all_words(
    project: Project, localised: Collection[Localised], diagnostics: Diagnostics, kept: ReadingCache
) -> dict[str, Words]:
    """The templates' words by locale: of each locale, and of the language that its article is written in."""
    tags = {found.locale.tag for found in localised} | {found.original.info.language for found in localised}
    return {
        tag: kept.take(("words", tag), diagnostics, partial(read_words, project, LOCALES[tag])) for tag in sorted(tags)
    }


def _read_and_check(
    project: Project, name: str, locales: Sequence[str], diagnostics: Diagnostics
) -> LoadedArticle | None:
    """Read an article, then lint it. Returned without the positions in its files: only diagnostics need them."""
    loaded = load_article(project, name, diagnostics, locales)
    if loaded is None:
        return None
    check_article(loaded, project.today(), diagnostics)
    return replace(
        loaded,
        article=replace(loaded.article, sources={}),
        locales={
            tag: replace(
                found, article=replace(found.article, sources={}), original=replace(found.original, sources={})
            )
            for tag, found in loaded.locales.items()
        },
    )
