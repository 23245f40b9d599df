"""Memory limits of workers, so that a runaway edition ends its worker before the machine runs out of memory."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

SHARE = 0.75
"""Share of the machine's memory for all workers together."""
MOST = 2_000
"""Greatest limit of a worker that is not asked for, MB, so that what has no end does not take the machine."""
LEAST = 768
"""Least limit of a worker, MB; it needs some 200 to 300."""
_GROUPS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def machine() -> int:
    """Memory of this machine, or of the container, MB."""
    found = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")] if hasattr(os, "sysconf") else [8 << 30]
    for path in _GROUPS:
        with suppress(OSError, ValueError):  # not there, or “max”
            found.append(int(path.read_text()))
    return min(found) >> 20


def worker_share(jobs: int) -> int:
    """The default limit of each of `jobs` workers, MB."""
    return min(MOST, max(LEAST, int(machine() * SHARE / jobs)))
