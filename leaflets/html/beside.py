"""Blocks that belong together stand beside each other, in the order in which they are read.

A drawing has the text after it at its side. Headings of a word or two stand before their lists. Fields to write in, and
lists of short points, stand in two columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from leaflets.html.views import BlockView

LABEL = 16
"""Most characters of a heading that stands before its list."""
HALF = 33
"""Most characters of a point in one line of half the measure."""
LEAST_POINTS = 4
"""Fewest points of a list in two columns."""


def side_by_side(blocks: Sequence[BlockView]) -> tuple[BlockView, ...]:
    """The blocks of a section, with those that stand beside each other in groups."""
    rows = [replace(block, halves=_short(block)) for block in blocks]
    return tuple(_grouped(rows, labels=_all_labels(rows)))


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
            while end < len(blocks) and blocks[end].kind == "paragraph":
                end += 1
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


def _short(block: BlockView) -> bool:
    """Whether the points of a list are so short that two of them stand in a line."""
    rows = block.rows if block.kind in ("list", "checklist") else ()
    return len(rows) >= LEAST_POINTS and all(_length(row.lines) <= HALF for row in rows)


def _length(lines: Sequence[object]) -> int:
    """Characters of a text, without its markup."""
    return sum(len(getattr(line, "striptags", lambda line=line: str(line))()) for line in lines)
