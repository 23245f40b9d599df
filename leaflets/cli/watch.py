"""`leaflets watch`: build what changed whenever a file is saved, and show what is wrong with it at once."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from leaflets.base.project import Project
    from leaflets.base.store import Store
    from leaflets.build.build import Built
    from leaflets.build.steps import Result

EXAMPLES = """\
examples:
  leaflets watch --project clinic --article back-pain --level plain --layout standard
  leaflets watch --clinic clinic.toml --layout summary   what a clinic's leaflets look like while its file is written
  leaflets watch --leaflet overview --locale en-GB      the fewer editions, the sooner the page is there
"""
PAUSE = 0.1
"""Seconds between two looks at the files; one look takes some 3 ms."""
CALM = 0.03
"""Seconds in which no file may change before a build begins: an editor, or git, often saves several at once."""
AGAIN = 2.0
"""Seconds until it is tried again where another build is at work in the folder."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import a_store, add_choice

    add_choice(parser)
    parser.add_argument(
        "--out", type=a_store, default="build", metavar="DIR", help="folder or URL where the files go (default: build)"
    )
    parser.add_argument(
        "--clinic", type=Path, metavar="FILE", help="the clinic's details; a change of them is built too"
    )
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.build.build import build
    from leaflets.build.engine import Engine
    from leaflets.build.forking import default_jobs
    from leaflets.cli.main import open_project
    from leaflets.editions.plan import Choice

    project = open_project(options.project)
    choice = Choice(options.article, options.leaflet, options.level, options.layout, options.locale)
    engine, told, jobs = Engine(project, stays=True), Lines(options.out), default_jobs()
    for _ in _changes(project, lambda: _files(options.clinic)):  # until Ctrl-C
        while True:
            begun = time.monotonic()
            built = build(project, choice, options.out, jobs, told, engine=engine, clinic=options.clinic)
            _report(built, time.monotonic() - begun)
            if not any(item.rule == "busy" for item in built.diagnostics):
                break
            time.sleep(AGAIN)
        engine.rest()
    return 0


class Lines:
    """A line for each edition, with its file."""

    def __init__(self, out: Store) -> None:
        self.out = out

    def planned(self, stale: int, fresh: int) -> None:
        pass

    def done(self, result: Result, done: int, total: int) -> None:
        state = "failed" if result.failed else result.extent
        print(f"  {self.out.place(result.edition.path)}: {state}", flush=True)


def _files(clinic: Path | None) -> list[str]:
    """A clinic's file and the logo that it names, whether they are there and right or not."""
    import tomllib

    if clinic is None:
        return []
    try:
        logo = tomllib.loads(clinic.read_text(encoding="utf-8")).get("logo")
    except (OSError, ValueError):
        logo = None
    return [str(clinic.resolve()), *([str((clinic.parent / logo).resolve())] if isinstance(logo, str) else [])]


def _changes(project: Project, also: Callable[[], Sequence[str]]) -> Iterator[None]:
    """At once, and then each time that files have changed and are calm again. `also`: files besides the project's."""
    from leaflets.build.state import stamps

    seen = None
    while True:
        now = stamps(project, also())
        if now == seen:
            time.sleep(PAUSE)
            continue
        while True:
            time.sleep(CALM)
            before, now = now, stamps(project, also())
            if now == before:
                break
        seen = now
        yield


def _report(built: Built, seconds: float) -> None:
    for item in built.diagnostics:
        print(item, file=sys.stderr, flush=True)
    errors = len(set(built.diagnostics.errors))
    state = f"{errors} errors" if errors else f"{len(built.results)} built, {built.fresh} up to date"
    print(f"{state}, {seconds:.1f} s; watching, stop with Ctrl-C", flush=True)
