"""`leaflets pack`: join chosen leaflets in one file, with a cover and contents."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EXAMPLES = """\
examples:
  leaflets pack --out pack.pdf --level plain --layout standard --locale en-GB
  leaflets pack --out pack.pdf --title "Your legs" --layout large-print --level plain --locale en-GB
  leaflets pack --out pack.print.pdf --print --level plain --layout standard --locale en-GB
                                        for the printer: the files of build/, each from a right-hand page on
  leaflets pack --out ours.pdf --clinic clinic.toml --level plain --layout standard --locale en-GB
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import add_choice

    add_choice(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file of the pack")
    parser.add_argument(
        "--clinic",
        type=Path,
        metavar="FILE",
        help="the clinic's details; with --print they are stamped on files that have an empty box for them",
    )
    parser.add_argument("--title", default="", metavar="WORDS", help="on its cover")
    parser.add_argument(
        "--print",
        dest="printed",
        action="store_true",
        help="for the printer: finished files, joined so that each starts on a right-hand page; not accessible",
    )
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="DIR",
        help="with --print: the build folder (default: build)",
    )
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.pdf.system_libraries import check_libraries

    check_libraries()  # before the other imports, which take longer
    from leaflets.builder.packs import Pack
    from leaflets.cli.main import DONE, PROBLEMS, WRONG_USE, choice_of, open_project

    if options.out.suffix.lower() != ".pdf":
        print("leaflets: --out takes the name of a file that ends in .pdf", file=sys.stderr)
        return WRONG_USE
    if options.source and not options.printed:
        print("leaflets: --from goes with --print; a pack to read is set anew", file=sys.stderr)
        return WRONG_USE
    choice = choice_of(options)
    pack = Pack(open_project(options.project), choice, " ".join(options.title.split()), options.clinic)
    source = options.source or Path("build")
    packed = pack.printed(source, options.out) if options.printed else pack.accessible(options.out)
    for item in packed.diagnostics:
        print(item, file=sys.stderr)
    if packed.diagnostics.errors:
        print("nothing was written", file=sys.stderr)
        return PROBLEMS
    blanks = f", {packed.blanks} of them left white so that each starts on the right" if packed.blanks else ""
    print(f"{packed.leaflets} leaflets, {packed.pages} pages{blanks}; in {options.out}")
    return DONE
