"""A clinic's logo: refused by its content, or made into the one picture that builds, stamps and web pages use.

It is looked at and drawn once when it is read, in a child process with limits (`base/limited.py`): what the typesetter
cannot draw, or not in time, is refused there, with a hint, and never left out of a leaflet.
"""

from __future__ import annotations

import errno
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.files import read_regular
from leaflets.base.limited import RAISED, run_limited
from leaflets.base.reader_limits import READERS

LIMITS = READERS["logo"]
DRAWN_BY = "leaflets.pdf.images.logo_drawing:draw_logo"
"""Function that checks and draws a logo in the child: it needs the typesetter, this part does not."""
SIMPLER = "make it simpler, or save it as a PNG"


@dataclass(frozen=True)
class Logo:
    """A printable logo: its bytes, upright and with 8 bits a channel, and its width divided by its height."""

    kind: str
    """MIME type."""
    body: bytes
    ratio: float
    drawing: bytes = b""
    """Of an SVG: one page of a PDF with the same picture, for stamps."""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True)
class LogoRefusal:
    """Why a logo is refused, as the end of a sentence about it, and what to do."""

    message: str
    hint: str = ""


def read_logo(path: Path, place: Place, diagnostics: Diagnostics) -> Logo | None:
    """Read, check and draw a logo. None after a diagnostic at `place`, the position that names the file."""
    try:
        body = read_regular(path, LIMITS)
    except OSError as error:
        hint = "the path starts at the folder of the file that names it"
        if error.errno == errno.EFBIG:
            hint = "make it smaller: 1200 pixels for the longer side are enough"
        diagnostics.error(place, f"the logo {path} cannot be read: {error.strerror}", "logo", hint)
        return None
    found = _drawn_once(body)
    if isinstance(found, Logo):
        return found
    diagnostics.error(place, f"the logo {path.name} {found.message}", "logo", found.hint)
    return None


@lru_cache(maxsize=256)
def _drawn_once(body: bytes) -> Logo | LogoRefusal:
    """The logo of these bytes, or its refusal; many clinics of a group have the same."""
    outcome = run_limited(DRAWN_BY, body, limits=LIMITS)
    if not outcome.failure:
        found: Logo | LogoRefusal = outcome.value
        return found
    if outcome.failure == RAISED:
        return LogoRefusal("cannot be drawn: a part of it is broken", "export it again, or save it as a PNG")
    return LogoRefusal(f"cannot be drawn: {outcome.why(LIMITS)}", SIMPLER)
