"""Checks of wording: another region's spelling or names, literal numbers, unknown placeholders, typography."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from leaflets.base.diagnostics import Diagnostics, Place, nearest
from leaflets.content import inline
from leaflets.content.passages import Passage
from leaflets.content.segments import Segment


@dataclass(frozen=True)
class Foreign:
    """Words that are foreign to a locale: their pattern, and what to write instead."""

    pattern: re.Pattern[str]
    instead: str


def _row(pattern: str, instead: str) -> Foreign:
    return Foreign(re.compile(rf"\b(?:{pattern})\b"), instead)


FOREIGN: dict[str, tuple[Foreign, ...]] = {
    "en-US": (
        _row(r"[Ff]ibres?", "fiber"),
        _row(r"[Pp]hysiotherap\w+|[Pp]hysio", "physical therapy, physical therapist"),
        _row(r"[Pp]aracetamol", "acetaminophen, by the placeholder {paracetamol}"),
        _row(r"GPs?", "doctor"),
        _row(r"A&E", "emergency room"),
        _row(r"NHS|NICE|MHRA", "a body of the US, or regions: [GB]"),
        _row(r"\w*(?:colour|behaviour|favour|labour|tumour|neighbour)\w*", "-or"),
        _row(r"\w*(?:organ|recogn|real|special|minim|stabil|summar)is(?:e|ing|a[bt])\w*", "-ize"),
        _row(r"[Cc]entres?|[Ll]itres?|[Mm]etres?", "-er"),
        _row(r"[Pp]rogrammes?", "program"),
        _row(
            r"[Gg]rey|[Ww]hilst|[Ff]ortnight\w*|[Mm]um|[Cc]hemist|[Tt]yres?|[Aa]geing|[Pp]ractise[sd]?",
            "American spelling",
        ),
        _row(r"[Aa]naemi\w+|[Hh]aem\w+|[Oo]edema\w*|[Dd]iarrhoea|[Ii]schaemi\w+", "American spelling"),
        _row(r"[Cc]uppas?|[Tt]ablets? of paracetamol|[Tt]orch|[Ss]urgery is closed", "American words"),
    ),
    "en-GB": (
        _row(r"[Ff]ibers?", "fibre"),
        _row(r"[Pp]hysical therap\w+", "physiotherapy, physiotherapist"),
        _row(r"[Aa]cetaminophen", "{paracetamol}"),
        _row(r"[Ee]mergency room|\bER\b", "A&E"),
        _row(r"FDA|CDC", "a body of the UK, or regions: [US]"),
        _row(r"\w*(?:color|behavior|favorite|tumor)\w*", "-our"),
        _row(r"[Cc]enters?|[Ll]iters?", "-re"),
        _row(r"[Aa]nemi\w+|[Ee]dema\w*|[Dd]iarrhea|[Ii]schemi\w+", "British spelling"),
    ),
}
"""Foreign words by locale. The control box, which quotes titles of sources, is not checked."""

_TYPOGRAPHY = (
    (re.compile(r" {2,}|\u00a0{2,}"), "two spaces", "spaces", "take one out"),
    (re.compile(r"[\"']"), "a straight quote", "quotes", "write “ ” round words, and ’ in it’s"),
    (re.compile(r"\d\s?-\s?\d"), "a hyphen in a range", "range", "write an en dash (–), or “to”"),
    (re.compile(r"\w\(s\)|\band/or\b"), "“(s)” or “and/or”", "shorthand", "write it out"),
    (
        # but not thousands with spaces between them, such as 1 500 000
        re.compile(r"(?<!\d)(?![1-9]\d{0,2}(?: \d{3})+(?! ?\d))\d[\d ]{5,}\d|\b1-\d{3}-\d{3}-\d{4}\b"),
        "a phone number; use a placeholder",
        "literal-number",
        "",
    ),
)
_ANY_FAULT = re.compile("|".join(pattern.pattern for pattern, *_ in _TYPOGRAPHY))


def check_typography(
    segments: Iterable[Segment], numbers: Mapping[str, str], regions: Iterable[str], diagnostics: Diagnostics
) -> None:
    """Report bad spaces, straight quotes, hyphens in ranges, shorthand, and telephone numbers that are written out.

    `numbers` maps each telephone number of the article's `regions` to its placeholder (999 and 911 share one).
    """
    files = " and ".join(f"regions/{region}.yaml" for region in regions)
    define = f"name it in {files} under “contacts”, such as “helpline”, and write {{helpline}}"
    calls = re.compile(r"(?<!\d)(?:" + "|".join(map(re.escape, sorted(numbers, key=len, reverse=True))) + r")(?!\d)")
    for segment in segments:
        for pattern, message, rule, advice in _TYPOGRAPHY if _ANY_FAULT.search(segment.words) else ():
            if match := pattern.search(segment.words):
                place = segment.place_of(_whole(segment.words, match))
                hint = define if rule == "literal-number" else advice
                diagnostics.error(place, f"{message}: “{_near(segment.words, match)}”", rule, hint)
        if numbers and (match := calls.search(segment.words)):
            hint = f"write {{{numbers[match[0]]}}}"
            place = segment.place_of(match[0])
            diagnostics.error(place, f"the number {match[0]} is written out", "literal-number", hint)
        if "\n" in segment.words and re.search(r"[^\S\n]\n|\n[^\S\n]", segment.words.strip()):
            diagnostics.warning(segment.place, "a space at the end or start of a line", "spaces")


def check_foreign_words(locale: str, passages: Iterable[Passage], diagnostics: Diagnostics) -> None:
    """Report words that are not used in the locale's region (`foreign-word`); locales without a list pass."""
    rows = FOREIGN.get(locale, ())
    if not rows:
        return
    any_of_them = _any(rows)
    for line in (line for passage in passages for line in passage.lines):
        if not any_of_them.search(line.words):
            continue
        for row in rows:
            if match := row.pattern.search(line.words):
                message = f"“{match[0]}” is foreign to {locale}"
                diagnostics.error(line.place_at(match.start()), message, "foreign-word", f"instead: {row.instead}")


def is_foreign(locale: str, word: str) -> bool:
    """Whether a word is one of those that `check_foreign_words` reports."""
    rows = FOREIGN.get(locale, ())
    return bool(rows) and _any(rows).search(word) is not None


@cache
def _any(rows: tuple[Foreign, ...]) -> re.Pattern[str]:
    return re.compile("|".join(row.pattern.pattern for row in rows))


def unknown_placeholders(segment: Segment, known: Iterable[str]) -> list[str]:
    """Names of the placeholders of a segment for which there is no value, each once."""
    names = {*known, "page"}
    return list(
        dict.fromkeys(match[1] for match in inline.PLACEHOLDER.finditer(segment.words) if match[1] not in names)
    )


def report_placeholder(name: str, regions: Sequence[str], known: Iterable[str], at: Place, to: Diagnostics) -> None:
    """Report a placeholder for which some regions have no value (`unknown-placeholder`); `known`: those that have."""
    have = "region " + regions[0] + " has" if len(regions) == 1 else "regions " + " and ".join(regions) + " have"
    files = " and ".join(f"regions/{region}.yaml" for region in regions)
    hint = f"give the part “regions:”, or add it to {files} under “contacts”"
    if near := nearest(name, known):
        hint = f"did you mean {{{near}}}? Else {hint}"
    to.error(at, f"the {have} nothing for the placeholder {{{name}}}", "unknown-placeholder", hint)


def _near(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 12) : match.end() + 12].replace("\n", " ").strip()


def _whole(text: str, match: re.Match[str]) -> str:
    """What matched with the rest of its words, on one line; with the word before it if it is a space."""
    start, end = match.start(), match.end()
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end]
