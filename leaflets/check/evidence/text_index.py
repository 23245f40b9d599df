"""Searchable text of a finished file, in reading order."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from leaflets.base.source import Source
from leaflets.check.readback.structure_tree import INLINE, Element
from leaflets.content.passages import Line, Passage, PassageKind
from leaflets.lint.sentences import Sentence, sentences

_BLANK = re.compile("[\\s\u200b\u00ad\u2010\u2060\ufeff]+")
_NOWHERE = Source("", "")


def folded(words: str) -> str:
    """Words in NFC without white space, soft hyphens and other break characters, for comparison. Where a line ends at a
    soft hyphen, the typesetter prints U+2010, which no source has."""
    return _BLANK.sub("", unicodedata.normalize("NFC", words))


@dataclass
class TextIndex:
    """All words of a file in reading order, folded, with the page of each element. Pages count from 1."""

    document: Element
    text: str = ""
    _starts: list[int] = field(default_factory=list)
    _pages: list[int] = field(default_factory=list)
    _folded: dict[str, str] = field(default_factory=dict)
    _found: dict[tuple[str, int], tuple[int, int] | None] = field(default_factory=dict)
    """Cache of matches: lines are searched several times, for readability and for the basis."""

    def __post_init__(self) -> None:
        parts, at = [], 0
        for words, page in _pieces(self.document):
            piece = folded(words)
            if piece:
                self._starts.append(at)
                self._pages.append(page + 1)
                parts.append(piece)
                at += len(piece)
        self.text = "".join(parts)

    def find(self, words: str, start: int = 0) -> tuple[int, int] | None:
        """Find words at or after `start`: their begin and end in the folded text; None where they are not."""
        key = words, start
        if key not in self._found:
            wanted = self._folded.get(words)
            if wanted is None:
                wanted = self._folded[words] = folded(words)
            at = self.text.find(wanted, start)
            self._found[key] = (at, at + len(wanted)) if at >= 0 else None
        return self._found[key]

    def page(self, at: int) -> int:
        """The page on which the element at a position of the folded text begins; 0 for a file without words."""
        return self._pages[bisect_right(self._starts, at) - 1] if self._starts else 0

    @property
    def blocks(self) -> Iterator[str]:
        """The words of each block-level element, without those of blocks inside it."""
        for element in self.document.blocks:
            own = "".join(_own(element))
            if own.strip():
                yield " ".join(own.split())


def as_sentences(lines: Iterable[str]) -> list[Sentence]:
    """Split lines into sentences; the end of a line ends a sentence."""
    return sentences(Passage("", PassageKind.PROSE, tuple(Line(line, "", _NOWHERE, ()) for line in lines)))


def _pieces(element: Element) -> Iterator[tuple[str, int]]:
    for kid in element.kids:
        if isinstance(kid, str):
            yield kid, element.page
        elif isinstance(kid, Element):
            yield from _pieces(kid)


def _own(element: Element) -> Iterator[str]:
    """The words of an element without those of blocks inside it."""
    for kid in element.kids:
        if isinstance(kid, str):
            yield kid
        elif isinstance(kid, Element) and kid.role in INLINE:
            yield from _own(kid)
