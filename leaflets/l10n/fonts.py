"""Table of font families (whole TTF files from pip packages, or copies with a plain zero), their coverage, and the
choice of fonts for a text.

Font files are opened on first use: a leaflet in English reads only the files of its own font.
"""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from leaflets.l10n import plain_zero

WORD_JOINER = "\u2060"
CJK = "cjk"
"""Extra of pyproject.toml with fonts for Chinese, Japanese and Korean, 30 MB."""
JOINERS = frozenset("\u200b\u200c\u200d\u2060")
"""Invisible characters, for which a font needs no glyph."""
_KANA, _HANGUL = re.compile("[\u3040-\u30ff\u31f0-\u31ff]"), re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")


@dataclass(frozen=True)
class Font:
    """A font family: its CSS name, the pip package of its files, and the ids of the families after it in the stack."""

    family: str
    package: str
    then: tuple[str, ...] = ()
    place: str = "files"
    """Folder of the files in the package."""
    variable: bool = False
    """One file holds all weights, on the axis `wght`."""
    leading: float = 1.0
    """Minimum line height, as a multiple of the size of type, at which marks of adjacent lines do not touch."""
    extra: str = ""
    """Extra of pyproject.toml that installs the package; empty: always installed."""
    charset: str = ""
    """Legacy encoding of the font's market; it decides between Chinese and Japanese shapes of one character."""
    slashed: str = ""
    """Family in the package whose zero has a slash: `family` is our copy of it with a plain zero."""

    @property
    def folder(self) -> Path:
        """Folder of the font files. ModuleNotFoundError when the package is not installed, OSError when copies with a
        plain zero cannot be written."""
        package = _package(self.package)
        if not self.slashed:
            return package / self.place
        names = (f"{self.slashed.replace(' ', '')}-{style}.ttf" for style in ("Regular", "Bold"))
        return plain_zero.made(tuple(package / self.place / name for name in names), package / "LICENSE", self.family)

    @property
    def installed(self) -> bool:
        """True if the package and its regular file are there."""
        try:
            return self.file().is_file()
        except ModuleNotFoundError:
            return False

    def file(self, bold: bool = False) -> Path:
        """Path of the upright font file."""
        name = self.family.replace(" ", "")
        return self.folder / (f"{name}[wght].ttf" if self.variable else f"{name}-{'Bold' if bold else 'Regular'}.ttf")

    @property
    def files(self) -> tuple[Path, ...]:
        """Regular and bold file (one file if variable); no other style is used."""
        return tuple(dict.fromkeys((self.file(), self.file(bold=True))))


def _noto(script: str, leading: float = 1.0) -> Font:
    return Font(f"Noto Sans {script}", "manimgx_fonts", ("atkinson",), ".", variable=True, leading=leading)


def _east(script: str, charset: str) -> Font:
    place = f"fonts/ofl/notosans{script.lower()}"
    return Font(f"Noto Sans {script}", "justmytype_intl_cjk", (), place, True, extra=CJK, charset=charset)


FONTS: dict[str, Font] = {
    "atkinson": Font("Leaflet Sans", "fontpkg_atkinson_hyperlegible", slashed="Atkinson Hyperlegible"),
    "fira": Font("Fira Sans", "fontpkg_fira_sans"),  # names in Greek, Cyrillic, Vietnamese, Welsh, Turkish
    "arabic": Font("IBM Plex Sans Arabic", "fontpkg_ibm_plex_sans_arabic", then=("atkinson",)),
    "hebrew": _noto("Hebrew"),
    "devanagari": _noto("Devanagari", 1.4),  # Hindi, Nepali, Marathi
    "gurmukhi": _noto("Gurmukhi", 1.4),  # Punjabi
    "bengali": _noto("Bengali", 1.5),
    "gujarati": _noto("Gujarati", 1.4),
    "tamil": _noto("Tamil", 1.35),
    "telugu": _noto("Telugu", 1.5),
    "kannada": _noto("Kannada", 1.5),
    "malayalam": _noto("Malayalam", 1.35),
    "oriya": _noto("Oriya", 1.35),
    "sinhala": _noto("Sinhala", 1.35),
    "thai": _noto("Thai", 1.5),
    "lao": _noto("Lao", 1.6),
    "khmer": _noto("Khmer", 1.5),
    "myanmar": _noto("Myanmar", 1.6),  # Burmese, Karen
    "ethiopic": _noto("Ethiopic"),  # Amharic, Tigrinya
    "armenian": _noto("Armenian"),
    "georgian": _noto("Georgian"),
    "chinese": _east("SC", "gb2312"),
    "chinese-traditional": _east("TC", "big5"),
    "japanese": _east("JP", "shift_jis"),
    "korean": _east("KR", "euc_kr"),
}


@dataclass(frozen=True)
class Span:
    """Words in one font."""

    words: str
    font: str


def stack(font: str) -> str:
    """CSS value of `font-family` for a font and those after it in its stack."""
    names = [FONTS[font].family, *(FONTS[name].family for name in FONTS[font].then)]
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


@lru_cache
def coverage(font: str) -> frozenset[int]:
    """Code points that a font has in regular and in bold; empty when an optional font is not installed."""
    from uharfbuzz import Blob, Face

    row = FONTS[font]
    if row.extra and not row.installed:
        return frozenset()
    points = [set(Face(Blob.from_file_path(str(path))).unicodes) for path in row.files]
    return frozenset(set.intersection(*points))


@lru_cache
def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"the font package {name} is not installed")
    return Path(next(iter(spec.submodule_search_locations)))


def missing_characters(font: str, text: str) -> list[str]:
    """Characters of `text` for which no font of the stack has a glyph; word joiners need none."""
    covered: frozenset[int] = frozenset()
    for name in (font, *FONTS[font].then):
        covered |= coverage(name)
    return sorted({char for char in text if ord(char) not in covered and not char.isspace() and char != WORD_JOINER})
