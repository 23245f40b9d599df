"""Pictures of a leaflet by address: files below `assets/`, dot figures, QR codes, the clinic's logo."""

from __future__ import annotations

from leaflets.base.project import Project
from leaflets.content.logo import Logo
from leaflets.pdf.images.dots import dots_svg

SVG = "image/svg+xml"


class PictureError(Exception):
    """An address that a leaflet may not load, or that names no file."""


def picture(project: Project, address: str, logo: Logo | None = None) -> tuple[str, bytes]:
    """The MIME type and the bytes behind `asset:<path below assets>`, `dots:<count>`, `dots:<count>-rtl`,
    `qr:<address>` or `logo:<hash>`, the clinic's `logo`. PictureError for anything else."""
    scheme, _, name = address.partition(":")
    if scheme == "dots":
        count, _, direction = name.partition("-")
        return SVG, dots_svg(int(count), rtl=direction == "rtl").encode()
    if scheme == "qr":
        from leaflets.pdf.images.qr import qr_svg  # few builds are for a clinic

        return SVG, qr_svg(name).encode()
    if scheme == "logo" and logo and logo.sha256.startswith(name):
        return logo.kind, logo.body
    if scheme != "asset" or ".." in name:
        raise PictureError(f"a leaflet may not load {address}")
    try:
        return SVG if name.endswith(".svg") else "image/png", project.read_bytes(f"assets/{name}")
    except FileNotFoundError as error:
        raise PictureError(str(error)) from error
