"""Compiled templates, kept for the next process as Python keeps its own: to compile them takes a fifth of a second.

They lie where Jinja2 keeps them, in a folder of the system's for passing files that is this user's alone. Each is used
only for the very text that it was made of. What else goes into it, Jinja2 and our filters (it works out at once what
they make of fixed words), is in its name. Only the templates that are shipped are kept, so that their number stays
small.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket


class Compiled(jinja2.FileSystemBytecodeCache):
    """Those of the shipped templates. Where none can be kept, they are compiled each time."""

    def __init__(self, shipped: Path, filters: Sequence[Path]) -> None:
        """`filters`: the modules that filters are in."""
        made_with = [jinja2.__version__.encode(), *(path.read_bytes() for path in filters)]
        mark = hashlib.sha256(b"\0".join(made_with)).hexdigest()[:16]
        self._shipped, folder = shipped, None
        with suppress(OSError, RuntimeError):  # there is no place for such files, or it is not safe
            folder = self._get_default_cache_dir()
        self._usable = folder is not None
        super().__init__(folder or tempfile.gettempdir(), f"leaflets-{mark}-%s.cache")

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        ours = self._usable and filename and Path(filename).resolve().is_relative_to(self._shipped)
        return super().get_cache_key(name, filename) if ours else ""

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key:
            with suppress(OSError):
                super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.key:
            with suppress(OSError):  # the disk is full
                super().dump_bytecode(bucket)
