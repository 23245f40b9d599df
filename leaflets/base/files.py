"""Atomic writing of files: a reader never sees half a file."""

from __future__ import annotations

import os
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
            part.write_bytes(files[path])
        for path, part in parts.items():
            os.replace(part, path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
