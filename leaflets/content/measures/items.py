"""Items of two measures of printed health information, in our words, with their official numbers.

PEMAT-P: Patient Education Materials Assessment Tool for printable materials (AHRQ publication 14-0002-EF): items 13 and
14 are for films. CDC: Clear Communication Index, the full score sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scale = Literal["understandability", "actionability", "index"]
"""What an item counts for; `index`: the CDC Index."""


@dataclass(frozen=True)
class MeasureItem:
    """An item. `optional`: it may not apply, and is then left out of the score."""

    number: int
    scale: Scale
    asks: str
    optional: bool = False


_U: Scale = "understandability"
_A: Scale = "actionability"
PEMAT: tuple[MeasureItem, ...] = (
    MeasureItem(1, _U, "title or opening says what it is for"),
    MeasureItem(2, _U, "nothing in it leads away from that"),
    MeasureItem(3, _U, "everyday words"),
    MeasureItem(4, _U, "medical terms only to make them known, and explained"),
    MeasureItem(5, _U, "active voice"),
    MeasureItem(6, _U, "numbers are clear", optional=True),
    MeasureItem(7, _U, "nothing to calculate"),
    MeasureItem(8, _U, "short sections", optional=True),
    MeasureItem(9, _U, "headings that tell what follows", optional=True),
    MeasureItem(10, _U, "in a logical order"),
    MeasureItem(11, _U, "a summary", optional=True),
    MeasureItem(12, _U, "key points stand out: boxes, bullets, bold"),
    MeasureItem(15, _U, "pictures wherever they make it easier"),
    MeasureItem(16, _U, "pictures support the words", optional=True),
    MeasureItem(17, _U, "pictures have titles or captions", optional=True),
    MeasureItem(18, _U, "pictures are clear and plain", optional=True),
    MeasureItem(19, _U, "tables are simple, with short headings", optional=True),
    MeasureItem(20, _A, "at least one action"),
    MeasureItem(21, _A, "speaks to the reader about actions"),
    MeasureItem(22, _A, "actions in small, explicit steps"),
    MeasureItem(23, _A, "something to act with: a checklist, a diary"),
    MeasureItem(24, _A, "says how to calculate", optional=True),
    MeasureItem(25, _A, "says how to use charts, tables and forms", optional=True),
    MeasureItem(26, _A, "pictures wherever they make it easier to act"),
)
_I: Scale = "index"
CDC: tuple[MeasureItem, ...] = (
    MeasureItem(1, _I, "one main message"),
    MeasureItem(2, _I, "the main message at the beginning"),
    MeasureItem(3, _I, "the main message stands out"),
    MeasureItem(4, _I, "a picture, with a caption or label, that supports the main message"),
    MeasureItem(5, _I, "a call to act"),
    MeasureItem(6, _I, "main message and call to act in the active voice"),
    MeasureItem(7, _I, "the reader’s words; others are explained where they first stand"),
    MeasureItem(8, _I, "lists with bullets or numbers, none with more than seven points undivided"),
    MeasureItem(9, _I, "chunks with headings, one idea each"),
    MeasureItem(10, _I, "what matters most is in the first section"),
    MeasureItem(11, _I, "what experts know and do not know"),
    MeasureItem(12, _I, "tells the reader what to do", optional=True),
    MeasureItem(13, _I, "and why that matters to the reader", optional=True),
    MeasureItem(14, _I, "and how: steps, when, how often, whom to call", optional=True),
    MeasureItem(15, _I, "numbers that the reader uses", optional=True),
    MeasureItem(16, _I, "says what the numbers mean", optional=True),
    MeasureItem(17, _I, "nothing to calculate", optional=True),
    MeasureItem(18, _I, "what the risk is, whom it meets and why", optional=True),
    MeasureItem(19, _I, "both risks and benefits of what it advises", optional=True),
    MeasureItem(20, _I, "probabilities also in words or a picture", optional=True),
)
ITEMS: dict[str, tuple[MeasureItem, ...]] = {"pemat": PEMAT, "cdc": CDC}
"""By the key of an answers file."""
