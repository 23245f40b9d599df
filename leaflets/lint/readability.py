"""Readability: Flesch-Kincaid grade, SMOG grade and sentence lengths, compared with the limits of a reading level.

A heading or list item counts as a sentence. Words that the article lists as *familiar* (medical names that its
leaflets explain) count as two syllables at most, so they are no polysyllables for SMOG; the grade without this
allowance is reported too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

import syllapy

from leaflets.base.diagnostics import Diagnostics
from leaflets.content.levels import Level
from leaflets.content.passages import Passage

_SENTENCE_END = re.compile(r"(?<=[.!?…])[”’\")]*\s+(?=[“‘\"(]?[A-Z0-9])")
_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*%?")
_VOWELS = re.compile(r"[aeiouy]+")
_CONTRACTED = re.compile(r"[’'](?:re|ve|ll)$")
"""Contracted endings, which add no syllable: you’re, we’ve."""


@dataclass(frozen=True)
class Sentence:
    """A sentence and the passage it comes from."""

    words: tuple[str, ...]
    text: str
    passage: Passage


@dataclass(frozen=True)
class Readability:
    """The measures of one leaflet at one level; lengths in words."""

    words: int
    sentences: int
    grade: float
    """Flesch-Kincaid grade with the allowance for familiar words."""
    grade_strict: float
    """The same without it."""
    smog: float
    mean_words: float
    longest: int


def sentences(passages: Iterable[Passage]) -> list[Sentence]:
    """Split passages into sentences; the end of a passage ends a sentence."""
    found = []
    for passage in passages:
        for text in _SENTENCE_END.split(passage.words):
            words = tuple(_WORD.findall(text))
            if words:
                found.append(Sentence(words, text.strip(), passage))
    return found


def measure(found: Sequence[Sentence], familiar: Iterable[str]) -> Readability:
    """Measure sentences; all zero when there are none.

    FKGL = 0.39 words/sentence + 11.8 syllables/word - 15.59 (Kincaid 1975);
    SMOG = 1.0430 sqrt(polysyllables * 30/sentences) + 3.1291 (McLaughlin 1969).
    """
    known = _known(tuple(familiar))
    words = [word for sentence in found for word in sentence.words]
    if not words:
        return Readability(0, 0, 0.0, 0.0, 0.0, 0.0, 0)
    strict = [syllables(word) for word in words]
    eased = [min(count, 2) if _familiar(word, known) else count for word, count in zip(words, strict, strict=True)]
    mean = len(words) / len(found)
    return Readability(
        words=len(words),
        sentences=len(found),
        grade=0.39 * mean + 11.8 * sum(eased) / len(words) - 15.59,
        grade_strict=0.39 * mean + 11.8 * sum(strict) / len(words) - 15.59,
        smog=1.0430 * sqrt(sum(count >= 3 for count in eased) * 30 / len(found)) + 3.1291,
        mean_words=mean,
        longest=max(len(sentence.words) for sentence in found),
    )


def check_readability(
    level: Level, found: Sequence[Sentence], familiar: Iterable[str], title: str, diagnostics: Diagnostics
) -> Readability:
    """Measure sentences and report each limit of `level` that they exceed (`readability`, `sentence-length`).

    `title` names the leaflet in the messages.
    """
    result = measure(found, familiar)
    if not found:
        return result
    place = found[0].passage.source.place()
    for name, value, limit in (
        ("Flesch-Kincaid grade", result.grade, level.grade),
        ("SMOG grade", result.smog, level.smog),
        ("mean sentence length", result.mean_words, level.mean_words),
    ):
        if limit is not None and round(value, 1) > limit:
            message = f"{title}, level {level.id}: {name} {value:.1f}, the level allows {limit:g}"
            diagnostics.error(place, message, "readability", _hardest(found, familiar))
    for sentence in found:
        if level.max_words and len(sentence.words) > level.max_words:
            passage = sentence.passage
            at = passage.source.place_of(passage.path, " ".join(sentence.text.split()[:3]))
            message = f"sentence of {len(sentence.words)} words, the {level.id} level allows {level.max_words}"
            diagnostics.error(at, message, "sentence-length", "make it two sentences")
    return result


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Count the syllables of an English word, part by part at hyphens and apostrophes; at least 1.

    A word with a digit has one syllable when it is a single digit, else two.
    """
    if any(char.isdigit() for char in word):
        return 1 if len(word) == 1 else 2
    parts = re.split(r"[-’'.]", _CONTRACTED.sub("", word.lower()))
    return sum(max(1, syllapy.count(part)) if len(part) > 1 else bool(_VOWELS.match(part)) for part in parts) or 1


@lru_cache(maxsize=64)
def _known(familiar: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.lower() for word in familiar)


@lru_cache(maxsize=20_000)
def _familiar(word: str, known: frozenset[str]) -> bool:
    """Whether the word or its singular is listed; of a hyphenated word, the whole or the longest part."""
    lower = word.lower()
    parts = (lower, lower.removesuffix("s"), lower.removesuffix("’s"), max(lower.split("-"), key=len))
    return any(part in known for part in parts)


def familiar_in(found: Sequence[Sentence], familiar: Iterable[str]) -> tuple[str, ...]:
    """The words of the sentences that count as familiar, in lower case and alphabetical order."""
    known = _known(tuple(familiar))
    words = {word.lower() for sentence in found for word in sentence.words}
    return tuple(sorted(word for word in words if _familiar(word, known)))


def _hardest(found: Sequence[Sentence], familiar: Iterable[str]) -> str:
    scores = [(measure([sentence], familiar).grade, sentence.text) for sentence in found if len(sentence.words) > 4]
    worst = sorted(scores, reverse=True)[:3]
    return "hardest: " + " | ".join(f"“{text}” ({grade:.1f})" for grade, text in worst)
