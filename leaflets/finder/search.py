"""Search: ranks the leaflets of an index for what somebody typed. `templates/finder/finder.js` has the twin.

Each word that was typed is held against each word of each phrase of a leaflet: the same word, a beginning of it, or one
with at most two wrong letters. `score` (0 to 1) says how much of what was typed a leaflet answers, and a little how
much of its best phrase was typed. Under `FLOOR` nothing is found.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from leaflets.content.model.search_terms import compact_code
from leaflets.finder.folding import distance, words_of
from leaflets.finder.search_index import FILTER_KINDS, IndexedLeaflet, SearchIndex

FLOOR = 0.6
"""Least score of what is found."""
MOST_NEAR = 3
BEGINNING = 0.8
"""Likeness of a word to one that it begins; the rest goes with the share that was typed."""
TYPED = (1.0, 0.86, 0.72)
"""Likeness by number of wrong letters."""
ONE_WRONG, TWO_WRONG = 4, 7
"""Least letters of a typed word with one and with two wrong letters."""
WHOLE = 0.2
"""Share of the score for how much of the best phrase was typed."""
EXACT, BROADER, PARENT = 1.0, 0.9, 0.8
"""Scores of a code of the map, of one that is wider than the leaflet, and of one whose parent is in the map."""
_CODE = re.compile(r"[A-Z]?\d[0-9A-Z]*")
_ICD_10_CM = re.compile(r"[A-Z]\d[0-9A-Z]{2,5}")
"""Codes that may have a parent in the map; those of the WHO have no level below."""
SHORTEST_CODE = 3
MOST_TYPED, MOST_WORDS = 300, 24
"""Letters and words of what was typed that are read; the rest counts for nothing."""
MOST_KEPT = 4000
"""Typed words whose likenesses are kept in memory."""


@dataclass(frozen=True)
class Found:
    """A leaflet that was found."""

    leaflet: IndexedLeaflet
    score: float
    match: str
    """The phrase or code by which it was found."""


@dataclass(frozen=True)
class CodeFound:
    """A leaflet that was found by a code: the system, and the code of the map with its point."""

    leaflet: IndexedLeaflet
    score: float
    system: str
    code: str


@dataclass(frozen=True)
class SearchAnswer:
    """What a search found, best first; `near` when nothing was found."""

    found: tuple[Found, ...]
    near: tuple[Found, ...]
    filters: Mapping[str, tuple[str, ...]]
    """Levels, layouts and locales that were named, by `level`, `layout` and `locale`."""


@dataclass
class Finder:
    """Searches one index."""

    index: SearchIndex
    _likenesses: dict[str, dict[str, float]] = field(default_factory=dict)

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], int]:
        return {(row.article, row.leaflet): number for number, row in enumerate(self.index.leaflets)}

    @cached_property
    def _phrases(self) -> list[tuple[int, tuple[str, ...], float, str]]:
        """Leaflet, words, weight and text of each phrase."""
        return [
            (number, words, weight, text)
            for number, leaflet in enumerate(self.index.leaflets)
            for text, weight in leaflet.phrases
            if (words := tuple(dict.fromkeys(words_of(text))))
        ]

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        """Phrases that have a word, by word."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, (_, words, _, _) in enumerate(self._phrases):
            for word in words:
                found[word].append(number)
        return found

    @cached_property
    def _letters(self) -> list[tuple[str, int]]:
        """Words of the index, with their letters as bits."""
        return [(known, _letter_bits(known)) for known in self._postings]

    def search(self, typed: str) -> SearchAnswer:
        """Leaflets for what was typed: words, codes, and words of level, size and language, which filter."""
        typed = typed[:MOST_TYPED]
        by_code, rest = self._by_code(typed)
        words, filters = self._without_filters(words_of(rest)[:MOST_WORDS])
        scores = self._by_words(words)
        if not words and not by_code and any(filters.values()):
            scores = dict.fromkeys(range(len(self.index.leaflets)), (FLOOR, ""))
        if by_code and not words:
            scores = {}
        for number, (score, match) in by_code.items():
            if score >= scores.get(number, (0.0, ""))[0]:
                scores[number] = (score, match)
        rows = sorted(
            (Found(self.index.leaflets[number], round(score, 4), match) for number, (score, match) in scores.items()),
            key=_best_first,
        )
        fit = [row for row in rows if _has(row.leaflet, filters)]
        found = tuple(row for row in fit if row.score >= FLOOR)
        near = () if found else tuple(rows or self._like_titles(typed))[:MOST_NEAR]
        return SearchAnswer(found, near, filters)

    def _like_titles(self, typed: str) -> list[Found]:
        """Leaflets by how many pairs of letters their titles share with what was typed."""
        wanted = _letter_pairs(typed)
        rows = [
            Found(leaflet, round(2 * len(wanted & own) / (len(wanted) + len(own)), 4) if wanted or own else 0.0, "")
            for leaflet in self.index.leaflets
            for own in [_letter_pairs(leaflet.title)]
        ]
        return sorted(rows, key=_best_first)

    def by_code(self, compact: str, system: str | None = None) -> list[CodeFound]:
        """Leaflets for a compact code, of one system or of all; of ICD-10-CM also by the nearest code above it."""
        if len(compact) < SHORTEST_CODE or not _CODE.fullmatch(compact):
            return []
        tables = {name: rows for name, rows in self.index.codes.items() if system in (None, name)}
        own = [
            CodeFound(self.index.leaflets[number], EXACT if match == "exact" else BROADER, name, code)
            for name, rows in tables.items()
            for number, code, match in rows.get(compact, ())
        ]
        above = tables.get("icd-10-cm", {}) if not own and _ICD_10_CM.fullmatch(compact) else {}
        for size in range(len(compact) - 1, SHORTEST_CODE - 1, -1):
            if rows := above.get(compact[:size]):
                return [CodeFound(self.index.leaflets[n], PARENT, "icd-10-cm", code) for n, code, _ in rows]
        return own

    def _by_code(self, typed: str) -> tuple[dict[int, tuple[float, str]], str]:
        """Scores of the leaflets whose codes were typed, and what was typed without the codes that are known."""
        scores: dict[int, tuple[float, str]] = {}
        rest = []
        for part in typed.split():
            compact = compact_code(part.strip(",;:()[]"))
            rows = self.by_code(compact)
            if not rows:
                rest.append(part)
            for row in rows:
                number = self._numbers[row.leaflet.article, row.leaflet.leaflet]
                if row.score > scores.get(number, (0.0, ""))[0]:
                    scores[number] = (row.score, part)
        return scores, " ".join(rest)

    def _without_filters(self, words: Sequence[str]) -> tuple[list[str], dict[str, tuple[str, ...]]]:
        """Words that remain without those of filters, the longest phrase first, and the values of the filters."""
        rest: list[str] = []
        filters: dict[str, dict[str, None]] = {kind: {} for kind in FILTER_KINDS}
        at = 0
        while at < len(words):
            for size in range(min(self.index.longest_filter, len(words) - at), 0, -1):
                rows = self.index.filters.get(" ".join(words[at : at + size]), ())
                if rows:
                    for kind, value in rows:
                        if kind in filters:
                            filters[kind][value] = None
                    at += size
                    break
            else:
                rest.append(words[at])
                at += 1
        return rest, {kind: tuple(values) for kind, values in filters.items()}

    def _by_words(self, words: Sequence[str]) -> dict[int, tuple[float, str]]:
        """Score and best phrase of each leaflet that has one of the words."""
        best: dict[int, list[float]] = {}
        hits: dict[int, dict[str, float]] = defaultdict(dict)
        for at, word in enumerate(words):
            for known, like in self._like(word).items():
                for number in self._postings[known]:
                    leaflet, _, weight, _ = self._phrases[number]
                    row = best.setdefault(leaflet, [0.0] * len(words))
                    row[at] = max(row[at], like * weight)
                    hits[number][known] = max(hits[number].get(known, 0.0), like)
        whole: dict[int, tuple[float, str]] = {}
        for number in sorted(hits):
            leaflet, of_phrase, weight, text = self._phrases[number]
            share = sum(hits[number].values()) / len(of_phrase) * weight
            if share > whole.get(leaflet, (0.0, ""))[0]:
                whole[leaflet] = (share, text)
        return {
            leaflet: ((1 - WHOLE) * sum(row) / len(words) + WHOLE * whole[leaflet][0], whole[leaflet][1])
            for leaflet, row in best.items()
        }

    def _like(self, word: str) -> dict[str, float]:
        """Words of the index that a typed word may mean, with their likeness."""
        kept = self._likenesses.get(word)
        if kept is not None:
            return kept
        own, most = _letter_bits(word), _most_wrong(word)
        near = (
            known
            for known, letters in self._letters
            if known.startswith(word)
            or (abs(len(known) - len(word)) <= most and (letters ^ own).bit_count() <= 2 * most)  # a wrong letter: two
        )
        found = {known: like for known in near if (like := likeness(word, known)) > 0}
        if len(self._likenesses) >= MOST_KEPT:
            self._likenesses.clear()
        self._likenesses[word] = found
        return found


def likeness(word: str, known: str) -> float:
    """How likely a typed word means a known one: 1 for the same, 0 for another."""
    if word == known:
        return 1.0
    found = 0.0
    if len(word) > 1 and known.startswith(word):
        found = BEGINNING + (1 - BEGINNING) * len(word) / len(known) * 0.9
    if any(letter.isdigit() for letter in word + known):
        return found  # another number is another thing
    if most := _most_wrong(word):
        wrong = distance(word, known, most)
        if wrong <= most:
            found = max(found, TYPED[wrong])
    return found


def _most_wrong(word: str) -> int:
    """Letters of a typed word that may be wrong."""
    return 2 if len(word) >= TWO_WRONG else 1 if len(word) >= ONE_WRONG else 0


def _letter_bits(word: str) -> int:
    """A bit for each letter of a word; another letter may have the same one."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return found


def _best_first(row: Found) -> tuple[float, str, str]:
    return -row.score, row.leaflet.article, row.leaflet.leaflet


def _letter_pairs(text: str) -> set[str]:
    return {word[at : at + 2] for word in words_of(text) for at in range(len(word) - 1)}


def _has(leaflet: IndexedLeaflet, filters: Mapping[str, Iterable[str]]) -> bool:
    """Whether a leaflet is made in one of the levels, layouts and locales that were named."""
    return all(not wanted or set(wanted) & set(leaflet.made[kind]) for kind, wanted in filters.items())
