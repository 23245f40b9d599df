"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def write_whole(path: Path, body: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there. Makes the folders above it."""
    write_together({path: body})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write files that belong together, each whole: nothing is moved to its place before all of them are written."""
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
