"""The table of the rules of words, and the walk that applies them to each line of an article in its locales."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, Severity
from leaflets.content.segments import Segment
from leaflets.l10n.loaded_article import LoadedArticle
from leaflets.l10n.translate import Localised
from leaflets.lint.pending import PendingFaults
from leaflets.lint.proofreading.abbreviations import unsafe_abbreviations
from leaflets.lint.proofreading.line import Find, PrintedLine, Slip
from leaflets.lint.proofreading.raw_text import TODO
from leaflets.lint.proofreading.slips import bullets, capitals, full_line, mojibake, repeated
from leaflets.lint.proofreading.spelling import misspelt


@dataclass(frozen=True)
class WordRule:
    """A rule of words: its id, and what finds faults in a line."""

    id: str
    find: Find
    by_dictionary: bool = False
    """It finds other faults in one locale than in another of the same language."""


RULES: tuple[WordRule, ...] = (
    WordRule("mojibake", mojibake),
    WordRule("unsafe-abbreviation", unsafe_abbreviations),
    WordRule("capitals", capitals, by_dictionary=True),
    WordRule("pasted-bullet", bullets),
    WordRule("repeated-word", repeated),
    WordRule("sentence-to-a-line", full_line),
    WordRule("spelling", misspelt, by_dictionary=True),
)
"""In the order in which they look: letters that one rule reports are left out by those after it."""


PrintedSegment = tuple[Localised, Segment, Place]
"""A segment in a locale that prints it, with the place of the locale's words."""


def proofread(
    loaded: LoadedArticle, printed: Iterable[PrintedSegment], pending: PendingFaults, diagnostics: Diagnostics
) -> None:
    """Apply every rule to each line of an article in each of its locales (`printed`); a fault that several locales
    have is reported once, and so is a word in doubt that stands in several places. Texts that are still to be written
    are left out. Errors may be `pending` by their segment."""
    told: dict[tuple[Place, str, str], list[tuple[str, Slip, str]]] = defaultdict(list)
    known: dict[tuple[str, ...], list[Slip]] = {}
    for segment, place, line in _lines(loaded, printed):
        seen: list[tuple[int, int]] = []
        for rule, slip in _slips(line, known):
            spans = _spans(line.written, slip.fragment)
            fresh = [span for span in spans if not any(span[0] < end and start < span[1] for start, end in seen)]
            if spans and not fresh:
                continue
            seen += fresh[:1]
            at = place or segment.place_of(slip.fragment)
            told[at, rule.id, slip.message].append((line.locale, slip, segment.id))
    tags = list(loaded.locales)
    doubts: dict[tuple[str, str], list[Diagnostic]] = defaultdict(list)
    for (place, rule_id, message), found in sorted(told.items(), key=lambda row: row[0]):
        locales = list(dict.fromkeys(tag for tag, _, _ in found))
        where = "" if len(locales) == len(tags) else f", in {' and '.join(locales)}"
        slip = max((slip for _, slip, _ in found), key=lambda slip: slip.severity is Severity.ERROR)
        diagnostic = Diagnostic(place, slip.severity, message + where, rule_id, slip.hint)
        if slip.severity is Severity.ERROR:
            pending.report({id_ for _, _, id_ in found}, diagnostic, diagnostics)
        elif not slip.once:
            diagnostics.items.append(diagnostic)
        else:
            doubts[rule_id, message].append(diagnostic)
    diagnostics.extend(_told_once(rows) for rows in doubts.values())


def _spans(written: str, fragment: str) -> list[tuple[int, int]]:
    """Where a fragment stands in a line: as a word of its own if it does so anywhere, else wherever."""
    pattern = re.escape(fragment)
    whole = re.finditer(rf"(?<![^\W\d_]){pattern}(?![^\W\d_])", written)
    return [match.span() for match in whole] or [match.span() for match in re.finditer(pattern, written)]


def _told_once(rows: list[Diagnostic]) -> Diagnostic:
    """The first of some diagnostics with one message, with the count of the others."""
    others = len(rows) - 1
    more = f", here and in {others} other place{'s' if others > 1 else ''}" if others else ""
    return replace(rows[0], message=rows[0].message + more)


def _slips(line: PrintedLine, known: dict[tuple[str, ...], list[Slip]]) -> Iterator[tuple[WordRule, Slip]]:
    """Slips of a line by rule. `known`: those of the same line in another locale of its language."""
    for rule in RULES:
        if rule.by_dictionary:
            found: Iterable[Slip] = rule.find(line)
        else:
            key = rule.id, line.written, line.level, line.locale.partition("-")[0]
            if key not in known:
                known[key] = list(rule.find(line))
            found = known[key]
        for slip in found:
            yield rule, slip


def _lines(
    loaded: LoadedArticle, printed: Iterable[PrintedSegment]
) -> Iterator[tuple[Segment, Place | None, PrintedLine]]:
    """Each line that is printed, in each locale, with the place of the locale's own words (None: the source's)."""
    for edition, segment, _ in printed:
        if TODO.search(segment.words):
            continue
        tag = edition.locale.tag
        place, dictionary = edition.places.get(segment.id), loaded.dictionaries.get(tag)
        for written in _written(segment.words.splitlines()):
            yield segment, place, PrintedLine(written, segment.level, tag, dictionary)


def _written(lines: Iterable[str]) -> Iterator[str]:
    yield from (line.strip() for line in lines if line.strip())
