"""Short-lived downloads: leaflets with a patient note, in memory for a minute.

The leaflet is not the response to the form itself, because browsers store the request of an open page in the file from
which they restore tabs, and so the note would reach the disk. The response is an address with a random key, which the
tab with the PDF then has.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field

LONGEST = 60.0
"""Lifetime of a download, s: some viewers fetch twice, or again when the file is saved."""


@dataclass
class PreparedDownloads:
    """Downloads by key. Not thread-safe: used only in the server's event loop."""

    seconds: float = LONGEST
    _held: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    def hold(self, body: bytes, path: str) -> str:
        """Add a leaflet with the path of its edition; returns an unguessable key."""
        key = secrets.token_urlsafe(24)
        self._held[key] = body, path
        asyncio.get_running_loop().call_later(self.seconds, self._held.pop, key, None)
        return key

    def find(self, key: str) -> tuple[bytes, str] | None:
        """Leaflet and path by key; None when it has expired."""
        return self._held.get(key)
