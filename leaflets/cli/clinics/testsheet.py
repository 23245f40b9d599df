"""`leaflets testsheet`: write a sheet that shows whether a printer does what leaflets need."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaflets.base.diagnostics import Diagnostics
    from leaflets.base.project import Project

EXAMPLES = """\
examples:
  leaflets testsheet                          test-sheet.A4.pdf in the current folder
  leaflets testsheet --paper Letter           on US Letter
  leaflets testsheet --out printers/ward.pdf  elsewhere
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import add_project

    parser.add_argument("--paper", metavar="NAME", help="A4 or Letter (default: that of --locale, else A4)")
    parser.add_argument("--locale", metavar="TAG", help="takes the paper of its region, such as en-US")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where it goes (default: test-sheet.PAPER.pdf)")
    add_project(parser)
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.base.diagnostics import Diagnostics
    from leaflets.base.files import write_whole
    from leaflets.cli.main import DONE, PROBLEMS, open_project
    from leaflets.finish.press.testsheet import WORDS, read_test_words, test_sheet

    project, diagnostics = open_project(options.project), Diagnostics()
    paper = _paper(options, project, diagnostics)
    words = read_test_words(project, diagnostics)
    for item in diagnostics:
        print(item, file=sys.stderr)
    if diagnostics.errors:
        return PROBLEMS
    try:
        body = test_sheet(project, paper, words)
    except LookupError as error:
        print(f"{project.shown(WORDS)}: error: {error} [words]", file=sys.stderr)
        return PROBLEMS
    out = options.out or Path(f"test-sheet.{paper}.pdf")
    try:
        write_whole(out, body)
    except OSError as error:
        print(f"{out}: error: it cannot be written: {error.strerror} [out]", file=sys.stderr)
        return PROBLEMS
    print(f"wrote {out}: print it on both sides, flipped on the short edge, at actual size")
    return DONE


def _paper(options: argparse.Namespace, project: Project, diagnostics: Diagnostics) -> str:
    """Paper named by --paper or by the region of --locale; A4 without either."""
    from leaflets.base.diagnostics import did_you_mean
    from leaflets.base.units import PAPERS
    from leaflets.content.region import read_region
    from leaflets.editions.plan import COMMAND_LINE
    from leaflets.l10n.languages import LOCALES

    if options.paper:
        if options.paper not in PAPERS:
            hint = did_you_mean(options.paper, PAPERS)
            diagnostics.error(COMMAND_LINE, f"there is no paper “{options.paper}”", "unknown-paper", hint)
        return str(options.paper)
    if not options.locale:
        return "A4"
    if options.locale not in LOCALES:
        hint = did_you_mean(options.locale, LOCALES)
        diagnostics.error(COMMAND_LINE, f"there is no locale “{options.locale}”", "unknown-locale", hint)
        return ""
    region = read_region(project, LOCALES[options.locale].region, diagnostics)
    return region.paper if region else ""
