"""`leaflets explain`: print why an edition is, or is not, up to date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EXAMPLES = """\
examples:
  leaflets explain fibromyalgia-leg-pain.overview.plain.standard.en-GB
  leaflets explain                                     what the next build would do, and why
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import a_store, add_project

    parser.add_argument("edition", nargs="*", help="editions as “leaflets list” names them; none: all")
    parser.add_argument(
        "--out", type=a_store, default="build", metavar="DIR", help="the build folder or URL (default: build)"
    )
    parser.add_argument(
        "--clinic", type=Path, metavar="FILE", help="the clinic's details (default: those of the last build)"
    )
    parser.add_argument(
        "--print-sheet", dest="sheet", metavar="PAPER", help="the larger sheet for the printer (default: as it was)"
    )
    add_project(parser)
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from dataclasses import replace

    from leaflets.base.diagnostics import Diagnostics, Place, did_you_mean
    from leaflets.base.store import why
    from leaflets.base.untrusted.names import printable
    from leaflets.builder.edition.print_file import on_sheet
    from leaflets.builder.engine import Engine
    from leaflets.builder.state.destinations import Destinations
    from leaflets.builder.state.freshness import Freshness
    from leaflets.builder.state.manifest import tools, unchanged
    from leaflets.builder.state.manifest_file import read_state
    from leaflets.builder.tasks import examine
    from leaflets.builder.workers import forking
    from leaflets.builder.workers.child import WorkersError
    from leaflets.builder.workers.pool import Workers
    from leaflets.cli.main import DONE, PROBLEMS, open_project
    from leaflets.content.clinic import read_details
    from leaflets.editions.choice import Choice
    from leaflets.editions.plan import plan
    from leaflets.pdf.system_libraries import check_libraries

    project, diagnostics = open_project(options.project), Diagnostics()
    engine = Engine(project)
    try:
        state = read_state(options.out, said := Diagnostics())
    except OSError as error:
        print(f"leaflets: {options.out} cannot be read: {why(error)}", file=sys.stderr)
        return PROBLEMS
    if not unchanged(project, state):
        check_libraries()
        forking.get_ready(evidence=False)  # it loads while this process does
    clinic = options.clinic or (Path(state.clinic[0]) if state.clinic else None)
    details = read_details(clinic, diagnostics) if clinic else None
    engine.clinic = details.names if details else ()
    engine.refresh(state.files)
    materials = replace(engine.materials((), diagnostics, ()), details=details)
    editions = {edition.name: edition for edition in plan(materials.articles(), Choice(), diagnostics)}
    sheet = state.sheet if options.sheet is None else options.sheet
    materials = on_sheet(materials, list(editions.values()), sheet, diagnostics)
    for name in options.edition:
        if name not in editions:
            hint = did_you_mean(name, editions)
            diagnostics.error(Place("command line"), f"there is no edition “{name}”", "unknown-edition", hint)
    for item in (*said, *diagnostics.errors):
        print(item, file=sys.stderr)
    if diagnostics.errors:
        return PROBLEMS
    state.files, state.tools = engine.files, tools()
    chosen = [edition for name, edition in editions.items() if not options.edition or name in options.edition]
    freshness = Freshness(project, state.files, state.tools, engine.renderer)
    state.sheet = sheet
    try:
        with Workers(project, Destinations(), forking.default_jobs(), evidence=False) as workers:
            tasks = examine(freshness, materials, chosen, state, options.out, workers.page_inputs)
    except WorkersError as error:
        print(f"leaflets: {error}", file=sys.stderr)
        return PROBLEMS
    for task in tasks:
        print(printable(f"{task.edition}: {'out of date: ' + '; '.join(task.why) if task.why else 'up to date'}"))
    return DONE
