"""Page maps: what stands on each side of a layout that has a known number of sides, in which order, how high each part
may be, and what gives way when a side is over.

A page map is composed, not poured: nothing runs on to a page more. docs/design.md has the numbers and their reasons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from leaflets.content.model.handout import Handout

CHOSEN: Literal["*"] = "*"
"""Stands in a side for the blocks that the leaflet's file chooses for it."""
GIVES: tuple[str, ...] = ("aside", "second", "sentence", "small", "picture", "close", "question")
"""What gives way on a side that is over, in this order, each with those before it:

`aside`: purpose line, the line for a question of one's own. `second`: the second evidence; rows of the diary are
lower. `sentence`: second sentences of steps and callouts, what an option is. `small`: red flags and rows 12 pt, the
floor. `picture`: pictures of a strip, their words stay. `close`: body 13 pt, the clinic's field lower. `question`: the
question of each group.

Never: a red flag, a number, a harm, the title of a step, a callout's first sentence, the status, the foot; and no type
goes below the floor of its layout.
"""


@dataclass(frozen=True)
class FixedPart:
    """A part of a side that is the same in each leaflet. `mm`: the height that it may take, space above it counted."""

    name: str
    mm: int


@dataclass(frozen=True)
class MapSide:
    """One side of the sheet: its name in the style sheet, and its parts in order, CHOSEN among them."""

    name: str
    key: Literal["act", "show"]
    """Key of the leaflet's file that chooses its blocks."""
    parts: tuple[FixedPart | Literal["*"], ...]


@dataclass(frozen=True)
class PageMap:
    """The sides of a sheet."""

    sides: tuple[MapSide, ...]

    def budgets(self, chosen: Handout) -> Iterator[tuple[MapSide, dict[str, int]]]:
        """Each side with the height that each of its parts may take, mm, by the name of the part; of a block,
        section/block."""
        for side, blocks in zip(self.sides, chosen.blocks(), strict=True):
            found: dict[str, int] = {}
            for part in side.parts:
                if isinstance(part, FixedPart):
                    found |= {part.name: part.mm} if chosen.key or part.name != "key" else {}
                else:
                    found |= {row.block: row.mm for row in blocks if row.mm}
            yield side, found


HANDOUT = PageMap(
    (
        MapSide(
            "side-1",
            "act",
            (FixedPart("head", 27), FixedPart("key", 52), CHOSEN, FixedPart("red-flags", 142), FixedPart("turn", 10)),
        ),
        MapSide("side-2", "show", (FixedPart("again", 6), CHOSEN, FixedPart("foot", 46))),
    )
)
"""Side 1: what to know and do, and the red flags. Side 2: the picture with the evidence, options or diary, questions,
the clinic's field."""
