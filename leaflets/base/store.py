"""Store: files by name in a folder. `base/remote_store.py` is the store behind a URL, `base/open_store.py` opens
either."""

from __future__ import annotations

import stat
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from leaflets.base.files import read_regular, write_together, write_whole
from leaflets.base.untrusted.names import UnsafeNameError, inside, relative_name


class Reach(IntEnum):
    """From which processes a store can be reached."""

    PROCESS = 1
    """Only from this process (memory)."""
    MACHINE = 2
    ANYWHERE = 3


class StoreError(ValueError):
    """Unusable store address; the message has what to do."""


class Store(ABC):
    """Files by name; names are relative, with forward slashes. Cheap to create and to pickle.

    `str()` gives the folder or URL as the user wrote it. Every failure is an OSError; a name that may not be used, or
    that leads out of the store, is an UnsafeNameError (`base/untrusted/names.py`).
    """

    @property
    @abstractmethod
    def reach(self) -> Reach: ...

    @abstractmethod
    def read(self, name: str) -> bytes:
        """Bytes of a file. FileNotFoundError when it is missing."""

    @abstractmethod
    def write_whole(self, name: str, body: bytes) -> None:
        """Write a file atomically; an existing one is replaced."""

    def write_together(self, files: Mapping[str, bytes]) -> None:
        """Write several files, each atomically."""
        for name, body in files.items():
            self.write_whole(name, body)

    @abstractmethod
    def sizes(self, names: Iterable[str]) -> dict[str, int]:
        """Sizes in bytes by name; missing files are left out."""

    @abstractmethod
    def delete(self, name: str) -> None:
        """Delete a file if it exists."""

    def place(self, name: str = "") -> Path | str:
        """Path of a file in a local store, else its URL; without `name`, that of the store."""
        return f"{self}/{name}" if name else str(self)

    def try_out(self) -> None:
        """Write and delete a small file; OSError when the store is not writable."""
        self.write_whole(".trial", b"")
        self.delete(".trial")


@dataclass(frozen=True)
class LocalStore(Store):
    """Store in a local folder, which is created when the first file is written."""

    folder: Path

    def __str__(self) -> str:
        return str(self.folder)

    @property
    def reach(self) -> Reach:
        return Reach.MACHINE

    def read(self, name: str) -> bytes:
        return read_regular(inside(self.folder, name))

    def write_whole(self, name: str, body: bytes) -> None:
        write_whole(inside(self.folder, name, follow=False), body)

    def write_together(self, files: Mapping[str, bytes]) -> None:
        write_together({inside(self.folder, name, follow=False): body for name, body in files.items()})

    def sizes(self, names: Iterable[str]) -> dict[str, int]:
        """Sizes of regular files in the folder; what a link leads out to counts as missing."""
        found: dict[str, int] = {}
        confined: dict[str, bool] = {}
        for name in names:
            folder = name.rpartition("/")[0]
            with suppress(OSError):
                if folder not in confined:  # the links above a file are resolved once for all files in its folder
                    confined[folder] = _confined(self.folder, f"{folder}/x" if folder else "x")
                entry = (self.folder / relative_name(name)).lstat()
                if stat.S_ISLNK(entry.st_mode):
                    entry = inside(self.folder, name).stat()
                if confined[folder] and stat.S_ISREG(entry.st_mode):
                    found[name] = entry.st_size
        return found

    def delete(self, name: str) -> None:
        inside(self.folder, name, follow=False).unlink(missing_ok=True)

    def place(self, name: str = "") -> Path:
        return self.folder / name


def _confined(folder: Path, name: str) -> bool:
    """Whether the folders above a file lie in the store's folder, links resolved."""
    try:
        inside(folder, name, follow=False)
    except UnsafeNameError:
        return False
    return True


def why(error: OSError) -> str:
    """Message of an OSError without its number."""
    return error.strerror or str(error) or type(error).__name__
