"""Translation into braille by liblouis, a C library; without it no braille is made.

It is called by `ctypes`: its Python package is in no registry of Python packages, and that of Debian is for Debian's
own Python.
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
"""Names of the library on Linux, macOS and Windows."""
MISSING = (
    "liblouis is not there, so no braille (.brf) is made; "
    "on Debian and Ubuntu: apt-get install liblouis20, on macOS: brew install liblouis"
)
SIGNS = "en-us-brf.dis"
"""Display table: cells as the ASCII signs of BRF, for every language."""


@dataclass(frozen=True)
class Louis:
    """The loaded library. Its methods raise RuntimeError when a table does not work."""

    found: ctypes.CDLL
    version: str
    width: int
    """Bytes of a character."""

    def braille(self, text: str, table: str) -> str:
        """Translate text into braille, in the signs of BRF; `table`: file name of a liblouis table."""
        return self._run("lou_translateString", text, table)

    def back(self, braille: str, table: str) -> str:
        """Translate braille back into text, as far as the table allows."""
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
    """Load liblouis; None where it is not installed."""
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
    """The version of the installed liblouis, or “missing”."""
    louis = library()
    return louis.version if louis else "missing"
