"""Order of painting: the words of a page are painted in the order in which they are read.

WeasyPrint paints floats before the words beside them, and bullets after everything. Programs that copy, search or read
aloud without the structure tree follow the order of painting (ISO 32000-1, 14.8.2.3). Here the operators of words are
taken out of a page while it is drawn; once the tree is written, they are put at the end of the page in its order: first
all grounds and pictures, then all words. Words of artifacts, such as page numbers, come last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

PX = 0.75
"""A CSS pixel in pt."""


class PaintedWords:
    """The operators of the words on a page, each text by itself; kept with the page's stream until it is complete."""

    def __init__(self) -> None:
        self.texts: list[tuple[int | None, list[Any]]] = []
        """MCID (None: an artifact) and operators, in the order of drawing."""

    def take(self, stream: Any, number: int | None, start: int) -> None:
        """Take the operators from `start` on out of a stream."""
        operators = stream.stream
        self.texts.append((number, operators[start:]))
        del operators[start:]


def words_of(stream: Any) -> PaintedWords:
    """The words of a page's stream."""
    words: PaintedWords | None = stream.__dict__.get("painted_words")
    if words is None:
        words = stream.painted_words = PaintedWords()
    return words


def paint_words(streams: Sequence[Any], order: Mapping[int, Iterable[int]]) -> None:
    """Paint the words of all pages in order. `order`: page, from 0 -> its MCIDs in the order of reading."""
    for page, stream in enumerate(streams):
        words = words_of(stream)
        tagged = {number: operators for number, operators in words.texts if number is not None}
        read = [tagged.pop(number) for number in order.get(page, ()) if number in tagged]
        artifacts = [operators for number, operators in words.texts if number is None]
        stream.push_state()
        stream.transform(a=PX, d=PX)
        for operators in (*read, *tagged.values(), *artifacts):  # each sets its own colour and font: clinics' details
            stream.stream += operators  # take the place of some
        stream.pop_state()
        words.texts.clear()
