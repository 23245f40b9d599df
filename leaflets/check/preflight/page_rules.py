"""Rules about page contents: distances from the edges, overflow, overlap, page breaks, fill of the last page."""

from __future__ import annotations

from collections.abc import Iterator

from leaflets.check.preflight.rule import Finding, mm, quoted
from leaflets.check.readback.colours import WHITE
from leaflets.check.readback.display_list import DisplayList, ShownWords
from leaflets.check.readback.document import FinishedFile, TextLine
from leaflets.check.readback.geometry import Box, common
from leaflets.check.readback.structure_tree import WHOLE

SAFE_MM, SAFE_PRINTED_MM, SAFE_CUT_MM = 9.0, 5.0, 1.5
"""Least distances, mm: from the edge of a page; from the edge of a sheet of a print file, or from its cut; of marks in
the waste from the cut."""
MARK_SEEN_MM = 3.0
"""Least visible length of a fold or cut mark that begins at the edge, mm."""
ROUNDING_MM = 0.1
STICKS_OUT_MM = 0.5
TOUCH_PT = 0.5
LEAST_LAST_PAGE = 0.25
BREAK_POINTS = frozenset(("large-print", "giant-print"))
"""Layouts in which a page break may divide a list item, with at least LEAST_LINES lines on each side."""
LEAST_LINES = 3


def edge_distance(cut: Box, box: Box) -> float:
    """Least distance of a box from the edges of the page after cutting, mm; negative beyond them."""
    return mm(min(box[0] - cut[0], box[1] - cut[1], cut[2] - box[2], cut[3] - box[3]))


def waste_distance(page: DisplayList, cut: Box, box: Box) -> float:
    """Distance from the cut of a box in the waste, the part of the sheet that is cut off, mm; negative for a box that
    is not in the waste or reaches over the edge of the sheet."""
    if min(box[0], box[1], page.width - box[2], page.height - box[3]) < -TOUCH_PT:
        return -1.0
    return mm(max(cut[0] - box[2], cut[1] - box[3], box[0] - cut[2], box[1] - cut[3]))


def painted_boxes(file: FinishedFile, page: DisplayList) -> Iterator[tuple[Box, str]]:
    """The boxes of all text and of all shapes that are not white, with their names in messages; without the marks of a
    print file that begin at the edge."""
    printed = file.expected is not None and file.expected.printed
    for words in page.words:
        yield words.reach, quoted(words.text)
    for shape in page.shapes:
        if shape.colour != WHITE and not (printed and shape.stroke_pt and _is_mark(page, shape.box)):
            yield shape.box, "a picture" if shape.picture else "a drawing"


def _is_mark(page: DisplayList, box: Box) -> bool:
    """Whether a line begins at the edge and reaches far enough into the printable area to be a mark."""
    left, bottom, right, top = box
    away = (
        (left, right),
        (bottom, top),
        (page.width - right, page.width - left),
        (page.height - top, page.height - bottom),
    )
    return any(mm(near) < SAFE_PRINTED_MM and mm(far) >= SAFE_PRINTED_MM + MARK_SEEN_MM for near, far in away)


def safe_margin(file: FinishedFile) -> Iterator[Finding]:
    """Nothing is painted in the margin that printers cannot print."""
    least = SAFE_PRINTED_MM if file.expected and file.expected.printed else SAFE_MM
    for number, page in enumerate(file.pages, 1):
        cut = file.trim_box(number - 1)
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
    """Text stays in the text area, within STICKS_OUT_MM."""
    for line in file.lines:
        area = file.text_area(line.page)
        if area is None:
            continue
        box = _around(line)
        by = mm(max(area[0] - box[0], box[2] - area[2], area[1] - line.baseline, line.baseline - area[3]))
        if by > STICKS_OUT_MM:
            message = f"{quoted(line.text)} sticks out of the text area by {by:.1f} mm"
            yield Finding(line.page + 1, message, "shorten it, or allow it to break")


SLOPED = "Nastaliq"
"""In the name of a font of that style, in which the letters of a word, and the words of a line, overlap."""


def overlap(file: FinishedFile) -> Iterator[Finding]:
    """No text overlaps other text by more than TOUCH_PT in both directions."""
    for number, page in enumerate(file.pages, 1):
        ordered = sorted(page.words, key=lambda words: -words.baseline)
        for at, words in enumerate(ordered):
            for other in ordered[at + 1 :]:
                if words.baseline - other.baseline > other.size:
                    break
                if words.placed != other.placed and _touch(words, other) and not _slope(words, other):
                    yield Finding(number, f"{quoted(words.text)} stands on {quoted(other.text)}")


def _slope(one: ShownWords, other: ShownWords) -> bool:
    """Whether two stretches are of one text in a font whose words hang from a slope, each above the end of the next."""
    return one.mcid == other.mcid and all(SLOPED in words.font for words in (one, other))


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
    """No line of a divided paragraph stands alone at the foot of its first page or at the top of its last."""
    for lines in _by_block(file).values():
        pages = sorted({line.page for line in lines})
        for page in (pages[0], pages[-1]) if len(pages) > 1 else ():
            on_page = [line for line in lines if line.page == page]
            if len(on_page) == 1:
                where = "at the foot of the page" if page == pages[0] else "on top of the page"
                yield Finding(page + 1, f"a line alone {where}: {quoted(on_page[0].text)}")


def lonely_headings(file: FinishedFile) -> Iterator[Finding]:
    """No page but the last ends with a heading, unless text or a drawing (lines to write on, a picture) is below it."""
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
    """Whether a shape lies below a height (pt) and above the foot of the text area."""
    area = file.text_area(number)
    foot = area[1] if area else 0.0
    return any(shape.box[3] < under and shape.box[1] > foot - 1 for shape in file.pages[number].shapes)


def split(file: FinishedFile) -> Iterator[Finding]:
    """List items, table rows and figures are on one page; in BREAK_POINTS layouts a long list item may be divided."""
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
    """Share of the text area above the lowest text of the last page, 0 to 1; the whole page where the text area is not
    known."""
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
    """The last page of a flowing layout is at least LEAST_LAST_PAGE full."""
    fixed = file.expected is not None and (file.expected.printed or bool(file.expected.layout.holds))
    share = last_page_share(file)
    if len(file.pages) > 1 and not fixed and share < LEAST_LAST_PAGE:
        yield Finding(len(file.pages), f"the last page is only {share:.0%} full", "cut a few lines, or add some")
