"""Picture of a page of a PDF file, drawn in a child process: a file of a build folder may be anybody's.

PDFium decompresses a stream whole, and a page can be as large as its file says; both are bounded here.
"""

from __future__ import annotations

import io

from leaflets.base.limited import run_limited
from leaflets.base.reader_limits import pdf_limits

MOST_PIXELS = 12_000_000
"""Most pixels of a picture: an A2 page at 108 to an inch has 4.5 million. A larger page is drawn smaller."""
LONGEST = 20
"""Most times that a page may be as long as it is wide, or as wide as it is long; A4 has 1.4."""


def page_picture(body: bytes, number: int, *, scale: float = 0.0, width: int = 0, colours: int = 0) -> bytes | None:
    """PNG of a page, counted from 1, `scale` pixels for each pt or `width` pixels wide; with so many `colours` if that
    is not 0. None for a page that is not there, for no PDF, and for what takes too much time or memory."""
    outcome = run_limited(f"{__name__}:drawn", body, number, scale, width, colours, limits=pdf_limits(len(body)))
    found: bytes | None = None if outcome.failure else outcome.value
    return found


def drawn(body: bytes, number: int, scale: float, width: int, colours: int) -> bytes | None:
    """The same in this process. Raises PDFium's errors."""
    import pypdfium2

    with pypdfium2.PdfDocument(body) as document:
        if not 1 <= number <= len(document):
            return None
        page = document[number - 1]
        sides = page.get_size()
        if min(sides) <= 0 or max(sides) > LONGEST * min(sides):
            return None
        fitting = (MOST_PIXELS / (sides[0] * sides[1])) ** 0.5
        picture = page.render(scale=min(scale or width / sides[0], fitting)).to_pil()
        page.close()
    packed = io.BytesIO()
    if colours:
        picture.quantize(colours).save(packed, "PNG", optimize=True)
    else:
        picture.save(packed, "PNG", compress_level=3)
    return packed.getvalue()
