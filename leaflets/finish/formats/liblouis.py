"""Print to braille by liblouis, a C library; without it no braille is made.

Its shared library is called by `ctypes`: the Python package that goes with it is in no registry of Python packages, and
that of Debian is for Debian's own Python.
"""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from functools import cache

NAMES = (
    "liblouis.so.20",
    "liblouis.so",
    "liblouis.20.dylib",
    "/opt/homebrew/lib/liblouis.dylib",
    "/usr/local/lib/liblouis.dylib",
    "liblouis.dll",
)
"""What the library is called on Linux, macOS and Windows."""
MISSING = (
    "liblouis is not there, so no braille (.brf) is made; "
    "on Debian and Ubuntu: apt-get install liblouis20, on macOS: brew install liblouis"
)
SIGNS = "en-us-brf.dis"
"""Cells as the ASCII signs of BRF, whatever the language."""


@dataclass(frozen=True)
class Louis:
    """The library, loaded."""

    found: ctypes.CDLL
    version: str
    width: int
    """Bytes of a character."""

    def braille(self, text: str, table: str) -> str:
        """A text as braille, in the signs of BRF."""
        return self._run("lou_translateString", text, table)

    def back(self, braille: str, table: str) -> str:
        """What a braille text says, as far as a program can tell."""
        return self._run("lou_backTranslateString", braille, table)

    def _run(self, function: str, text: str, table: str) -> str:
        code = "utf-32" if self.width == 4 else "utf-16"
        code += "-le" if sys.byteorder == "little" else "-be"
        given = text.encode(code)
        room = 8 * len(text) + 64
        taken, made = ctypes.c_int(len(given) // self.width), ctypes.c_int(room)
        result = ctypes.create_string_buffer(room * self.width)
        tables = f"{SIGNS},{table}".encode()
        source = ctypes.create_string_buffer(given, len(given) or 1)
        done = getattr(self.found, function)(
            tables, source, ctypes.byref(taken), result, ctypes.byref(made), None, None, 0
        )
        if not done or taken.value * self.width != len(given):
            raise RuntimeError(f"liblouis {self.version} could not use its table {table} for “{text[:40]}”")
        return result.raw[: made.value * self.width].decode(code)


@cache
def library() -> Louis | None:
    """liblouis, where this machine has it."""
    for name in NAMES:
        try:
            found = ctypes.CDLL(name)
        except OSError:
            continue
        found.lou_version.restype = ctypes.c_char_p
        version: bytes = found.lou_version()
        return Louis(found, version.decode(), found.lou_charSize())
    return None


def found() -> str:
    """Its version, or “missing”."""
    louis = library()
    return louis.version if louis else "missing"
