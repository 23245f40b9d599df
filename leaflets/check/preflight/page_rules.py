"""Rules about how pages are filled: edges, what sticks out, how pages end and begin."""

from __future__ import annotations

from collections.abc import Iterator

from leaflets.check.preflight.rule import Finding, mm, quoted
from leaflets.check.readback.colours import WHITE
from leaflets.check.readback.display_list import DisplayList, ShownWords
from leaflets.check.readback.document import FinishedFile, TextLine
from leaflets.check.readback.geometry import Box, common
from leaflets.check.readback.structure_tree import WHOLE

SAFE_MM, SAFE_PRINTED_MM, SAFE_CUT_MM = 9.0, 5.0, 1.5
"""From the edge of the page; of a sheet for the printer, or of what is cut out of it; of marks beside that, from the
cut."""
MARK_SEEN_MM = 3.0
"""So much of a mark for folding or cutting that begins at the edge is to be seen."""
ROUNDING_MM = 0.1
STICKS_OUT_MM = 0.5
TOUCH_PT = 0.5
LEAST_LAST_PAGE = 0.25
BREAK_POINTS = frozenset(("large-print", "giant-print"))
"""Layouts in which a long point of a list may go over a page's end, with so many lines on each side:"""
LEAST_LINES = 3


def edge_distance(cut: Box, box: Box) -> float:
    """The least distance of a box from the edges of a page as it is when it is cut, mm; less than nothing outside."""
    return mm(min(box[0] - cut[0], box[1] - cut[1], cut[2] - box[2], cut[3] - box[3]))


def waste_distance(page: DisplayList, cut: Box, box: Box) -> float:
    """How far a mark or a note in what is cut off keeps from the cut, mm; less than nothing when it does not stand
    there."""
    if min(box[0], box[1], page.width - box[2], page.height - box[3]) < -TOUCH_PT:
        return -1.0
    return mm(max(cut[0] - box[2], cut[1] - box[3], box[0] - cut[2], box[1] - cut[3]))


def painted_boxes(file: FinishedFile, page: DisplayList) -> Iterator[tuple[Box, str]]:
    """The boxes of all that is to be seen, with what it is; no marks of a print file that begin at the edge."""
    printed = file.expected is not None and file.expected.printed
    for words in page.words:
        yield words.reach, quoted(words.text)
    for shape in page.shapes:
        if shape.colour != WHITE and not (printed and shape.stroke_pt and _is_mark(page, shape.box)):
            yield shape.box, "a picture" if shape.picture else "a drawing"


def _is_mark(page: DisplayList, box: Box) -> bool:
    """Whether a line goes from the edge far enough into what printers print."""
    left, bottom, right, top = box
    away = (
        (left, right),
        (bottom, top),
        (page.width - right, page.width - left),
        (page.height - top, page.height - bottom),
    )
    return any(mm(near) < SAFE_PRINTED_MM and mm(far) >= SAFE_PRINTED_MM + MARK_SEEN_MM for near, far in away)


def safe_margin(file: FinishedFile) -> Iterator[Finding]:
    """Nothing stands where printers cannot print."""
    least = SAFE_PRINTED_MM if file.expected and file.expected.printed else SAFE_MM
    for number, page in enumerate(file.pages, 1):
        cut = file.cut(number - 1)
        near = [
            (edge_distance(cut, box), what)
            for box, what in painted_boxes(file, page)
            if waste_distance(page, cut, box) < SAFE_CUT_MM
        ]
        for away, what in sorted(set(near))[:3]:
            if away < least - ROUNDING_MM:
                where = (
                    f"{max(away, 0):.1f} mm from the edge" if away > -ROUNDING_MM else f"{-away:.1f} mm over the edge"
                )
                yield Finding(number, f"{what} is {where}, the least is {least:g} mm inside")


def overflow(file: FinishedFile) -> Iterator[Finding]:
    """Text stays in the text area."""
    for line in file.lines:
        area = file.text_area(line.page)
        if area is None:
            continue
        box = _around(line)
        by = mm(max(area[0] - box[0], box[2] - area[2], area[1] - line.baseline, line.baseline - area[3]))
        if by > STICKS_OUT_MM:
            message = f"{quoted(line.text)} sticks out of the text area by {by:.1f} mm"
            yield Finding(line.page + 1, message, "shorten it, or allow it to break")


def overlap(file: FinishedFile) -> Iterator[Finding]:
    """No text stands on other text."""
    for number, page in enumerate(file.pages, 1):
        ordered = sorted(page.words, key=lambda words: -words.baseline)
        for at, words in enumerate(ordered):
            for other in ordered[at + 1 :]:
                if words.baseline - other.baseline > other.size:
                    break
                if words.placed != other.placed and _touch(words, other):
                    yield Finding(number, f"{quoted(words.text)} stands on {quoted(other.text)}")


def _touch(one: ShownWords, other: ShownWords) -> bool:
    both = common(one.band, other.band)
    return both[2] - both[0] > TOUCH_PT and both[3] - both[1] > TOUCH_PT


def _around(line: TextLine) -> Box:
    boxes = [words.reach for words in line.words]
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip


def _by_block(file: FinishedFile) -> dict[int, list[TextLine]]:
    found: dict[int, list[TextLine]] = {}
    for line in file.lines:
        found.setdefault(line.block.number, []).append(line)
    return found


def lone_lines(file: FinishedFile) -> Iterator[Finding]:
    """No line of a paragraph stands alone at the foot of a page or on top of the next."""
    for lines in _by_block(file).values():
        pages = sorted({line.page for line in lines})
        for page in (pages[0], pages[-1]) if len(pages) > 1 else ():
            on_page = [line for line in lines if line.page == page]
            if len(on_page) == 1:
                where = "at the foot of the page" if page == pages[0] else "on top of the page"
                yield Finding(page + 1, f"a line alone {where}: {quoted(on_page[0].text)}")


def lonely_headings(file: FinishedFile) -> Iterator[Finding]:
    """No page ends with a heading, unless what it is for is drawn below: lines to write on, a picture."""
    for number in range(len(file.pages) - 1):
        lines = [line for line in file.lines if line.page == number]
        if not lines:
            continue
        last = max(lines, key=lambda line: (line.block.number, -line.baseline))
        under = last.baseline - last.words[0].size / 2
        below = any(line.baseline < under for line in lines) or _drawn_below(file, number, under)
        if last.block.heading and not below:
            yield Finding(number + 1, f"the heading {quoted(last.text)} is the last thing on the page")


def _drawn_below(file: FinishedFile, number: int, under: float) -> bool:
    """Whether a drawing begins under a height, above the foot of the text area."""
    area = file.text_area(number)
    foot = area[1] if area else 0.0
    return any(shape.box[3] < under and shape.box[1] > foot - 1 for shape in file.pages[number].shapes)


def split(file: FinishedFile) -> Iterator[Finding]:
    """Points of a list and rows of a table stand on one page; in large and giant print a long point may break."""
    whole: dict[tuple[int, str], list[TextLine]] = {}
    for line in file.lines:
        for inside in line.block.inside:
            whole.setdefault(inside, []).append(line)
    may_break = file.expected is not None and file.expected.layout.id in BREAK_POINTS
    for (_, role), lines in whole.items():
        on_pages = [{round(line.baseline) for line in lines if line.page == page} for page in {ln.page for ln in lines}]
        if len(on_pages) > 1 and not (role == "LI" and may_break and min(map(len, on_pages)) >= LEAST_LINES):
            said = next((line.text for line in lines if len(line.text) > 2), lines[0].text)
            yield Finding(lines[0].page + 1, f"{WHOLE[role]} goes over the end of the page: {quoted(said)}")


def last_page_share(file: FinishedFile) -> float:
    """How far down text goes on the last page, 0 to 1 of the text area; of an untagged file, of the page."""
    if not file.pages:
        return 0.0
    number = len(file.pages) - 1
    page = file.pages[number]
    area = file.text_area(number) or (0.0, 0.0, page.width, page.height)
    lines = [line.baseline for line in file.lines if line.page == number]
    if not lines:
        lines = [words.baseline for words in page.words if not words.artifact]
    lowest = min(lines, default=area[3])
    return max(0.0, min(1.0, (area[3] - lowest) / (area[3] - area[1])))


def last_page(file: FinishedFile) -> Iterator[Finding]:
    """The last page of a flow is at least a quarter full."""
    fixed = file.expected is not None and (file.expected.printed or bool(file.expected.layout.holds))
    share = last_page_share(file)
    if len(file.pages) > 1 and not fixed and share < LEAST_LAST_PAGE:
        yield Finding(len(file.pages), f"the last page is only {share:.0%} full", "cut a few lines, or add some")
