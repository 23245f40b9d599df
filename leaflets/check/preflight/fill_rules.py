"""Rules about how a page and its lines are filled: white space inside and at the end, one word alone on a line, parts
of a side over their budgets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from leaflets.check.preflight.end_rules import beginning
from leaflets.check.preflight.rule import Finding, mm, quoted, warning
from leaflets.check.readback.colours import WHITE
from leaflets.check.readback.display_list import DisplayList
from leaflets.check.readback.document import FinishedFile, TextLine
from leaflets.check.readback.geometry import Box

MOST_WHITE = 0.3
"""Most white in one piece on a page, as a share of the height of its text area."""
SIDE_OF_FRAME_MM = (3.0, 20.0)
"""A shape thinner and higher than this is the side of a frame, and fills nothing."""
RULE_PT = 2
"""A shape that reaches at most this far above the foot of the text area is the rule over the footer, pt."""
GAP = 0.15
"""Pieces of a line further apart than this, in units of the type size, are words of their own."""
THIN_PT, LEAST_BLANK_PT = 1.5, 20.0
"""A line to write on is thinner and longer than this."""
OVER_MM = 1.0
"""A part of a side that is less over its budget is not told."""


@dataclass(frozen=True)
class Hole:
    """White space across a page (from 0); `top` and `foot` in pt from the bottom, `share` of the text area."""

    page: int
    top: float
    foot: float
    share: float
    at_end: bool


def holes(file: FinishedFile) -> Iterator[Finding]:
    """On each page but the last at most MOST_WHITE of the text area is white in one piece, inside or at its end."""
    for hole in _holes(file):
        if hole.at_end:
            message = f"the page is {1 - hole.share:.0%} full, before {quoted(beginning(file, hole.page + 1))}"
        else:
            white = f"{mm(hole.top - hole.foot):.0f} mm are white, {hole.share:.0%} of the page"
            message = f"{white}, before {quoted(_below(file, hole))}"
        yield warning(hole.page + 1, message, "let what follows break earlier, or make its picture smaller")


def _holes(file: FinishedFile) -> Iterator[Hole]:
    expected = file.expected
    if expected is None or expected.printed or (expected.layout.holds and not expected.layout.page_map):
        return
    for number, page in enumerate(file.pages[:-1]):
        area = file.text_area(number)
        cover = expected.layout.imposition == "booklet" and number == 0
        if area is None or cover or not (page.words or page.shapes):
            continue
        filled = sorted(_filled(page, area), reverse=True)
        low = area[3]
        for top, foot in [*filled, (area[1], area[1])]:
            share = (low - top) / (area[3] - area[1])
            if share > MOST_WHITE:
                yield Hole(number, low, top, share, top <= area[1])
            low = min(low, foot)


def _filled(page: DisplayList, area: Box) -> Iterator[tuple[float, float]]:
    """Top and foot of each line and shape in the text area, pt; frames and grounds around words do not count."""
    for words in page.words:
        if area[1] < words.baseline < area[3]:
            yield words.baseline + words.size, words.baseline
    for shape in page.shapes:
        left, foot, right, top = shape.box
        side = mm(right - left) < SIDE_OF_FRAME_MM[0] and mm(top - foot) > SIDE_OF_FRAME_MM[1]
        if shape.colour != WHITE and top > area[1] + RULE_PT and not side and not _around_words(page, shape.box):
            yield top, foot


def _around_words(page: DisplayList, box: Box) -> bool:
    return any(
        box[0] <= words.band[0] and words.band[2] <= box[2] and box[1] <= words.band[1] and words.band[3] <= box[3]
        for words in page.words
    )


def _below(file: FinishedFile, hole: Hole) -> str:
    """The first words below a hole; “a picture” where there are none."""
    lines = [line for line in file.lines if line.page == hole.page and line.baseline <= hole.foot]
    return max(lines, key=lambda line: line.baseline).text if lines else "a picture"


def lone_words(file: FinishedFile) -> list[TextLine]:
    """The last line of each block of several lines that is one word; not an address, which nothing can be bound to."""
    key = "lone words"
    if key not in file.cache:
        by_block: dict[int, list[TextLine]] = {}
        for line in file.lines:
            by_block.setdefault(line.block.number, []).append(line)
        file.cache[key] = [
            lines[-1]
            for lines in by_block.values()
            if len(lines) > 1 and _lone(*lines[-2:]) and not _to_fill_in(file.pages[lines[-1].page], lines[-1])
        ]
    found: list[TextLine] = file.cache[key]
    return found


def _lone(before: TextLine, last: TextLine) -> bool:
    words = _written(last).split()
    if len(words) != 1 or not any(map(str.isalpha, words[0])) or len(_written(before).split()) < 2:
        return False
    address = any(one in ".@/" and other.isalpha() for one, other in pairwise(words[0]))
    sentence = before.text.rstrip("”’").endswith((".", "!", "?", "؟")) and words[0][:1].isupper()
    return not address and not sentence


def _written(line: TextLine) -> str:
    """The words of a line, with a blank between pieces that stand apart."""
    pieces = sorted(line.words, key=lambda piece: piece.band[0])
    gaps = [""] + [" " * (after.band[0] - before.band[2] > GAP * after.size) for before, after in pairwise(pieces)]
    return "".join(gap + piece.text for gap, piece in zip(gaps, pieces, strict=True))


def _to_fill_in(page: DisplayList, line: TextLine) -> bool:
    """Whether a thin line to write on begins beside the words of a line."""
    left, right = min(words.band[0] for words in line.words), max(words.band[2] for words in line.words)
    return any(
        box[3] - box[1] < THIN_PT
        and box[2] - box[0] > LEAST_BLANK_PT
        and abs(box[1] - line.baseline) < line.words[0].size
        and (box[0] >= right - 1 or box[2] <= left + 1)
        for box in (shape.box for shape in page.shapes)
    )


def one_word_lines(file: FinishedFile) -> Iterator[Finding]:
    """At the easy level no block ends with one word alone on its line; at the others they are counted."""
    if file.expected is None or file.expected.printed or file.expected.edition.level != "easy":
        return
    for line in lone_words(file):
        message = f"one word alone on the last line: {quoted(line.text)}"
        yield warning(line.page + 1, message, "bind the last two words, or shorten the sentence")


def parts_over(file: FinishedFile) -> Iterator[Finding]:
    """Each part of a side with a page map keeps within its budget, as the evidence beside the file says."""
    for side in file.expected.sides if file.expected and not file.expected.printed else ():
        for part in side.parts:
            over = part.used_mm - part.budget_mm
            if over >= OVER_MM:
                message = (
                    f"“{part.part}” takes {part.used_mm:.0f} mm, {over:.0f} mm over its budget of {part.budget_mm}"
                )
                yield warning(side.side, message, "shorten it, or give it more under “handout” in the leaflet’s file")
        if side.used_mm > side.height_mm + OVER_MM:
            yield Finding(side.side, f"the side takes {side.used_mm:.0f} of {side.height_mm:.0f} mm", "shorten a part")
