"""Blocks that belong together stand beside each other, in the order in which they are read.

A drawing has the text after it at its side. Headings of a word or two stand before their lists. Fields to write in,
lists of short points, and short ideas with a picture stand in two columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from leaflets.html.views import BlockView, Lines, OrganisationRow, Row

PicturedRow = TypeVar("PicturedRow", Row, OrganisationRow)

LABEL = 16
"""Most characters of a heading that stands before its list."""
HALF, EASY_HALF = 33, 24
"""Most characters of a point in one line of half the measure, and at the easy level."""
HEAD = 5
"""Most letters of a word over a narrow column, at the easy level."""
LEAST_POINTS = 4
"""Fewest points of a list in two columns."""
IDEA, WORD = 88, 20
"""Most characters of an idea beside its picture in half the page, and of a word of it."""


def side_by_side(blocks: Sequence[BlockView], pictures: bool = False) -> tuple[BlockView, ...]:
    """The blocks of a section, with those that stand beside each other in groups. `pictures`: each idea has one."""
    if pictures:
        return tuple(_ideas(tuple(_in_twos(block) for block in blocks)))
    rows = [replace(block, halves=_short(block)) for block in blocks]
    return tuple(_grouped(rows, labels=_all_labels(rows)))


def _in_twos(block: BlockView) -> BlockView:
    """A block with its short ideas in twos, and short points without pictures in two columns."""
    heads = [word for column in block.columns if column.width == "number" for word in _words((column.name,)).split()]
    halves = not block.pictured and block.kind == "checklist" and _short(block, EASY_HALF)
    return replace(
        block,
        rows=two_by_two(block.rows),
        organisations=two_by_two(block.organisations),
        halves=halves,
        short_heads=all(len(word) <= HEAD for word in heads),
    )


def two_by_two(rows: Sequence[PicturedRow]) -> tuple[PicturedRow, ...]:
    """Rows with pictures, of which every second of two short ones stands beside the first."""
    found: list[PicturedRow] = []
    for row in rows:
        free = bool(found) and not found[-1].beside and _idea(found[-1])
        found.append(replace(row, beside=free and _idea(row)))
    return tuple(found)


def _ideas(blocks: Sequence[BlockView]) -> Iterator[BlockView]:
    """Blocks, with each two short paragraphs that have pictures, and fields to write in, as groups."""
    at = 0
    while at < len(blocks):
        pair = blocks[at : at + 2]
        if len(pair) > 1 and all(block.kind == "paragraph" and _idea(block) for block in pair):
            yield BlockView("group", pair[0].id, look="two", parts=tuple(pair), name=pair[0].name)
            at += 2
            continue
        end = at
        while end < len(blocks) and blocks[end].kind == "notes":
            end += 1
        if end - at > 1:
            yield BlockView("group", blocks[at].id, look="pairs", parts=tuple(blocks[at:end]), name=blocks[at].name)
            at = end
            continue
        yield blocks[at]
        at += 1


def _idea(row: Row | OrganisationRow | BlockView) -> bool:
    """Whether the words of a picture are few."""
    if isinstance(row, OrganisationRow):
        words = [*_words((row.name, *row.what)).split(), row.site.words]
    else:
        words = _words(row.title + row.lines).split()
    return bool(row.picture) and sum(map(len, words)) + len(words) <= IDEA and max(map(len, words), default=0) <= WORD


def _grouped(blocks: Sequence[BlockView], labels: bool) -> Iterator[BlockView]:
    """Blocks, or groups of them. `labels`: headings stand before their lists."""
    at = 0
    while at < len(blocks):
        end = at + 1
        look = ""
        if blocks[at].kind == "notes":
            look = "pairs"
            while end < len(blocks) and blocks[end].kind == "notes":
                end += 1
        elif blocks[at].kind == "figure":
            look = "drawing"
            end += end < len(blocks) and blocks[end].kind == "paragraph"  # one: what is whole must not be long
        elif labels and blocks[at].kind == "heading":
            look, end = "labelled", at + 2
        if end - at > 1:
            yield BlockView("group", blocks[at].id, look=look, parts=tuple(blocks[at:end]), name=blocks[at].name)
        else:
            yield blocks[at]
        at = end


def _all_labels(blocks: Sequence[BlockView]) -> bool:
    """Whether each heading is short and has a list after it: all of a section look alike."""
    found = [at for at, block in enumerate(blocks) if block.kind == "heading"]
    return bool(found) and all(
        at + 1 < len(blocks)
        and blocks[at + 1].kind in ("list", "checklist")
        and not blocks[at + 1].lead
        and _length(blocks[at].lines) <= LABEL
        for at in found
    )


def _short(block: BlockView, most: int = HALF) -> bool:
    """Whether the points of a list are so short that two of them stand in a line."""
    rows = block.rows if block.kind in ("list", "checklist") else ()
    return len(rows) >= LEAST_POINTS and all(_length(row.lines) <= most for row in rows)


def _length(lines: Lines) -> int:
    """Characters of a text, without its markup."""
    return len(_words(lines))


def _words(lines: Lines) -> str:
    """A text without its markup."""
    return " ".join(line.striptags() for line in lines)
