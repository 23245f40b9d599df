"""Settled leaflets -> one tagged file: their pages behind a cover, through WeasyPrint's `Document.copy`.

Names of places are made unique before the leaflets are set (`apart`), and the pages have labels: small roman numbers on
the cover, then 1, 2, 3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pydyf

from leaflets.html.pack_view import anchor
from leaflets.html.render import Html
from leaflets.pdf.tags.marked_content import mark_artifacts

if TYPE_CHECKING:
    from weasyprint import Document

PDF_VARIANT = "pdf/ua-1"
_PLACE = re.compile(r'\b(id|for|data-name)="([^"]+)"|\b(href|data-section)="#([^"]+)"|\bheaders="([^"]+)"')


def apart(html: Html, number: int, before: int) -> Html:
    """A leaflet whose names of places are its own in the pack; it begins at `anchor(number)`, and its pages are
    numbered after those `before` it."""

    def own(match: re.Match[str]) -> str:
        if match[1]:
            return f'{match[1]}="{number}-{match[2]}"'
        if match[3]:
            return f'{match[3]}="#{number}-{match[4]}"'
        return 'headers="{}"'.format(" ".join(f"{number}-{name}" for name in match[5].split()))

    text = _PLACE.sub(own, html.text).replace("<h1>", f'<h1 id="{anchor(number)}">', 1)
    numbered = f"@page :first {{ counter-reset: page {before + 1} }}"
    return replace(html, text=text, styles=(*html.styles, numbered) if before else html.styles)


def join(cover: Document, parts: Sequence[Document]) -> bytes:
    """The pages of all as one file, tagged, PDF/UA-1. Each says its language, in its HTML."""
    pages = [page for part in (cover, *parts) for page in part.pages]
    document = cover.copy(pages)
    front = len(cover.pages)

    def finish(_: Any, pdf: Any) -> None:
        _labels(pdf, front, len(pages))

    mark_artifacts(document)
    found: bytes = document.write_pdf(pdf_variant=PDF_VARIANT, finisher=finish)
    return found


def _labels(pdf: Any, front: int, total: int) -> None:
    numbers = pydyf.Array([0, pydyf.Dictionary({"S": "/r"})])
    if total > front:
        numbers += [front, pydyf.Dictionary({"S": "/D"})]
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})
