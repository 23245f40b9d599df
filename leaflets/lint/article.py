"""All checks of an article's words, for each of its locales."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from leaflets.base.diagnostics import Diagnostic, Diagnostics
from leaflets.base.project import Project
from leaflets.content.article import Article
from leaflets.content.levels import LEVELS
from leaflets.content.passages import passages
from leaflets.content.region import Region
from leaflets.content.segments import Segment, segments
from leaflets.l10n.fonts import missing_characters
from leaflets.l10n.languages import LOCALES, Locale
from leaflets.l10n.loaded_article import LoadedArticle
from leaflets.l10n.translate import Localised
from leaflets.lint.claims import check_claims, check_red_flags
from leaflets.lint.leaflet_reading import LevelReading, ReadingCheck
from leaflets.lint.pending import PendingFaults
from leaflets.lint.plain_words import read_plain_words
from leaflets.lint.wording import check_foreign_words, check_placeholders, check_typography


@dataclass(frozen=True)
class ArticleReading:
    """How the leaflets of an article read, and what is pending."""

    levels: tuple[LevelReading, ...]
    pending: tuple[Diagnostic, ...]
    """Warnings of faults that the article lists as pending."""


def check_article(
    loaded: LoadedArticle, project: Project, diagnostics: Diagnostics, leaflets: Sequence[str] = ()
) -> ArticleReading:
    """Apply every rule about words to a loaded article, in each of its locales; returns its readability measures.

    Problems go to `diagnostics`, what is pending to the result. `leaflets` limits what is measured; empty: all that
    the article offers. The project's date decides whether a review is due.
    """
    article, today = loaded.article, project.today()
    pending, reading = PendingFaults(article), ReadingCheck(article, read_plain_words(project, diagnostics))
    _overdue(article, today, diagnostics)
    check_typography(segments(article), loaded.contacts, diagnostics)
    check_claims(article, loaded.regions, diagnostics)
    check_red_flags(article, loaded.regions, diagnostics)
    readings: list[LevelReading] = []
    whole = not leaflets and set(loaded.locales) == set(article.info.locales) and _in_one_folder(article)
    for tag, edition in loaded.locales.items():
        region = loaded.regions.get(LOCALES[tag].region)
        found = None
        if region is not None:
            found = _locale(edition, region, leaflets or article.info.leaflets, reading, diagnostics)
        readings += found or ()
        whole = whole and found is not None
    reading.report(pending, diagnostics)
    if whole:
        pending.check_met(diagnostics)
    return ArticleReading(tuple(readings), tuple(pending.warnings))


def _in_one_folder(article: Article) -> bool:
    """False when a project overrides some of the files: what is pending in the others is not for it to mend."""
    folder = article.sources["article"].name.rpartition("/")[0]
    return all(source.name.startswith(f"{folder}/") for source in article.sources.values() if source.text)


def _glyphs(segment: Segment, locale: Locale, diagnostics: Diagnostics) -> None:
    if missing := missing_characters(locale.font, segment.words):
        shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing[:8])
        hint = "write it another way, or give the locale another font"
        diagnostics.error(segment.place, f"the font of {locale.tag} has no glyph for {shown}", "missing-glyph", hint)


def _overdue(article: Article, today: date, diagnostics: Diagnostics) -> None:
    due = article.info.review_due
    if due < today:
        place = article.place("article", ("review_due",))
        diagnostics.warning(place, f"the article was due for review on {due}", "review-due", "have it reviewed again")


def _locale(
    edition: Localised, region: Region, leaflets: Iterable[str], reading: ReadingCheck, diagnostics: Diagnostics
) -> list[LevelReading] | None:
    """Check the leaflets in a locale. None when a placeholder or letter is wrong, so that nothing can be measured."""
    article, locale = edition.article, edition.locale
    values = region.values(locale.language)
    broken = False
    for segment in segments(article):
        if segment.regions is None or region.id in segment.regions:
            before = len(diagnostics)
            check_placeholders(segment, values, region.id, diagnostics)
            _glyphs(segment, locale, diagnostics)
            broken = broken or len(diagnostics) > before
    if broken:
        return None
    found: list[LevelReading] = []
    for leaflet in leaflets:
        if leaflet not in article.leaflets:
            continue
        for level in LEVELS:
            try:
                read = list(passages(article, leaflet, level, region.id, values))
                folded = passages(article, leaflet, level, region.id, values, "fold")
                own = [part for part in folded if part.id == f"leaflets.{leaflet}.fold.{level}"]
            except KeyError:  # a level without words, which the loader reports
                continue
            check_foreign_words(locale.tag, [*read, *own], diagnostics)
            if locale.formula:
                found.append(reading.read(read, leaflet, level, locale.tag))
                for part in own:
                    reading.passage(part, level)
    return found
