"""Materials of a plan: everything its editions are made of, loaded and checked once, small enough for workers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import jinja2

from leaflets.base.diagnostics import Diagnostic, Diagnostics
from leaflets.base.project import Project
from leaflets.builder.signing.judge import judge
from leaflets.content.article import Article
from leaflets.content.clinic import Details
from leaflets.content.load import article_ids
from leaflets.content.region import Region
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import LAYOUTS
from leaflets.editions.material import Material
from leaflets.editions.review_status import ReviewStatus
from leaflets.html.environment import check_templates, environment
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.loaded_article import LoadedArticle, load_article
from leaflets.l10n.open_tables import open_tables, report_tables
from leaflets.l10n.translate import Localised
from leaflets.l10n.words import SOURCE_LOCALE, Words, read_words
from leaflets.lint.article import check_article
from leaflets.lint.proofreading.template_words import proofread_templates
from leaflets.publish.cards import Shelf


@dataclass(frozen=True)
class Materials:
    """Localised articles by (article, locale), regions, and the templates' words by locale."""

    localised: Mapping[tuple[str, str], Localised]
    regions: Mapping[str, Region]
    words: Mapping[str, Words]
    details: Details | None = None
    """Details of the clinic that the leaflets are for."""
    sheet: str = ""
    """Id of the larger sheet that print files are cut from; empty: the region's paper."""
    evidence: bool = True
    """Whether finished files get evidence."""
    reviews: Mapping[Edition, ReviewStatus] = field(default_factory=dict)
    """Status of review of the editions that somebody has signed."""
    day: datetime.date | None = None
    """Day of the build, at which reviews are overdue; None: they are not judged."""

    def articles(self) -> dict[str, Article]:
        """The articles by id, each in one of its locales."""
        return {article: found.article for (article, _), found in self.localised.items()}

    def shelf(self, project: Project, named: Iterable[tuple[str, str]], diagnostics: Diagnostics) -> Shelf:
        """What the page of leaflets says of them beyond their files. `named`: the articles and locales on the page;
        those that this build did not load are read here, as the page tells whom to call in an emergency for each."""
        source = self.words.get(SOURCE_LOCALE) or read_words(project, LOCALES[SOURCE_LOCALE], diagnostics)
        localised, regions, words = dict(self.localised), dict(self.regions), dict(self.words)
        more: dict[str, list[str]] = {}
        for article, tag in sorted(set(named) - localised.keys()):
            more.setdefault(article, []).append(tag)
        unheard = Diagnostics()  # a build of these says what is wrong with them
        for article in more.keys() & set(article_ids(project)):
            loaded = load_article(project, article, unheard, more[article])
            if loaded is None or loaded.article.gaps:
                continue
            localised |= {(article, tag): found for tag, found in loaded.locales.items()}
            regions = {**loaded.regions, **regions}
            tags = [tag for tag in loaded.locales if tag not in words]
            words |= {tag: read_words(project, LOCALES[tag], unheard) for tag in tags}
        return Shelf(localised, regions, words, source)

    def of(self, edition: Edition) -> Material:
        """The material of one edition. Raises KeyError when its article or locale is not loaded."""
        localised = self.localised[edition.article, edition.locale]
        written_in = localised.original.info.language
        words = self.words[written_in if localised.translated else edition.locale]
        region = self.regions[localised.locale.region]
        folded = bool(LAYOUTS[edition.layout].imposition)
        sheet = self.sheet if folded else ""
        return Material(
            edition,
            localised,
            region,
            self.words[edition.locale],
            words,
            self.details,
            sheet,
            self.evidence,
            self.review(edition),
        )

    def review(self, edition: Edition) -> ReviewStatus:
        """Status of review of an edition: whether it is signed as it is, and whether its review is overdue. Raises
        KeyError when its article or locale is not loaded."""
        due = self.localised[edition.article, edition.locale].article.info.review_due
        expired = self.day is not None and due < self.day
        return replace(self.reviews.get(edition, ReviewStatus()), expired=expired)


@dataclass(frozen=True)
class CheckedArticle:
    """A loaded article and the status of its signed editions."""

    loaded: LoadedArticle
    reviews: Mapping[Edition, ReviewStatus]


@dataclass
class ReadingCache:
    """Cache of loaded and checked values with their diagnostics."""

    _found: dict[tuple[Any, ...], tuple[Any, tuple[Diagnostic, ...]]] = field(default_factory=dict)

    def take(self, key: tuple[Any, ...], diagnostics: Diagnostics, read: Callable[[Diagnostics], Any]) -> Any:
        """The value cached under `key`, else that of `read`; `diagnostics` gets its diagnostics each time."""
        if key not in self._found:
            said = Diagnostics()
            self._found[key] = (read(said), tuple(said.items))
        value, told = self._found[key]
        diagnostics.extend(told)
        return value

    def forget(self, *begins: str) -> None:
        """Drop all values whose keys begin with these parts."""
        self._found = {key: value for key, value in self._found.items() if key[: len(begins)] != begins}


def gather(
    project: Project,
    articles: Sequence[str],
    diagnostics: Diagnostics,
    locales: Sequence[str] = (),
    kept: ReadingCache | None = None,
    templates: jinja2.Environment | None = None,
) -> Materials:
    """Load and check articles (empty: all) in some locales (empty: all), templates and words.

    Every problem is in `diagnostics`, except those of other locales. Values in `kept` are not loaded again;
    `templates`: an environment, which may have compiled some templates already.
    """
    kept = kept or ReadingCache()
    open_tables(project)
    kept.take(("tables",), diagnostics, partial(report_tables, project))
    localised: dict[tuple[str, str], Localised] = {}
    regions: dict[str, Region] = {}
    reviews: dict[Edition, ReviewStatus] = {}
    printed_in: list[Localised] = []
    for name in articles or article_ids(project):
        key = ("article", name, tuple(locales), project.today())  # with the day, on which a review can become due
        checked: CheckedArticle | None = kept.take(key, diagnostics, partial(_read_and_check, project, name, locales))
        if checked is None:
            continue
        printed_in += checked.loaded.locales.values()
        if not checked.loaded.article.gaps:
            localised.update({(name, tag): found for tag, found in checked.loaded.locales.items()})
            regions.update(checked.loaded.regions)
            reviews.update(checked.reviews)
    words = read_all_words(project, printed_in, diagnostics, kept)
    made = templates or environment(project)
    kept.take(("templates",), diagnostics, partial(check_templates, made))
    return Materials(localised, regions, words, reviews=reviews, day=project.today())


def read_all_words(
    project: Project, localised: Collection[Localised], diagnostics: Diagnostics, kept: ReadingCache
) -> dict[str, Words]:
    """The templates' words by locale: of each locale, and of the language that its article is written in."""
    tags = {found.locale.tag for found in localised} | {found.original.info.language for found in localised}
    kept.take(("words", "proofread", *sorted(tags)), diagnostics, partial(proofread_templates, project, sorted(tags)))
    return {
        tag: kept.take(("words", tag), diagnostics, partial(read_words, project, LOCALES[tag])) for tag in sorted(tags)
    }


def _read_and_check(
    project: Project, name: str, locales: Sequence[str], diagnostics: Diagnostics
) -> CheckedArticle | None:
    """Read an article, lint it, and hold it to its signatures. Returned without the positions in its files: only
    diagnostics need them."""
    loaded = load_article(project, name, diagnostics, locales)
    if loaded is None:
        return None
    check_article(loaded, project, diagnostics)
    reviews = judge(project, loaded, diagnostics)
    bare = replace(
        loaded,
        article=replace(loaded.article, sources={}),
        locales={
            tag: replace(
                found,
                article=replace(found.article, sources={}, messages={}),
                original=replace(found.original, sources={}),
                places={},
            )
            for tag, found in loaded.locales.items()
        },
    )
    return CheckedArticle(bare, reviews)
