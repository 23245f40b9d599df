"""Files on disk: atomic writing, so that a reader never sees half a file; reading of regular files of a known size."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from leaflets.base.reader_limits import ReaderLimits


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


def read_regular(path: Path, limits: ReaderLimits | None = None) -> bytes:
    """Bytes of a regular file. Raises OSError, with a message for users as `strerror`, for a pipe, a device, a folder,
    or a file larger than `limits` (None: of any size) before any of it is read."""
    # O_NONBLOCK: without it, opening a pipe blocks until a process writes to it
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file but a pipe, a device or a socket", str(path))
        if limits and found.st_size > limits.bytes:
            raise OSError(errno.EFBIG, limits.large(), str(path))
        with os.fdopen(handle, "rb", closefd=False) as file:
            body = file.read(limits.bytes + 1 if limits else -1)
    finally:
        os.close(handle)
    if limits and len(body) > limits.bytes:  # it has grown, or its file system reports no size (/proc)
        raise OSError(errno.EFBIG, limits.large(), str(path))
    return body
