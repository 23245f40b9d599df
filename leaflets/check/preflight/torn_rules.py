"""Rules about things that a page break tears: cards from their names, short lists, the red flags from their bar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leaflets.check.preflight.end_rules import ends, innermost
from leaflets.check.preflight.rule import Finding, mm, quoted, warning
from leaflets.check.readback.colours import WHITE, Colour
from leaflets.check.readback.document import FinishedFile, TextLine
from leaflets.check.readback.geometry import Box
from leaflets.check.readback.structure_tree import TaggedBlock

SHORT_LIST = 0.25
"""A list that is at most this high, as a share of the text area, is on one page: moved whole, it leaves no hole."""
THIN_MM, SIDE_MM = 3.0, 20.0
"""A side of a frame is thinner and longer than this; its foot is as thin."""
WIDE = 0.5
"""The foot of a frame spans at least this share of the distance of its sides."""


def cards_torn(file: FinishedFile) -> Iterator[Finding]:
    """A page that begins inside a card (a group that begins with its heading, or rows of a table below the name that
    they have in common) begins with the name of the card."""
    said = _words(file)
    names = _names(file, said)
    for end in ends(file):
        torn = [
            (number, role)
            for number, role in end.after[0].above
            if (number, role) in end.before[-1].above and number in names
        ]
        for number, _ in torn[-1:]:
            first = next((block for block in end.after if said.get(block.number, "").strip()), end.after[0])
            name = names[number]
            if first.number != name.number and not _begins(said.get(first.number, ""), said[name.number]):
                message = f"the page begins inside {quoted(said[name.number])} without that name"
                yield warning(end.page + 2, message, "keep it whole, or print its name again (“..., continued”)")


def _names(file: FinishedFile, said: dict[int, str]) -> dict[int, TaggedBlock]:
    """The heading of each card, by the number of its group; of a table with a group of rows for each thing, the header
    cell that is a row of its own."""
    first: dict[int, TaggedBlock] = {}
    cells: dict[int, dict[int, list[TaggedBlock]]] = {}
    for block in file.tags.values():
        for number, role in block.above:
            if role in ("Div", "TBody") and said.get(block.number, "").strip():
                known = first.get(number)
                if known is None or block.number < known.number:
                    first[number] = block
        body, row = innermost(block, "TBody"), innermost(block, "TR")
        if body and row:
            cells.setdefault(body, {}).setdefault(row, []).append(block)
    groups = {
        body
        for body, rows in cells.items()
        if len(rows) > 1
        and all((_cell(block) == "TH") == (row == min(rows)) for row, blocks in rows.items() for block in blocks)
    }
    return {number: block for number, block in first.items() if block.heading or number in groups}


def _cell(block: TaggedBlock) -> str:
    return next((role for _, role in reversed(block.above) if role in ("TH", "TD")), "")


def _begins(words: str, name: str) -> bool:
    """Whether words begin with a name; blanks do not count, since a name may break differently."""
    return "".join(words.split()).startswith("".join(name.split()))


def _words(file: FinishedFile) -> dict[int, str]:
    """The words of each block by its number."""
    found: dict[int, list[str]] = {}
    for line in file.lines:
        found.setdefault(line.block.number, []).append(line.text)
    return {number: " ".join(lines) for number, lines in found.items()}


def lists_torn(file: FinishedFile) -> Iterator[Finding]:
    """A list of at most SHORT_LIST of the text area is on one page; its innermost list counts for nested ones."""
    for end in ends(file):
        number, area = end.divided("L"), file.text_area(end.page)
        if not number or area is None:
            continue
        lines = [line for line in file.lines if any(at == number for at, _ in line.block.above)]
        pages = [[line for line in lines if line.page == page] for page in (end.page, end.page + 1)]
        if not all(pages) or len(lines) != sum(map(len, pages)):
            continue  # on three pages: long enough
        high = sum(_height(on_page) for on_page in pages)
        if high <= SHORT_LIST * (area[3] - area[1]):
            said = next((line.text for line in lines if sum(map(str.isalpha, line.text)) > 1), "")
            message = f"a list of {mm(high):.0f} mm goes over the page’s end: {quoted(said)}"
            yield warning(end.page + 1, message, "let it begin the next page, or make room for it on this one")


def _height(lines: list[TextLine]) -> float:
    tops = [line.baseline + max(words.size for words in line.words) for line in lines]
    return max(tops) - min(line.baseline for line in lines)


@dataclass(frozen=True)
class Bar:
    """The bar of the red flags on a page (from 0): the only white heading, with the colour below it."""

    page: int
    block: TaggedBlock
    words: str
    colour: Colour | None

    @property
    def name(self) -> str:
        """Its words without the number of the part."""
        return "".join(char for char in self.words if char.isalpha())


def panels_closed(file: FinishedFile) -> Iterator[Finding]:
    """Where the red flags go on, their frame is open at the foot, and the next page begins with their bar."""
    bars = _bars(file)
    for bar in bars.values():
        after = bars.get(bar.page + 1)
        if after is not None and after.name == bar.name and _closed(file, bar):
            message = f"the frame of {quoted(bar.words)} is closed, and they go on on the next page"
            yield warning(
                bar.page + 1, message, "leave the frame open where it goes on: a closed one says that this is all"
            )
        inside = innermost(bar.block, "Sect")
        for page in sorted(
            {line.page for line in file.lines if innermost(line.block, "Sect") == inside} if inside else ()
        ):
            if page > bar.page and page not in bars:
                message = f"{quoted(bar.words)} go on here without their bar"
                yield warning(page + 1, message, "begin each page of them with the bar and which part it is")


def _bars(file: FinishedFile) -> dict[int, Bar]:
    found: dict[int, Bar] = {}
    for line in file.lines:
        if line.block.heading and line.words[0].colour == WHITE and line.page not in found:
            words = " ".join(
                other.text for other in file.lines if other.page == line.page and other.block == line.block
            )
            ground = next(file.pages[line.page].grounds(line.words[0]), None)
            found[line.page] = Bar(line.page, line.block, words, ground)
    return found


def _closed(file: FinishedFile, bar: Bar) -> bool:
    """Whether a line of the bar's colour joins the lower ends of the sides of its frame."""
    shapes = [shape.box for shape in file.pages[bar.page].shapes if shape.colour == bar.colour and not shape.picture]
    sides = [box for box in shapes if mm(box[2] - box[0]) < THIN_MM and mm(box[3] - box[1]) > SIDE_MM]
    if len(sides) < 2:
        return False
    foot = min(box[1] for box in sides)
    across = max(box[2] for box in sides) - min(box[0] for box in sides)
    return any(_joins(box, foot, across) for box in shapes)


def _joins(box: Box, foot: float, across: float) -> bool:
    thin, wide = mm(box[3] - box[1]) < THIN_MM, box[2] - box[0] >= WIDE * across
    return thin and wide and abs(mm(box[1] - foot)) < 1
