"""Entry point of `leaflets` and `generate.py`: parse the command line and run one command."""

from __future__ import annotations

import argparse
import errno
import gc
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leaflets import __version__
from leaflets.base.fault import sentence
from leaflets.base.machine import UnfitMachineError, check_settings
from leaflets.builder import stopping
from leaflets.cli.output import give_up, prepare_output, say, tell_hidden_faults

if TYPE_CHECKING:
    from types import ModuleType

    from leaflets.base.project import Project
    from leaflets.base.store import Store
    from leaflets.editions.choice import Choice

COMMANDS: dict[str, tuple[str, str]] = {
    "build": ("authors", "build leaflets (what happens when no command is given)"),
    "check": ("authors", "check the words of articles and show how they read, or look at finished files (--pdf)"),
    "verify": ("machine", "hold a build folder to its catalogue, file by file, and PDF files to their evidence"),
    "explain": ("authors", "say why editions are, or are not, up to date"),
    "watch": ("authors", "build what changed whenever a file is saved"),
    "desk": ("clinics", "a page for clinicians on this machine: find, choose, print, with a note if need be"),
    "find": ("clinics", "find leaflets by words, abbreviations or codes"),
    "publish": ("clinics", "copy what is signed into a folder for a web server"),
    "records": ("clinics", "answer the record system: HL7 Infobutton, FHIR, CDS Hooks"),
    "list": ("clinics", "list the editions that can be built"),
    "sign": ("authors", "sign leaflets as they are now, or take a signature back"),
    "history": ("authors", "show who signed what, and what changed since"),
    "new": ("authors", "start a new article or the file of a clinic, or write the JSON Schemas for an editor"),
    "testsheet": ("clinics", "write a sheet that shows whether a printer does what the leaflets need"),
    "stamp": ("clinics", "put the details of many clinics on finished leaflets"),
    "pack": ("clinics", "join leaflets in one file, with a cover and contents"),
    "doctor": ("machine", "look whether this machine has what is needed"),
}
"""Command -> the folder below `leaflets.cli` that has its module, one line of help. The module has the name of the
command, `add_arguments` and `run`."""

GARBAGE = 20_000
"""Number of new objects after which Python's garbage collector runs. The default, 700, would make it traverse the
modules being imported, which stay, some hundred times."""
DONE, PROBLEMS, WRONG_USE, FAULT = 0, 1, 2, 3
PIPE_CLOSED = 141
"""As of a program that SIGPIPE ends (128 + 13): a shell with `pipefail` sees that not all was read."""
FULL = (errno.ENOSPC, errno.EDQUOT)
OUTSIDE = (*FULL, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.EIO, errno.EMFILE)
"""Errors of the operating system that a file or folder of the user causes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0 done, 1 problems found, 2 wrong use, 3 a fault of the program, 141
    output that nobody reads any more. Wrong options raise SystemExit."""
    try:
        try:
            return _command(arguments)
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        say(stopping.STOPPED)
        return PROBLEMS
    except UnfitMachineError as error:
        say(f"leaflets: error: {error}")
        return WRONG_USE
    except BrokenPipeError:  # who reads the output has enough; what was found is not known to them
        give_up(sys.stdout)
        return PIPE_CLOSED
    except Exception as error:
        return _failed(error)


def _command(arguments: Sequence[str] | None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None:  # run as a program
        prepare_output()
        tell_hidden_faults()
        stopping.install()
        gc.set_threshold(GARBAGE)
    check_settings()
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version")):
        given.insert(0, "build")
    if not given[0].startswith("-") and given[0] not in COMMANDS:
        return _unknown_command(given[0])
    options = _parser(given[0]).parse_args(given)
    return int(command_module(options.command).run(options))


def _failed(error: Exception) -> int:
    """Report an unexpected exception in one line; returns the exit status."""
    number = error.errno if isinstance(error, OSError) else None
    if number in OUTSIDE and isinstance(error, OSError):  # the machine's doing, not ours
        where = error.filename2 or error.filename
        if where is None and number in FULL:
            give_up(sys.stdout)
        say(f"leaflets: error: {where or 'the output'} cannot be used: {error.strerror}")
        return PROBLEMS
    say(sentence(error))
    return FAULT


def _unknown_command(command: str) -> int:
    from leaflets.base.diagnostics import did_you_mean

    print(f"leaflets: there is no command “{command}”; {did_you_mean(command, COMMANDS)}", file=sys.stderr)
    return WRONG_USE


def command_module(command: str) -> ModuleType:
    """Import the module of a command, a key of `COMMANDS`."""
    return importlib.import_module(f"leaflets.cli.{COMMANDS[command][0]}.{command}")


def _parser(command: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="leaflets",
        description="Clinic-ready PDF leaflets from one structured article: reading levels, layouts, locales.",
        epilog="With no command everything is built into build/. “leaflets COMMAND --help” has examples.",
    )
    parser.add_argument("--version", action="version", version=f"leaflets {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (_, summary) in COMMANDS.items():
        sub = commands.add_parser(
            name, help=summary, description=summary, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name == command:
            command_module(name).add_arguments(sub)
    return parser


def open_project(folder: Path) -> Project:
    """Open the project of `--project`. SystemExit 2 when the folder does not exist."""
    from leaflets.base.project import Project, use

    if not folder.is_dir():
        print(f"leaflets: --project {folder}: there is no such folder", file=sys.stderr)
        raise SystemExit(WRONG_USE)
    _tell_misspelt_folders(folder)
    return use(Project(folder))


def _tell_misspelt_folders(project: Path) -> None:
    """Warn of a folder whose name is nearly one that a project has: it is not read, and what is shipped
    stands in its place."""
    import difflib

    from leaflets.base.untrusted.names import printable
    from leaflets.builder.state.manifest import FOLDERS

    for path in sorted(project.iterdir()):
        near = difflib.get_close_matches(path.name.lower(), FOLDERS, n=1, cutoff=0.8)
        if near and path.name not in FOLDERS and path.is_dir():
            say(f"leaflets: warning: {printable(str(path))} is not read; did you mean “{near[0]}”?")


def a_store(text: str) -> Store:
    """Argument type: the store at a folder or URL."""
    from leaflets.base.open_store import open_store
    from leaflets.base.store import StoreError

    if not text:
        raise argparse.ArgumentTypeError("no folder is named; the current one is “.”")
    try:
        return open_store(text)
    except StoreError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def add_choice(parser: argparse.ArgumentParser, project: bool = True) -> None:
    """Add the options that filter editions, and --project if the command reads one."""
    parser.add_argument(
        "--article", action="append", default=[], metavar="ID", help="only this article (may be repeated)"
    )
    parser.add_argument(
        "--leaflet", action="append", default=[], metavar="ID", help="only this leaflet (may be repeated)"
    )
    parser.add_argument(
        "--level", action="append", default=[], metavar="ID", help="easy, plain or detailed (may be repeated)"
    )
    parser.add_argument(
        "--layout", action="append", default=[], metavar="ID", help="such as standard (may be repeated)"
    )
    parser.add_argument("--locale", action="append", default=[], metavar="TAG", help="such as en-GB (may be repeated)")
    if project:
        add_project(parser)


def choice_of(options: argparse.Namespace) -> Choice:
    """The choice of editions in the options of `add_choice`."""
    from leaflets.editions.choice import Choice

    return Choice(options.article, options.leaflet, options.level, options.layout, options.locale)


def add_project(parser: argparse.ArgumentParser) -> None:
    """Add the option --project, the user's own folder."""
    parser.add_argument(
        "--project",
        type=Path,
        default=Path("."),
        metavar="DIR",
        help="folder with your own articles, templates, assets and regions; they add to what is shipped or override it "
        "(default: the current folder)",
    )
