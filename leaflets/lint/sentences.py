"""Sentences of a passage, each with the position of its words.

The end of a line ends a sentence, unless the next line goes on with a small letter: the line above a list and its
points make one sentence where they are written as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from leaflets.base.diagnostics import Place
from leaflets.content.passages import Line, Passage

_SENTENCE_END = re.compile(r"(?<=[.!?…])([”’\")]*)\s+(?=[“‘\"(]?[A-Z0-9])")
_CLOSED = re.compile(r"[.!?…][”’\")]*$")
_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*%?")


@dataclass(frozen=True)
class SentencePiece:
    """The words of a sentence that stand on one line. `start`: number of the first character in the line."""

    words: tuple[str, ...]
    text: str
    line: Line
    start: int

    @property
    def place(self) -> Place:
        return self.line.place_at(self.start)


@dataclass(frozen=True)
class Sentence:
    """A sentence in one piece, or the line above a list and its points."""

    pieces: tuple[SentencePiece, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(word for piece in self.pieces for word in piece.words)

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces).replace("\u00a0", " ")

    @property
    def place(self) -> Place:
        return self.pieces[0].place

    @property
    def longest(self) -> tuple[int, SentencePiece]:
        """Length in words as it is read: of a list, of its longest point after the line above it; and that point."""
        first, *points = self.pieces
        if not points:
            return len(first.words), first
        return max(((len(first.words) + len(point.words), point) for point in points), key=lambda found: found[0])


def sentences(passage: Passage) -> list[Sentence]:
    """Split a passage into sentences. What has no word is left out."""
    found: list[list[SentencePiece]] = []
    is_open = False  # the line above the list, or the last of its points, has not ended its sentence
    for piece in pieces(passage.lines):
        lead = piece.line.segment == passage.lead
        if is_open and not lead and piece.text[:1].islower():
            found[-1].append(piece)
        else:
            found.append([piece])
            is_open = lead
        is_open = is_open and not _CLOSED.search(piece.text)
    return [Sentence(tuple(row)) for row in found]


def counted(passage: Passage) -> list[Sentence]:
    """The sentences that are counted: those of more than one word, so that “Rest.” does not ease its neighbours."""
    return [sentence for sentence in sentences(passage) if len(sentence.words) > 1]


def pieces(lines: Iterable[Line]) -> Iterator[SentencePiece]:
    """The pieces of sentences that stand on each line."""
    for line in lines:
        start = 0
        for match in (*_SENTENCE_END.finditer(line.words), None):
            text = line.words[start : match.end(1) if match else None]
            words = tuple(_WORD.findall(text))
            if words:
                yield SentencePiece(words, text.strip(), line, start)
            start = match.end() if match else start
