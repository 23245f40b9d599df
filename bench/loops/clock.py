"""Sets every edition of a folder of sources in one warm process, and prints how long that took.

A loop is run as `python -m bench.loops.<name> SOURCES OUT`; SOURCES has a file for each edition.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from bench.tree import cpu

Make = Callable[[Path, Path], object]
"""Source -> PDF."""


def run(sources: Path, out: Path, ending: str, warm_up: Path | None, make: Make) -> None:
    """Make every edition once on the clock, after `warm_up` (or the first of them) off it; tell the times as JSON."""
    files = sorted(sources.glob(f"*.{ending}"))
    out.mkdir(parents=True, exist_ok=True)
    make(warm_up or files[0], out / "warm-up.pdf")
    (out / "warm-up.pdf").unlink()
    begin, before = time.perf_counter(), cpu(os.getpid())
    for file in files:
        make(file, out / f"{file.stem}.pdf")
    wall, used = time.perf_counter() - begin, cpu(os.getpid()) - before
    print(json.dumps({"wall": wall, "cpu": used, "editions": len(files)}))
