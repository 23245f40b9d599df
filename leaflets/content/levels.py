"""Table of reading levels with their limits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """A reading level and its limits (English; docs/standards.md, “Reading levels”).

    `grade` is the highest Flesch-Kincaid grade, `smog` the highest SMOG grade, `mean_words` and `max_words` the
    mean and the longest sentence in words. None: no limit.
    """

    id: str
    grade: float
    smog: float | None
    mean_words: float
    max_words: int | None
    pictures: bool
    """Each idea has a picture beside it, and each line one sentence (easy read)."""


LEVELS: dict[str, Level] = {
    row.id: row
    for row in (
        Level("easy", grade=4.0, smog=None, mean_words=10, max_words=15, pictures=True),
        Level("plain", grade=6.0, smog=8.0, mean_words=14, max_words=25, pictures=False),
        Level("detailed", grade=9.0, smog=11.0, mean_words=20, max_words=None, pictures=False),
    )
}
