"""Thumbnails: the first page of a finished PDF as a small picture for the page of leaflets."""

from __future__ import annotations

import base64

from leaflets.base.store import Store
from leaflets.pdfio.page_picture import page_picture
from leaflets.publish.catalogue import CatalogueEntry

WIDTH = 272
"""Width in pixels: 136 CSS pixels on a screen of twice the density."""
COLOURS = 16
MOST = 24
"""Most thumbnails on a page, at 5 to 10 kB each; a longer page has none."""
_drawn: dict[str, str] = {}
"""Thumbnails by the SHA-256 of their file: a process that builds again and again draws each once."""


def thumbnail(out: Store, entry: CatalogueEntry) -> str:
    """Address that holds the picture; empty when the file is gone or cannot be drawn as a PDF."""
    if entry.sha256 not in _drawn:
        try:
            picture = page_picture(out.read(entry.path), 1, width=WIDTH, colours=COLOURS)
        except OSError:
            return ""
        if picture is None:
            return ""
        _drawn[entry.sha256] = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    return _drawn[entry.sha256]
