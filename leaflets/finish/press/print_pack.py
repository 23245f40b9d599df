"""Print packs: finished files joined with pypdf for the printer, each starting on a right-hand page.

A print pack has no tags and does not claim to be accessible. Its page numbers, printed in the margin, are those of its
table of contents.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.constants import PageLabelStyle
from pypdf.generic import DecodedStreamObject, Fit, NameObject
from reportlab.pdfbase import pdfmetrics

from leaflets.base.units import MM_PER_PT
from leaflets.finish.press.marks import MARK_GREY, Drawing, pt, shaped
from leaflets.finish.press.sheets import describe, untagged
from leaflets.pdfio.active_content import active_content
from leaflets.pdfio.serialize import mm

INSET_MM = 9.0
"""Distance of a page number from the edge; nearer, printers may not print it."""
BLANK_PT = 12.0
SPACE = 0.3
"""Space between the word “page” and the number, in units of the type size."""


@dataclass(frozen=True)
class Chapter:
    """A file of the pack, its title in the outline, and the type size of its page numbers in pt (0: no numbers)."""

    body: bytes
    title: str
    number_pt: float = 0.0
    rtl: bool = False
    below: bool = False
    """Its page numbers go to the foot, because its own footer is at the top of the page."""
    font: str = "atkinson"
    page: str = ""
    """The word before a page number."""
    blank: str = ""
    """The words on a page that is blank on purpose."""


@dataclass(frozen=True)
class CoverLink:
    """A link on the cover to a chapter (from 0): page of the cover (from 0), rectangle in pt from its lower left."""

    page: int
    rect: tuple[float, float, float, float]
    chapter: int


@dataclass(frozen=True)
class Pagination:
    """First page of each chapter, counted from 1 after the cover, and the number of blank pages."""

    front: int
    """Pages of the cover, with a blank one where it needs one."""
    begins: tuple[int, ...]
    blanks: int


def paginated(cover: int, lengths: Sequence[int]) -> Pagination:
    """Page numbers of a pack in which every chapter begins on a right-hand page; `cover` and `lengths` in pages."""
    front = cover + cover % 2
    begins, at = [], 1
    for length in lengths:
        begins.append(at)
        at += length + length % 2
    last = lengths[-1] % 2 if lengths else 0  # nothing is added at the end
    blanks = cover % 2 + sum(length % 2 for length in lengths) - last
    return Pagination(front, tuple(begins), blanks)


def page_count(body: bytes) -> int:
    """Number of pages of a file, all of them read. Raises whatever a broken file raises, and ValueError for one with
    active content."""
    reader = PdfReader(io.BytesIO(body))
    if found := active_content(reader):
        raise ValueError(f"it holds {', '.join(found)}, which no leaflet has")
    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None:
            contents.get_data()
    return len(reader.pages)


def print_pack(cover: Chapter, chapters: Sequence[Chapter], spots: Sequence[CoverLink], short_edge: bool) -> bytes:
    """The bytes of the print pack; `spots`: links on the cover, `short_edge`: sheets are flipped on the short edge."""
    writer = PdfWriter()
    writer.pdf_header = "%PDF-1.7"
    front = PdfReader(io.BytesIO(cover.body))
    readers = [PdfReader(io.BytesIO(chapter.body)) for chapter in chapters]
    found = paginated(len(front.pages), [len(reader.pages) for reader in readers])
    _add(writer, cover, front, found.front)
    for number, (chapter, reader, begin) in enumerate(zip(chapters, readers, found.begins, strict=True)):
        after = found.begins[number + 1] - begin if number + 1 < len(chapters) else len(reader.pages)
        first = len(writer.pages)
        _add(writer, chapter, reader, after)
        if chapter.number_pt:
            _number(writer, chapter, first, len(reader.pages), begin)
        parent = writer.add_outline_item(title=chapter.title, page_number=first)
        _outline(writer, reader, reader.outline, first, parent)
    for spot in spots:
        target = found.front + found.begins[spot.chapter] - 1
        writer.add_annotation(spot.page, Link(rect=spot.rect, target_page_index=target, fit=Fit.fit()))
    writer.set_page_label(0, found.front - 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    if len(writer.pages) > found.front:
        writer.set_page_label(found.front, len(writer.pages) - 1, style=PageLabelStyle.DECIMAL)
    writer.root_object[NameObject("/PageMode")] = NameObject("/UseOutlines")
    parts = b"".join(hashlib.sha256(part.body).digest() for part in (cover, *chapters))
    duplex = "DuplexFlipShortEdge" if short_edge else "DuplexFlipLongEdge"
    describe(writer, front, cover.title, duplex, hashlib.sha256(parts).digest()[:16])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _add(writer: PdfWriter, chapter: Chapter, reader: PdfReader, length: int) -> None:
    """Append the pages without tags, links and fields, then blank pages with the words `blank` up to `length` pages."""
    for page in reader.pages:
        added = writer.add_page(page, ("/StructParents", "/Tabs", "/Annots", "/PieceInfo", "/LastModified"))
        contents = page.get_contents()
        plain = DecodedStreamObject()
        plain.set_data(untagged(contents.get_data() if contents is not None else b""))
        added[NameObject("/Contents")] = writer._add_object(plain.flate_encode())
    for _ in range(length - len(reader.pages)):
        page = writer.add_blank_page()
        width, height = mm(float(page.mediabox.width)), mm(float(page.mediabox.height))
        drawing = Drawing([chapter.font])
        with drawing.page(width, height) as canvas:
            canvas.setFillGray(MARK_GREY)
            canvas.setFont(f"{chapter.font}-Regular", BLANK_PT)
            words = shaped(chapter.blank, f"{chapter.font}-Regular", BLANK_PT)
            canvas.drawCentredString(pt(width / 2), pt(height / 2), words)
        page.merge_page(PdfReader(io.BytesIO(drawing.finish())).pages[0])


def _number(writer: PdfWriter, chapter: Chapter, first: int, length: int, begin: int) -> None:
    """Draw the pack's page numbers at the outer edge of each page, after a word that distinguishes them from the
    leaflet's own. `begin`: the first number."""
    drawing = Drawing([chapter.font])
    size, font = chapter.number_pt, f"{chapter.font}-Regular"
    words = shaped(chapter.page, font, size)
    sizes = [writer.pages[first + index].mediabox for index in range(length)]
    for index, box in enumerate(sizes):
        width, height = mm(float(box.width)), mm(float(box.height))
        with drawing.page(width, height) as canvas:
            y = INSET_MM if chapter.below else height - INSET_MM - size * 0.25
            right = ((begin + index) % 2 == 1) != chapter.rtl
            parts = [(words, font), (f"{begin + index}", "atkinson-Regular")]
            parts = [part for part in (parts[::-1] if chapter.rtl else parts) if part[0]]
            widths = [mm(pdfmetrics.stringWidth(text, name, size)) for text, name in parts]
            space = size * SPACE * MM_PER_PT
            x = width - INSET_MM * 2 - sum(widths) - space * (len(parts) - 1) if right else INSET_MM * 2
            for (text, name), wide in zip(parts, widths, strict=True):
                canvas.setFont(name, size)
                canvas.drawString(pt(x), pt(y), text)
                x += wide + space
    for index, page in enumerate(PdfReader(io.BytesIO(drawing.finish())).pages):
        writer.pages[first + index].merge_page(page)


def _outline(writer: PdfWriter, reader: PdfReader, items: Any, first: int, parent: Any) -> None:
    """Copy the outline of a file below its chapter's entry, without its first entry, the title."""
    last = parent
    for item in items:
        if isinstance(item, list):
            _outline(writer, reader, item, first, last)
            continue
        page = reader.get_destination_page_number(item)
        top = items is reader.outline and item is items[0]
        last = parent
        if not top:
            last = writer.add_outline_item(title=str(item.title), page_number=first + (page or 0), parent=parent)
