"""Thumbnails: the first page of a finished PDF as a small picture for the page of leaflets."""

from __future__ import annotations

import base64
import io

from leaflets.base.store import Store
from leaflets.publish.catalogue import CatalogueEntry

WIDTH = 272
"""Width in pixels: 136 CSS pixels on a screen of twice the density."""
COLOURS = 16
MOST = 24
"""Most thumbnails on a page, at 5 to 10 kB each; a longer page has none."""
_drawn: dict[str, str] = {}
"""Thumbnails by the SHA-256 of their file: a process that builds again and again draws each once."""


def thumbnail(out: Store, entry: CatalogueEntry) -> str:
    """Address that holds the picture; empty when the file is gone or is no PDF."""
    import pypdfium2

    if entry.sha256 not in _drawn:
        try:
            _drawn[entry.sha256] = _png(out.read(entry.path))
        except (OSError, pypdfium2.PdfiumError):
            return ""
    return _drawn[entry.sha256]


def _png(body: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(body) as document:
        page = document[0]
        picture = page.render(scale=WIDTH / page.get_width()).to_pil()
        page.close()
    packed = io.BytesIO()
    picture.quantize(COLOURS).save(packed, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(packed.getvalue()).decode()}"
