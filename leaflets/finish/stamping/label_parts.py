"""What is stamped: pieces that are drawn and read, together the label of a clinic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leaflets.finish.stamping.resources import Parcel
from leaflets.pdf.images.qr import QUIET, qr_runs

STRONG, INK = "0.043137 0.290196 0.352941 rg", "0.078431 0.094118 0.105882 rg"
"""The colours of tokens.css: the name, all else."""

Box = tuple[float, float, float, float]
"""Left, lower, right and upper edge, from the upper left corner of the room."""


@dataclass(frozen=True)
class LabelPart:
    """Of a piece, what is drawn in one go: a link, or what stands around links."""

    code: bytes
    text: str = ""
    """What it reads, where the glyphs stand in another order."""
    target: str = ""
    """Of a link: the address that it leads to."""
    said: str = ""
    """Of a link: what it is called."""
    areas: tuple[Box, ...] = ()
    """Of a link: where it is, a box for each line."""


@dataclass(frozen=True)
class Piece:
    """Something drawn that is read as one: its tag, its parts in the order of reading, what stands for a picture when
    read out."""

    tag: str
    parts: tuple[LabelPart, ...]
    alt: str = ""
    box: Box = (0, 0, 0, 0)
    """Of a picture."""


@dataclass(frozen=True)
class Label:
    """The details of a clinic in one kind of room; places are from the room's upper left corner."""

    pieces: tuple[Piece, ...]
    parcel: Parcel
    need: float
    """It looks the same in each room that is so high at the least, pt; infinite: in one of the same height alone."""
    code: tuple[float, float, float] | None = None
    """Place and side of the QR code, which is another one in each edition."""


@dataclass(frozen=True)
class LogoPicture:
    """A logo: the file's bytes, or a drawing (SVG) as a page of a PDF; how wide it is for its height."""

    body: bytes
    ratio: float
    drawing: bool = False


def code_piece(address: str, place: tuple[float, float, float], labels: Mapping[str, str], shown: str) -> Piece:
    """The QR code of an address, drawn; on a screen it leads there too."""
    x, y, side = place
    modules, rows = qr_runs(address)
    unit = side / modules
    rects = "\n".join(f"{column + QUIET} {modules - QUIET - row - 1} {length} 1 re" for column, row, length in rows)
    code = f"q {INK} {unit:.5f} 0 0 {unit:.5f} {x:.3f} {y:.3f} cm\n{rects}\nf Q"
    alt = labels.get("code", "{address}").replace("{address}", shown)
    box = (x, y, x + side, y + side)
    return Piece("Figure", (LabelPart(code.encode(), target=address, said=alt, areas=(box,)),), alt, box)
