"""Pictures of a leaflet by address: files below `assets/`, dot figures, QR codes, the clinic's logo."""

from __future__ import annotations

from pathlib import PurePosixPath

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.drawings.points import read_points
from leaflets.content.logo import Logo
from leaflets.pdf.images.dots import PER_ROW, PER_SQUARE, dots_svg
from leaflets.pdf.images.markers import with_markers

SVG = "image/svg+xml"


class PictureError(Exception):
    """An address that a leaflet may not load, or that names no file."""


def picture(project: Project, address: str, logo: Logo | None = None) -> tuple[str, bytes]:
    """The MIME type and the bytes behind an address. PictureError for an address of nothing.

    `asset:<path below assets>`; `asset:drawings/<drawing>.svg?<point>,<point>` with numbers at those points;
    `dots:<count>`, with `-square`, `-rtl` or both behind it; `qr:<address>`; `logo:<hash>`, the clinic's `logo`.
    """
    scheme, _, name = address.partition(":")
    if scheme == "dots":
        count, *how = name.split("-")
        return SVG, dots_svg(int(count), "rtl" in how, PER_SQUARE if "square" in how else PER_ROW).encode()
    if scheme == "qr":
        from leaflets.pdf.images.qr import qr_svg  # few builds are for a clinic

        return SVG, qr_svg(name).encode()
    if scheme == "logo" and logo and logo.sha256.startswith(name):
        return logo.kind, logo.body
    name, _, points = name.partition("?")
    if scheme != "asset" or ".." in name:
        raise PictureError(f"a leaflet may not load {address}")
    try:
        body = project.read_bytes(f"assets/{name}")
    except FileNotFoundError as error:
        raise PictureError(str(error)) from error
    if points:
        body = _marked(project, name, body, points.split(","))
    return SVG if name.endswith(".svg") else "image/png", body


def _marked(project: Project, name: str, body: bytes, ids: list[str]) -> bytes:
    """A drawing with numbers at some of its points."""
    said = Diagnostics()
    points = read_points(project, PurePosixPath(name).stem, said)
    if points is None:
        raise PictureError(f"assets/{name}: {next(iter(said)).message if said else 'its points are not declared'}")
    return with_markers(body.decode(), points, ids).encode()
