"""`leaflets verify`: compare a build folder with its catalogue, both ways, and measure its PDF files again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EXAMPLES = """\
examples:
  leaflets verify                       all files in build/: is each as it was built, and is there no other?
  leaflets verify /srv/leaflets         the files of another folder, after they were copied there
  leaflets verify stamped/leeds         the files that were stamped for a clinic
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
    from leaflets.cli.main import DONE, PROBLEMS, WRONG_USE, choice_of
    from leaflets.publish.integrity import verify_folder

    folder: Path = options.folder
    if not folder.is_dir():
        print(f"leaflets: {folder}: there is no such folder", file=sys.stderr)
        return WRONG_USE
    diagnostics = Diagnostics()
    count = verify_folder(LocalStore(folder), choice_of(options), diagnostics)
    for item in diagnostics:
        print(item, file=sys.stderr)
    if not count and not diagnostics.errors:
        print(f"leaflets: {folder}: its catalogue has no leaflets of what was asked for", file=sys.stderr)
        return WRONG_USE
    errors = len(diagnostics.errors)
    files = f"{count} file{'' if count == 1 else 's'}"
    said = "as the catalogue lists them, and as their evidence says"
    print(f"{files}: {errors} error{'' if errors == 1 else 's'}" if errors else f"{files}: {said}")
    return PROBLEMS if errors else DONE
