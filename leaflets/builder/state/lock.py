"""Lock on a build folder, and removal of the half-written files of dead builds.

Two builds into one folder would each write catalogue and manifest without the editions of the other. So a build locks
`.lock` in its folder. The operating system releases the lock when the process ends in any way, so a dead build never
blocks a later one.
"""

from __future__ import annotations

import json
import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.untrusted.json_data import parse_json
from leaflets.builder.disk_space import cannot_write

try:
    import fcntl
except ImportError:  # Windows: no lock, so nothing prevents two builds into one folder
    fcntl = None  # type: ignore[assignment]

NAME = ".lock"
OLD = 600.0
"""Seconds after which a half-written file counts as abandoned: writing one takes far less than a second."""
_PART = re.compile(r"\.(\d+)\.part\Z")


@contextmanager
def locked(out: Path, diagnostics: Diagnostics) -> Iterator[bool]:
    """Create a folder if needed, lock it for the block, and remove half-written files of dead builds.

    Yields False, with a diagnostic, when it cannot be written or another build has locked it. A folder created here is
    removed again if it stays empty.
    """
    there = out.exists()
    try:
        handle = _lock(out, diagnostics)
    except OSError as error:
        cannot_write(out, error, diagnostics, "nothing can be written here")
        handle = None
    if handle is None:
        yield False
        return
    try:
        _sweep(out)
        yield True
    finally:
        with suppress(PermissionError):  # Windows: not while it is open
            (out / NAME).unlink(missing_ok=True)  # while the lock is held
        os.close(handle)
        if not there:
            with suppress(OSError):
                out.rmdir()


def _lock(out: Path, diagnostics: Diagnostics) -> int | None:
    """Lock the folder; returns the open lock file, or None, with a diagnostic, when another build holds the lock."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / NAME
    while True:
        if path.is_symlink():
            path.unlink(missing_ok=True)  # never the file that it leads to
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        try:
            if not _try(handle):
                _busy(out, os.read(handle, 4096), diagnostics)
                os.close(handle)
                return None
            if _same(handle, path):
                note = {"pid": os.getpid(), "host": socket.gethostname(), "since": time.time()}
                with suppress(OSError):  # a full disk is reported by the first file that must be written
                    os.truncate(handle, 0)
                    os.write(handle, json.dumps(note).encode())
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # its holder ended and deleted the file before we locked it


def _try(handle: int) -> bool:
    """Try to lock an open file. True also on a file system without locks."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _same(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _busy(out: Path, note: bytes, diagnostics: Diagnostics) -> None:
    try:
        holder = parse_json(note)
        since = time.strftime("%H:%M:%S", time.localtime(holder["since"]))
        who = f"process {holder['pid']} on {holder['host']}, since {since}"
    except (ValueError, KeyError, TypeError, OverflowError, OSError):  # it has only just begun
        who = "it has just begun"
    hint = "wait for it to end, or build into another folder with --out"
    diagnostics.error(Place(str(out)), f"another build is at work in this folder ({who})", "busy", hint)


def _sweep(out: Path) -> None:
    """Delete half-written files of dead processes, and old ones."""
    for path in out.rglob("*.part"):
        with suppress(OSError):
            owner = _PART.search(path.name)
            if owner and (not _alive(int(owner[1])) or _old(path)):
                path.unlink()


def sweep_cache(cache: Path, turn: int) -> None:
    """Delete old half-written files in a cache folder, in one of its 256 subfolders, `turn` modulo 256: it can have a
    million files. Age decides alone, since builders on other machines have process ids of their own."""
    folder = cache / f"{turn % 256:02x}"
    for path in () if folder.is_symlink() else folder.glob("*.part"):
        with suppress(OSError):
            if _PART.search(path.name) and _old(path):
                path.unlink()


def _old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > OLD


def _alive(process: int) -> bool:
    if os.name == "nt":
        return True  # os.kill would end the process there; its files are deleted by age
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
