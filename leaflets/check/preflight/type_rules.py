"""Rules about type: size, contrast in colour and in grey, visibility, fonts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leaflets.check.preflight.rule import Finding, quoted, warning
from leaflets.check.readback.colours import Colour, contrast, grey, hex_name, over
from leaflets.check.readback.display_list import ShownWords
from leaflets.check.readback.document import FinishedFile
from leaflets.l10n.font_table import FONTS

GENERAL_FLOOR_PT = 12.0
NOTE_FLOOR_PT = 6.0
"""Least size of the notes on the sheets of a print file, which are for the printer alone."""
BODY_CONTRAST, OTHER_CONTRAST = 7.0, 4.5
SAME_GREY, OTHER_HUE = 1.25, 0.25
"""Greys with a contrast ratio below the first print alike; hues that differ by more than the second look different."""

NOT_COLOUR_ALONE: dict[str, str] = {
    "#9c2310": "red flags are told by frame, bar, octagon and words, pain by its star (docs/standards.md)",
}
"""Colours that are never the only carrier of meaning, with what else carries it: they may print in the same grey as
another colour (WCAG 1.4.1)."""


@dataclass(frozen=True)
class Legible:
    """Words on a page (from 1) with their contrast ratio to a ground, in colour and in grey, and the least required."""

    page: int
    words: ShownWords
    ground: Colour | None
    ratio: float
    in_grey: float
    least: float


def glyph_sizes(file: FinishedFile) -> Iterator[Finding]:
    """No glyph is smaller than the layout's floor; artifacts of a print file, its notes, than NOTE_FLOOR_PT."""
    general = file.expected.layout.floor_pt if file.expected else GENERAL_FLOOR_PT
    printed = file.expected is not None and file.expected.printed
    for number, page in enumerate(file.pages, 1):
        for words in page.words:
            floor = NOTE_FLOOR_PT if printed and words.artifact else general
            if words.size < floor - 0.01:
                message = f"{quoted(words.text)} is set in {words.size:.1f} pt, the least is {floor:g} pt"
                yield Finding(number, message)


def legible(file: FinishedFile) -> list[Legible]:
    """The contrast of all words with each of their grounds, cached in the file; ratios are 0 where words or ground have
    not one colour."""
    if "legible" not in file.cache:
        file.cache["legible"] = list(_legible(file))
    found: list[Legible] = file.cache["legible"]
    return found


def _legible(file: FinishedFile) -> Iterator[Legible]:
    for number, page in enumerate(file.pages, 1):
        for words in page.words:
            block = file.block(number - 1, words)
            body = not words.artifact and not (block is not None and block.heading)
            least = BODY_CONTRAST if body else OTHER_CONTRAST
            for ground in page.grounds(words):
                if ground is None or words.colour is None:
                    yield Legible(number, words, None, 0.0, 0.0, least)
                    continue
                colour = over(words.colour, words.alpha, ground) if words.alpha < 1 else words.colour
                grey_ratio = contrast(grey(colour), grey(ground))
                yield Legible(number, words, ground, contrast(colour, ground), grey_ratio, least)


def contrasts(file: FinishedFile) -> Iterator[Finding]:
    """Contrast of at least 7:1 for body text, 4.5:1 for headings and artifacts (WCAG 1.4.6, 1.4.3)."""
    for seen in legible(file):
        if seen.ground is None or seen.words.colour is None:
            yield Finding(seen.page, f"{quoted(seen.words.text)} stands on a picture or a gradient", "on plain paper")
        elif seen.ratio < seen.least - 0.005:
            colours = f"{hex_name(seen.words.colour)} on {hex_name(seen.ground)}"
            message = f"{quoted(seen.words.text)} has a contrast of {seen.ratio:.2f}:1 ({colours})"
            yield Finding(seen.page, f"{message}, the least is {seen.least:g}:1")


def greys(file: FinishedFile) -> Iterator[Finding]:
    """The same contrast after conversion to grey, as most office printers print."""
    for seen in legible(file):
        if seen.ground is not None and seen.in_grey < seen.least - 0.005 <= seen.ratio:
            message = f"{quoted(seen.words.text)} has a contrast of {seen.in_grey:.2f}:1 in grey"
            yield Finding(seen.page, f"{message}, the least is {seen.least:g}:1")


def same_in_grey(file: FinishedFile) -> list[tuple[str, str]]:
    """Pairs of colours on one page that differ in hue and print in the same grey, cached in the file."""
    if "same in grey" not in file.cache:
        file.cache["same in grey"] = sorted(_same_in_grey(file))
    pairs: list[tuple[str, str]] = file.cache["same in grey"]
    return pairs


def _same_in_grey(file: FinishedFile) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for page in file.pages:
        colours = [words.colour for words in page.words] + [shape.colour for shape in page.shapes]
        used = {colour for colour in colours if colour is not None}
        for one in used:
            for other in used:
                if hex_name(one) < hex_name(other) and _only_hue(one, other):
                    found.add((hex_name(one), hex_name(other)))
    return found


def _only_hue(one: Colour, other: Colour) -> bool:
    """Whether two colours differ in hue by more than OTHER_HUE, and print alike."""
    hues = [(colour[0] - colour[1], colour[1] - colour[2]) for colour in (one, other)]
    apart = max(abs(a - b) for a, b in zip(*hues, strict=True))
    return apart > OTHER_HUE and contrast(grey(one), grey(other)) < SAME_GREY


def hues(file: FinishedFile) -> Iterator[Finding]:
    """No two colours of a page differ by hue alone, except those of NOT_COLOUR_ALONE."""
    for pair in same_in_grey(file):
        if NOT_COLOUR_ALONE.keys().isdisjoint(pair):
            message = f"{pair[0]} and {pair[1]} are the same grey in print"
            yield warning(0, message, "let a shape or words tell them apart, or make one of them lighter")


def hidden(file: FinishedFile) -> Iterator[Finding]:
    """All text is visible: none is transparent, clipped, invisible or painted over; no soft masks or blend modes."""
    for number, page in enumerate(file.pages, 1):
        for way in page.effects:
            yield Finding(number, f"{way} is used, which printers show in their own ways", "plain colours")
        for words in page.words:
            if words.alpha < 1:
                yield Finding(number, f"{quoted(words.text)} is transparent ({words.alpha:.0%})", "a lighter colour")
            elif words.mode in (3, 7):
                yield Finding(number, f"{quoted(words.text)} is invisible (text rendering mode {words.mode})")
            elif page.hidden(words):
                yield Finding(number, f"{quoted(words.text)} is painted over or cut off")


def fonts(file: FinishedFile) -> Iterator[Finding]:
    """Fonts are those of the project and embedded, and every glyph maps to a character (ISO 14289-1, 7.21.7)."""
    ours = tuple(_bare(font.family) for font in FONTS.values())
    for font in file.fonts:
        if not font.embedded:
            yield Finding(0, f"the font {font.name} is not embedded")
        if not _bare(font.name).startswith(ours):
            yield Finding(0, f"the font {font.name} is not one of ours", "only the fonts of fonts.yaml")
        if not font.has_unicode:
            yield Finding(0, f"the font {font.name} does not say which characters its glyphs are", "add /ToUnicode")
    for number, page in enumerate(file.pages, 1):
        for words in page.words:
            if words.unmapped and any(font.name == words.font and font.has_unicode for font in file.fonts):
                codes = ", ".join(str(code) for code in words.unmapped[:5])
                yield Finding(number, f"{quoted(words.text)} has glyphs without a character (codes {codes})")


def _bare(name: str) -> str:
    """A font name in lower case, only its letters and digits."""
    return "".join(char for char in name.lower() if char.isalnum())
