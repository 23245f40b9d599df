"""Joining of settled leaflets to one tagged file behind a cover, with WeasyPrint's `Document.copy`.

Ids are made unique before the leaflets are typeset (`with_unique_ids`). Page labels (ISO 32000-1, 12.4.2) are i, ii,
iii on the cover, then 1, 2, 3.
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
from leaflets.pdf.tags.reading_order import read_bookmarks_early
from leaflets.pdf.tags.spoken_text import join_broken_words

if TYPE_CHECKING:
    from weasyprint import Document

PDF_VARIANT = "pdf/ua-1"
_ID_ATTRIBUTE = re.compile(r'\b(id|for|data-name)="([^"]+)"|\b(href|data-section)="#([^"]+)"|\bheaders="([^"]+)"')


def with_unique_ids(html: Html, number: int, before: int) -> Html:
    """The leaflet with number `number` of a pack, with `number` before each id and reference to an id. Its heading gets
    the id `anchor(number)`, and its page numbers follow the `before` pages of the leaflets before it."""

    def unique(match: re.Match[str]) -> str:
        if match[1]:
            return f'{match[1]}="{number}-{match[2]}"'
        if match[3]:
            return f'{match[3]}="#{number}-{match[4]}"'
        return 'headers="{}"'.format(" ".join(f"{number}-{name}" for name in match[5].split()))

    text = _ID_ATTRIBUTE.sub(unique, html.text).replace("<h1>", f'<h1 id="{anchor(number)}">', 1)
    numbered = f"@page :first {{ counter-reset: page {before + 1} }}"
    return replace(html, text=text, styles=(*html.styles, numbered) if before else html.styles)


def join(cover: Document, parts: Sequence[Document]) -> bytes:
    """Write the pages of all documents as one tagged file (PDF/UA-1). The language of each part is in its HTML."""
    pages = [page for part in (cover, *parts) for page in part.pages]
    document = cover.copy(pages)
    front = len(cover.pages)

    def finish(_: Any, pdf: Any) -> None:
        _labels(pdf, front, len(pages))

    mark_artifacts(document)
    join_broken_words(document)
    read_bookmarks_early(document)
    body: bytes = document.write_pdf(pdf_variant=PDF_VARIANT, finisher=finish)
    return body


def _labels(pdf: Any, front: int, total: int) -> None:
    """Add page labels. `front`: number of pages of the cover; `total`: of all pages."""
    numbers = pydyf.Array([0, pydyf.Dictionary({"S": "/r"})])
    if total > front:
        numbers += [front, pydyf.Dictionary({"S": "/D"})]
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})
