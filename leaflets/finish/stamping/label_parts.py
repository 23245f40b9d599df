"""Parts of a label: tagged pieces with their drawing operators; together the details of a clinic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leaflets.finish.stamping.resources import Resources
from leaflets.pdf.images.qr import QUIET, qr_runs

STRONG, INK = "0.043137 0.290196 0.352941 rg", "0.078431 0.094118 0.105882 rg"
"""Colours of the name and of all else, as operators; the values are those of tokens.css."""

Box = tuple[float, float, float, float]
"""Left, lower, right and upper edge, pt from the upper left corner of the stamp area (upwards positive)."""


@dataclass(frozen=True)
class LabelPart:
    """One link of a piece, or the text around its links, with its drawing operators."""

    code: bytes
    text: str = ""
    """ActualText, where the glyphs are not in reading order; else empty."""
    target: str = ""
    """Address of a link."""
    contents: str = ""
    """Contents of a link's annotation."""
    areas: tuple[Box, ...] = ()
    """Areas of a link, one for each line."""


@dataclass(frozen=True)
class Piece:
    """A structure element of the label: its tag, its parts in the order of reading, and the alternative text of a
    picture."""

    tag: str
    parts: tuple[LabelPart, ...]
    alt: str = ""
    box: Box = (0, 0, 0, 0)
    """Bounding box of a picture."""


@dataclass(frozen=True)
class Label:
    """The details of a clinic for one kind of stamp area; positions in pt from its upper left corner."""

    pieces: tuple[Piece, ...]
    resources: Resources
    need: float
    """Least height of a stamp area, pt, in which the label looks the same; infinite: only in one of the same height."""
    code: tuple[float, float, float] | None = None
    """x, y and side of the QR code, which differs from edition to edition."""


@dataclass(frozen=True)
class LogoPicture:
    """A logo: the bytes of a raster image, or with `drawing` of a one-page PDF made of an SVG; `ratio`: width by
    height."""

    body: bytes
    ratio: float
    drawing: bool = False


def code_piece(address: str, place: tuple[float, float, float], labels: Mapping[str, str], shown: str) -> Piece:
    """The QR code of an address as a piece that is also a link.

    `place`: x, y and side with the quiet zone, pt; `shown`: the address in the alternative text.
    """
    x, y, side = place
    modules, rows = qr_runs(address)
    unit = side / modules
    rects = "\n".join(f"{column + QUIET} {modules - QUIET - row - 1} {length} 1 re" for column, row, length in rows)
    code = f"q {INK} {unit:.5f} 0 0 {unit:.5f} {x:.3f} {y:.3f} cm\n{rects}\nf Q"
    alt = labels.get("code", "{address}").replace("{address}", shown)
    box = (x, y, x + side, y + side)
    return Piece("Figure", (LabelPart(code.encode(), target=address, contents=alt, areas=(box,)),), alt, box)
