"""All checks of an article's words, for each of its locales."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place
from leaflets.base.project import Project
from leaflets.content.levels import LEVELS
from leaflets.content.passages import clinician_words, fold_purpose, passages
from leaflets.content.region import Region
from leaflets.content.segments import segments
from leaflets.l10n.fonts import missing_characters
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.loaded_article import LoadedArticle
from leaflets.l10n.translate import Localised
from leaflets.lint.claims import check_claims, check_order, check_red_flags, short_forms
from leaflets.lint.dangers import check_dangers
from leaflets.lint.dates import check_dates
from leaflets.lint.leaflet_reading import LevelReading, ReadingCheck
from leaflets.lint.measures.scores import LeafletScore, check_measures
from leaflets.lint.pending import PendingFaults
from leaflets.lint.plain_words import read_plain_words
from leaflets.lint.proofreading.raw_text import check_encoding, check_lost_words, check_unwritten
from leaflets.lint.proofreading.rules import PrintedSegment, proofread
from leaflets.lint.titles import check_titles
from leaflets.lint.treatments.support_order import check_support
from leaflets.lint.treatments.untold_harms import check_harms
from leaflets.lint.wording import check_foreign_words, check_typography, report_placeholder, unknown_placeholders


@dataclass(frozen=True)
class ArticleReading:
    """How the leaflets of an article read, and what is pending."""

    levels: tuple[LevelReading, ...]
    pending: tuple[Diagnostic, ...]
    """Warnings of faults that the article lists as pending."""
    scores: tuple[LeafletScore, ...] = ()
    """By the answers of a person, of each leaflet, level and region."""


def check_article(
    loaded: LoadedArticle, project: Project, diagnostics: Diagnostics, leaflets: Sequence[str] = ()
) -> ArticleReading:
    """Apply every rule about words to a loaded article, in each of its locales; returns its readability measures.

    Problems go to `diagnostics`, what is pending to the result. `leaflets` limits what is measured; empty: all that
    the article offers. The project's date decides whether a review is due.
    """
    loaded = replace(loaded, locales={tag: found for tag, found in loaded.locales.items() if not found.unread})
    article = loaded.article
    pending, reading = PendingFaults(article), ReadingCheck(article, read_plain_words(project, diagnostics))
    check_dates(article, project, diagnostics)
    written, printed = tuple(segments(article)), tuple(_printed(loaded))
    check_typography(written, loaded.contacts, loaded.regions, diagnostics)
    check_lost_words(article, written, diagnostics)
    check_encoding(article, diagnostics)
    check_unwritten(article, diagnostics)
    proofread(loaded, printed, pending, diagnostics)
    _characters(printed, diagnostics)
    _placeholders(printed, loaded.regions, diagnostics)
    check_titles(((segment, place) for _, segment, place in printed), diagnostics)
    check_claims(article, loaded.regions, diagnostics)
    check_red_flags(article, loaded.regions, diagnostics)
    check_dangers(article, loaded.regions, pending, diagnostics)
    check_harms(article, loaded.regions, pending, diagnostics)
    check_support(article, loaded.regions, diagnostics)
    check_order(article, diagnostics)
    scores = check_measures(article, loaded.regions, pending, diagnostics)
    readings: list[LevelReading] = []
    for tag, edition in loaded.locales.items():
        region = loaded.regions.get(LOCALES[tag].region)
        if region is not None:
            readings += _locale(edition, region, leaflets or article.info.leaflets, reading, diagnostics)
    reading.report(pending, diagnostics)
    if not leaflets and _is_whole(loaded, readings):
        pending.check_met(diagnostics)
    return ArticleReading(tuple(readings), tuple(pending.warnings), scores)


def _is_whole(loaded: LoadedArticle, readings: Sequence[LevelReading]) -> bool:
    """Whether all of an article was measured as it was written: in all locales, without gaps, and without files that a
    project lays over some of them, in which nothing may be pending any more."""
    article = loaded.article
    folder = article.sources["article"].name.rpartition("/")[0]
    in_one_folder = all(source.name.startswith(f"{folder}/") for source in article.sources.values() if source.text)
    measured = [tag for tag in article.info.locales if tag not in LOCALES or LOCALES[tag].formula]
    editions = len(measured) * len(article.info.leaflets) * len(LEVELS)
    return in_one_folder and not article.gaps and not article.gaps.names and len(readings) == editions


def _printed(loaded: LoadedArticle) -> Iterator[PrintedSegment]:
    """Each segment in each locale that prints it, with the place of the locale's words."""
    for edition in loaded.locales.values():
        for segment in segments(edition.article):
            if segment.regions is None or edition.locale.region in segment.regions:
                yield edition, segment, edition.places.get(segment.id, segment.place)


def _characters(printed: Iterable[PrintedSegment], diagnostics: Diagnostics) -> None:
    """Report each character for which a font has no glyph, once for all locales, where it stands."""
    found: dict[tuple[Place, str], list[str]] = defaultdict(list)
    for edition, segment, place in printed:
        for char in missing_characters(edition.locale.font, segment.words):
            at = segment.place_of(char) if place == segment.place else place
            found[at, char].append(edition.locale.tag)
    for (place, char), tags in found.items():
        hint = "write it another way, or give the locale another font"
        message = f"the font of {' and '.join(tags)} has no glyph for {char} (U+{ord(char):04X})"
        diagnostics.error(place, message, "missing-glyph", hint)


def _placeholders(printed: Iterable[PrintedSegment], regions: Mapping[str, Region], diagnostics: Diagnostics) -> None:
    """Report each placeholder for which regions have no value, once for all of them, where it stands."""
    found: dict[tuple[Place, str], dict[str, Mapping[str, str]]] = defaultdict(dict)
    for edition, segment, place in printed:
        region = regions.get(edition.locale.region)
        if region is None or "{" not in segment.words:
            continue
        values = region.values(edition.locale.language)
        for name in unknown_placeholders(segment, values):
            at = segment.place_of(f"{{{name}}}") if place == segment.place else place
            found[at, name][region.id] = values
    for (place, name), wanting in found.items():
        known = {id_ for values in wanting.values() for id_ in values}
        report_placeholder(name, list(wanting), known, place, diagnostics)


class _Lenient(dict[str, str]):
    """Values of placeholders; one without a value, which is reported, is filled with its name."""

    def __missing__(self, name: str) -> str:
        return name


def _locale(
    edition: Localised, region: Region, leaflets: Iterable[str], reading: ReadingCheck, diagnostics: Diagnostics
) -> list[LevelReading]:
    """Check the leaflets in a locale."""
    article, locale = edition.article, edition.locale
    values = _Lenient(region.values(locale.language))
    found: list[LevelReading] = []
    short = [segment for segment in segments(article) if ".short." in segment.id]
    for level in LEVELS:
        check_foreign_words(locale.tag, short_forms(article, level, region.id, values, short), diagnostics)
    for leaflet in leaflets:
        if leaflet not in article.leaflets:
            continue
        for level in LEVELS:
            try:
                read = list(passages(article, leaflet, level, region.id, values))
                own = fold_purpose(article, leaflet, level, region.id, values)
                apart = list(clinician_words(article, leaflet, level, region.id, values))
            except KeyError:  # a level without words, which the loader reports
                continue
            check_foreign_words(locale.tag, [*read, *own, *apart], diagnostics)
            if locale.formula:
                found.append(reading.read(read, leaflet, level, locale.tag))
                for part in own:
                    reading.passage(part, level)
    return found
