"""Line breaking, and division of lines into runs of one direction and font, in visual order from left to right.

Runs are reordered by rule L2 of the Unicode bidirectional algorithm (UAX 9), for text without directional marks:
numbers and Latin words keep their own direction.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NoReturn

from leaflets.finish.stamping.shaping import Face, ShapedGlyph, shape
from leaflets.html.clinic_view import direction
from leaflets.html.typography import NBSP, stretches, tied
from leaflets.l10n.breaks import breakable
from leaflets.l10n.font_table import FONTS
from leaflets.l10n.fonts import font_for, spans


class GlyphError(ValueError):
    """No font has these characters."""


@dataclass(frozen=True)
class ShapedRun:
    """A run of one font and embedding level, shaped on demand."""

    words: str
    face: Face
    level: int
    """Embedding level (UAX 9); odd levels run from right to left."""
    part: int = 0
    """Part of the paragraph, as in `Token`."""

    @property
    def glyphs(self) -> tuple[ShapedGlyph, ...]:
        """The shaped glyphs, from left to right."""
        return shape(self.words, self.face, self.level % 2 == 1)

    @property
    def width(self) -> float:
        """Width in units of the type size."""
        return sum(glyph.advance for glyph in self.glyphs) / 1000


@dataclass(frozen=True)
class Token:
    """A word, or a piece of one after which a line may break."""

    words: str
    level: int
    font: str
    space: bool
    """A space comes before it."""
    breaks: bool
    """The line may break before it."""
    part: int = 0
    """Part of the paragraph, from 0: odd for links, even for the text around them."""


def tokens(
    words: str, rtl: bool, font: str, spaced: bool = False, breaks: bool = True, about: str = "", part: int = 0
) -> list[Token]:
    """Split a value into tokens, in one font where one has all its characters.

    The value keeps its own direction inside a line of direction `rtl`. `spaced`: a space precedes it, at which the line
    may break if `breaks`; `about`: all words of the same source, which decide between Chinese, Japanese and Korean
    fonts; `part`: part of the paragraph. Raises GlyphError for characters that no font has.
    """
    about = about or words
    font = font_for(words, font, about) or font
    own = direction(words) == "rtl" if any(char.isalnum() for char in words) else rtl
    level = int(rtl) + int(own != rtl)
    found: list[Token] = []
    for stretch, inner in stretches(tied(words), own):
        for span in spans(stretch, font, about) or _missing(stretch, font):
            for index, word in enumerate(re.split(r" +", span.words)):
                spaced |= index > 0
                for place, piece in enumerate(breakable(word) if word else ()):
                    ends = place > 0 or (spaced and breaks)
                    found.append(Token(piece, level + inner, span.font, spaced, ends, part))
                    spaced, breaks = False, True
    return found


def wrapped(
    found: Sequence[Token], size: float, widths: Callable[[list[list[Token]]], float], bold: bool
) -> tuple[list[list[Token]], float]:
    """Break tokens into lines; returns them, and the excess width of the widest word in pt (0: all fit).

    `size` in pt; `widths`: function from the lines so far to the width of the next one, pt.
    """
    lines: list[list[Token]] = []
    over = 0.0
    for group in _unbroken(found):
        longer = [*lines[-1], *group] if lines else group
        if lines and _width(longer, size, bold) <= widths(lines[:-1]):
            lines[-1] = longer
        else:
            over = max(over, _width(group, size, bold) - widths(lines))
            lines.append(group)
    return lines, over


def runs(line: Sequence[Token], bold: bool) -> list[ShapedRun]:
    """The runs of a line in visual order, from left to right."""
    spaced: list[Token] = []
    for token in line:
        if token.space and spaced:
            before = spaced[-1]
            font = before.font if before.level <= token.level else token.font
            level, part = min(before.level, token.level), between(before, token)
            spaced.append(Token(" ", level, font, space=False, breaks=False, part=part))
        spaced.append(token)
    found = [
        ShapedRun("".join(token.words for token in group).replace(NBSP, " "), Face(font, bold), level, part)
        for (level, font, part), group in groupby(spaced, key=lambda token: (token.level, token.font, token.part))
    ]
    for level in range(max((run.level for run in found), default=0), 0, -1):
        found = list(_turned(found, level))
    return found


def between(before: Token, after: Token) -> int:
    """The part of the space between two words; a link that begins or ends there does not get it."""
    return before.part if before.part == after.part or before.part % 2 == 0 else after.part


def gap(before: Token, after: Token) -> bool:
    """Whether a space separates the last token of a line from the first of the next."""
    return after.space or not after.breaks


def leading(line: Sequence[Token], usual: float) -> float:
    """The leading of a line in units of the type size: `usual`, or more for fonts with marks around their letters."""
    return max([usual, *(FONTS[token.font].leading for token in line)])


def _missing(words: str, font: str) -> NoReturn:
    missing = sorted({char for char in words if font_for(char, font) is None})
    raise GlyphError(", ".join(f"{char} (U+{ord(char):04X}, {_name(char)})" for char in missing))


def _name(char: str) -> str:
    return unicodedata.name(char, "without a name").lower()


def _unbroken(found: Sequence[Token]) -> Iterator[list[Token]]:
    """Groups of tokens between which a line may break."""
    group: list[Token] = []
    for token in found:
        if token.breaks and group:
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def _width(line: Sequence[Token], size: float, bold: bool) -> float:
    return sum(run.width for run in runs(line, bold)) * size


def _turned(found: Sequence[ShapedRun], level: int) -> Iterator[ShapedRun]:
    """Reverse each sequence of runs of at least a level (UAX 9, rule L2)."""
    for high, group in groupby(found, key=lambda run: run.level >= level):
        stretch = list(group)
        yield from reversed(stretch) if high else stretch
