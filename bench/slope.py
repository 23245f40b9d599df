"""Whether a worker's memory grows: the slope of a straight line through what follows the warming up."""

from __future__ import annotations

import statistics

from bench.results import Worker

WARM = 0.25
"""The first quarter of the batch is taken for warming up."""
LEAST = 0.05
"""Growth over 1,000 editions of the batch, as a share of the memory, from which on it is called growth."""
SHORT = 1000
"""In fewer editions a leak cannot be told from caches that still fill."""


def growth(worker: Worker) -> float:
    """MB for each 1,000 editions of the batch."""
    done, megabytes = zip(*_after(worker), strict=True)
    return statistics.linear_regression(done, megabytes).slope * 1000


def level(worker: Worker) -> float:
    """Median MB after the warming up."""
    return statistics.median(mb for _, mb in _after(worker))


def flat(worker: Worker) -> bool:
    return growth(worker) < LEAST * level(worker)


def _after(worker: Worker) -> list[tuple[int, float]]:
    rows = zip(worker.done, worker.megabytes, strict=True)
    return [(done, mb) for done, mb in rows if done >= WARM * worker.done[-1]]
