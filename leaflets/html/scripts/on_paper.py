"""Rules of scripts for pages on paper: line breaks that the typesetter does not find, long words, leading, and the size
of a title with a word too long for its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from leaflets.content.inline import SOFT_HYPHEN
from leaflets.l10n.breaks import with_breaks
from leaflets.l10n.font_table import FONTS
from leaflets.l10n.fonts import em_width
from leaflets.l10n.languages import Locale

LONG = 18
"""Letters from which a word may be hyphenated: it may be wider than the narrowest column of a layout."""
TITLE_STEP, LEAST_TITLE = 0.94, 18.0
"""Factor by which a title steps down until its longest word fits, and the least size, pt."""
TALL = 1.45
"""Leading above which a script's letters reach further down than Latin ones."""
_FOOT = re.compile(r"(vertical-align: top;[^{}]*?padding-top: )[\d.]+mm")
"""Distance of a footer from the rule above it, in the sheet of a page."""
_TEXT = re.compile(r">([^<]+)<")
_WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")
_LEADING = re.compile(r"(line-height:\s*)([1-9]\d*\.\d+|[2-9])(?=\s*[;}])")
"""Line heights as a multiple of the size; those up to 1 are of figures that stand alone."""


def leading(locale: Locale) -> float:
    """Least line height of a locale, as a multiple of the size of type."""
    return max(locale.leading, FONTS[locale.font].leading)


def with_leading(values: Mapping[str, str], locale: Locale) -> dict[str, str]:
    """Style tokens in which no line height is below the locale's leading."""
    least = leading(locale)
    return {
        name: f"{max(float(value), least):g}" if name.startswith("--l-") and least > 1 else value
        for name, value in values.items()
    }


def sheet_with_leading(sheet: str, locale: Locale) -> str:
    """A style sheet in which no line height is below the locale's leading."""
    least = leading(locale)
    if least > TALL:  # letters hang low, and the footer has one line
        sheet = _FOOT.sub(r"\g<1>.4mm", sheet)
    return _LEADING.sub(lambda found: f"{found[1]}{max(float(found[2]), least):g}", sheet) if least > 1 else sheet


def title_size(title: str, locale: Locale, size: float, width: float) -> float:
    """Size of a title, pt, at which its longest word fits a width, mm; not below LEAST_TITLE."""
    longest = max((em_width(word, locale.font) for word in breakable_words(title, locale)), default=0.0)
    while longest * size * 25.4 / 72 > width and size * TITLE_STEP > LEAST_TITLE:
        size *= TITLE_STEP
    return round(size, 2)


def running_width(words: str, locale: Locale, size: float) -> float:
    """Room of words that stay on one line, mm; `size` in pt."""
    return em_width(words, locale.font) * size * 25.4 / 72 + 2


def breakable_words(text: str, locale: Locale) -> list[str]:
    """Words of a text, or what stands between two possible line breaks in scripts without blanks."""
    return [] if locale.language in ("zh", "ja", "th") else re.split(r"[\s\u200b\u00ad]+", with_breaks(text).strip())


def set_for_paper(html: str, locale: Locale, level: str) -> str:
    """HTML of a page with the line breaks of the locale's script, and soft hyphens in long words but at the easy level.
    Text alone is changed; attributes keep the words as they are."""
    hyphenate = level != "easy" and not locale.english and dictionary(locale.language) is not None
    if locale.english or not (hyphenate or not html.isascii()):
        return html

    def text(found: re.Match[str]) -> str:
        words = with_breaks(found[1])
        if hyphenate:
            words = _WORD.sub(lambda word: hyphenated(word[0], locale.language), words)
        return f">{words}<"

    head, body, rest = html.partition("<body")
    return head + body + _TEXT.sub(text, rest)


@lru_cache(maxsize=4)
def dictionary(language: str) -> Any:
    """Hyphenation dictionary of a language; None when there is none."""
    import pyphen

    found = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=found, left=4, right=4) if found else None


@lru_cache(maxsize=2_000)
def hyphenated(word: str, language: str) -> str:
    """A word with a soft hyphen wherever its dictionary allows one."""
    said = dictionary(language)
    return str(said.inserted(word, SOFT_HYPHEN)) if said is not None else word
