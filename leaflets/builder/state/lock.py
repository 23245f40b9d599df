"""A build folder for one build alone, and what dead builds left in it.

Two builds into one folder would each write the catalogue and the state without what the other made. So a build holds
`.lock` in its folder with a lock of the operating system, which ends with the process however that ends: nothing that
is left of a dead build blocks a later one.
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
from leaflets.builder.disk_space import cannot_write

try:
    import fcntl
except ImportError:  # Windows: no lock, two builds into one folder are not kept apart there
    fcntl = None  # type: ignore[assignment]

NAME = ".lock"
OLD = 600.0
"""Seconds after which a half-written file is nobody's any more: each is written in far less than one."""
_PART = re.compile(r"\.(\d+)\.part\Z")


@contextmanager
def claimed(out: Path, diagnostics: Diagnostics) -> Iterator[bool]:
    """The folder is made where it is not there, is ours while the block runs, and has no left-overs of the dead.

    False after a diagnostic: it cannot be written to, or another build has it. A folder that was made for the build
    goes when nothing was written into it.
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
    """The open lock file; None after a diagnostic when another build holds it."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / NAME
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if not _try(handle):
                _busy(out, os.read(handle, 4096), diagnostics)
                os.close(handle)
                return None
            if _same(handle, path):
                note = {"pid": os.getpid(), "host": socket.gethostname(), "since": time.time()}
                with suppress(OSError):  # a full disk is told of where something has to be written
                    os.truncate(handle, 0)
                    os.write(handle, json.dumps(note).encode())
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # its holder went, and took the file away, before we had it


def _try(handle: int) -> bool:
    """Whether the lock is ours. A file system that has no locks gives it to everybody."""
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
        holder = json.loads(note)
        since = time.strftime("%H:%M:%S", time.localtime(holder["since"]))
        who = f"process {holder['pid']} on {holder['host']}, since {since}"
    except (ValueError, KeyError, TypeError):  # it has only just begun
        who = "it has just begun"
    hint = "wait for it to end, or build into another folder with --out"
    diagnostics.error(Place(str(out)), f"another build is at work in this folder ({who})", "busy", hint)


def _sweep(out: Path) -> None:
    """Take away the half-written files of processes that are dead."""
    for path in out.rglob("*.part"):
        with suppress(OSError):
            owner = _PART.search(path.name)
            if owner and (not _alive(int(owner[1])) or _old(path)):
                path.unlink()


def sweep_cache(cache: Path, turn: int) -> None:
    """Take away what is half-written in a folder that builders share, one of its 256 folders each turn: there may be a
    million files. Only what is old: builders on other machines have process numbers of their own."""
    for path in (cache / f"{turn % 256:02x}").glob("*.part"):
        with suppress(OSError):
            if _PART.search(path.name) and _old(path):
                path.unlink()


def _old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > OLD


def _alive(process: int) -> bool:
    if os.name == "nt":
        return True  # there the same call would end it; its files go when they are old
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
