"""`leaflets verify`: compare the files of a build with their evidence, and measure them again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EXAMPLES = """\
examples:
  leaflets verify                       all files in build/: is each the one that its evidence was made of?
  leaflets verify /srv/leaflets         the files of another folder, after they were copied there
  leaflets verify --locale en-US        those of one locale
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import add_choice

    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path("build"), metavar="DIR", help="the build folder (default: build)"
    )
    add_choice(parser, project=False)
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.base.diagnostics import Diagnostics
    from leaflets.base.store import LocalStore
    from leaflets.check.evidence.verify import verify
    from leaflets.cli.main import DONE, PROBLEMS, WRONG_USE
    from leaflets.publish.catalogue import read_catalogue

    folder: Path = options.folder
    if not folder.is_dir():
        print(f"leaflets: {folder}: there is no such folder", file=sys.stderr)
        return WRONG_USE
    parts = ("article", "leaflet", "level", "layout", "locale")
    entries = [entry for entry in read_catalogue(LocalStore(folder)) if entry.kind in ("read", "print")]
    wanted = [
        entry for entry in entries
        if all(not getattr(options, part) or getattr(entry, part) in getattr(options, part) for part in parts)
    ]  # fmt: skip
    if not wanted:
        print(f"leaflets: {folder}: its catalogue has no leaflets of what was asked for", file=sys.stderr)
        return WRONG_USE
    diagnostics = Diagnostics()
    for entry in wanted:
        if entry.kind == "read":
            name = Path(entry.path).with_suffix(".evidence.json")
            verify(folder, entry.path, name.as_posix(), diagnostics)
    for item in diagnostics:
        print(item, file=sys.stderr)
    errors = len(diagnostics.errors)
    files = f"{len(wanted)} file{'' if len(wanted) == 1 else 's'}"
    print(f"{files}: {errors} error{'' if errors == 1 else 's'}" if errors else f"{files}: as their evidence says")
    return PROBLEMS if errors else DONE
