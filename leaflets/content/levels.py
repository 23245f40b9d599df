"""Table of reading levels. Their limits: `lint/reading_limits.py`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """A reading level."""

    id: str
    pictures: bool
    """Each idea has a picture beside it, and each line one sentence (easy read)."""


LEVELS: dict[str, Level] = {
    row.id: row
    for row in (
        Level("easy", pictures=True),
        Level("plain", pictures=False),
        Level("detailed", pictures=False),
    )
}
HANDOUT_LEVELS = ("plain",)
"""Levels of the handout: it is read in a waiting room, by everyone."""
