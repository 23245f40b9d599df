"""Drawing of a clinic's logo when it is read: runs in a child process with limits, as `content/logo.py` says."""

from __future__ import annotations

import io
from dataclasses import replace

from leaflets.content.logo import Logo, LogoRefusal
from leaflets.content.logo_content import checked_logo
from leaflets.pdf.fontconfig import use_private_fontconfig
from leaflets.pdf.images.pictures import SVG
from leaflets.pdf.images.svg_page import drawing_pdf
from leaflets.pdf.typesetter import collect_warnings
from leaflets.pdfio.page_picture import drawn

UNDRAWABLE = LogoRefusal(
    "cannot be drawn: a part of it is broken",
    "export it again as a plain SVG, with text as outlines, or as a PNG; look at it in a browser first",
)
BLANK = LogoRefusal(
    "shows nothing on white paper: all of it is white, clear or empty",
    "use the dark version of the logo, or give it a background",
)
FAINTEST = 242
"""Lightest grey, of 255, of the darkest part of a logo; paper is 255, and a printer leaves lighter dots out."""
LOOKED_AT = 400
"""Width in pixels at which a logo is looked at: three times as many as its width on paper in mm."""


def before_limits() -> None:
    """Import what draws, so that it does not count to the time of a logo."""
    use_private_fontconfig()
    import weasyprint  # noqa: F401


def draw_logo(body: bytes) -> Logo | LogoRefusal:
    """The logo of these bytes, checked and drawn, or why it is refused. A part that WeasyPrint leaves out, which it
    only logs, is a refusal."""
    found = checked_logo(body)
    if not isinstance(found, Logo):
        return found
    with collect_warnings("") as said:
        drawing = drawing_pdf(found)
    if said:
        return UNDRAWABLE
    if _is_blank(drawing):
        return BLANK
    return replace(found, drawing=drawing) if found.kind == SVG else found


def _is_blank(drawing: bytes) -> bool:
    """Whether nothing is seen of a drawn logo."""
    from PIL import Image

    picture = drawn(drawing, 1, 0.0, LOOKED_AT, 0)
    if picture is None:
        return True
    shades = Image.open(io.BytesIO(picture)).convert("L").histogram()
    return not any(shades[: FAINTEST + 1])
