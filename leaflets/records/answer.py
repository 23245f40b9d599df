"""Answer to a request: which leaflets in which language, what was looked for, and what could not be met, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babel import Locale as BabelLocale
from babel import UnknownLocaleError
from babel.core import get_global

from leaflets.finder.search_index import IndexedLeaflet
from leaflets.l10n.languages import LOCALES
from leaflets.records.code_systems import SYSTEMS
from leaflets.records.holdings import Holding, Holdings, LeafletId
from leaflets.records.knowledge_request import Criterion, KnowledgeRequest

TASKS = {
    "PROBLISTREV", "PROBLISTE", "DIAGLISTREV", "DIAGLISTE", "PATEDUE", "DISCHINSTE", "PATINFO", "PATRPTE", "PATRPTREV",
    "MLREV", "MLE", "LABRREV", "OE", "OREV", "RISKASSESS", "CAREACT", "ALLERLREV", "ALLERLE", "IMMLREV", "IMMLE",
}  # fmt: skip
"""Codes of HL7 ActCode that are repeated as a category; others are dropped."""
SUBTOPIC_SCORE, OTHER_SUBTOPIC = 1.0, 0.6
"""Factors of a score: the leaflet tells of the aspect that is asked for, or of others."""
ICD_10 = {"icd-10": "icd-10-cm", "icd-10-cm": "icd-10"}
MOST_ENTRIES = 20
MOST_BY_WORDS = 10
"""Criteria of a request that are looked for by their words."""
LEAST_BY_WORDS = 0.65
"""Least score of words: nobody looks at the titles before a leaflet is handed out."""
_Row = tuple[LeafletId, float, tuple[str, str] | None]
"""Leaflet, score, and system and code by which it was found."""


@dataclass(frozen=True)
class Entry:
    """A leaflet of the answer, in one language."""

    holding: Holding
    score: float
    """0 to 1."""
    matched: tuple[tuple[str, str], ...]
    """System and code by which it was found, of our own map."""
    others: tuple[Holding, ...] = ()
    """The same leaflet in other languages."""


@dataclass(frozen=True)
class KnowledgeAnswer:
    """What is answered. Nothing in it is from the request, but codes, languages and tasks that we know ourselves."""

    entries: tuple[Entry, ...]
    locale: str
    """Locale of the answer itself."""
    categories: tuple[tuple[str, str], ...]
    """Scheme and term of the parts of the request that may be repeated."""
    notes: tuple[str, ...]
    """What could not be met, in English."""


def answer_to(request: KnowledgeRequest, holdings: Holdings, region: str) -> KnowledgeAnswer:
    """The answer to a request. `region`: of two locales of one language, its own is given."""
    scores: dict[LeafletId, float] = {}
    matched: dict[LeafletId, dict[tuple[str, str], None]] = {}
    known: dict[tuple[str, str], None] = {}
    by_words = 0
    for criterion in request.criteria:
        coded = list(_by_code(criterion, holdings))
        by_words += not coded
        for leaflet, score, code in coded or (_by_words(criterion, holdings) if by_words <= MOST_BY_WORDS else ()):
            scores[leaflet] = max(score, scores.get(leaflet, 0.0))
            if code:
                matched.setdefault(leaflet, {})[code] = None
                known[code] = None
    locale, notes = _locale(request.languages, holdings, region)
    too_young = [leaflet for leaflet in scores if _too_young(leaflet, request.age, holdings)]
    if too_young:
        notes.append("Leaflets for adults were left out: the request names a younger age.")
    entries = []
    for leaflet, score in scores.items():
        holding = _in_language(holdings, leaflet, locale, region)
        if holding is None or leaflet in too_young:
            continue
        if holding.locale != locale:
            notes.append(f"“{holding.title}” is not there in {_name(locale)}; it is given in {_name(holding.locale)}.")
        score *= _aspect(request.subtopics, holding.leaflet.about.subtopics, holdings)
        others = tuple(row for tag, row in holdings.by_leaflet[leaflet].items() if tag != holding.locale)
        entries.append(Entry(holding, round(score, 4), tuple(matched.get(leaflet, ())), others))
    entries.sort(key=lambda row: (-row.score, row.holding.leaflet.article, row.holding.leaflet.leaflet))
    categories = [*_categories(request, holdings), *_codes(known)]
    return KnowledgeAnswer(tuple(entries[:MOST_ENTRIES]), locale, tuple(categories), tuple(notes))


def _by_code(criterion: Criterion, holdings: Holdings) -> Iterable[_Row]:
    """Leaflets of a code in its system, with their scores and the code of our map. The two kinds of ICD-10 are often
    sent under each other's name, so each stands in for the other where it has nothing."""
    systems = (criterion.system, ICD_10.get(criterion.system or ""))
    for system in systems if criterion.code else ():
        found = holdings.finder.by_code(criterion.code, system) if system or not criterion.system else []
        for row in found:
            yield _id(row.leaflet), row.score, (row.system, row.code)
        if found or criterion.system is None:
            return


def _by_words(criterion: Criterion, holdings: Holdings) -> Iterable[_Row]:
    """Leaflets of the words, without those of which a general word alone is the same, such as “treatment”."""
    for found in holdings.finder.search(criterion.words).found if criterion.words else ():
        if found.score >= LEAST_BY_WORDS:
            yield _id(found.leaflet), found.score, None


def _id(leaflet: IndexedLeaflet) -> LeafletId:
    return leaflet.article, leaflet.leaflet


def _locale(languages: Sequence[str], holdings: Holdings, region: str) -> tuple[str, list[str]]:
    """The locale for the languages of a request, and what to say when none of them is there."""
    there = holdings.locales
    missing: list[str] = []
    for tag in languages:
        exact = [locale for locale in there if locale.lower() == tag]
        same = [locale for locale in there if locale.lower().split("-")[0] == tag.split("-")[0]]
        if exact or same:
            locale = (exact or _same_script(tag, _own_first(same, region)))[0]
            if missing:
                return locale, [_instead(missing, locale)]
            other = not exact and "-" in tag
            notes = [f"What was asked for is of another region; this is {_name(locale)}."]
            return locale, notes if other else []
        missing.append(tag)
    usual = _own_first([locale for locale in there if locale.startswith("en")] or there, region)
    locale = usual[0] if usual else f"en-{region}"
    if not languages:
        return locale, []
    return locale, [_instead(missing, locale)]


def _instead(missing: Sequence[str], locale: str) -> str:
    asked = " or ".join(dict.fromkeys(_language(tag) for tag in missing[:3]))
    return f"There is nothing in {asked}; this is {_name(locale)}."


def _own_first(locales: Sequence[str], region: str) -> list[str]:
    return sorted(locales, key=lambda tag: (not tag.endswith(f"-{region}"), tag))


def _same_script(tag: str, locales: Sequence[str]) -> list[str]:
    """Locales of a language, those in the script of a tag first: zh-TW is read in zh-Hant."""
    script = _script(tag)
    return sorted(locales, key=lambda locale: _script(locale) != script)


def _script(tag: str) -> str:
    """The script that a tag names, else the likely one of its language in its region (CLDR)."""
    language, *rest = tag.lower().split("-")
    named = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), "")
    region = next((part.upper() for part in rest if len(part) == 2), "")
    likely = get_global("likely_subtags")
    row = likely.get(f"{language}_{region}") or likely.get(language) or ""
    return named or (row.split("_")[1] if row.count("_") == 2 else "")


def _in_language(holdings: Holdings, leaflet: LeafletId, locale: str, region: str) -> Holding | None:
    """A leaflet in a locale, else in another of the language, else in English, else in any."""
    rows = holdings.by_leaflet.get(leaflet, {})
    order = [
        locale,
        *_own_first([tag for tag in rows if tag.split("-")[0] == locale.split("-")[0]], region),
        *_own_first([tag for tag in rows if tag.startswith("en")], region),
        *sorted(rows),
    ]
    return next((rows[tag] for tag in order if tag in rows), None)


def _too_young(leaflet: LeafletId, age: float | None, holdings: Holdings) -> bool:
    rows = holdings.by_leaflet.get(leaflet, {})
    least = next((holding.leaflet.about.ages_from for holding in rows.values()), 0)
    return age is not None and age < least


def _aspect(asked: Sequence[str], told: Sequence[str], holdings: Holdings) -> float:
    known = {topic for row in holdings.index.leaflets for topic in row.about.subtopics}
    wanted = set(asked) & known
    return SUBTOPIC_SCORE if not wanted or wanted & set(told) else OTHER_SUBTOPIC


def _categories(request: KnowledgeRequest, holdings: Holdings) -> Iterable[tuple[str, str]]:
    """Parts of a request that come from closed lists, and so say nothing of a person."""
    yield from (("taskContext.c.c", task) for task in request.tasks if task in TASKS)
    known = {topic for row in holdings.index.leaflets for topic in row.about.subtopics}
    yield from (("subTopic.v.c", topic) for topic in request.subtopics if topic in known)
    if request.recipient in ("PAT", "PROV", "PAYOR"):
        yield "informationRecipient", request.recipient
    there = {tag.split("-")[0] for tag in holdings.locales}
    yield from (("informationRecipient.languageCode.c", tag) for tag in request.languages if tag.split("-")[0] in there)


def _codes(codes: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    for system, code in codes:
        yield "mainSearchCriteria.v.c", code
        yield "mainSearchCriteria.v.cs", SYSTEMS[system].oid


def _name(tag: str) -> str:
    row = LOCALES.get(tag)
    return row.english_name if row else _language(tag)


def _language(tag: str) -> str:
    """Name of a language in English; a tag that nobody knows is not repeated."""
    try:
        return BabelLocale.parse(tag.split("-")[0]).get_display_name("en") or "another language"
    except (UnknownLocaleError, ValueError):
        return "that language"
