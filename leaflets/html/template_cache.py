"""Cache of compiled templates on disk, for the next process: compiling them takes 0.2 s.

Jinja2's own cache folder is used, in the system's temporary folder and private to the user. An entry is valid only for
the exact text of its template. Its file name has a hash of Jinja2's version and of the filters, whose results for
constant words are compiled in. Only shipped templates are stored, so the number of entries stays small.
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
    """Bytecode cache of the shipped templates. Without a usable folder, templates are compiled in each process."""

    def __init__(self, shipped: Path, filters: Sequence[Path]) -> None:
        """`filters`: files of the modules on which compiled templates depend."""
        made_with = [jinja2.__version__.encode(), *(path.read_bytes() for path in filters)]
        mark = hashlib.sha256(b"\0".join(made_with)).hexdigest()[:16]
        self._shipped, folder = shipped, None
        with suppress(OSError, RuntimeError):  # no temporary folder, or it is not private
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
