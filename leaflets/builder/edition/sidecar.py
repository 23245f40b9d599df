"""A file that is made together with an edition's own: they are written together and are one edition for freshness."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Sidecar:
    """What is to be said of such a file. `kind`: as the catalogue calls it, such as “print”, or one that is in none."""

    kind: str
    path: str
    """Relative to the build folder, with forward slashes."""
    sha256: str
    size: int
    """Bytes."""
    pages: int = 0
    """Of a file for the printer: its sides."""
    paper: str = ""


def beside(kind: str, path: str, body: bytes, pages: int = 0, paper: str = "") -> tuple[Sidecar, bytes]:
    """A file with what is to be said of it."""
    return Sidecar(kind, path, hashlib.sha256(body).hexdigest(), len(body), pages, paper), body
