"""A clinic's details set into the room of an edition, handed over as pieces that can be tagged.

Sizes of type are those of the room and never smaller. Lines of address and hours stand one under the other where there
is room, else one after the other; where that is too much, all fields run on after the name, the website without its
label, beside a smaller QR code. What does not fit then is an error that says by how much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import inf

from leaflets.content.clinic import Clinic
from leaflets.finish.stamping.label_parts import INK, STRONG, Box, Label, LabelPart, LogoPicture, Piece
from leaflets.finish.stamping.resources import image, parcel
from leaflets.finish.stamping.template import StampArea
from leaflets.finish.stamping.text_drawing import ASCENT, DrawnLine, Ink, LabelLink, called
from leaflets.finish.stamping.text_runs import GlyphError, Token, leading, tokens, wrapped
from leaflets.html.clinic_view import direction, website_link
from leaflets.pdfio.serialize import mm


@dataclass(frozen=True)
class Close:
    """How close a label is set, in mm: the side of the QR code with its white (of 26 the code itself has 20), the gap
    between words and what stands beside them (a code has white of its own); the most leading, in sizes of type."""

    code: float
    gap: float
    leading: float = 9.0


CLOSE = (Close(30.0, 4.0), Close(26.0, 1.5), Close(26.0, 1.5, 1.22))
"""As wanted, and then closer until all fits; the last is the leading that a clinic's details have on a summary."""
LEAST_CODE_MM = CLOSE[-1].code
LOGO_MM = (18.0, 5.0)
"""Height that a logo may have, and that is kept for it at the least."""
LOGO_SHARE = 0.3
"""Of the room's width, at the most, for a logo without a QR code."""
BETWEEN_MM = 1.0
"""Between fields, where there is room."""
FIELDS = ("name", "phone", "address", "hours", "website", "logo", "leaflets")


class RoomError(ValueError):
    """A field of the clinic does not fit its room."""

    def __init__(self, what: str, message: str) -> None:
        super().__init__(message)
        self.field = what


@dataclass(frozen=True)
class _Field:
    name: str
    label: str
    values: tuple[str, ...]
    size: float
    bold: bool = False
    link: LabelLink | None = None


Groups = tuple[tuple[_Field, ...], ...]
"""Fields by paragraph."""


@dataclass(frozen=True)
class _Side:
    """The column at the end side: its width with the gap, and how far down it goes (pt)."""

    width: float
    foot: float
    code: tuple[float, float, float] | None
    """Where the QR code stands, and its side."""
    logo: Box | None
    need: float
    """It looks the same in each room that is so high at the least."""


@dataclass(frozen=True)
class _Arrangement:
    """One way to set a label; `gap`: between paragraphs, pt."""

    side: _Side
    leading: float
    groups: Groups
    gap: float


@dataclass(frozen=True)
class _Paragraph:
    """A group of fields in lines that have their places."""

    fields: tuple[_Field, ...]
    lines: tuple[DrawnLine, ...]
    bold: bool


def label(clinic: Clinic, room: StampArea, logo: LogoPicture | None, leave_out: Sequence[str] = ()) -> Label:
    """Set the details, but for fields that are left out. Raises RoomError."""
    return _Setting(clinic, room, logo, frozenset(leave_out)).label()


@dataclass
class _Setting:
    """Places are from the upper left corner of the room, so that a label is the same in a higher room."""

    clinic: Clinic
    room: StampArea
    logo: LogoPicture | None
    leave_out: frozenset[str]
    known: dict[tuple[str, str, str, bool, bool, int], list[Token]] = field(default_factory=dict)
    """The words of values."""

    def label(self) -> Label:
        """As wanted, or as close as it must be; fields run on when closeness does not help."""
        tried: dict[_Arrangement, RoomError] = {}
        for number, arrangement in enumerate(self._arrangements()):
            if isinstance(arrangement, RoomError):
                error = arrangement
                continue
            if arrangement not in tried:
                try:
                    return self._set(arrangement, wanted=number == 0)
                except RoomError as found:
                    tried[arrangement] = found
            error = tried[arrangement]
        raise error

    def _arrangements(self) -> Iterator[_Arrangement | RoomError]:
        """Ways to set the label, the best first; some are the same. An error: the column has no room."""
        for run_on, close in product((False, True), CLOSE):
            try:
                side = self._side(close)
            except RoomError as error:
                yield error
                continue
            for groups, gap in self._running() if run_on else self._apart():
                yield _Arrangement(side, min(close.leading, self.room.leading), groups, gap)

    def _set(self, way: _Arrangement, wanted: bool) -> Label:
        paragraphs, foot = self._paragraphs(way)
        ink = Ink(self.room.width, self.room.rtl)
        pieces = [_piece(paragraph, ink) for paragraph in paragraphs]
        pictures, drawing = {}, b""
        if way.side.logo is not None and self.logo is not None:
            pieces.append(self._picture(way.side.logo))
            if self.logo.drawing:
                drawing = self.logo.body
            else:
                pictures["/ClinicLogo"] = image(self.logo.body)
        fonts = {called(number): used for number, used in enumerate(ink.used.values())}
        need = max(way.side.need, foot)
        need = need if wanted and need <= self.room.height else inf
        return Label(tuple(pieces), parcel(fonts, pictures, drawing), need, way.side.code)

    def _side(self, close: Close) -> _Side:
        """What stands beside the words. RoomError."""
        room, logo = self.room, self.logo if "logo" not in self.leave_out else None
        with_code = bool(self.clinic.leaflets) and "leaflets" not in self.leave_out
        code, place, used, need = 0.0, None, 0.0, 0.0
        if with_code:
            kept = _pt(LOGO_MM[1]) + _pt(2) if logo else 0.0
            code = max(_pt(LEAST_CODE_MM), min(_pt(close.code), room.height - kept))
            if code > room.height:
                raise RoomError("leaflets", f"the QR code is {mm(code - room.height):.1f} mm too high")
            used, need = code + _pt(2), _pt(close.code) + kept
        width, foot = code, -code
        if logo:
            left = room.height - used
            if left < _pt(LOGO_MM[1]):
                raise RoomError("logo", f"the logo has {mm(_pt(LOGO_MM[1]) - left):.1f} mm too little room in height")
            widest = min(_pt(LOGO_MM[0]), (code or room.width * LOGO_SHARE) / logo.ratio)
            high = min(left, widest)
            wide = high * logo.ratio
            x, foot = 0.0 if room.rtl else room.width - wide, -used - high
            width, need, place = max(width, wide), max(need, used + widest), (x, foot, x + wide, foot + high)
        corner = (0.0 if room.rtl else room.width - code, -code, code) if with_code else None
        gap = CLOSE[0].gap if logo else close.gap
        return _Side(width + _pt(gap) if width else 0.0, foot, corner, place, need)

    def _apart(self) -> Iterator[tuple[Groups, float]]:
        """The fields one under the other, and the gap between them."""
        full, joined = (tuple((row,) for row in self._fields(joined)) for joined in (False, True))
        yield full, _pt(BETWEEN_MM)
        yield joined, _pt(BETWEEN_MM)
        yield joined, 0.0

    def _running(self) -> Iterator[tuple[Groups, float]]:
        """All that comes after the first field one after the other."""
        joined = self._fields(joined=True)
        bare = [replace(row, label="") if row.name == "website" else row for row in joined]
        for first, *more in (joined, bare):
            yield ((first,), tuple(more)) if more else ((first,),), 0.0

    def _fields(self, joined: bool) -> list[_Field]:
        clinic, room, labels = self.clinic, self.room, self.room.labels
        address, hours = clinic.address, clinic.hours
        if joined:
            address, hours = _joined(address, ", ", "، "), _joined(hours, "; ", "؛ ")
        website = website_link(clinic)
        link = LabelLink(website.address, website.words) if website else None
        found = [
            _Field("name", "", (clinic.name,), room.size, bold=True),
            _Field("phone", labels.get("phone", ""), (clinic.phone or "",), room.small, bold=True),
            _Field("address", "", address, room.small),
            _Field("hours", labels.get("hours", ""), hours, room.small),
            _Field("website", labels.get("website", ""), (clinic.website or "",), room.small, link=link),
        ]
        return [row for row in found if row.name not in self.leave_out and any(row.values)]

    def _paragraphs(self, way: _Arrangement) -> tuple[list[_Paragraph], float]:
        """The fields in lines, and how high a room has to be for them. RoomError names the first that sticks out."""
        top, last = 0.0, ""
        reach = 0.15 * self.room.small  # the lower half of the leading may reach out
        found: list[_Paragraph] = []
        for group in way.groups:
            top -= way.gap if found else 0.0
            size, bold = group[0].size, group[0].bold and len(group) == 1
            lines = []
            for line, name in self._lines(group, bold, top, way):
                high = leading(line, way.leading)
                lines.append(DrawnLine(line, top - ((high - 1) / 2 + ASCENT) * size))
                top -= size * high
                last = last or (name if -top - reach > self.room.height else "")
            found.append(_Paragraph(group, tuple(lines), bold))
        if (over := -top - reach - self.room.height) > 0.01:
            raise RoomError(last, f"{mm(over):.1f} mm too high")
        return found, -top - reach

    def _lines(
        self, group: Sequence[_Field], bold: bool, top: float, way: _Arrangement
    ) -> list[tuple[list[Token], str]]:
        """The tokens of a group by line, each with the field that it ends in; each value of a field that stands alone
        begins a line, the first one after the label."""
        found: list[tuple[list[Token], str]] = []
        waiting: list[Token] = []
        part = 0
        for row in group:
            for index, value in enumerate(row.values):
                own = self._tokens(row, value, index == 0, bool(waiting), part)
                widths = self._widths(top, row.size, [line for line, _ in found], way)
                broken, over = wrapped([*waiting, *own], row.size, widths, bold)
                if over > 0:
                    raise RoomError(row.name, f"“{value}” is {mm(over):.1f} mm too wide")
                waiting = broken.pop() if len(group) > 1 else []
                found += [(line, row.name) for line in broken]
            part += 2 if row.link else 0
        return [*found, *([(waiting, group[-1].name)] if waiting else [])]

    def _widths(
        self, top: float, size: float, before: Sequence[list[Token]], way: _Arrangement
    ) -> Callable[[list[list[Token]]], float]:
        """How wide the line after others may be: below QR code and logo, the whole room. `before`: lines below `top`
        that are broken already."""

        def width(lines: list[list[Token]]) -> float:
            down = sum(leading(line, way.leading) for line in (*before, *lines)) * size
            return self.room.width - (0.0 if top - down <= way.side.foot else way.side.width)

        return width

    def _tokens(self, row: _Field, value: str, first: bool, after: bool, part: int) -> list[Token]:
        """The words of a value, with what stands before it; those of a link are a part of their own."""
        key = row.name, row.label, value, first, after, part
        if key not in self.known:
            rtl, font, link = self.room.rtl, self.room.font, part + 1 if row.link else part
            try:
                found = tokens("·", rtl, font, spaced=True, breaks=False, part=part) if after else []
                if row.label and first:
                    found += tokens(f"{row.label}:", rtl, font, spaced=after, part=part)
                about = self.clinic.words()
                found += tokens(value, rtl, font, spaced=bool(found), about=about, part=link)
            except GlyphError as error:
                raise RoomError(row.name, f"no font has {error}") from error
            self.known[key] = found
        return self.known[key]

    def _picture(self, place: Box) -> Piece:
        left, low, right, high = place
        code = f"q {right - left:.3f} 0 0 {high - low:.3f} {left:.3f} {low:.3f} cm /ClinicLogo Do Q"
        alt = self.room.labels.get("logo", "{name}").replace("{name}", self.clinic.name)
        return Piece("Figure", (LabelPart(code.encode()),), alt, place)


def _piece(paragraph: _Paragraph, ink: Ink) -> Piece:
    row = paragraph.fields[0]
    tag, colour = ("H2", STRONG) if row.name == "name" else ("P", INK)
    links = [field.link for field in paragraph.fields if field.link]
    return Piece(tag, ink.parts(paragraph.lines, row.size, paragraph.bold, colour, links))


def _joined(values: Sequence[str], ltr: str, rtl: str) -> tuple[str, ...]:
    own = [value.rstrip(",،;؛ ") for value in values]
    between = rtl if direction(" ".join(values)) == "rtl" else ltr
    return (between.join(own),) if own else ()


def _pt(length: float) -> float:
    return length / mm(1)
