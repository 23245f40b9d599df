"""`leaflets build`: build editions into a folder, with progress and a summary."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EXAMPLES = """\
examples:
  leaflets build                                       everything, into build/
  leaflets build --leaflet overview --level plain      one leaflet at one level, all layouts and locales
  leaflets build --layout large-print --locale en-US   large print for the US
  leaflets build --project clinic --out /srv/leaflets  with a clinic's own folder
  leaflets build --out s3://leaflets --cache s3://leaflets-cache --cluster tcp://scheduler:8786
  leaflets build --clinic clinic.toml --out /srv/ours  with a clinic's name, address, opening hours, logo and QR codes
  leaflets build --layout booklet --print-sheet SRA4 --out shop
                                                       booklets for a print shop, to be cut from SRA4 at the marks
  leaflets build --jobs 8 --memory 1000                eight processes that may take 1000 MB each
  leaflets build --shard 2/5 --out /srv/part-2         the second of five parts, for a batch service that starts five
  leaflets build --force --level easy                  all easy ones, also those that are up to date
  leaflets build --no-evidence --level plain           drafts: their files are not measured
  leaflets build --release --out handed-out            only what is signed and in date; says what the others need
  leaflets build --json                                a line of JSON for the plan, each edition, each fault, the end
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import a_store, add_choice

    add_choice(parser)
    parser.add_argument(
        "--out", type=a_store, default="build", metavar="DIR", help="folder or URL where the files go (default: build)"
    )
    parser.add_argument(
        "--cache", type=a_store, metavar="DIR", help="folder or URL of finished editions that several builders share"
    )
    parser.add_argument(
        "--clinic", type=Path, metavar="FILE", help="the clinic's details (“leaflets new clinic” writes an example)"
    )
    parser.add_argument(
        "--print-sheet",
        dest="sheet",
        default="",
        metavar="PAPER",
        help="files for the printer of booklets and tri-folds on a larger sheet, with cut marks (SRA4, A3, SRA3; for "
        "Letter also 9x12, Tabloid, 12x18)",
    )
    parser.add_argument(
        "--no-evidence",
        dest="evidence",
        action="store_false",
        help="do not measure finished files: a quarter less time, for drafts; they have no evidence then",
    )
    parser.add_argument(
        "--release",
        action="store_true",
        help="only what may be handed out: signed as it is, in date, with evidence that does not fail; all else is "
        "refused, taken out of the folder, and it is said what it needs",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for programs")
    parser.add_argument(
        "--shard", type=_shard, default=(1, 1), metavar="I/N", help="only the I-th of N parts of the plan"
    )
    parser.add_argument("--force", action="store_true", help="build also what is up to date")
    parser.add_argument(
        "--jobs", type=_jobs, default=0, metavar="N", help="processes (default: as many as there are cores, 2 at least)"
    )
    parser.add_argument(
        "--cluster", default="", metavar="ADDRESS", help="build on the workers of a Dask scheduler: tcp://host:port"
    )
    parser.add_argument(
        "--memory",
        type=_memory,
        default=0,
        metavar="MB",
        help="what a process may take at the most; one that wants more costs its edition, not the build "
        "(default: three quarters of the machine's, shared by the processes; at least 768)",
    )
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.base.untrusted.names import printable
    from leaflets.builder.request import BuildRequest, Machine
    from leaflets.builder.state.up_to_date import up_to_date
    from leaflets.cli.main import DONE, PROBLEMS, WRONG_USE, choice_of, open_project

    if options.release and not options.evidence:
        print("leaflets: a release needs evidence: leave --no-evidence out", file=sys.stderr)
        return WRONG_USE
    project = open_project(options.project)
    request = BuildRequest(
        choice_of(options), options.out, options.clinic, options.sheet, options.evidence, options.force, options.shard,
        options.release,
    )  # fmt: skip
    if not options.json and (fresh := up_to_date(project, request)) is not None:
        for made in fresh:
            for message, _ in made.warnings:
                print(printable(f"{Path(made.entry['path']).stem}: warning: {message}"), file=sys.stderr)
        print(f"{len(fresh)} leaflets are up to date in {options.out}/")
        return DONE
    from leaflets.builder.workers import forking
    from leaflets.pdf.system_libraries import check_libraries

    check_libraries()
    machine = Machine(options.jobs or forking.default_jobs(), options.memory, options.cache, options.cluster)
    if not machine.cluster:
        forking.get_ready(request.evidence)  # it loads while this process does
    from leaflets.builder.build import build
    from leaflets.cli.progress import BuildBar, Events

    with Events() if options.json else BuildBar() as progress:
        built = build(project, request, machine, progress)
    progress.end(built, options.out)
    return PROBLEMS if built.diagnostics.errors else DONE


def _jobs(text: str) -> int:
    return _number(text, 1, "a number of processes, 1 or more")


def _memory(text: str) -> int:
    return _number(text, 300, "a number of MB, 300 or more: less is not enough for a leaflet")


def _number(text: str, least: int, what: str) -> int:
    if not text.isdecimal() or int(text) < least:
        raise argparse.ArgumentTypeError(f"write {what}")
    return int(text)


def _shard(text: str) -> tuple[int, int]:
    """Parse “2/5” to (2, 5)."""
    first, _, second = text.partition("/")
    if not (first.isdigit() and second.isdigit() and 1 <= int(first) <= int(second)):
        raise argparse.ArgumentTypeError("write I/N, such as 2/5: I from 1 to N")
    return int(first), int(second)
