"""Everything the editions of a plan are made of, read and checked once, light enough to send to a worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.check.content import Checked, check_article
from leaflets.content.article import Article
from leaflets.content.reader import article_ids
from leaflets.content.region import Region
from leaflets.editions.edition import Edition
from leaflets.html.environment import check_templates, environment
from leaflets.html.material import Material
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.translate import Localised
from leaflets.l10n.words import Words, read_words


@dataclass(frozen=True)
class Materials:
    """Localised articles by (article, locale), regions, and the templates' words by locale."""

    localised: Mapping[tuple[str, str], Localised]
    regions: Mapping[str, Region]
    words: Mapping[str, Words]

    def articles(self) -> dict[str, Article]:
        """The articles by id, each in one of its locales."""
        return {article: found.article for (article, _), found in self.localised.items()}

    def of(self, edition: Edition) -> Material:
        """What one edition is made of."""
        localised = self.localised[edition.article, edition.locale]
        written_in = localised.original.info.language
        words = self.words[written_in if localised.translated else edition.locale]
        return Material(edition, localised, self.regions[localised.locale.region], self.words[edition.locale], words)


def gather(
    project: Project, articles: Sequence[str], diagnostics: Diagnostics, locales: Sequence[str] = ()
) -> Materials:
    """Read and check articles (empty: all) in some locales (empty: all), templates and words.

    Every problem is in `diagnostics`; those of a locale that is not asked for are not looked for.
    """
    localised: dict[tuple[str, str], Localised] = {}
    regions: dict[str, Region] = {}
    for name in articles or article_ids(project):
        checked = check_article(project, name, diagnostics, locales=locales)
        if checked is not None:
            regions.update(checked.regions)
            localised.update(_light(name, checked))
    tags = {tag for _, tag in localised} | {found.original.info.language for found in localised.values()}
    words = {tag: read_words(project, LOCALES[tag], diagnostics) for tag in sorted(tags)}
    check_templates(environment(project), diagnostics)
    return Materials(localised, regions, words)


def _light(name: str, checked: Checked) -> dict[tuple[str, str], Localised]:
    """Without the positions in the files, which are not needed once everything is checked."""
    return {
        (name, tag): replace(
            found, article=replace(found.article, sources={}), original=replace(found.original, sources={})
        )
        for tag, found in checked.locales.items()
    }
