"""`leaflets find`: which leaflets somebody means by words or codes."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaflets.finder.search import Found, SearchAnswer

EXAMPLES = """\
examples:
  leaflets find restless legs
  leaflets find RLS easy large print            words of level, size and language filter
  leaflets find G25.81                          a code of ICD-10, ICD-10-CM, ICD-9-CM, SNOMED CT, MeSH
  leaflets find jumpy legs --json               for programs: best first, [] for nothing
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import a_store

    parser.add_argument("words", nargs="+", metavar="WORDS", help="what somebody looks for: words, codes, or both")
    parser.add_argument(
        "--from", dest="out", type=a_store, default="build", metavar="BUILD", help="a build folder (default: build)"
    )
    parser.add_argument("--json", action="store_true", help="a JSON list of what is found, for programs")
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.base.store import why
    from leaflets.base.untrusted.json_data import BrokenDataError
    from leaflets.cli.main import DONE, PROBLEMS
    from leaflets.cli.output import say
    from leaflets.finder.search import Finder
    from leaflets.finder.search_index import NAME, read_index

    place = options.out.place(NAME)
    try:
        answer = Finder(read_index(options.out)).search(" ".join(options.words))
    except FileNotFoundError:
        say(f"{place}:1:1: error: there is no index of leaflets [find]\n  hint: build them first: leaflets build")
        return PROBLEMS
    except (OSError, BrokenDataError) as error:
        said = why(error) if isinstance(error, OSError) else str(error)
        say(f"{place}:1:1: error: the index cannot be read: {said} [find]\n  hint: build again: leaflets build")
        return PROBLEMS
    if options.json:
        print(json.dumps([_as_json(row, answer) for row in answer.found], ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(answer)))
    return DONE


def _as_json(row: Found, answer: SearchAnswer) -> dict[str, Any]:
    leaflet = row.leaflet
    return {
        "leaflet": leaflet.leaflet,
        "article": leaflet.article,
        "score": row.score,
        "title": leaflet.title,
        "match": row.match,
        **{kind: list(values) for kind, values in answer.filters.items() if values},
    }


def _lines(answer: SearchAnswer) -> list[str]:
    from leaflets.base.untrusted.names import printable

    filters = ", ".join(f"{kind} {' or '.join(values)}" for kind, values in answer.filters.items() if values)
    if not answer.found:
        near = [f"  near: {printable(row.leaflet.title)}  ({row.leaflet.leaflet})" for row in answer.near]
        return [f"nothing is found{f' in {filters}' if filters else ''}", *near]
    rows = [
        f"{row.score:.2f}  {printable(row.leaflet.title)}  ({row.leaflet.article}.{row.leaflet.leaflet})"
        + (f"  by “{printable(row.match)}”" if row.match else "")
        for row in answer.found
    ]
    return [*rows, *([f"only: {filters}"] if filters else [])]
