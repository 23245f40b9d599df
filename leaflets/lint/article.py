"""All checks of an article's words, for each of its locales."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leaflets.base.diagnostics import Diagnostics, did_you_mean
from leaflets.base.project import Project
from leaflets.content.article import Article
from leaflets.content.levels import LEVELS
from leaflets.content.load import read_article
from leaflets.content.passages import passages
from leaflets.content.region import Region, read_region, region_ids
from leaflets.content.segments import Segment, segments
from leaflets.l10n.fonts import missing_characters
from leaflets.l10n.languages import LOCALES, Locale
from leaflets.l10n.translate import Localised, localise
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


@dataclass(frozen=True)
class Checked:
    """A checked article: its text in each locale, its regions by id, and its readability measures."""

    article: Article
    locales: dict[str, Localised]
    regions: dict[str, Region]
    readings: tuple[LevelReading, ...]


def check_article(
    project: Project, name: str, diagnostics: Diagnostics, leaflets: Sequence[str] = (), locales: Sequence[str] = ()
) -> Checked | None:
    """Load an article and apply every rule about words; None when it cannot be loaded.

    Problems go to `diagnostics`. `leaflets` and `locales` limit what is checked and measured; empty: all that the
    article offers.
    """
    article = read_article(project, name, diagnostics)
    if article is None:
        return None
    chosen = _known_locales(article, locales, diagnostics)
    tags = {LOCALES[tag].region for tag in chosen}
    regions = {tag: region for tag in sorted(tags) if (region := read_region(project, tag, diagnostics))}
    numbers: dict[str, str] = {}
    for tag in region_ids(project):
        region = read_region(project, tag, Diagnostics())
        numbers.update({number: placeholder for placeholder, number in region.contacts.items()} if region else {})
    _overdue(project, article, diagnostics)
    check_typography(segments(article), numbers, diagnostics)
    check_claims(article, regions, diagnostics)
    check_red_flags(article, regions, diagnostics)
    localised = {tag: localise(project, article, LOCALES[tag], diagnostics) for tag in chosen}
    readings: list[LevelReading] = []
    for tag, edition in localised.items():
        region = regions.get(LOCALES[tag].region)
        if region is not None:
            readings += _locale(edition, region, leaflets or article.info.leaflets, diagnostics)
    return Checked(article, localised, regions, tuple(readings))


def _glyphs(segment: Segment, locale: Locale, diagnostics: Diagnostics) -> None:
    if missing := missing_characters(locale.font, segment.words):
        shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing[:8])
        hint = "write it another way, or give the locale another font"
        diagnostics.error(segment.place, f"the font of {locale.tag} has no glyph for {shown}", "missing-glyph", hint)


def _overdue(project: Project, article: Article, diagnostics: Diagnostics) -> None:
    due = article.info.review_due
    if due < project.today():
        place = article.place("article", ("review_due",))
        diagnostics.warning(place, f"the article was due for review on {due}", "review-due", "have it reviewed again")


def _known_locales(article: Article, wanted: Sequence[str], diagnostics: Diagnostics) -> list[str]:
    language = article.info.language
    if language not in LOCALES:
        place = article.place("article", ("language",))
        diagnostics.error(place, f"there is no locale “{language}”", "unknown-locale", did_you_mean(language, LOCALES))
    offered = [tag for tag in article.info.locales if (not wanted or tag in wanted) and language in LOCALES]
    for index, tag in enumerate(article.info.locales):
        if tag not in LOCALES:
            place = article.place("article", ("locales", index))
            diagnostics.error(place, f"there is no locale “{tag}”", "unknown-locale", did_you_mean(tag, LOCALES))
    return [tag for tag in offered if tag in LOCALES]


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
