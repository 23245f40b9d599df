"""Runs a way to set a leaflet again and again, and prints how long each time took."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable

from bench.tree import cpu


def repeat(count: int, make: Callable[[int], None]) -> None:
    """Make the leaflet once to warm up and `count` times on the clock; print the times as one line of JSON."""
    make(0)
    walls = []
    before = cpu(os.getpid())
    for number in range(1, count + 1):
        begin = time.perf_counter()
        make(number)
        walls.append(time.perf_counter() - begin)
    print(json.dumps({"walls": walls, "cpu": (cpu(os.getpid()) - before) / count}))
