"""Room on the disk: what is said when there is none, and a little kept back to write down what was done."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.store import why

FULL = {errno.ENOSPC, errno.EDQUOT}
"""The disk, or the user's share of it, is full: what comes next cannot be written either."""
DISK_FULL = "disk-full"
BASE, FILE, EDITION = 64 * 1024, 256, 16 * 1024
"""Bytes that catalogue, pages for people and state take at the most: at least, for each file read, for each edition."""


def cannot_write(
    path: Path | str, error: OSError, diagnostics: Diagnostics, what: str = "it cannot be written"
) -> None:
    """Complain of a file or folder (a path), or of something behind a URL (text), that cannot be written."""
    place, said = Place(str(path)), f"{what}: {why(error)}"
    if error.errno in FULL and isinstance(path, Path):
        hint = f"make room there{_free(path)} and run the same again: it goes on where this stopped"
        diagnostics.error(place, said, DISK_FULL, hint)
    else:
        diagnostics.error(place, said, "out", "see --out")


class Reserve:
    """A file that holds the room which catalogue and state will need, so that a full disk cannot keep them out."""

    def __init__(self, out: Path, files: int, editions: int) -> None:
        self.out, self.path = out, out / f".reserve.{os.getpid()}.part"
        self.size = BASE + FILE * files + EDITION * editions

    def take(self, diagnostics: Diagnostics) -> bool:
        """False after a diagnostic when there is not even that much room."""
        try:
            self.path.write_bytes(b"\0" * self.size)
        except OSError as error:
            self.give_back()
            cannot_write(self.out, error, diagnostics, f"no {self.size // 1024} kB for catalogue and state")
            return False
        return True

    def give_back(self) -> None:
        with suppress(OSError):
            self.path.unlink()


def _free(path: Path) -> str:
    with suppress(OSError):
        there = next(folder for folder in (path, *path.parents) if folder.exists())
        return f" ({shutil.disk_usage(there).free // 1024} kB are free)"
    return ""
