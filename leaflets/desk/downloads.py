"""Leaflets with a note on them, held in memory until the browser has fetched them, and forgotten a moment later.

They could be the answer to the form itself. But browsers keep what was sent to get a page in the file from which they
restore their tabs, and so the note would be on the disk. So the form is answered with an address that says nothing, and
that the tab with the PDF then has.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field

LONGEST = 60.0
"""Seconds until a leaflet is forgotten: some viewers ask twice, or again when the file is saved."""


@dataclass
class Held:
    """Used by the loop of the server alone."""

    seconds: float = LONGEST
    _held: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    def hold(self, body: bytes, path: str) -> str:
        """Hold a leaflet, and the path of the edition that it is; gives its key, which nobody can guess."""
        key = secrets.token_urlsafe(24)
        self._held[key] = body, path
        asyncio.get_running_loop().call_later(self.seconds, self._held.pop, key, None)
        return key

    def find(self, key: str) -> tuple[bytes, str] | None:
        """The leaflet and its path, if it is not forgotten."""
        return self._held.get(key)
