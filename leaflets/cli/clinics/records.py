"""`leaflets records`: answer the record system (HL7 Infobutton, FHIR R4, CDS Hooks)."""

from __future__ import annotations

import argparse
import re
import sys

EXAMPLES = """\
examples:
  leaflets records --port 8770                                  what is signed in build/, on this machine alone
  leaflets records --port 8770 --drafts                         for a trial: what nobody has signed, too, marked so
  leaflets records --port 8770 --public-url https://leaflets.hospital.example/
                                                                behind a server that speaks HTTPS
  curl 'http://127.0.0.1:8770/infobutton?mainSearchCriteria.v.c=G25.81'
docs/records.md has the requests and answers
"""
HOST, PORT = "127.0.0.1", 8770


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.clinics.desk import a_port
    from leaflets.cli.main import a_store, add_project

    parser.add_argument(
        "--from", "--out", dest="out", type=a_store, default="build", metavar="BUILD", help="a build folder or URL"
    )
    parser.add_argument("--port", type=a_port, default=PORT, metavar="N", help=f"port to listen at (default: {PORT})")
    parser.add_argument("--host", default=HOST, metavar="ADDRESS", help="address to listen at (default: this machine)")
    parser.add_argument(
        "--public-url",
        type=public_url,
        default=None,
        metavar="URL",
        help="its address for the record system",
    )
    parser.add_argument(
        "--region",
        type=region,
        default="GB",
        metavar="ID",
        help="region of a language without one, such as US (default: GB)",
    )
    parser.add_argument("--drafts", action="store_true", help="hand out what no clinician has signed; for trials alone")
    add_project(parser)
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.base.store import why
    from leaflets.base.untrusted.json_data import BrokenDataError
    from leaflets.cli.main import DONE, PROBLEMS, open_project
    from leaflets.cli.output import say
    from leaflets.records.door import RecordsApp
    from leaflets.records.holdings import WatchedFolder
    from leaflets.serving.listening import address_of, listen, serve

    folder = WatchedFolder(open_project(options.project), options.out, options.drafts)
    try:
        holdings = folder.holdings()
    except FileNotFoundError:
        say(f"{options.out}:1:1: error: there are no leaflets here [records]\n  hint: build them first: leaflets build")
        return PROBLEMS
    except (OSError, BrokenDataError) as error:
        said = why(error) if isinstance(error, OSError) else str(error)
        say(f"{options.out}:1:1: error: the leaflets cannot be read: {said} [records]\n  hint: leaflets build")
        return PROBLEMS
    try:
        listening = listen(options.host, options.port)
    except OSError as error:
        say(f"leaflets: {options.host}:{options.port} cannot be listened at: {error.strerror or error}")
        return PROBLEMS
    base = options.public_url or address_of(options.host, listening.getsockname()[1])
    count = len(holdings.by_leaflet)
    print(f"the record system's door is at {base}infobutton; {count} leaflets; stop it with Ctrl-C", flush=True)
    if options.drafts:
        print("leaflets: warning: --drafts: leaflets that no clinician has signed are handed out", file=sys.stderr)
    elif not count:
        print(
            "leaflets: warning: nothing here is signed, so every answer is empty; --drafts is for trials",
            file=sys.stderr,
        )
    serve(RecordsApp(folder.project, folder, base, options.region).app(), listening)
    print("\nstopped", file=sys.stderr)
    return DONE


def region(text: str) -> str:
    """Argument type: a region of BCP 47, in capitals afterwards."""
    if not re.fullmatch(r"[A-Za-z]{2}|[0-9]{3}", text, re.ASCII):
        raise argparse.ArgumentTypeError("write a region such as GB or US")
    return text.upper()


def public_url(text: str) -> str:
    """Argument type: an address; it ends in a slash afterwards."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    odd = re.search(r"""[\s"'<>\\^`{|}@]|[^ -~]""", text)
    if odd or parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError("write an address such as https://leaflets.hospital.example/")
    return text.rstrip("/") + "/"
