"""`leaflets watch`: build what changed whenever a file is saved, and print its faults."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaflets.base.store import Store
    from leaflets.builder.build import Built
    from leaflets.builder.edition.make import Result

EXAMPLES = """\
examples:
  leaflets watch --project clinic --article back-pain --level plain --layout standard
  leaflets watch --clinic clinic.toml --layout summary   what a clinic's leaflets look like while its file is written
  leaflets watch --leaflet overview --locale en-GB      the fewer editions, the sooner the page is there
"""


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
    from leaflets.pdf.system_libraries import check_libraries

    check_libraries()  # before the other imports, which take longer
    from leaflets.builder.watch import Watcher
    from leaflets.cli.main import DONE, WRONG_USE, choice_of, open_project
    from leaflets.cli.output import say
    from leaflets.editions.plan import COMMAND_LINE

    choice = choice_of(options)
    watching = Watcher(open_project(options.project), choice, options.out, Lines(options.out), options.clinic, say=say)
    with closing(watching.turns()) as turns:
        for number, turn in enumerate(turns):  # until Ctrl-C
            wrong = [item for item in turn.built.diagnostics if item.place == COMMAND_LINE]
            if wrong and number == 0:
                print("\n".join(str(item) for item in wrong), file=sys.stderr)
                return WRONG_USE
            _report(turn.built, turn.seconds)
    return DONE


class Lines:
    """Progress as one line for each edition, with the path of its file."""

    def __init__(self, out: Store) -> None:
        self.out = out

    def planned(self, stale: int, fresh: int) -> None:
        pass

    def done(self, result: Result, done: int, total: int) -> None:
        state = "failed" if result.failed else result.extent
        print(f"  {self.out.place(result.edition.path)}: {state}", flush=True)


def _report(built: Built, seconds: float) -> None:
    for item in built.diagnostics:
        print(item, file=sys.stderr, flush=True)
    errors = len(set(built.diagnostics.errors))
    state = f"{errors} errors" if errors else f"{len(built.results)} built, {built.fresh} up to date"
    print(f"{state}, {seconds:.1f} s; watching, stop with Ctrl-C", flush=True)
