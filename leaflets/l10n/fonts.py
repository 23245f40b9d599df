"""Choice of fonts for a text, by what they have: families of `font_table`.

Font files are opened on first use: a leaflet in English reads only the files of its own font.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from leaflets.l10n.font_table import FONTS, Font

WORD_JOINER = "\u2060"
JOINERS = frozenset("\u00ad\u200b\u200c\u200d\u2060")
"""Invisible characters, for which a font needs no glyph."""
LATIN = "atkinson"
"""Font of Latin words, figures and bullets in all languages."""
_KANA, _HANGUL = re.compile("[\u3040-\u30ff\u31f0-\u31ff]"), re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")


@dataclass(frozen=True)
class Span:
    """Words in one font."""

    words: str
    font: str


def stack(font: str) -> str:
    """CSS value of `font-family` for a font and those after it in its stack. Before a Chinese, Japanese or Korean font
    stands the Latin one: theirs sets apostrophes and quotation marks as wide as a character."""
    first = [FONTS[LATIN].family] if FONTS[font].charset else []
    names = [*first, FONTS[font].family, *(FONTS[name].family for name in FONTS[font].then)]
    return ", ".join(f'"{name}"' for name in names)


def font_for(words: str, font: str, about: str = "") -> str | None:
    """First font that has every character of `words`: from the stack of `font`, then from the whole table. None if no
    font has all.

    For names from outside, such as a clinic's, in any script. `about`: all words of the same source, which decide
    between Chinese, Japanese and Korean fonts.
    """
    wanted = _letters(words)
    return next((name for name in _order(font, about or words) if wanted <= coverage(name)), None)


def spans(words: str, font: str, about: str = "") -> tuple[Span, ...] | None:
    """Split a line into spans of one font each; None when no font has one of the characters.

    One span if a font has the whole line; else a span for each word; else, inside a word, one for each run of letters
    that a font has. A letter and its combining marks stay together.
    """
    whole = font_for(words, font, about)
    if whole:
        return (Span(words, whole),)
    found: list[tuple[str, str | None]] = []
    for part in re.split(r"(\s+)", words):
        if part.isspace() and found:
            found.append((part, found[-1][1]))
        elif part:
            found += _stretches(part, font, about or words)
    rows = [
        Span("".join(part for part, _ in group), name or "") for name, group in groupby(found, key=lambda row: row[1])
    ]
    return tuple(rows) if all(row.font for row in rows) else None


def _stretches(word: str, font: str, about: str) -> Iterator[tuple[str, str | None]]:
    whole = font_for(word, font, about)
    if whole:
        yield word, whole
        return
    last: str | None = None
    for letter in _clusters(word):
        if not (last and _letters(letter) <= coverage(last)):
            last = font_for(letter, font, about)
        yield letter, last


def _clusters(word: str) -> Iterator[str]:
    """Letters, each with its combining marks and joiners."""
    letter = ""
    for char in word:
        if letter and not (char in JOINERS or unicodedata.category(char).startswith("M")):
            yield letter
            letter = ""
        letter += char
    yield letter


def _order(font: str, about: str) -> Iterable[str]:
    """Font ids in the order of preference; of those with Chinese characters first the one that fits `about`."""
    east = [name for name, row in FONTS.items() if row.charset]
    usual = {"japanese"} if _KANA.search(about) else {"korean"} if _HANGUL.search(about) else set(east)
    letters = "".join(char for char in about if ord(char) > 0x2E7F)
    east.sort(key=lambda name: (name not in usual, not _encodes(letters, FONTS[name].charset)))
    others = [name for name, row in FONTS.items() if not row.charset]
    return dict.fromkeys((font, *FONTS[font].then, *others, *east))


def _encodes(words: str, charset: str) -> bool:
    try:
        words.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _letters(words: str) -> frozenset[int]:
    return frozenset(ord(char) for char in words if not char.isspace() and char not in JOINERS)


def coverage(font: str) -> frozenset[int]:
    """Code points that a font has in regular and in bold; empty when an optional font is not installed."""
    return _coverage(FONTS[font], str(FONTS[font].home or ""))


@lru_cache
def _coverage(row: Font, home: str) -> frozenset[int]:
    from uharfbuzz import Blob, Face

    if row.extra and not row.installed:
        return frozenset()
    points = [set(Face(Blob.from_file_path(str(path))).unicodes) for path in row.files]
    return frozenset(set.intersection(*points))


@lru_cache(maxsize=500)
def em_width(word: str, font: str) -> float:
    """Width of a word in bold, as a multiple of the size of type; letters that the font lacks count as its widest."""
    import uharfbuzz

    path = FONTS[font].file(bold=True)
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
    shaped = uharfbuzz.Font(face)
    if FONTS[font].variable:
        shaped.set_variations({"wght": 700})
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    uharfbuzz.shape(shaped, buffer)
    advance = sum(place.x_advance for place in buffer.glyph_positions or ())
    return float(advance / face.upem)


def missing_characters(font: str, text: str) -> list[str]:
    """Characters of `text` for which no font of the stack has a glyph; word joiners need none."""
    covered: frozenset[int] = frozenset()
    for name in (font, *FONTS[font].then):
        covered |= coverage(name)
    return sorted({char for char in text if ord(char) not in covered and not char.isspace() and char not in JOINERS})
