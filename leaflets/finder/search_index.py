"""Search index: `find.json` in a build folder, made of the articles' search terms, the catalogue and filter words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from leaflets.base.store import Store
from leaflets.base.untrusted.json_data import BrokenDataError, misfit, parse_json
from leaflets.content.article import Article
from leaflets.content.model.search_terms import CODE_SYSTEMS, LanguageTerms, is_code
from leaflets.editions.edition import Edition
from leaflets.finder.folding import words_of

NAME = "find.json"
FORM = 1
"""Number of the form of the file; another one is not read."""
FILTER_KINDS = ("level", "layout", "locale")
TITLE = 1.0
WEIGHTS = {"topics": 1.0, "synonyms": 1.0, "abbreviations": 1.0, "lay": 0.95, "misspellings": 0.95, "mentions": 0.8}
"""Weight of a phrase by its list in `SearchTerms`: what a leaflet mentions is less than what it is about."""
Codes = Mapping[str, Mapping[str, Sequence[tuple[int, str, str]]]]
"""System -> compact code -> leaflets by their number, with the code and `exact` or `broader`."""


@dataclass(frozen=True)
class About:
    """What record systems are told of a leaflet besides its words."""

    issued: str = ""
    """Day of issue of the article (ISO 8601); empty: not known."""
    subtopics: tuple[str, ...] = ()
    """MeSH qualifiers or headings."""
    ages_from: int = 0
    """Least age in years of whom it is written for."""


@dataclass(frozen=True)
class IndexedLeaflet:
    """A leaflet in the index."""

    article: str
    leaflet: str
    titles: Mapping[str, str]
    """Title by locale."""
    phrases: tuple[tuple[str, float], ...]
    """Phrases by which it is found, with their weights (0 to 1)."""
    codes: tuple[tuple[str, str, str], ...]
    """System, code with its point, and `exact` or `broader`."""
    about: About
    """What record systems are told of it besides."""
    made: Mapping[str, tuple[str, ...]]
    """Levels, layouts and locales in which it is made, by `FILTER_KINDS`."""

    @property
    def title(self) -> str:
        """Its title in English, else in the first locale."""
        return next((words for tag, words in self.titles.items() if tag.startswith("en")), None) or next(
            iter(self.titles.values()), self.leaflet
        )


@dataclass(frozen=True)
class SearchIndex:
    """All leaflets of a build folder, and the words that filter."""

    leaflets: tuple[IndexedLeaflet, ...] = ()
    filter_words: tuple[tuple[str, str, str], ...] = ()
    """Phrase, kind and value, such as (“large print”, “layout”, “large-print”); kind “ignored”: counts for nothing."""

    @cached_property
    def codes(self) -> Codes:
        found: dict[str, dict[str, list[tuple[int, str, str]]]] = {system: defaultdict(list) for system in CODE_SYSTEMS}
        for number, leaflet in enumerate(self.leaflets):
            for system, code, match in leaflet.codes:
                found[system][code.replace(".", "")].append((number, code, match))
        return found

    @cached_property
    def filters(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """Kind and value of filters by phrase, folded; a value that no leaflet has is left out."""
        there = {kind: {value for leaflet in self.leaflets for value in leaflet.made[kind]} for kind in FILTER_KINDS}
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for phrase, kind, value in self.filter_words:
            if kind == "ignored" or value in there[kind]:
                found[" ".join(words_of(phrase))].append((kind, value))
        return found

    @cached_property
    def longest_filter(self) -> int:
        """Words of the longest phrase of a filter."""
        return max((len(phrase.split()) for phrase in self.filters), default=0)


def indexed(article: Article, leaflet: str, titles: Mapping[str, str], editions: Iterable[Edition]) -> IndexedLeaflet:
    """A leaflet of an article with its titles by locale, its search terms and the editions that are made."""
    terms = article.finding.get(leaflet)
    phrases = dict.fromkeys(titles.values(), TITLE)
    for words in terms.words.values() if terms else ():
        for phrase, weight in _weighed(words):
            phrases[phrase] = max(weight, phrases.get(phrase, 0.0))
    codes = tuple((row.system, row.code, row.match) for row in terms.codes) if terms else ()
    about = About(
        article.info.issued.isoformat(),
        terms.subtopics if terms else (),
        (terms.ages_from or 0) if terms else 0,
    )
    return IndexedLeaflet(article.id, leaflet, titles, tuple(phrases.items()), codes, about, made_in(editions))


def made_in(editions: Iterable[Edition]) -> dict[str, tuple[str, ...]]:
    """Levels, layouts and locales of editions, by `FILTER_KINDS`."""
    made = list(editions)
    return {kind: tuple(sorted({str(getattr(edition, kind)) for edition in made})) for kind in FILTER_KINDS}


def _weighed(words: LanguageTerms) -> Iterable[tuple[str, float]]:
    for name, weight in WEIGHTS.items():
        for phrase in getattr(words, name):
            yield phrase, weight


def index_json(index: SearchIndex) -> str:
    """The index as JSON text, ordered by leaflet."""
    rows = [
        {
            "article": row.article,
            "leaflet": row.leaflet,
            "titles": dict(row.titles),
            "phrases": [[text, round(weight * 100)] for text, weight in row.phrases],
            "codes": [list(code) for code in row.codes],
            "about": asdict(row.about),
            **{kind: list(row.made[kind]) for kind in FILTER_KINDS},
        }
        for row in sorted(index.leaflets, key=lambda row: (row.article, row.leaflet))
    ]
    filters = [list(row) for row in index.filter_words]
    body = {"form": FORM, "leaflets": rows, "filters": filters}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n"


_ROW: dict[str, Any] = {
    "article": str,
    "leaflet": str,
    "titles": dict[str, str],
    "phrases": list[tuple[str, int]],
    "codes": list[tuple[str, str, str]],
    "about": dict[str, Any],
    **dict.fromkeys(FILTER_KINDS, list[str]),
}
"""Types of a row's keys."""


def read_index(out: Store) -> SearchIndex:
    """The index of a build folder. FileNotFoundError without one, BrokenDataError when it is something else, OSError
    when it cannot be read."""
    found = parse_json(out.read(NAME))
    if not isinstance(found, dict) or found.get("form") != FORM:
        raise BrokenDataError(f"this is no search index of this program (form {FORM})")
    rows, filters = found.get("leaflets"), found.get("filters")
    if said := misfit(rows, list[Any], "leaflets") or misfit(filters, list[tuple[str, str, str]], "filters"):
        raise BrokenDataError(said)
    assert isinstance(rows, list)
    assert isinstance(filters, list)
    return SearchIndex(
        tuple(_leaflet(row, f"leaflets, {number}") for number, row in enumerate(rows, 1)),
        tuple(tuple(row) for row in filters),
    )


def _leaflet(row: Any, where: str) -> IndexedLeaflet:
    if not isinstance(row, dict) or row.keys() != _ROW.keys():
        raise BrokenDataError(f"{where}: its keys are not {', '.join(_ROW)}")
    for key, shape in _ROW.items():
        if said := misfit(row[key], shape, f"{where}, {key}"):
            raise BrokenDataError(said)
    for system, code, match in row["codes"]:
        if system not in CODE_SYSTEMS or not is_code(system, code) or match not in ("exact", "broader"):
            raise BrokenDataError(f"{where}, codes: such a code cannot be meant")
    return IndexedLeaflet(
        row["article"],
        row["leaflet"],
        row["titles"],
        tuple((text, weight / 100) for text, weight in row["phrases"]),
        tuple(tuple(code) for code in row["codes"]),
        _about(row["about"], where),
        {kind: tuple(row[kind]) for kind in FILTER_KINDS},
    )


_ABOUT: dict[str, Any] = {"issued": str, "subtopics": list[str], "ages_from": int}


def _about(row: Any, where: str) -> About:
    if row.keys() != _ABOUT.keys():
        raise BrokenDataError(f"{where}, about: its keys are not {', '.join(_ABOUT)}")
    for key, shape in _ABOUT.items():
        if said := misfit(row[key], shape, f"{where}, about, {key}"):
            raise BrokenDataError(said)
    return About(row["issued"], tuple(row["subtopics"]), row["ages_from"])
