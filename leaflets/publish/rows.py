"""Rows of the catalogue held to their files: what a row says of a file is what the file says of itself."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.limited import run_limited
from leaflets.base.reader_limits import pdf_limits
from leaflets.base.store import Store
from leaflets.check.readback.outline import FileOutline
from leaflets.publish.catalogue import AGAIN, PDF_KINDS, RULE, CatalogueEntry

_HTML = re.compile(r"<html lang=\"([^\"]*)\".*?<title>([^<]*)</title>", re.DOTALL)
_Pair = tuple[str, object, object]
"""A property of a file, its value in the file, and in the catalogue."""


def check_row(out: Store, entry: CatalogueEntry, body: bytes, diagnostics: Diagnostics) -> bool:
    """Report what a row says of a file other than the file itself: pages, title, language (`catalogue`). False if the
    file cannot be read."""
    place = Place.on_page(str(out.place(entry.path)), 0)
    if entry.kind in PDF_KINDS:
        limits = pdf_limits(len(body))
        outcome = run_limited("leaflets.check.readback.outline:read_outline", body, limits=limits)
        if outcome.failure:
            diagnostics.error(place, f"it cannot be read as a PDF: {outcome.why(limits)}", RULE, AGAIN)
            return False
        pairs = _of_pdf(outcome.value, entry)
    elif entry.kind == "web":
        pairs = _of_web_page(body.decode("utf-8", "replace"), entry)
    else:
        return True
    for what, now, listed in pairs:
        if now != listed:
            message = f"{what}: {str(now)[:80]} in the file, {str(listed)[:80]} in the catalogue"
            diagnostics.error(place, message, RULE, AGAIN)
    return True


def _of_pdf(found: FileOutline, entry: CatalogueEntry) -> Iterator[_Pair]:
    yield "pages", found.pages, entry.pages
    yield from _of_title(found.title, entry)
    yield "language", found.language or "none", entry.locale


def _of_web_page(text: str, entry: CatalogueEntry) -> Iterator[_Pair]:
    match = _HTML.search(text)
    language, title = (match[1], html.unescape(match[2])) if match else ("none", "")
    yield from _of_title(title, entry)
    yield "language", language, entry.locale


def _of_title(title: str, entry: CatalogueEntry) -> Iterator[_Pair]:
    """The title of a file is that of the leaflet; it may say its edition after it, and that it is a print file."""
    if title != entry.title and not title.startswith(f"{entry.title} · "):
        yield "title", f"“{title}”", f"“{entry.title}”"
