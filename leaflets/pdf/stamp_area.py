"""Where the empty box for the clinic's details is, written into the finished file, so that it can be stamped later.

The page has it in /PieceInfo, as PDF keeps the data of programs. A file for the printer, which holds the page as a
form, takes it over with the page. Lengths there are in pt from the lower left corner of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pydyf

from leaflets.base.units import MM_PER_PT, MM_PER_PX

NAME = "Leaflets"
"""Our key in /PieceInfo."""
MARK = "clinic-room"
"""The box has this as `data-measure`; its other `data-` attributes are labels and go into the file."""
_PT = MM_PER_PX / MM_PER_PT
_EPOCH = "D:20000101000000Z"
"""PDF asks for a date of change; ours would be different bytes each time."""


def finisher(layout: str, font: str) -> Callable[[Any, Any], None]:
    """What WeasyPrint calls before it writes a document of this layout: puts the room into its page."""

    def finish(document: Any, pdf: Any) -> None:
        pages = [item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Page"]
        for number, room in rooms([page._page_box for page in document.pages], layout, font):
            date = pydyf.String(_EPOCH)
            pages[number]["LastModified"] = date
            mine = pydyf.Dictionary({"LastModified": date, "Private": room})
            pages[number]["PieceInfo"] = pydyf.Dictionary({NAME: mine})

    return finish


def rooms(pages: Sequence[Any], layout: str, font: str) -> Iterator[tuple[int, Any]]:
    """The empty boxes on WeasyPrint's pages, each as a PDF dictionary, with the number of its page."""
    for number, page in enumerate(pages):
        for box in page.descendants():
            element = getattr(box, "element", None)
            if element is None or element.get("data-measure") != MARK or box.element_tag != element.tag:
                continue
            yield number, _room(box, page.margin_height(), layout, font)


def _room(box: Any, height: float, layout: str, font: str) -> Any:
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
            "Leading": round(_line(small) / small.style["font_size"], 3),
            "Direction": f"/{box.style['direction']}",
            "Layout": pydyf.String(layout),
            "Font": pydyf.String(font),
            "Labels": pydyf.Dictionary(labels),
        }
    )


def _line(box: Any) -> float:
    """The height of a line in a box, px."""
    line = next((child for child in box.descendants() if type(child).__name__ == "LineBox"), None)
    return float(line.height if line is not None else box.style["font_size"] * 1.3)
