"""A clinic's details set into the room of an edition, handed over as pieces that can be tagged.

Sizes of type are those of the room and never smaller. Lines of address and hours stand one under the other where there
is room, else one after the other; where that is too much, all fields run on after the name. What does not fit then is
an error that says by how much.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PdfReader
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from leaflets.content.clinic import Clinic
from leaflets.finish import lines
from leaflets.finish.faces import Face, Used
from leaflets.finish.lines import GlyphError, Token, leading, tokens, wrapped
from leaflets.finish.parcel import Parcel, parcel
from leaflets.finish.pieces import INK, STRONG, Label, Picture, Piece
from leaflets.finish.stock import Room
from leaflets.finish.written import mm
from leaflets.html.clinic import direction

CODE_MM = (30.0, 26.0)
"""Side of the QR code with its white: as wanted, and at the least, where the code itself has 20 mm."""
LOGO_MM = (18.0, 5.0)
"""Height that a logo may have, and that is kept for it at the least."""
LOGO_SHARE = 0.3
"""Of the room's width, at the most, for a logo without a QR code."""
GAP_MM = 4.0
BETWEEN_MM = 1.0
"""Between fields, where there is room."""
BETWEEN = " · "
"""Between fields that run on."""
ASCENT = 0.78
"""From the top of a line of 1 pt leading to its baseline, of the type's size."""
FIELDS = ("name", "phone", "address", "hours", "website", "logo", "leaflets")


class RoomError(ValueError):
    """A field of the clinic does not fit its room."""

    def __init__(self, what: str, message: str) -> None:
        super().__init__(message)
        self.field = what


@dataclass
class _Field:
    name: str
    label: str
    values: Sequence[str]
    size: float
    bold: bool = False


def label(clinic: Clinic, room: Room, logo: Picture | None, leave_out: Sequence[str] = ()) -> Label:
    """Set the details, but for fields that are left out. Raises RoomError."""
    return _Setting(clinic, room, logo, frozenset(leave_out)).label()


@dataclass
class _Setting:
    clinic: Clinic
    room: Room
    logo: Picture | None
    leave_out: frozenset[str]
    used: dict[Face, Used] = field(default_factory=dict)

    def label(self) -> Label:
        self.canvas = Canvas(io.BytesIO(), invariant=1, pageCompression=1)
        side, code, logo = self._side()
        self.column = (side, min(place[1] for place in (code, logo) if place) if side else self.room.height)
        pieces = self._words()
        if logo is not None:
            pieces.append(self._picture(logo))
        return Label(tuple(pieces), self._parcel(), code)

    def _side(self) -> tuple[float, tuple[float, float, float] | None, tuple[float, float, float, float] | None]:
        """The column at the end side: its width, and where the QR code and the logo stand in it."""
        room, logo = self.room, self.logo if "logo" not in self.leave_out else None
        with_code = bool(self.clinic.leaflets) and "leaflets" not in self.leave_out
        code, place, height = 0.0, None, room.height
        if with_code:
            kept = _pt(LOGO_MM[1]) + _pt(2) if logo else 0.0
            code = max(_pt(CODE_MM[1]), min(_pt(CODE_MM[0]), room.height - kept))
            if code > room.height:
                raise RoomError("leaflets", f"the QR code is {mm(code - room.height):.1f} mm too high")
            height -= code + _pt(2)
        width = code
        if logo:
            widest = code or room.width * LOGO_SHARE
            if height < _pt(LOGO_MM[1]):
                raise RoomError("logo", f"the logo has {mm(_pt(LOGO_MM[1]) - height):.1f} mm too little room in height")
            high = min(height, _pt(LOGO_MM[0]), widest / logo.ratio)
            wide = high * logo.ratio
            width = max(width, wide)
            left = 0.0 if room.rtl else room.width - wide
            place = (left, height - high, wide, high)
        corner = (0.0 if room.rtl else room.width - code, room.height - code, code) if with_code else None
        return width + _pt(GAP_MM) if width else 0.0, corner, place

    def _fields(self, joined: bool) -> list[_Field]:
        clinic, room, labels = self.clinic, self.room, self.room.labels
        address, hours = clinic.address, clinic.hours
        if joined:
            address, hours = _joined(address, ", ", "، "), _joined(hours, "; ", "؛ ")
        found = [
            _Field("name", "", (clinic.name,), room.size, bold=True),
            _Field("phone", labels.get("phone", ""), (clinic.phone or "",), room.small, bold=True),
            _Field("address", "", address, room.small),
            _Field("hours", labels.get("hours", ""), hours, room.small),
            _Field("website", labels.get("website", ""), (clinic.website or "",), room.small),
        ]
        return [row for row in found if row.name not in self.leave_out and any(row.values)]

    def _words(self) -> list[Piece]:
        """The fields, one under the other, as they fit best."""
        full, joined = self._fields(joined=False), self._fields(joined=True)
        between = _pt(BETWEEN_MM)
        for groups, gap in (
            ([[row] for row in full], between),
            ([[row] for row in joined], between),
            ([[row] for row in joined], 0.0),
            ([joined[:1], joined[1:]], 0.0),
        ):
            pieces, over, last = self._attempt([group for group in groups if group], gap)
            if over <= 0.01:
                return pieces
        raise RoomError(last, f"{mm(over):.1f} mm too high")

    def _attempt(self, groups: Sequence[Sequence[_Field]], between: float) -> tuple[list[Piece], float, str]:
        """The pieces, a group of fields each; by how many pt they are too high, and the first field that sticks out."""
        top, last = self.room.height, ""
        foot = -0.15 * self.room.small  # the lower half of the leading may reach out
        pieces: list[Piece] = []
        self.used.clear()
        for group in groups:
            top -= between if pieces else 0.0
            row = replace(group[0], bold=group[0].bold and len(group) == 1)
            tag, colour = ("H2", STRONG) if row.name == "name" else ("P", INK)
            code, plain = [colour], True
            for line, name in self._lines(group, row.bold, top):
                high = leading(line, self.room.leading)
                drawn, in_order = self._drawn(line, row, top - ((high - 1) / 2 + ASCENT) * row.size)
                code.append(drawn)
                plain &= in_order
                top -= row.size * high
                last = last or (name if top < foot else "")
            text = "" if plain else BETWEEN.join(_said(part) for part in group)
            pieces.append(Piece(tag, "\n".join(code).encode(), text=text))
        return pieces, max(0.0, foot - top), last

    def _lines(self, group: Sequence[_Field], bold: bool, top: float) -> list[tuple[list[Any], str]]:
        """The tokens of a group by line, each with the field that it ends in; each value of a field that stands alone
        begins a line, the first one after the label."""
        found: list[tuple[list[Any], str]] = []
        waiting: list[Any] = []
        for row in group:
            for index, value in enumerate(row.values):
                own = self._tokens(row, value, index == 0, bool(waiting))
                broken, over = wrapped([*waiting, *own], row.size, self._widths(top, row.size, len(found)), bold)
                if over > 0:
                    raise RoomError(row.name, f"“{value}” is {mm(over):.1f} mm too wide")
                waiting = broken.pop() if len(group) > 1 else []
                found += [(line, row.name) for line in broken]
        return [*found, *([(waiting, group[-1].name)] if waiting else [])]

    def _widths(self, top: float, size: float, before: int) -> Callable[[int], float]:
        """How wide lines may be, from `before` lines below `top`: below QR code and logo, the whole room."""
        side, foot = self.column

        def width(line: int) -> float:
            under = top - (before + line) * size * self.room.leading <= foot
            return self.room.width - (0.0 if under else side)

        return width

    def _tokens(self, row: _Field, value: str, first: bool, after: bool) -> list[Any]:
        rtl, font = self.room.rtl, self.room.font
        try:
            found = tokens("·", rtl, font, spaced=True, breaks=False) if after else []
            about = self.clinic.words()
            if row.label and first:
                found += tokens(f"{row.label}:", rtl, font, spaced=after)
            return [*found, *tokens(value, rtl, font, spaced=bool(found), about=about)]
        except GlyphError as error:
            raise RoomError(row.name, f"no font has {error}") from error

    def _drawn(self, line: Sequence[Token], row: _Field, y: float) -> tuple[str, bool]:
        """The operators that draw a line; and whether its glyphs say its words in the order in which they are read."""
        found = lines.runs(line, row.bold)
        x = self.room.width - sum(run.width for run in found) * row.size if self.room.rtl else 0.0
        code = [f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm"]
        for run in found:
            used = self.used.setdefault(run.face, Used(run.face))
            name = _called(list(self.used).index(run.face))
            code.append(f"{name} {row.size:.4g} Tf {used.shown(run.glyphs, row.size)}")
        return "\n".join([*code, "ET"]), all(run.plain for run in found)

    def _picture(self, place: tuple[float, float, float, float]) -> Piece:
        assert self.logo is not None
        x, y, width, height = place
        if self.logo.drawing:
            code = f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /ClinicLogo Do Q"
        else:
            begun = len(self.canvas._code)
            picture = ImageReader(io.BytesIO(self.logo.body))
            self.canvas.drawImage(picture, x, y, width, height, mask="auto")
            code = "\n".join(self.canvas._code[begun:])
        alt = self.room.labels.get("logo", "{name}").replace("{name}", self.clinic.name)
        return Piece("Figure", code.encode("latin-1"), alt=alt, box=(x, y, x + width, y + height))

    def _parcel(self) -> Parcel:
        """Fonts and pictures of what was drawn."""
        self.canvas.showPage()
        reader = PdfReader(io.BytesIO(self.canvas.getpdfdata()))
        found: Any = reader.pages[0]["/Resources"]
        pictures = {key: found["/XObject"].raw_get(key) for key in found.get("/XObject", {})}
        shown = self.logo if "logo" not in self.leave_out else None
        fonts = {_called(number): used for number, used in enumerate(self.used.values())}
        return parcel(fonts, pictures, shown.body if shown and shown.drawing else b"")


def _joined(values: Sequence[str], ltr: str, rtl: str) -> tuple[str, ...]:
    own = [value.rstrip(",،;؛ ") for value in values]
    between = rtl if direction(" ".join(values)) == "rtl" else ltr
    return (between.join(own),) if own else ()


def _said(row: _Field) -> str:
    words = " ".join(row.values)
    return f"{row.label}: {words}" if row.label else words


def _pt(length: float) -> float:
    return length / mm(1)


def _called(number: int) -> str:
    """The name of a font in a page's resources."""
    return f"/Clinic{number}"
