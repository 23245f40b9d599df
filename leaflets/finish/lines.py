"""Words -> lines of runs, each in one direction and one font, in the order in which they stand from left to right.

ReportLab draws what it is given from left to right. So words of a right-to-left script are joined and turned round here
(HarfBuzz, through ReportLab), and runs are put in order as the Unicode bidi algorithm does it for text without marks
(rule L2): numbers and Latin words keep their own direction.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, shapeStr

from leaflets.html.clinic import direction
from leaflets.html.typography import LATIN, NBSP, tied
from leaflets.l10n.fonts import FONTS, font_for

_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:\s+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)*")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


class GlyphError(ValueError):
    """No font has these characters."""


@dataclass(frozen=True)
class Run:
    """Words as they are drawn: in a font that ReportLab knows, joined and turned round where the script asks for it."""

    drawn: str
    font: str
    width: float
    """pt at 1 pt of type."""
    level: int
    """Of the bidi algorithm: odd runs from right to left."""


@dataclass(frozen=True)
class _Token:
    words: str
    level: int
    font: str
    space: bool
    """A space comes before it."""
    breaks: bool
    """The line may end before it."""


def face(font: str, bold: bool) -> str:
    """The name of a font of `l10n.fonts` for ReportLab, which is told of it at its first use in the process."""
    name = f"clinic-{font}-{'Bold' if bold else 'Regular'}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(FONTS[font].file(bold)), asciiReadable=False))
    return name


def tokens(words: str, rtl: bool, font: str, spaced: bool = False, breaks: bool = True) -> list[_Token]:
    """The words of one value, which keeps its own direction inside a line that runs as `rtl` says, in one font where
    one has them all. `spaced`: after a space, at which the line may end if it `breaks`."""
    font = font_for(words, font) or font
    base = int(rtl)
    own = direction(words) == "rtl" if any(char.isalnum() for char in words) else rtl
    level = base if own == rtl else base + 1
    found: list[_Token] = []
    for part, inner in _parts(tied(words), own):
        deep = level + 1 if inner else level
        for index, word in enumerate(re.split(r" +", part)):
            spaced |= index > 0
            if word:
                found.append(_Token(word, deep, _font(word, font), spaced, spaced and breaks))
                spaced, breaks = False, True
    return found


def wrapped(
    found: Sequence[_Token], size: float, widths: Callable[[int], float], bold: bool
) -> tuple[list[list[_Token]], float]:
    """Tokens as lines, and by how many pt the widest word is too wide. `widths`: the width of the n-th line, from 0."""
    lines: list[list[_Token]] = []
    over = 0.0
    for group in _unbroken(found):
        longer = [*lines[-1], *group] if lines else group
        if lines and _width(longer, size, bold) <= widths(len(lines) - 1):
            lines[-1] = longer
        else:
            over = max(over, _width(group, size, bold) - widths(len(lines)))
            lines.append(group)
    return lines, over


def runs(line: Sequence[_Token], bold: bool) -> list[Run]:
    """A line from left to right."""
    spaced: list[tuple[str, int, str]] = []
    for token in line:
        if token.space and spaced:
            before = spaced[-1]
            spaced.append((" ", min(before[1], token.level), before[2] if before[1] <= token.level else token.font))
        spaced.append((token.words, token.level, token.font))
    found = []
    for (level, font), group in groupby(spaced, key=lambda part: part[1:]):
        name = face(font, bold)
        drawn = shaped("".join(part[0] for part in group).replace(NBSP, " "), name, level % 2 == 1)
        found.append(Run(drawn, name, pdfmetrics.stringWidth(drawn, name, 1), level))
    for level in range(max((run.level for run in found), default=0), 0, -1):
        found = list(_turned(found, level))
    return found


def shaped(words: str, name: str, rtl: bool) -> str:
    """A run as its glyphs stand from left to right."""
    if not rtl:
        return words
    if not _RTL.search(words):
        return words[::-1].translate(_MIRRORED)
    return str(words) if words.isspace() else shapeStr(words, name, 1000, force=True)


def sources(words: str, name: str) -> Iterator[tuple[str, str]]:
    """Each glyph of a shaped run as ReportLab calls it (a character), and the characters that it stands for."""
    font: Any = pdfmetrics.getFont(name)
    drawn = shapeStr(words, name, 1000, force=True)
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(words)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font.hbFont(1000), buffer, {"kern": True, "liga": True, "dlig": True})
    starts = [*sorted({info.cluster for info in buffer.glyph_infos}), len(words)]
    for char, info in zip(drawn, buffer.glyph_infos, strict=True):
        end = starts[starts.index(info.cluster) + 1]
        yield char, words[info.cluster : end]


def _parts(words: str, rtl: bool) -> Iterator[tuple[str, bool]]:
    """Words cut where their direction changes; True for those against it."""
    end = 0
    for match in (LATIN if rtl else _RTL).finditer(words):
        yield words[end : match.start()], False
        yield match[0], True
        end = match.end()
    yield words[end:], False


def _font(word: str, font: str) -> str:
    found = font_for(word, font)
    if found is None:
        missing = sorted({char for char in word if font_for(char, font) is None}) or sorted(set(word))
        raise GlyphError(", ".join(f"{char} (U+{ord(char):04X}, {_name(char)})" for char in missing))
    return found


def _name(char: str) -> str:
    return unicodedata.name(char, "without a name").lower()


def _unbroken(found: Sequence[_Token]) -> Iterator[list[_Token]]:
    """Tokens that no space parts."""
    group: list[_Token] = []
    for token in found:
        if token.breaks and group:
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def _width(line: Sequence[_Token], size: float, bold: bool) -> float:
    return sum(run.width for run in runs(line, bold)) * size


def _turned(found: Sequence[Run], level: int) -> Iterator[Run]:
    """Stretches of at least this level, turned round."""
    for high, group in groupby(found, key=lambda run: run.level >= level):
        stretch = list(group)
        yield from reversed(stretch) if high else stretch
