"""Images of the pages of a finished PDF, rendered in memory on request."""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

SCALE = 1.5
"""Pixels per pt: 108 pixels an inch, sharp enough for a screen."""


class PageImages:
    """Renderer of pages; the last file stays open. A lock serialises calls, since PDFium is not thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._body = b""
        self._document: pypdfium2.PdfDocument | None = None

    def page(self, body: bytes, number: int) -> bytes | None:
        """PNG of a page, counted from 1; None when the file has no such page."""
        with self._lock:
            document = self._opened(body)
            if not 1 <= number <= len(document):
                return None
            page = document[number - 1]
            picture, found = page.render(scale=SCALE).to_pil(), io.BytesIO()
            page.close()
        picture.save(found, "PNG", compress_level=3)
        return found.getvalue()

    def close(self) -> None:
        """Close the open file."""
        with self._lock:
            if self._document is not None:
                self._document.close()
            self._document, self._body = None, b""

    def _opened(self, body: bytes) -> pypdfium2.PdfDocument:
        import pypdfium2

        if self._document is None or body != self._body:
            if self._document is not None:
                self._document.close()
            self._document, self._body = pypdfium2.PdfDocument(body), body
        return self._document
