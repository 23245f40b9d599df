"""Store behind a URL, through fsspec: S3 and other object stores, SFTP, memory. Imported only when a URL is given."""

from __future__ import annotations

import os
import posixpath
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from leaflets.base.store import Reach, Store, StoreError
from leaflets.base.untrusted.names import is_relative_name, relative_name

WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "oci", "memory"})
"""URL schemes whose writes are atomic (object stores, memory). On all others a file is written under a temporary name
and renamed."""
EXTRAS = {"s3": "leaflets[s3]", "s3a": "leaflets[s3]"}
"""URL scheme -> the extra of this package that installs its library."""


def open_remote(url: str) -> RemoteStore:
    """Open the store at a URL. StoreError when fsspec or its library for the URL's scheme is missing."""
    scheme = url.partition("://")[0]
    wanted = EXTRAS.get(scheme, "fsspec")
    try:
        import fsspec

        fsspec.get_filesystem_class(scheme)
    except ModuleNotFoundError as error:
        raise StoreError(f"{scheme}:// needs more packages: pip install '{wanted}'") from error
    except ImportError as error:  # fsspec's message names the package for this scheme
        install = f": pip install '{wanted}'" if scheme in EXTRAS else f": {error}"
        raise StoreError(f"{scheme}:// needs more packages{install}") from error
    except ValueError as error:
        raise StoreError(f"“{scheme}://” is no kind of address that fsspec knows") from error
    return RemoteStore(url.rstrip("/"))


@dataclass(frozen=True)
class RemoteStore(Store):
    """Files below a URL. Credentials come from the environment of each process."""

    url: str

    def __str__(self) -> str:
        return self.url

    @property
    def reach(self) -> Reach:
        return Reach.PROCESS if self.url.startswith("memory:") else Reach.ANYWHERE

    def read(self, name: str) -> bytes:
        with _os_errors():
            files, root = self._opened()
            body: bytes = files.cat_file(f"{root}/{relative_name(name)}")
            return body

    def write_whole(self, name: str, body: bytes) -> None:
        with _os_errors():
            files, root = self._opened()
            path = f"{root}/{relative_name(name)}"
            if self.url.partition("://")[0] in WHOLE:
                files.pipe_file(path, body)
                return
            files.makedirs(posixpath.dirname(path), exist_ok=True)
            part = f"{path}.{os.getpid()}-{uuid.uuid4().hex[:8]}.part"
            try:
                files.pipe_file(part, body)
                files.mv(part, path)
            except BaseException:
                with suppress(Exception):
                    files.rm_file(part)
                raise

    def sizes(self, names: Iterable[str]) -> dict[str, int]:
        """Sizes of existing files, from one listing for each folder; many times faster than one request a file."""
        wanted = {name for name in names if is_relative_name(name)}
        found: dict[str, int] = {}
        with _os_errors():
            files, root = self._opened()
            for folder in sorted({posixpath.dirname(name) for name in wanted}):
                with suppress(FileNotFoundError):
                    rows = files.ls(posixpath.join(root, folder) if folder else root, detail=True)
                    here = ((posixpath.join(folder, posixpath.basename(row["name"])), row) for row in rows)
                    found |= {name: row["size"] for name, row in here if row["type"] == "file"}
        return {name: size for name, size in found.items() if name in wanted}

    def delete(self, name: str) -> None:
        with suppress(FileNotFoundError), _os_errors():
            files, root = self._opened()
            files.rm_file(f"{root}/{relative_name(name)}")

    def _opened(self) -> tuple[Any, str]:
        """fsspec file system and the path of this store in it. Its listing cache is dropped, since others write too."""
        from fsspec.core import url_to_fs

        files, root = url_to_fs(self.url)
        files.invalidate_cache()
        return files, root.rstrip("/")


@contextmanager
def _os_errors() -> Iterator[None]:
    """Convert any exception of fsspec's libraries to OSError."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error
