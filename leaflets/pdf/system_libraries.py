"""System libraries that WeasyPrint loads: whether they are there, found without importing it.

Without one WeasyPrint prints a banner of its own and fails at its import, in each worker process anew.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes.util import find_library
from functools import cache

from leaflets.base.machine import UnfitMachineError

APT = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
BREW = "brew install pango harfbuzz"
NEEDED = {
    "GObject": (
        "libgobject-2.0-0", "gobject-2.0-0", "gobject-2.0", "libgobject-2.0.so.0", "libgobject-2.0.0.dylib",
        "libgobject-2.0-0.dll",
    ),
    "Pango": (
        "libpango-1.0-0", "pango-1.0-0", "pango-1.0", "libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll",
    ),
    "HarfBuzz": (
        "libharfbuzz-0", "harfbuzz", "harfbuzz-0.0", "libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll",
    ),
    "Fontconfig": (
        "libfontconfig-1", "fontconfig-1", "fontconfig", "libfontconfig.so.1", "libfontconfig.1.dylib",
        "libfontconfig-1.dll",
    ),
    "PangoFT2": (
        "libpangoft2-1.0-0", "pangoft2-1.0-0", "pangoft2-1.0", "libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib",
        "libpangoft2-1.0-0.dll",
    ),
}  # fmt: skip
"""Libraries that must be there, with the file names that WeasyPrint tries (reference: weasyprint/text/ffi.py)."""
SUBSETTER = (
    "libharfbuzz-subset-0", "harfbuzz-subset", "harfbuzz-subset-0.0", "libharfbuzz-subset.so.0",
    "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll",
)  # fmt: skip
"""File names of the library that cuts fonts, without which the files have other bytes."""


def check_libraries() -> None:
    """Raise UnfitMachineError when a library that typesetting needs is not there. It takes some milliseconds."""
    if missing := missing_libraries():
        raise UnfitMachineError(f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing; {how_to()}")


@cache
def missing_libraries() -> tuple[str, ...]:
    """Names of the libraries that are not there; Pango stands for what comes with it."""
    found = tuple(name for name, files in NEEDED.items() if not loads(files))
    return ("Pango",) if "Pango" in found else found


def how_to() -> str:
    """What to do about a missing library."""
    if sys.platform == "darwin":
        return BREW
    return f"on Debian and Ubuntu: {APT}; elsewhere: Pango and HarfBuzz of your system"


def loads(files: tuple[str, ...]) -> bool:
    """Whether a library can be loaded by one of its file names."""
    return any(map(_opens, files)) or (sys.platform != "linux" and any(map(find_library, files)))


def _opens(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True
