"""Full disks: diagnostics of files that cannot be written, and space reserved for catalogue and manifest."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.store import why

FULL = {errno.ENOSPC, errno.EDQUOT}
"""Error numbers of a full disk or quota: later files cannot be written either."""
DISK_FULL = "disk-full"
BASE, FILE, EDITION = 64 * 1024, 256, 16 * 1024
"""Greatest size of catalogue, index pages and manifest, bytes: base, for each file read, for each edition."""


def cannot_write(
    path: Path | str, error: OSError, diagnostics: Diagnostics, what: str = "it cannot be written"
) -> None:
    """Report a file or folder (a path), or a URL (text), that cannot be written: rule `disk-full` or `out`."""
    place, said = Place(str(path)), f"{what}: {why(error)}"
    if error.errno in FULL and isinstance(path, Path):
        hint = f"make room there{_free(path)} and run the same again: it goes on where this stopped"
        diagnostics.error(place, said, DISK_FULL, hint)
    else:
        diagnostics.error(place, said, "out", "see --out")


class Reserve:
    """A file that reserves the disk space for catalogue and manifest, so that they can be written to a full disk.

    `files`: number of files read; `editions`: number of editions in the manifest.
    """

    def __init__(self, out: Path, files: int, editions: int) -> None:
        self.out, self.path = out, out / f".reserve.{os.getpid()}.part"
        self.size = BASE + FILE * files + EDITION * editions

    def take(self, diagnostics: Diagnostics) -> bool:
        """Write the file; False, with a diagnostic, if the disk has not enough space."""
        try:
            self.path.unlink(missing_ok=True)  # of an earlier process with the same id, or a link put there
            self.path.write_bytes(b"\0" * self.size)
        except OSError as error:
            self.give_back()
            cannot_write(self.out, error, diagnostics, f"no {self.size // 1024} kB for catalogue and state")
            return False
        return True

    def give_back(self) -> None:
        """Delete the file, which frees its space."""
        with suppress(OSError):
            self.path.unlink()


def _free(path: Path) -> str:
    with suppress(OSError):
        there = next(folder for folder in (path, *path.parents) if folder.exists())
        return f" ({shutil.disk_usage(there).free // 1024} kB are free)"
    return ""
