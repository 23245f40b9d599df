"""Stamp areas: the position of the empty box for the clinic's details, recorded in the file for stamping.

It is private data of the page, in /PieceInfo (ISO 32000-1, 14.5). A print file, which has the page as a form XObject,
keeps it with the page. Lengths are in pt from the lower left corner of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pydyf

from leaflets.base.units import MM_PER_PT, MM_PER_PX
from leaflets.editions.layouts import ON_PAPER

NAME = "Leaflets"
"""Key of this program in /PieceInfo."""
MARKER = "clinic-room"
"""Value of `data-measure` of the box; its other `data-` attributes are labels and are recorded."""
_PT = MM_PER_PX / MM_PER_PT
"""A CSS pixel in pt."""
_EPOCH = "D:20000101000000Z"
"""LastModified, which /PieceInfo needs; a fixed date, so that the bytes are the same each time."""


def finisher(layout: str, font: str) -> Callable[[Any, Any], None]:
    """A finisher for WeasyPrint's `write_pdf` that records the stamp areas of a document and how its layout is printed.
    `layout`: its id; `font`: id of the locale's font."""

    def finish(document: Any, pdf: Any) -> None:
        pages = [item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Page"]
        for number, area in stamp_areas([page._page_box for page in document.pages], layout, font):
            date = pydyf.String(_EPOCH)
            pages[number]["LastModified"] = date
            data = pydyf.Dictionary({"LastModified": date, "Private": area})
            pages[number]["PieceInfo"] = pydyf.Dictionary({NAME: data})
        if layout in ON_PAPER and ON_PAPER[layout].both_sides:
            pdf.catalog["ViewerPreferences"] |= {"PrintScaling": "/None", "Duplex": "/DuplexFlipLongEdge"}

    return finish


def stamp_areas(pages: Sequence[Any], layout: str, font: str) -> Iterator[tuple[int, Any]]:
    """The stamp areas on page boxes of WeasyPrint: number of the page, from 0, and the PDF dictionary of each."""
    for number, page in enumerate(pages):
        for box in page.descendants():
            element = getattr(box, "element", None)
            if element is None or element.get("data-measure") != MARKER or box.element_tag != element.tag:
                continue
            yield number, _stamp_area(box, page.margin_height(), layout, font)


def _stamp_area(box: Any, height: float, layout: str, font: str) -> Any:
    """The PDF dictionary of a stamp area: rectangle and type sizes in pt, leading in units of the type size. `height`:
    of the page, px."""
    small = next((child for child in box.descendants() if child.element_tag == "p"), box)
    left, top = box.content_box_x(), box.content_box_y()
    edges = (left, height - top - box.height, left + box.width, height - top)
    labels = {
        key.removeprefix("data-"): pydyf.String(value)
        for key, value in sorted(box.element.attrib.items())
        if key.startswith("data-") and key != "data-measure"
    }
    return pydyf.Dictionary(
        {
            "Rect": pydyf.Array([round(edge * _PT, 3) for edge in edges]),
            "Size": round(box.style["font_size"] * _PT, 3),
            "Small": round(small.style["font_size"] * _PT, 3),
            "Leading": round(_line_height(small) / small.style["font_size"], 3),
            "Direction": f"/{box.style['direction']}",
            "Layout": pydyf.String(layout),
            "Font": pydyf.String(font),
            "Labels": pydyf.Dictionary(labels),
        }
    )


def _line_height(box: Any) -> float:
    """Height of the first line in a box, px; 1.3 times the type size when it has none."""
    line = next((child for child in box.descendants() if type(child).__name__ == "LineBox"), None)
    return float(line.height if line is not None else box.style["font_size"] * 1.3)
