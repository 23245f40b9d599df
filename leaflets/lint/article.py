"""All checks of an article's words, for each of its locales."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from leaflets.base.diagnostics import Diagnostics
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
from leaflets.lint.readability import Readability, check_readability, sentences
from leaflets.lint.wording import check_foreign_words, check_placeholders, check_typography


@dataclass(frozen=True)
class LevelReading:
    """The readability of one leaflet at one level in one locale."""

    article: str
    leaflet: str
    level: str
    locale: str
    result: Readability


def check_article(
    loaded: LoadedArticle, today: date, diagnostics: Diagnostics, leaflets: Sequence[str] = ()
) -> tuple[LevelReading, ...]:
    """Apply every rule about words to a loaded article, in each of its locales; returns its readability measures.

    Problems go to `diagnostics`. `leaflets` limits what is measured; empty: all that the article offers. `today`
    decides whether a review is due.
    """
    article = loaded.article
    _overdue(article, today, diagnostics)
    check_typography(segments(article), loaded.contacts, diagnostics)
    check_claims(article, loaded.regions, diagnostics)
    check_red_flags(article, loaded.regions, diagnostics)
    readings: list[LevelReading] = []
    for tag, edition in loaded.locales.items():
        region = loaded.regions.get(LOCALES[tag].region)
        if region is not None:
            readings += _locale(edition, region, leaflets or article.info.leaflets, diagnostics)
    return tuple(readings)


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
    edition: Localised, region: Region, leaflets: Iterable[str], diagnostics: Diagnostics
) -> list[LevelReading]:
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
        return []
    found: list[LevelReading] = []
    for leaflet in leaflets:
        if leaflet not in article.leaflets:
            continue
        for level in LEVELS.values():
            try:
                read = list(passages(article, leaflet, level.id, region.id, values))
            except KeyError:  # a level without words, which the loader reports
                continue
            check_foreign_words(locale.tag, read, diagnostics)
            if locale.formula:
                title = f"{leaflet} ({locale.tag})"
                result = check_readability(level, sentences(read), article.info.familiar, title, diagnostics)
                found.append(LevelReading(article.id, leaflet, level.id, locale.tag, result))
    return found
