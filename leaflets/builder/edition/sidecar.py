"""Sidecar: a file (print file, evidence, format) that is written, cached and invalidated with its edition."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Sidecar:
    """Description of a sidecar. `kind`: as in the catalogue, such as “print”, or one without a catalogue entry."""

    kind: str
    path: str
    """Relative to the build folder, with forward slashes."""
    sha256: str
    size: int
    """Size in bytes."""
    pages: int = 0
    """Number of sides of a print file; else 0."""
    paper: str = ""


def beside(kind: str, path: str, body: bytes, pages: int = 0, paper: str = "") -> tuple[Sidecar, bytes]:
    """A sidecar with its bytes."""
    return Sidecar(kind, path, hashlib.sha256(body).hexdigest(), len(body), pages, paper), body
