"""Rules about page breaks: list items left alone, figures apart from their notes.

An element is divided by a page break when it is one structure element with words on both pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from leaflets.check.preflight.rule import Finding, quoted, warning
from leaflets.check.readback.document import FinishedFile
from leaflets.check.readback.structure_tree import TaggedBlock

LEAST_LINES = 3
"""A list item with this many lines may stand alone."""
PICTURED = frozenset(("Figure", "Caption"))


@dataclass(frozen=True)
class End:
    """The break after a page (from 0): the blocks on that page and on the next, in reading order."""

    page: int
    before: tuple[TaggedBlock, ...]
    after: tuple[TaggedBlock, ...]

    def divided(self, role: str) -> int:
        """The number of the innermost element of a role that the break divides; 0: none."""
        last, first = (innermost(block, role) for block in (self.before[-1], self.after[0]))
        return last if last == first else 0


def lonely_items(file: FinishedFile) -> Iterator[Finding]:
    """No list item under LEAST_LINES lines stands alone at the foot or head of a page when its list is divided."""
    for end in ends(file):
        number = end.divided("L")
        for blocks, where in ((end.before, "foot"), (end.after, "head")) if number else ():
            items = {item for block in blocks if (item := _item(block, number))}
            page = end.page + (where == "head")
            lines = [line for line in file.lines if line.page == page and _item(line.block, number)]
            if len(items) == 1 and len({round(line.baseline) for line in lines}) < LEAST_LINES:
                said = " ".join(line.text for line in lines)
                yield warning(page + 1, f"a point of a list alone at the {where} of the page: {quoted(said)}")


def notes_apart(file: FinishedFile) -> Iterator[Finding]:
    """A figure has its caption, and at least the beginning of its key and note, on the same page."""
    for end in ends(file):
        number = end.divided("Div")
        if not number:
            continue
        roles = [
            {block.role for block in blocks if innermost(block, "Div") == number} for blocks in (end.before, end.after)
        ]
        goes_on = roles[1] >= PICTURED or roles[1] <= roles[0] - PICTURED
        if (roles[0] | roles[1]) & PICTURED and not (roles[0] >= PICTURED and goes_on):
            said = quoted(beginning(file, end.page + 1))
            yield warning(end.page + 2, f"what belongs to a figure stands on the page after it: {said}")


def ends(file: FinishedFile) -> Iterator[End]:
    """The page breaks of a tagged file that have blocks on both sides."""
    pages: list[list[TaggedBlock]] = [[] for _ in file.pages]
    for (page, _), block in file.tags.items():
        if 0 <= page < len(pages):
            pages[page].append(block)
    for number, (before, after) in enumerate(pairwise(pages)):
        if before and after:
            yield End(number, tuple(before), tuple(after))


def beginning(file: FinishedFile, page: int) -> str:
    """The first line on a page (from 0) with at least two letters, so not a list marker; else “a picture”."""
    said = (line.text for line in file.lines if line.page == page)
    return next((text for text in said if sum(map(str.isalpha, text)) > 1), "a picture")


def innermost(block: TaggedBlock, role: str) -> int:
    """The number of the innermost element of a role around a block; 0: none."""
    return next((number for number, name in reversed(block.above) if name == role), 0)


def _item(block: TaggedBlock, number: int) -> int:
    """The number of the item of list `number` that holds a block; 0 outside that list."""
    roles = [name for _, name in block.above]
    numbers = [at for at, _ in block.above]
    if number not in numbers or "LI" not in roles[numbers.index(number) :]:
        return 0
    return numbers[roles.index("LI", numbers.index(number))]
