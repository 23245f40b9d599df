"""Typography: a line of text -> HTML with bold, no-break spaces and directions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup, escape

from leaflets.content import inline
from leaflets.content.phone import Phone
from leaflets.l10n.bidi.wholes import kinds, wholes
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
_ARABIC_NUMBER = re.compile(r"[\u0660-\u0669\u066b\u066c]+(?:[.,:/\u060c][\u0660-\u0669]+)*")
_MARKED_PHONE = re.compile(_PHONE)
_WHOLE = Markup('<span dir="ltr">{}</span>')
_BEFORE_STOP = Markup('<span dir="ltr" style="margin-left: .22em">{}</span>')
"""A number at the end of a sentence from right to left: the full stop stands left of it, apart, so that “.75” is not
read."""
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?:\s+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)*")


_UNBROKEN = re.compile(r"(?<!\d)\d++(?:[-–]\d++)+(?:\u00a0\w+)?")
"""A range, or a phone number with hyphens, which must not break."""


_SPANNED = re.compile("((?:<span[^>]*>)+)([^<]*)((?:</span>)+)")
_QUOTE = re.compile("[“«„‘]")
_MARKED = re.compile(f"{_DIAL}(.*?){_SHOWN}(.*?){_DIALLED}")


def marked(number: Phone) -> str:
    """Mark a telephone number for `line_html`, which keeps it whole and makes it a link if it has a target."""
    return f"{_DIAL}{number.target}{_SHOWN}{number.text}{_DIALLED}"


def phone_link(shown: Markup, target: str) -> Markup:
    """Link that dials a telephone number, inside the spans round it, since WeasyPrint makes an annotation of each
    element in a link; `shown` alone without a target."""
    if not target:
        return shown
    found = _SPANNED.fullmatch(shown)
    if found is None and "<span" in shown:  # a part of it
        found = _SPANNED.fullmatch(UNBROKEN.format(Markup(re.sub("</?span[^>]*>", "", str(shown)))))
    before, words, after = found.groups() if found else ("", shown, "")
    link = Markup('<a class="tel" href="{}">{}</a>').format(target, Markup(words))
    return Markup(before) + link + Markup(after)


def pointed(line: Markup, places: Mapping[str, str]) -> Markup:
    """Make each heading that a line names in quotation marks a link to its place."""
    for heading, address in places.items() if _QUOTE.search(line) else ():
        words = "[ \u00a0]".join(re.escape(str(escape(word))).replace(r"\-", "[-\u2011]") for word in heading.split())
        link = Markup('<a href="{}">').format(address)
        line = Markup(re.sub(f"([“«„‘])({words})(?=[.,!?]?[”»“’])", rf"\1{link}\2</a>", str(line)))
    return line


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
    runs = [(tied(run.words), run.bold) for run in inline.runs(_bound(line))]
    if direction == "rtl":
        found = _with_wholes(runs)
    else:
        found = Markup("").join(_weighed(directed(words, direction), bold) for words, bold in runs)
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
    return _with_wholes([(words, False)]) if direction == "rtl" else _unbroken(words)


def _unbroken(words: str) -> Markup:
    """Escape words and keep each range on one line."""
    parts: list[Markup] = []
    end = 0
    for match in _UNBROKEN.finditer(words):
        parts += [escape(words[end : match.start()]), UNBROKEN.format(match[0])]
        end = match.end()
    return Markup("").join([*parts, escape(words[end:])])


def _weighed(words: Markup, bold: bool) -> Markup:
    return Markup("<strong>{}</strong>").format(words) if bold else words


def _with_wholes(runs: Sequence[tuple[str, bool]]) -> Markup:
    """Words of right-to-left text, each with whether it is bold, as HTML: one span for each whole, also where it is
    bold in part."""
    words = "".join(part for part, _ in runs)
    heavy = [bold for part, bold in runs for _ in part]
    known = _MARKED_PHONE.sub(lambda found: "L" * len(found[0]), words) if _DIAL in words else words
    parts: list[tuple[Markup, bool | None]] = []
    end = 0
    for begin, after in wholes(words, kinds(known)):
        parts += _pieces(words, heavy, end, begin)
        inside = list(_pieces(words, heavy, begin, after, whole=True))
        stops = words[after : after + 1] in (".", ",") and any(map(str.isnumeric, words[begin:after]))
        span = _BEFORE_STOP if stops else _WHOLE
        if len(inside) == 1:
            parts.append((span.format(inside[0][0]), inside[0][1]))
        else:
            parts.append((span.format(Markup("").join(_weighed(part, bool(bold)) for part, bold in inside)), None))
        end = after
    parts += _pieces(words, heavy, end, len(words))
    return Markup("").join(
        _weighed(Markup("").join(part for part, _ in group), bool(bold))
        for bold, group in groupby(parts, key=lambda part: part[1])
    )


def _pieces(
    words: str, heavy: Sequence[bool], begin: int, end: int, whole: bool = False
) -> Iterator[tuple[Markup, bool]]:
    """The stretches of one weight between two places of a line, as HTML; `whole`: they are inside a whole."""
    for bold, group in groupby(range(begin, end), key=lambda at: heavy[at]):
        places = list(group)
        part = words[places[0] : places[-1] + 1]
        yield (_with_arabic_numbers(part) if whole and _ARABIC_NUMBER.search(part) else _unbroken(part)), bold


def _with_arabic_numbers(words: str) -> Markup:
    """A whole with each number in Arabic digits in a span of its own: the bidirectional algorithm gives a sign between
    two of them to the text from right to left, in a span from left to right too."""
    parts: list[Markup] = []
    end = 0
    for match in _ARABIC_NUMBER.finditer(words):
        parts += [escape(words[end : match.start()]), _WHOLE.format(match[0])]
        end = match.end()
    return UNBROKEN.format(Markup("").join([*parts, escape(words[end:])]))


def stretches(words: str, rtl: bool) -> Iterator[tuple[str, bool]]:
    """Split words where their direction changes; True for stretches against the direction of the line."""
    end = 0
    for begin, after in wholes(words) if rtl else (match.span() for match in _RTL.finditer(_folded(words))):
        if begin > end:
            yield words[end:begin], False
        yield words[begin:after], True
        end = after
    if end < len(words):
        yield words[end:], False


def _folded(words: str) -> str:
    """Replace each character by one of the same direction that the pattern matches."""
    found: list[str] = []
    for char in words:
        kind = unicodedata.bidirectional(char)
        if kind in ("NSM", "BN") and found:
            found.append(found[-1])
        else:
            found.append("a" if kind == "L" else "\u05d0" if kind in ("R", "AL") else char)
    return "".join(found)
