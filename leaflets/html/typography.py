"""Typography: a line of text -> HTML with bold, no-break spaces and directions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from markupsafe import Markup, escape

from leaflets.content import inline
from leaflets.content.phone import Phone
from leaflets.l10n.languages import Locale

NBSP = "\u00a0"
HYPHEN = "-\u2060"
"""A hyphen at which no line ends: Pango takes the word joiner as such, fonts need no glyph for it."""
_COMPOUND = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
UNBROKEN = Markup('<span class="nw">{}</span>')
_TOGETHER = (
    (re.compile(r"(?<=\d) (?=[^\W\d_]{1,7}\b)"), NBSP),  # 46 out, 12 weeks
    (re.compile(r"(?<=\bof) (?=\d)"), NBSP),  # out of 100
    (re.compile(r"(?<=\d) (?=\d)"), NBSP),  # 116 123
)
_LAST_TWO = re.compile(r"(?<= )(\S+) (\S+)$")
LAST_LETTERS, LEAST_WORDS = 20, 4
"""The last two words of a line of LEAST_WORDS or more stand together if they have up to LAST_LETTERS characters: none
is left alone on its line, and they are not too long for a narrow column."""
_DIAL, _SHOWN, _DIALLED = "\ue000", "\ue001", "\ue002"
"""Private-use characters round a telephone number: before the `tel:` address of its link, between that and the printed
text, after it."""
_PHONE = f"{_DIAL}[^{_DIALLED}]*{_DIALLED}"
_INNER = r"(?:[A-Za-zÀ-ɏ\d./%&+°µ’'\-–\u00a0 ]|(?<=\d)[:,](?=\d))"
LATIN = re.compile(rf"(?:{_PHONE}|[A-Za-zÀ-ɏ\d])(?:(?:{_PHONE}|{_INNER})*(?:{_PHONE}|[A-Za-zÀ-ɏ\d%°]))?")
"""Latin words, numbers, ranges or a phone number: one unit each in right-to-left text. Brackets and commas belong to
the sentence and stay outside."""
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:\s+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)*")


_UNBROKEN = re.compile(r"(?<!\d)\d++(?:[-–]\d++)+(?:\u00a0\w+)?")
"""A range, or a phone number with hyphens, which must not break."""


_MARKED = re.compile(f"{_DIAL}(.*?){_SHOWN}(.*?){_DIALLED}")


def marked(number: Phone) -> str:
    """Mark a telephone number for `line_html`, which keeps it whole and makes it a link if it has a target."""
    return f"{_DIAL}{number.target}{_SHOWN}{number.text}{_DIALLED}"


def phone_link(shown: Markup, target: str) -> Markup:
    """Link that dials a telephone number; `shown` alone without a target."""
    return Markup('<a class="tel" href="{}">{}</a>').format(target, shown) if target else shown


def unlinked(words: Markup) -> Markup:
    """Remove links from words that go into a link."""
    return Markup(re.sub(r"</?a\b[^>]*>", "", words))


def line_html(line: str, values: Mapping[str, str], locale: Locale, whole: bool = False) -> Markup:
    """Convert one line of a text to HTML, placeholders filled. `whole`: compounds with a hyphen do not break."""
    filled = inline.fill(line, _kept_together(values)) if "{" in line else line
    return _filled_html(_COMPOUND.sub(HYPHEN, filled) if whole else filled, locale.direction)


@lru_cache(maxsize=8_000)
def _filled_html(line: str, direction: str) -> Markup:
    """Convert a line without placeholders; cached, since editions and layout attempts share most lines."""
    parts = []
    for run in inline.runs(_bound(line)):
        words = directed(tied(run.words), direction)
        parts.append(Markup("<strong>{}</strong>").format(words) if run.bold else words)
    found = Markup("").join(parts)
    if _DIAL not in line:
        return found
    return Markup(_MARKED.sub(lambda match: phone_link(Markup(match[2]), match[1]), found))


def plain(text: str, values: Mapping[str, str]) -> str:
    """Text without markup, placeholders filled, for attributes and metadata."""
    return inline.fill(inline.bare(text), values)


def tied(words: str) -> str:
    """Insert no-break spaces between a number and its unit, and inside a number."""
    for pattern, replacement in _TOGETHER:
        words = pattern.sub(replacement, words)
    return words


def _bound(line: str) -> str:
    """Insert a no-break space between the last two words, if they are short."""
    found = _LAST_TWO.search(line)
    if not found or line.count(" ") < LEAST_WORDS - 1 or len(found[0].replace("*", "")) > LAST_LETTERS:
        return line
    return line if set(found[0]) & {_DIAL, _SHOWN, _DIALLED} else line[: found.end(1)] + NBSP + found[2]


def unbound(words: Markup) -> Markup:
    """A line whose last two words may part, for type so large that they may not fit."""
    return Markup(" ").join(words.rsplit(NBSP, 1))


def _kept_together(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value.replace(" ", NBSP) for name, value in values.items()}


def directed(words: str, direction: str) -> Markup:
    """Escape words; wrap each phone number, dose, range or Latin name of right-to-left text in `<span dir=ltr>`.

    Without it the Unicode bidi algorithm turns “5-10” into “10-5” on paper; WeasyPrint honours neither `bdi` nor
    `dir=auto`, so the span is explicit (reference: WeasyPrint 70, unicode-bidi is not supported).
    """
    if direction == "rtl":
        return _wrapped(words, LATIN, Markup('<span dir="ltr">{}</span>'))
    return _wrapped(words, _UNBROKEN, UNBROKEN)


def _wrapped(words: str, pattern: re.Pattern[str], wrap: Markup) -> Markup:
    """Escape words and wrap every match of `pattern`."""
    parts: list[Markup] = []
    end = 0
    for match in pattern.finditer(words):
        inner = escape(match[0]) if pattern is _UNBROKEN else _wrapped(match[0], _UNBROKEN, UNBROKEN)
        parts += [escape(words[end : match.start()]), wrap.format(inner)]
        end = match.end()
    return Markup("").join([*parts, escape(words[end:])])


def stretches(words: str, rtl: bool) -> Iterator[tuple[str, bool]]:
    """Split words where their direction changes; True for stretches against the direction of the line."""
    end, kinds = 0, _kinds(words)
    for match in (LATIN if rtl else _RTL).finditer(kinds):
        if match.start() > end:
            yield words[end : match.start()], False
        yield words[match.start() : match.end()], True
        end = match.end()
    if end < len(words):
        yield words[end:], False


def _kinds(words: str) -> str:
    """Replace each character by one of the same direction that the patterns match."""
    found: list[str] = []
    for char in words:
        kind = unicodedata.bidirectional(char)
        if kind in ("NSM", "BN") and found:
            found.append(found[-1])
        else:
            found.append("a" if kind == "L" else "\u05d0" if kind in ("R", "AL") else char)
    return "".join(found)
