"""Atomic writing of files: a reader never sees half a file. Reading of regular files alone."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path


def write_whole(path: Path, body: bytes) -> None:
    """Write a file atomically: write a temporary file beside it, then rename. Missing parent folders are created."""
    write_together({path: body})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write several files, each atomically; none is renamed into place before all are written."""
    parts = {path: path.with_name(f"{path.name}.{os.getpid()}.part") for path in files}
    try:
        for path, part in parts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)  # of an earlier process with the same id, or a link put there
            part.write_bytes(files[path])
        for path, part in parts.items():
            os.replace(part, path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def read_regular(path: Path) -> bytes:
    """Bytes of a regular file. OSError for anything else, such as a pipe, at which reading would wait for ever."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", str(path))
        return file.read()
