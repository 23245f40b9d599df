"""A line of text -> HTML: bold, what stays together on a line, what keeps its own direction."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from leaflets.content import inline
from leaflets.l10n.languages import Locale

NBSP = "\u00a0"
_TOGETHER = (
    (re.compile(r"(?<=\d) (?=[^\W\d_]{1,7}\b)"), NBSP),  # 46 out, 12 weeks
    (re.compile(r"(?<=\bof) (?=\d)"), NBSP),  # out of 100
    (re.compile(r"(?<=\d) (?=\d)"), NBSP),  # 116 123
)
_LATIN = re.compile(r"(?:[A-Za-zÀ-ɏ\d][A-Za-zÀ-ɏ\d.,:;/%&+°µ’'\-–—()\u00a0 ]*[A-Za-zÀ-ɏ\d%°)])|[A-Za-zÀ-ɏ\d]")
"""Words in Latin letters, numbers, ranges, phone numbers: one whole each in right-to-left text."""


def line_html(line: str, values: Mapping[str, str], locale: Locale) -> Markup:
    """One line of a text as HTML."""
    parts = []
    for run in inline.runs(inline.fill(line, _kept_together(values))):
        words = _directed(tied(run.words), locale)
        parts.append(Markup("<strong>{}</strong>").format(words) if run.bold else words)
    return Markup("").join(parts)


def plain(text: str, values: Mapping[str, str]) -> str:
    """A text without markup, placeholders filled: for attributes and metadata."""
    return inline.fill(inline.bare(text), values)


def tied(words: str) -> str:
    """With no-break spaces between a number and what it counts, and inside a number."""
    for pattern, replacement in _TOGETHER:
        words = pattern.sub(replacement, words)
    return words


def _kept_together(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value.replace(" ", NBSP).replace("-", "\u2011") for name, value in values.items()}


def _directed(words: str, locale: Locale) -> Markup:
    """In right-to-left text each phone number, dose, range or Latin name is one `<span dir=ltr>`.

    Without it the Unicode bidi algorithm turns “5-10” into “10-5” on paper; WeasyPrint honours neither `bdi` nor
    `dir=auto`, so the span is explicit (reference: WeasyPrint 70, unicode-bidi is not supported).
    """
    if locale.direction != "rtl":
        return escape(words)
    parts: list[Markup] = []
    end = 0
    for match in _LATIN.finditer(words):
        parts.append(escape(words[end : match.start()]))
        parts.append(Markup('<span dir="ltr">{}</span>').format(match[0]))
        end = match.end()
    parts.append(escape(words[end:]))
    return Markup("").join(parts)
