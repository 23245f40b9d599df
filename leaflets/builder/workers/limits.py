"""Memory limits of workers, so that a runaway edition ends its worker before the machine runs out of memory."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

try:
    import resource
except ImportError:  # Windows: no limits
    resource = None  # type: ignore[assignment]

SHARE = 0.75
"""Share of the machine's memory for all workers together."""
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
    return max(LEAST, int(machine() * SHARE / jobs))


def limit(megabytes: int) -> None:
    """Set the memory limit of this process, MB (below 0: none). Beyond it MemoryError is raised, or the process ends.

    On Linux the limit counts heap and private memory, not mapped files (RLIMIT_DATA). On other systems it may have no
    effect.
    """
    if resource is None:
        return
    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = megabytes << 20 if megabytes >= 0 else hard
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard < 0 else min(wanted, hard), hard))
