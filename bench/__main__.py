"""`python -m bench`: measure everything in one run and write docs/performance.md."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

from bench.memory import long_run
from bench.report import Occasion, write
from bench.rounds import JOBS, play


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="at least 3 for a median (default: 3)")
    parser.add_argument("--editions", type=int, default=200, metavar="N", help="of the memory run (default: 200)")
    options = parser.parse_args()
    begin, before = time.perf_counter(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        measured = play(options.rounds, Path(folder))
    run = long_run(options.editions, JOBS[-1])
    seconds = time.perf_counter() - begin
    print(write(measured, run, Occasion(options.rounds, seconds, (before, os.getloadavg()[0]))))


if __name__ == "__main__":
    main()
