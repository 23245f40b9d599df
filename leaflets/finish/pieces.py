"""What is stamped: pieces that are drawn and read, together the label of a clinic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leaflets.finish.parcel import Parcel
from leaflets.pdf.codes import QUIET, qr_runs

STRONG, INK = "0.043137 0.290196 0.352941 rg", "0.078431 0.094118 0.105882 rg"
"""The colours of tokens.css: the name, all else."""


@dataclass(frozen=True)
class Piece:
    """Something drawn that is read as one: its tag, the operators that draw it, what stands for it when read out."""

    tag: str
    code: bytes
    alt: str = ""
    text: str = ""
    """What it reads, where the glyphs stand in another order."""
    box: tuple[float, float, float, float] = (0, 0, 0, 0)
    """Of a picture, in the room."""


@dataclass(frozen=True)
class Label:
    """The details of a clinic in one kind of room; places are from the room's lower left corner."""

    pieces: tuple[Piece, ...]
    parcel: Parcel
    code: tuple[float, float, float] | None = None
    """Place and side of the QR code, which is another one in each edition."""


@dataclass(frozen=True)
class Picture:
    """A logo: the file's bytes, or a drawing (SVG) as a page of a PDF; how wide it is for its height."""

    body: bytes
    ratio: float
    drawing: bool = False


def code_piece(address: str, place: tuple[float, float, float], labels: Mapping[str, str], shown: str) -> Piece:
    """The QR code of an address, drawn."""
    x, y, side = place
    modules, rows = qr_runs(address)
    unit = side / modules
    rects = "\n".join(f"{column + QUIET} {modules - QUIET - row - 1} {length} 1 re" for column, row, length in rows)
    code = f"q {INK} {unit:.5f} 0 0 {unit:.5f} {x:.3f} {y:.3f} cm\n{rects}\nf Q"
    alt = labels.get("code", "{address}").replace("{address}", shown)
    return Piece("Figure", code.encode(), alt=alt, box=(x, y, x + side, y + side))
