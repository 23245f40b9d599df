"""Store: files by name in a folder. `base/remote_store.py` is the store behind a URL, `base/open_store.py` opens
either."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from leaflets.base.files import write_together, write_whole


class Reach(IntEnum):
    """From which processes a store can be reached."""

    PROCESS = 1
    """Only from this process (memory)."""
    MACHINE = 2
    ANYWHERE = 3


class StoreError(ValueError):
    """Unusable store address; the message says what to do."""


class Store(ABC):
    """Files by name; names are relative, with forward slashes. Cheap to create and to pickle.

    `str()` gives the folder or URL as the user wrote it. Every failure is an OSError.
    """

    @property
    @abstractmethod
    def reach(self) -> Reach: ...

    @abstractmethod
    def read(self, name: str) -> bytes:
        """Bytes of a file. FileNotFoundError when it is missing."""

    @abstractmethod
    def write_whole(self, name: str, body: bytes) -> None:
        """Write a file atomically, replacing an existing one."""

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
        return (self.folder / name).read_bytes()

    def write_whole(self, name: str, body: bytes) -> None:
        write_whole(self.folder / name, body)

    def write_together(self, files: Mapping[str, bytes]) -> None:
        write_together({self.folder / name: body for name, body in files.items()})

    def sizes(self, names: Iterable[str]) -> dict[str, int]:
        found = {}
        for name in names:
            try:
                found[name] = (self.folder / name).stat().st_size
            except OSError:
                continue
        return found

    def delete(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    def place(self, name: str = "") -> Path:
        return self.folder / name


def why(error: OSError) -> str:
    """Message of an OSError without its number."""
    return error.strerror or str(error) or type(error).__name__
