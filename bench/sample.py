"""What was measured several times: its median, and how far it strays."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


class Sample(tuple[float, ...]):
    """Values of one quantity, one for each round."""

    __slots__ = ()

    @property
    def median(self) -> float:
        return statistics.median(self)

    @property
    def spread(self) -> float:
        """From the least to the most, as a share of the median."""
        return (max(self) - min(self)) / self.median

    def over(self, other: Sequence[float]) -> Sample:
        """The ratio to another quantity, round by round."""
        return Sample(own / theirs for own, theirs in zip(self, other, strict=True))
