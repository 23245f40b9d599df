"""How much memory a worker may take, so that one edition gone wild dies before the machine does."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

try:
    import resource
except ImportError:  # Windows: no limit there
    resource = None  # type: ignore[assignment]

SHARE = 0.75
"""Of the machine's memory, for all workers together."""
LEAST = 768
"""MB that a worker may take in any case; it needs some 200 to 300."""
_GROUPS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def machine() -> int:
    """MB of memory of this machine, or of the container that it is."""
    found = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")] if hasattr(os, "sysconf") else [8 << 30]
    for path in _GROUPS:
        with suppress(OSError, ValueError):  # not there, or “max”
            found.append(int(path.read_text()))
    return min(found) >> 20


def worker_share(jobs: int) -> int:
    """MB that each of `jobs` workers may take by default."""
    return max(LEAST, int(machine() * SHARE / jobs))


def limit(megabytes: int) -> None:
    """Let this process have so much memory of its own and no more (below 0: as much as there is): MemoryError follows,
    or its end.

    Linux counts what is really its own (RLIMIT_DATA: heap and private memory, not mapped files). Elsewhere the limit
    is asked for and may do nothing.
    """
    if resource is None:
        return
    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = megabytes << 20 if megabytes >= 0 else hard
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard < 0 else min(wanted, hard), hard))


def limit_now() -> int:
    """The limit of this process in MB; below 0: none."""
    if resource is None:
        return -1
    soft, _ = resource.getrlimit(resource.RLIMIT_DATA)
    return soft >> 20 if soft >= 0 else -1
