"""The store that a folder or a URL names."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from leaflets.base.store import LocalStore, Store, StoreError


def open_store(where: str | Path | Store) -> Store:
    """Open the store at a folder path or URL. StoreError when the URL cannot be used or contains a password."""
    if isinstance(where, Store):
        return where
    if isinstance(where, Path) or "://" not in where:
        return LocalStore(Path(where))
    parts = urlsplit(where)
    if parts.scheme == "file":
        if parts.netloc not in ("", "localhost"):
            raise StoreError("a file:// address has three slashes before the first folder: file:///srv/leaflets")
        from urllib.request import url2pathname  # imports network modules, 20 ms

        return LocalStore(Path(url2pathname(parts.path)))
    if parts.password is not None:
        raise StoreError(
            "an address is printed and logged, so it must not hold a password; "
            "give it in the environment, as the library for this kind of address expects it"
        )
    from leaflets.base.remote_store import open_remote

    return open_remote(where)
