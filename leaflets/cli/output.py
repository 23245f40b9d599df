"""Standard output and error of a command: letters that their encoding lacks, and streams that cannot be written."""

from __future__ import annotations

import codecs
import json
import os
import sys
import threading
import unicodedata
from contextlib import suppress
from typing import Any, TextIO

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.fault import sentence

SPELT = {
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "…": "...", "×": "x", "→": "->",
    "•": "*", "·": "*", "━": "-", "╸": "-", "╺": "-", "█": "#", "✓": "+", "\u00a0": " ",
}  # fmt: skip
"""Signs of the program's messages as an older encoding (ASCII, cp850, Latin-1) can show them."""


UNTRANSLATED = ("missing-message", "stale-message")
"""Rules of texts that wait for a translator."""


def prepare_output() -> None:
    """Set an error handler for standard output and error that replaces letters which their encoding lacks."""
    codecs.register_error("leaflets", _spell)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="leaflets")


def _spell(error: UnicodeError) -> tuple[str, int]:
    """Replacement for what an encoding lacks: a like sign, the bare letter, else the code point."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = ""
    for char in error.object[error.start : error.end]:
        bare = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
        found += SPELT.get(char) or (bare if bare.strip() else f"U+{ord(char):04X}")
    return found, error.end


def json_text(value: Any, indent: int | None = None) -> str:
    """A value as JSON: with its letters where standard output is UTF-8, else escaped, so that nothing is respelt."""
    whole = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    return json.dumps(value, ensure_ascii=not whole, indent=indent)


def counted(diagnostics: Diagnostics) -> str:
    """How many errors there are, with those that are texts not yet translated."""
    errors = set(diagnostics.errors)
    untranslated = sum(item.rule in UNTRANSLATED for item in errors)
    said = f"{len(errors)} error{'' if len(errors) == 1 else 's'}"
    return f"{said}, {untranslated} of them what is not yet translated" if untranslated else said


def say(line: str) -> None:
    """Print a line on standard error, if that can still be written."""
    with suppress(OSError, ValueError):
        sys.stderr.write(f"{line}\n")  # one write: lines of several threads do not run into each other
        sys.stderr.flush()


def tell_hidden_faults() -> None:
    """Tell exceptions of other threads, and those of clean-ups that Python ignores, in one line each."""
    threading.excepthook = lambda found: say(sentence(found.exc_value)) if found.exc_value else None
    sys.unraisablehook = lambda found: (
        say(sentence(found.exc_value)) if isinstance(found.exc_value, Exception) else None
    )  # a KeyboardInterrupt there is recorded (`builder/stopping.py`)


def give_up(stream: TextIO) -> None:
    """Redirect a stream to the null device, because its reader has ended or its disk is full. Else Python would try to
    write again at its exit, and report an error."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
