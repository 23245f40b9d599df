"""Drawing of a clinic's logo when it is read: runs in a child process with limits, as `content/logo.py` says."""

from __future__ import annotations

from dataclasses import replace

from leaflets.content.logo import Logo, LogoRefusal
from leaflets.content.logo_content import checked_logo
from leaflets.pdf.fontconfig import use_private_fontconfig
from leaflets.pdf.images.pictures import SVG
from leaflets.pdf.images.svg_page import drawing_pdf
from leaflets.pdf.typesetter import collect_warnings

UNDRAWABLE = LogoRefusal(
    "cannot be drawn: a part of it is broken",
    "export it again as a plain SVG, with text as outlines, or as a PNG; look at it in a browser first",
)


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
    return replace(found, drawing=drawing) if found.kind == SVG else found
