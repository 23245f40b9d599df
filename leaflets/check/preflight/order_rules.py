"""Rule on the order of painting: what is one whole from left to right is painted so inside text of two directions.

The source is the words of the structure tree, the other side the places of the glyphs (`pdfio/painted_lines.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from leaflets.check.preflight.rule import Finding, quoted
from leaflets.check.readback.document import FinishedFile
from leaflets.check.readback.structure_tree import GROUPS, INLINE, Element
from leaflets.l10n.bidi.wholes import wholes
from leaflets.pdfio.painted_lines import PaintedGlyph

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ENDS = re.compile(r"[-\u2010\u2013/?&=.@_]")
"""Where a long address may go on in the next line."""
_HYPHEN = re.compile(r"(?<=[^\W\d][-\u2010])(?=\w)")
"""Where a word with a hyphen may go on in the next line."""
LEAST_ADDRESS = 16
"""Fewest characters of an address that may go on in the next line."""
NEAR = 8
"""Most lines, of all columns, between two parts of a whole."""
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("()[]{}<>‹›«»", "|"),
        **dict.fromkeys("\u2010\u2011\x02", "-"),
        "≥": "≤",
        "®": "R",
        "©": "C",
        "\u2044": "/",
        "½": "1/2",
        "¼": "1/4",
        "¾": "3/4",
    }
)
CLOSE = 0.06
"""Greatest distance of letters of one word, in heights of a glyph's box."""
TAKEN = "\0"


@dataclass(frozen=True)
class SourceWhole:
    """A whole as the structure tree has it, with the page (from 1) on which its block begins."""

    words: str
    page: int


def order(file: FinishedFile) -> Iterator[Finding]:
    """Find wholes that are not painted from left to right."""
    wanted = list(_source(file))
    if not wanted:
        return
    lines = _Lines(file.painted_lines)
    wanted.sort(key=lambda whole: -len(whole.words))
    broken = [whole for whole in wanted if not lines.take(whole.words)]
    for whole in broken:
        if not lines.take_broken(whole.words):
            seen = lines.like(whole.words)
            message = f"{quoted(whole.words)} is not painted from left to right as it is written"
            hint = f"it is painted as {quoted(seen)}" if seen else "look at the page; set it in a span of its own"
            yield Finding(whole.page, message, hint)


def checked(file: FinishedFile) -> int:
    """Number of wholes that `order` compares."""
    return sum(1 for _ in _source(file))


def _source(file: FinishedFile) -> Iterator[SourceWhole]:
    """The wholes of blocks from right to left, and of blocks that have words from right to left."""
    if file.structure is None:
        return
    blocks = [(element, " ".join("".join(_own(element)).split())) for element in file.structure.document.walk()]
    letters = [len(_RIGHT_TO_LEFT.findall(text)) for _, text in blocks]
    whole_file = 2 * sum(letters) > sum(sum(map(str.isalpha, text)) for _, text in blocks)
    for (element, text), count in zip(blocks, letters, strict=True):
        if count or whole_file:
            for begin, end in wholes(text):
                yield SourceWhole(text[begin:end], element.page + 1)


def _own(element: Element) -> Iterator[str]:
    """The words of an element that are in no block inside it; nothing for an inline element, which is its block's."""
    if element.role in INLINE or element.role in GROUPS:
        return
    yield from _inline(element)


def _inline(element: Element) -> Iterator[str]:
    for kid in element.kids:
        if isinstance(kid, str):
            yield kid
        elif isinstance(kid, Element):
            yield from _inline(kid) if kid.role in INLINE else (" ",)


class _Lines:
    """The painted lines as strings without blanks; what a whole has taken is not found again."""

    def __init__(self, lines: Sequence[Sequence[PaintedGlyph]]) -> None:
        self.lines: list[str] = []
        self._close: list[list[bool]] = []
        """Whether each character of a line stands close to the one before."""
        self._holding: dict[str, set[int]] = defaultdict(set)
        for number, line in enumerate(lines):
            seen, close, right = "", [], -1e9
            for glyph in line:
                for char in folded(glyph.char):
                    seen += char
                    close.append(glyph.left - right < CLOSE * glyph.height)
                    self._holding[char].add(number)
                right = glyph.right
            self.lines.append(seen)
            self._close.append(close)

    def take(self, words: str) -> bool:
        """Take a whole that stands in a line."""
        bare = folded(words)
        place = self._find(bare) if bare else None
        if place:
            self._use(bare, place)
        return not bare or place is not None

    def take_broken(self, words: str) -> bool:
        """Take a whole that goes on in a line below: after a blank, after a hyphen, or inside a long address."""
        said = words.split()
        finer = [part for word in said for part in _HYPHEN.split(word)]
        return (
            self._take_parts(said) or (len(said) > 1 and self._take_parts(finer)) or self._take_address(folded(words))
        )

    def like(self, words: str) -> str:
        """A painting of the same characters in another order; empty if there is none."""
        bare = folded(words)
        for line in self.lines:
            for begin in range(len(line) - len(bare) + 1):
                seen = line[begin : begin + len(bare)]
                if seen != bare and sorted(seen) == sorted(bare):
                    return seen
        return ""

    def _take_parts(self, words: Sequence[str]) -> bool:
        """Take words of a whole, each after the one before: further right in its line, or in a line below."""
        parts = [folded(word) for word in words]
        for first in self._places(parts[0]) if len(parts) > 1 else ():
            places = [first]
            for before, part in pairwise(parts):
                number, begin = places[-1]
                place = self._find(part, (number, begin + len(before) - 1))
                if place is None:
                    break
                places.append(place)
            if len(places) == len(parts):
                for part, place in zip(parts, places, strict=True):
                    self._use(part, place)
                return True
        return False

    def _take_address(self, bare: str, after: int = -1) -> bool:
        """Take a long address that goes on in lines below `after`."""
        if len(bare) < LEAST_ADDRESS and after < 0:
            return False
        for end in reversed([len(bare), *(found.end() for found in _ENDS.finditer(bare, 4))]):
            for place in self._places(bare[:end]):
                near = place[0] > after and (after < 0 or place[0] - after <= NEAR)
                if near and (end == len(bare) or self._take_address(bare[end:], place[0])):
                    self._use(bare[:end], place)
                    return True
        return False

    def _find(self, bare: str, after: tuple[int, int] = (-1, 0)) -> tuple[int, int] | None:
        near = (place for place in self._places(bare) if place > after)
        return next((place for place in near if after[0] < 0 or place[0] - after[0] <= NEAR), None)

    def _places(self, bare: str) -> Iterator[tuple[int, int]]:
        """Line and place of each painting of characters that belong to no larger number or word."""
        numbers = set.intersection(*(self._holding.get(char, set()) for char in set(bare)))
        for number in sorted(numbers):
            line = self.lines[number]
            begin = line.find(bare)
            while begin >= 0:
                if not self._cuts(number, begin) and not self._cuts(number, begin + len(bare)):
                    yield number, begin
                begin = line.find(bare, begin + 1)

    def _cuts(self, number: int, at: int) -> bool:
        """Whether a place in a line is inside a number or a word."""
        line = self.lines[number]
        if not 0 < at < len(line):
            return False
        before, after = line[at - 1], line[at]
        alike = all(map(str.isnumeric, (before, after))) or all(map(_latin, (before, after)))
        return alike and self._close[number][at]

    def _use(self, bare: str, place: tuple[int, int]) -> None:
        number, begin = place
        line = self.lines[number]
        self.lines[number] = line[:begin] + TAKEN * len(bare) + line[begin + len(bare) :]


def _latin(char: str) -> bool:
    return char.isalpha() and not _RIGHT_TO_LEFT.match(char)


@lru_cache(maxsize=10_000)
def folded(words: str) -> str:
    """Characters without blanks and invisible ones, as far as PDFium tells them apart: where it takes a line to run
    from right to left it turns brackets and the like round, and writes ® as R and ½ as 1⁄2."""
    seen = unicodedata.normalize("NFKC", words.translate(_ALIKE))
    return "".join(char for char in seen if not char.isspace() and unicodedata.category(char) != "Cf")
