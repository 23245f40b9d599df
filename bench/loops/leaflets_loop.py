"""Our engine kept warm, as `watch` keeps it: articles are read and worker processes wait, as in the other loops.

Run as `python -m bench.loops.leaflets_loop OUT JOBS`. HTML is made on the clock, pages are planned and files written;
only reading, checks, freshness and the catalogue are left out.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.editions import ARTICLE, PROJECT, common, material
from bench.tree import cpu
from leaflets.builder.edition.make import Order
from leaflets.builder.state.destinations import Destinations
from leaflets.builder.workers.pool import Workers
from leaflets.editions.edition import Edition


def main(out: Path, jobs: int, editions: Sequence[Edition]) -> None:
    orders = [Order(replace(material(edition), evidence=False)) for edition in editions]
    with Workers(PROJECT, Destinations.at(out), jobs) as workers:
        warm_up(workers, jobs)
        begin, before = time.perf_counter(), cpu(os.getpid())
        failed = [result for result in workers.run(orders) if result.failed]
        wall, used = time.perf_counter() - begin, cpu(os.getpid()) - before
    if failed:
        raise RuntimeError("\n".join(str(found) for result in failed for found in result.diagnostics))
    print(json.dumps({"wall": wall, "cpu": used, "editions": len(orders)}))


def warm_up(workers: Workers, jobs: int) -> None:
    """An edition of another layout for each process, off the clock; its file goes."""
    names = [("overview", "treatment-options")[number % 2] for number in range(jobs)]
    orders = [
        Order(replace(material(Edition(ARTICLE, name, "plain", "summary", "en-GB")), evidence=False)) for name in names
    ]
    for result in workers.run(orders):
        workers.places.open_out.delete(result.edition.path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), common())
