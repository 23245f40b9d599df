"""`leaflets build`: build editions into a folder, with progress and a summary."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaflets.build.build import Built
    from leaflets.build.steps import Result

EXAMPLES = """\
examples:
  leaflets build                                       everything, into build/
  leaflets build --leaflet overview --level plain      one leaflet at one level, all layouts and locales
  leaflets build --layout large-print --locale en-US   large print for the US
  leaflets build --project clinic --out /srv/leaflets  with a clinic's own folder
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import add_choice

    add_choice(parser)
    parser.add_argument(
        "--out", type=Path, default=Path("build"), metavar="DIR", help="where the files go (default: build)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for programs")
    parser.add_argument(
        "--shard", type=_shard, default=(1, 1), metavar="I/N", help="only the I-th of N parts of the plan"
    )
    parser.add_argument("--force", action="store_true", help="build also what is up to date")
    parser.add_argument(
        "--jobs", type=int, default=0, metavar="N", help="processes (default: as many as there are cores)"
    )
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.build.state import up_to_date
    from leaflets.cli.main import DONE, PROBLEMS, WRONG_USE, open_project

    project = open_project(options.project)
    wanted = (options.article, options.leaflet, options.level, options.layout, options.locale)
    whole = not options.force and options.shard == (1, 1) and not options.json
    if whole and (fresh := up_to_date(project, options.out, wanted)) is not None:
        for made in fresh:
            for warning in made.warnings:
                print(f"{Path(made.entry['path']).stem}: warning: {warning}", file=sys.stderr)
        print(f"{len(fresh)} leaflets are up to date in {options.out}/")
        return DONE
    from leaflets.build.build import build
    from leaflets.build.runner import default_jobs
    from leaflets.editions.plan import Choice

    if options.jobs < 0:
        print("leaflets: --jobs takes a number of processes, 1 or more", file=sys.stderr)
        return WRONG_USE
    choice = Choice(options.article, options.leaflet, options.level, options.layout, options.locale)
    with _Events() if options.json else _Bar() as progress:
        built = build(
            project, choice, options.out, options.jobs or default_jobs(), progress, options.force, options.shard
        )
    if options.json:
        _Events.end(built)
    else:
        for item in built.diagnostics:
            print(item, file=sys.stderr)
        _summary(built, options.out)
    return PROBLEMS if built.diagnostics.errors else DONE


def _shard(text: str) -> tuple[int, int]:
    """“2/5” as (2, 5)."""
    first, _, second = text.partition("/")
    if not (first.isdigit() and second.isdigit() and 1 <= int(first) <= int(second)):
        raise argparse.ArgumentTypeError("write I/N, such as 2/5: I from 1 to N")
    return int(first), int(second)


class _Events:
    """JSON for programs: an object for each edition, each diagnostic, and the end."""

    def __enter__(self) -> _Events:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __call__(self, result: Result, done: int, total: int) -> None:
        event = "failed" if result.failed else "built"
        self.tell(event=event, edition=str(result.edition), pages=result.pages, done=done, total=total)

    @staticmethod
    def tell(**event: object) -> None:
        print(json.dumps(event, ensure_ascii=False), flush=True)

    @staticmethod
    def end(built: Built) -> None:
        for item in built.diagnostics:
            place = {"path": item.place.path, "line": item.place.line, "column": item.place.column}
            said = {"severity": item.severity.value, "message": item.message, "rule": item.rule, "hint": item.hint}
            _Events.tell(event="diagnostic", **place, **said)
        failed = sum(result.failed for result in built.results)
        _Events.tell(event="end", built=len(built.results) - failed, failed=failed, fresh=built.fresh)


class _Bar:
    """A bar on a terminal; a line for each edition elsewhere."""

    def __enter__(self) -> _Bar:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.console = Console(stderr=True)
        self.progress = None
        if self.console.is_terminal:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self.progress = Progress(*columns, console=self.console, transient=True)
            self.progress.start()
            self.task = self.progress.add_task("reading", total=None)
        return self

    def __call__(self, result: Result, done: int, total: int) -> None:
        name = f"{result.edition.leaflet} {result.edition.level} {result.edition.layout} {result.edition.locale}"
        if self.progress is not None:
            self.progress.update(self.task, completed=done, total=total, description=name)
        else:
            state = "failed" if result.failed else f"{result.pages} pages"
            print(f"[{done}/{total}] {name}: {state}", file=sys.stderr)

    def __exit__(self, *_: object) -> None:
        if self.progress is not None:
            self.progress.stop()


def _summary(built: Built, out: Path) -> None:
    if not built.results:
        if built.fresh:
            print(f"{built.fresh} leaflets are up to date in {out}/")
        elif built.diagnostics.errors:
            count = len(set(built.diagnostics.errors))
            print(f"{count} error{'s' if count > 1 else ''}; nothing was written", file=sys.stderr)
        else:
            print("nothing to build: no edition fits what was asked for", file=sys.stderr)
        return
    failed = [result for result in built.results if result.failed]
    done = len(built.results) - len(failed)
    pages = sum(result.pages for result in built.results if not result.failed)
    rest = f"; {built.fresh} were up to date" if built.fresh else ""
    print(f"{done} leaflets, {pages} pages, in {out}/ (open {out / 'index.html'}){rest}")
    for result in failed:
        print(f"failed: {result.edition}", file=sys.stderr)
