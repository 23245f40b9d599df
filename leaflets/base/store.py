"""Files by name in one place: a folder here; `base/remote_store.py`, loaded when a URL is given, has what fsspec
reaches."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from leaflets.base.files import write_together, write_whole


class Reach(IntEnum):
    """From where a place can be reached."""

    PROCESS = 1
    """By this process alone (memory)."""
    MACHINE = 2
    ANYWHERE = 3


class StoreError(ValueError):
    """An address that cannot be used; says what to do."""


class Store(ABC):
    """Files by name; names are relative, with forward slashes. Cheap to make and to send to another process.

    `str()` gives the folder or URL as people wrote it. Whatever fails is an OSError.
    """

    @property
    @abstractmethod
    def reach(self) -> Reach: ...

    @abstractmethod
    def read(self, name: str) -> bytes:
        """The bytes of a file. FileNotFoundError when it is not there."""

    @abstractmethod
    def write_whole(self, name: str, body: bytes) -> None:
        """Write a file whole or not at all, over one that may be there."""

    def write_together(self, files: Mapping[str, bytes]) -> None:
        """Write files that belong together, each whole."""
        for name, body in files.items():
            self.write_whole(name, body)

    @abstractmethod
    def sizes(self, names: Iterable[str]) -> dict[str, int]:
        """Sizes in bytes of those of `names` that are there."""

    @abstractmethod
    def delete(self, name: str) -> None:
        """Take a file away; it need not be there."""

    def place(self, name: str = "") -> Path | str:
        """The path of a file in a folder; elsewhere its address."""
        return f"{self}/{name}" if name else str(self)

    def try_out(self) -> None:
        """OSError when nothing can be written here. Leaves nothing behind."""
        self.write_whole(".trial", b"")
        self.delete(".trial")


@dataclass(frozen=True)
class LocalStore(Store):
    """A folder of this machine, made when the first file is written."""

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
    """What went wrong, without the number of the error."""
    return error.strerror or str(error) or type(error).__name__
