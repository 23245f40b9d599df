"""`leaflets desk`: serve the print desk, a web page for clinicians on their own machine."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket

    from leaflets.builder.build import Built

EXAMPLES = """\
examples:
  leaflets desk                                     all leaflets, at http://127.0.0.1:8765/
  leaflets desk --clinic clinic.toml --out ours     with a clinic's details on them
  leaflets desk --project clinic --article back-pain --locale en-GB
                                                    while an article is written: each saved file shows on the page
  leaflets desk --port 8766 --no-open               at another port, and no browser is opened
"""
HOST, PORT = "127.0.0.1", 8765
NOT_LOCAL = """\
leaflets: warning: --host {host} lets other machines ask. Whoever reaches {url} can see the leaflets and send notes,
without a password, and what is sent is not encrypted. Without --host only this machine can ask."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import a_store, add_choice

    add_choice(parser)
    parser.add_argument(
        "--out",
        type=a_store,
        default="build",
        metavar="DIR",
        help="folder of the leaflets; what is out of date in it is built (default: build)",
    )
    parser.add_argument("--clinic", type=Path, metavar="FILE", help="the clinic's details")
    parser.add_argument("--port", type=a_port, default=PORT, metavar="N", help=f"port to listen at (default: {PORT})")
    parser.add_argument(
        "--host",
        default=HOST,
        metavar="ADDRESS",
        help="another address to listen at, so that other machines can ask (default: this machine alone)",
    )
    parser.add_argument("--no-open", dest="open", action="store_false", help="do not open a browser")
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.pdf.system_libraries import check_libraries

    check_libraries()  # before the other imports, which take longer
    from leaflets.base.open_store import open_store
    from leaflets.cli.main import DONE, PROBLEMS, choice_of, open_project
    from leaflets.desk.security import Address
    from leaflets.desk.server import Running
    from leaflets.serving.listening import listen

    project = open_project(options.project)
    try:
        listening = listen(options.host, options.port)
    except OSError as error:
        print(_cannot_listen(options.host, options.port, error), file=sys.stderr)
        return PROBLEMS
    address = Address(options.host, _port_of(listening))
    if not address.local:
        print(NOT_LOCAL.format(host=options.host, url=address.url), file=sys.stderr)
    choice = choice_of(options)
    desk = Running(project, choice, open_store(options.out), options.clinic)

    def ready() -> None:
        print(f"the print desk is at {address.url}; stop it with Ctrl-C", flush=True)
        if options.open:
            _open(address.url)

    try:
        for turn in desk.serve(listening, address, ready):
            _report(turn.built, turn.seconds)
    except KeyboardInterrupt:
        print("\nstopped; nothing is left half-written", file=sys.stderr)
    finally:
        listening.close()
    return DONE


def _report(built: Built, seconds: float) -> None:
    for item in built.diagnostics.errors:
        print(item, file=sys.stderr, flush=True)
    errors = len(set(built.diagnostics.errors))
    if errors or built.results:
        print(f"{errors} errors" if errors else f"{len(built.results)} built, {seconds:.1f} s", flush=True)


def _cannot_listen(host: str, port: int, error: OSError) -> str:
    """Message for an address on which the desk cannot listen, with a hint."""
    if error.errno == errno.EADDRINUSE:
        return (
            f"leaflets: port {port} is in use, perhaps by a print desk that runs already: see http://{HOST}:{port}/\n"
            f"  hint: stop that program, or take another port, such as: leaflets desk --port {(port + 1) % 65536}"
        )
    if error.errno == errno.EACCES:
        return (
            f"leaflets: port {port} is kept for the system\n  hint: take one from 1024 on: leaflets desk --port {PORT}"
        )
    return (
        f"leaflets: --host {host}: this is not an address of this machine ({error.strerror or error})\n"
        f"  hint: leave --host out, and only this machine can ask"
    )


def _open(url: str) -> None:
    """Open a browser in the background, if there is a display."""
    import webbrowser

    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return
    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def a_port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("write the number of a port, such as 8765 (0: any that is free)")
    return int(text)


def _port_of(listening: socket.socket) -> int:
    return int(listening.getsockname()[1])
