"""`leaflets publish`: copy what is signed into a folder for a web server, with the answers for record systems."""

from __future__ import annotations

import argparse
import sys

EXAMPLES = """\
examples:
  leaflets publish public                                   what is signed in build/
  leaflets publish public --records --public-url https://leaflets.hospital.example/
                                                            also the answers to record systems, as files
  leaflets publish trial --drafts                           also what nobody has signed, marked on the page
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.clinics.records import public_url, region
    from leaflets.cli.main import a_store, add_project

    parser.add_argument("folder", type=a_store, metavar="DIR", help="folder or URL where the files go")
    parser.add_argument("--from", dest="out", type=a_store, default="build", metavar="BUILD", help="a build folder")
    parser.add_argument("--drafts", action="store_true", help="offer what no clinician has signed, marked so")
    parser.add_argument("--records", action="store_true", help="write the answers for record systems too")
    parser.add_argument(
        "--public-url", type=public_url, default=None, metavar="URL", help="address of the folder; --records needs it"
    )
    parser.add_argument(
        "--region", type=region, default="GB", metavar="ID", help="region of a language without one (default: GB)"
    )
    add_project(parser)
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.base.open_store import open_store
    from leaflets.base.store import why
    from leaflets.base.untrusted.json_data import BrokenDataError
    from leaflets.cli.main import DONE, PROBLEMS, WRONG_USE, open_project
    from leaflets.cli.output import say
    from leaflets.records.feed import FeedSettings
    from leaflets.records.holdings import ChangedFileError, read_holdings
    from leaflets.records.public_folder import PublicFolder

    if options.records and not options.public_url:
        say("leaflets publish: --records needs --public-url: answers name the leaflets by their whole addresses")
        return WRONG_USE
    project, source = open_project(options.project), open_store(options.out)
    try:
        holdings = read_holdings(source, project.today().isoformat(), options.drafts)
    except FileNotFoundError:
        say(f"{options.out}:1:1: error: there are no leaflets here [publish]\n  hint: build them first: leaflets build")
        return PROBLEMS
    except (OSError, BrokenDataError) as error:
        said = why(error) if isinstance(error, OSError) else str(error)
        say(f"{options.out}:1:1: error: the leaflets cannot be read: {said} [publish]\n  hint: leaflets build")
        return PROBLEMS
    now = f"{project.today().isoformat()}T00:00:00Z"
    settings = FeedSettings(options.public_url or "", now, "")
    folder = PublicFolder(project, source, open_store(options.folder), holdings, settings, options.region)
    try:
        count = folder.write(options.records)
    except ChangedFileError as error:
        say(f"{options.out}:1:1: error: {error} [publish]\n  hint: leaflets build")
        return PROBLEMS
    if not count:
        print("nothing is signed, so nothing is offered; --drafts offers drafts, marked so", file=sys.stderr)
    print(f"{count} files of {len(holdings.by_leaflet)} leaflets, in {options.folder}")
    return DONE
