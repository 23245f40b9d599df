"""`leaflets watch`: build what changed whenever a file is saved, and show what is wrong with it at once."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

EXAMPLES = """\
examples:
  leaflets watch --project clinic --article back-pain --level plain --layout standard
  leaflets watch --leaflet overview --locale en-GB      the fewer editions, the sooner the page is there
"""
PAUSE = 0.25
"""Seconds between two looks at the files."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import add_choice

    add_choice(parser)
    parser.add_argument(
        "--out", type=Path, default=Path("build"), metavar="DIR", help="where the files go (default: build)"
    )
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.build.build import build
    from leaflets.build.runner import default_jobs
    from leaflets.build.state import stamps
    from leaflets.build.steps import Result
    from leaflets.cli.main import open_project
    from leaflets.editions.plan import Choice

    project = open_project(options.project)
    choice = Choice(options.article, options.leaflet, options.level, options.layout, options.locale)
    jobs = default_jobs()
    seen = None

    def told(result: Result, done: int, total: int) -> None:
        state = "failed" if result.failed else f"{result.pages} pages"
        print(f"  {options.out / result.edition.path}: {state}")

    while True:  # until Ctrl-C
        now = stamps(project)
        if now == seen:
            time.sleep(PAUSE)
            continue
        seen, begun = now, time.monotonic()
        built = build(project, choice, options.out, jobs, told)
        jobs = 1  # from now on in this process, where everything is loaded
        for item in built.diagnostics:
            print(item, file=sys.stderr)
        errors = len(set(built.diagnostics.errors))
        state = f"{errors} errors" if errors else f"{len(built.results)} built, {built.fresh} up to date"
        print(f"{state}, {time.monotonic() - begun:.1f} s; watching, stop with Ctrl-C", flush=True)
