"""Sentences that make a passage too hard, each at its own position, with the words that cost most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leaflets.base.diagnostics import Place
from leaflets.content.passages import Passage, PassageKind
from leaflets.lint.plain_words import PlainWords
from leaflets.lint.readability import Counts, count, measure
from leaflets.lint.reading_limits import FEW, LIMITS
from leaflets.lint.sentences import Sentence, SentencePiece
from leaflets.lint.syllables import LONG, FamiliarWords

SENTENCE_LENGTH, HARD_SENTENCE, HARD_PASSAGE = "sentence-length", "hard-sentence", "hard-passage"
MOST_NAMED = 5
"""Words that a hint names at most."""
HEADING_WORDS = 3
"""Long, unfamiliar words from which a heading can be too hard: one of two words often has two."""


@dataclass(frozen=True)
class ReadingFault:
    """What is too hard. `about`: the ids under which it may be pending, those of its passage and its segment."""

    about: tuple[str, ...]
    place: Place
    message: str
    rule: str
    hint: str
    sentence: Sentence | None = None
    """The sentence that is too hard; None if it is the leaflet as a whole."""


@dataclass(frozen=True)
class PassageCheck:
    """Check of the passages of one level against its limits."""

    level: str
    familiar: FamiliarWords
    plain: PlainWords

    def faults(self, passage: Passage, found: Sequence[Sentence]) -> Iterator[ReadingFault]:
        """Faults of a passage and its sentences. A sentence that is too hard in itself is left out when the passage is
        measured."""
        sound = []
        for sentence in found:
            if faults := list(self.of_sentence(sentence, passage)):
                yield from faults
            else:
                sound.append(sentence)
        if passage.kind not in (PassageKind.HEADING, PassageKind.NAME):
            yield from self.of_passage(
                sound, passage, "its passage" if len(sound) == len(found) else "the rest of its passage"
            )

    def of_sentence(self, sentence: Sentence, passage: Passage) -> Iterator[ReadingFault]:
        """Too long, or half of long and unfamiliar words; points of a list each by itself."""
        limits = LIMITS[self.level]
        if limits.longest and sentence.longest[0] > limits.longest:
            yield self._too_long(sentence, limits.longest, passage)
        if not limits.half_hard or passage.kind is PassageKind.NAME:
            return
        least = HEADING_WORDS if passage.kind is PassageKind.HEADING else 2
        for piece in sentence.pieces:
            hard = count(piece.words, self.familiar).hard
            if hard >= least and 2 * hard >= len(piece.words):
                message = (
                    f"{hard} of the {len(piece.words)} words of this sentence are long and not familiar; "
                    f"the {self.level} level allows less than half"
                )
                hint = self._hint(piece.words, piece.text)
                yield ReadingFault(_about(passage, piece), piece.place, message, HARD_SENTENCE, hint, sentence)

    def of_passage(self, found: Sequence[Sentence], passage: Passage, which: str) -> Iterator[ReadingFault]:
        """The sentences that bring a passage over the limit, the hardest of them; under FEW sentences, see `short`.

        `which` names in the message what was measured.
        """
        limits, counts = LIMITS[self.level], measure(found, self.familiar)
        if counts.sentences < FEW:
            yield from self.short(found, counts, passage)
            return
        before, left = counts.grade, list(found)
        while left and round(counts.grade, 1) > limits.passage_grade:
            worst = min(left, key=lambda sentence: (counts - count(sentence.words, self.familiar)).grade)
            own = count(worst.words, self.familiar)
            message = (
                f"this sentence reads at grade {own.grade:.1f} and {which} of {len(found)} sentences at "
                f"{before:.1f}; the {self.level} level allows a passage {limits.passage_grade:g}"
            )
            hint = self._hint(worst.words, worst.text, measure(found, self.familiar))
            about = _about(passage, worst.pieces[0])
            yield ReadingFault(about, worst.place, message, HARD_PASSAGE, hint, worst)
            left.remove(worst)
            counts = counts - own

    def short(self, found: Sequence[Sentence], counts: Counts, passage: Passage) -> Iterator[ReadingFault]:
        """Faults of a passage of one or two sentences: length, and the share of long, unfamiliar words."""
        limits = LIMITS[self.level]
        for sentence in found:
            if sentence.longest[0] > limits.few_longest:
                yield self._too_long(sentence, limits.few_longest, passage)
        if counts.hard >= limits.few_hard_words and counts.hard > limits.few_hard * counts.words:
            worst = max(found, key=lambda sentence: count(sentence.words, self.familiar).hard)
            message = (
                f"{counts.hard} of the {counts.words} words of this passage are long and not familiar; "
                f"the {self.level} level allows {limits.few_hard:.0%} in so few sentences"
            )
            hint = self._hint(worst.words, worst.text)
            about = _about(passage, worst.pieces[0])
            yield ReadingFault(about, worst.place, message, HARD_PASSAGE, hint, worst)

    def _too_long(self, sentence: Sentence, most: int, passage: Passage) -> ReadingFault:
        length, piece = sentence.longest
        message = f"sentence of {length} words, the {self.level} level allows {most}"
        hint = "make it two sentences"
        return ReadingFault(_about(passage, piece), piece.place, message, SENTENCE_LENGTH, hint, sentence)

    def _hint(self, words: Sequence[str], text: str, passage: Counts | None = None) -> str:
        """The words that cost most, what the passage comes to without them, and plainer words."""
        costly = {word.lower(): self.familiar.syllables(word) for word in words}
        named = sorted((word for word, heard in costly.items() if heard >= LONG), key=lambda word: -costly[word])
        named = named[:MOST_NAMED]
        parts = []
        if named:
            parts.append("hardest words: " + ", ".join(f"“{word}” ({costly[word]} syllables)" for word in named))
        if named and passage:
            without = passage - count(
                tuple(word for word in words if word.lower() in named), self.familiar, sentences=0
            )
            these = f"these {len(named)}" if len(named) > 1 else "it"
            parts.append(f"without {these} the passage comes to {without.grade:.1f}")
        elif passage:
            parts.append("make it two sentences")
        plainer = [f"“{hard}”: {instead}" for hard, instead in self.plain.instead_of(text)]
        if plainer:
            parts.append("plainer: " + "; ".join(plainer[:MOST_NAMED]))
        return "; ".join(parts)


def _about(passage: Passage, piece: SentencePiece) -> tuple[str, str]:
    return passage.id, piece.line.segment
