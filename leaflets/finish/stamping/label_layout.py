"""Layout of a label: a clinic's details in lines that fit a stamp area, as pieces that can be tagged.

Type sizes are those of the stamp area and never smaller. Each line of address and hours has a line of its own where
they fit, else these lines are joined; where that is too much, all fields after the name are one paragraph, the website
without its label, beside a smaller QR code. Details that do not fit even so are an error with the excess in mm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import inf

from leaflets.content.clinic import Clinic
from leaflets.finish.stamping.label_parts import INK, STRONG, Box, Label, LabelPart, LogoPicture, Piece
from leaflets.finish.stamping.resources import collect_resources, image
from leaflets.finish.stamping.template import StampArea
from leaflets.finish.stamping.text_drawing import ASCENT, DrawnLine, LabelLink, TextDrawing, font_name
from leaflets.finish.stamping.text_runs import GlyphError, Token, leading, tokens, wrapped
from leaflets.html.clinic_view import direction, website_link
from leaflets.pdfio.serialize import mm


@dataclass(frozen=True)
class Spacing:
    """Spacing of a label, mm: side of the QR code with its quiet zone (of 26 mm the code has 20), gap between words and
    the column beside them (a code has white of its own); and the greatest leading, in units of the type size."""

    code: float
    gap: float
    leading: float = 9.0


SPACINGS = (Spacing(30.0, 4.0), Spacing(26.0, 1.5), Spacing(26.0, 1.5, 1.22))
"""Spacings, from the preferred one to the closest; the last leading is that of a clinic's details on a summary."""
LEAST_CODE_MM = SPACINGS[-1].code
LOGO_MM = (18.0, 5.0)
"""Greatest height of a logo, and the least height reserved for it."""
LOGO_SHARE = 0.3
"""Greatest share of the width of the stamp area for a logo without a QR code."""
BETWEEN_MM = 1.0
"""Space between fields, where they fit with it."""
FIELDS = ("name", "phone", "address", "hours", "website", "logo", "leaflets")


class LabelFitError(ValueError):
    """A field of the clinic does not fit the stamp area; `field` is its name."""

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
    """The column of QR code and logo at the end side, pt: its width with the gap, the height of its foot (negative)."""

    width: float
    foot: float
    code: tuple[float, float, float] | None
    """x, y and side of the QR code."""
    logo: Box | None
    need: float
    """Least height of a stamp area, pt, in which the column looks the same."""


@dataclass(frozen=True)
class _Arrangement:
    """A candidate layout of a label; `gap`: between paragraphs, pt; `leading` in units of the type size."""

    side: _Side
    leading: float
    groups: Groups
    gap: float


@dataclass(frozen=True)
class _Paragraph:
    """A group of fields, broken into lines with positions."""

    fields: tuple[_Field, ...]
    lines: tuple[DrawnLine, ...]
    bold: bool


def label(clinic: Clinic, room: StampArea, logo: LogoPicture | None, leave_out: Sequence[str] = ()) -> Label:
    """Lay out the details for a stamp area, without the fields `leave_out`.

    Raises LabelFitError when they do not fit, or when no font has their characters.
    """
    return _Setting(clinic, room, logo, frozenset(leave_out)).label()


@dataclass
class _Setting:
    """Positions are measured from the upper left corner of the stamp area, so a label is the same in a higher one."""

    clinic: Clinic
    room: StampArea
    logo: LogoPicture | None
    leave_out: frozenset[str]
    known: dict[tuple[str, str, str, bool, bool, int], list[Token]] = field(default_factory=dict)
    """Tokens of values, cached by the arguments of `_tokens`."""

    def label(self) -> Label:
        """The label in the first arrangement that fits. Raises the last LabelFitError when none does."""
        tried: dict[_Arrangement, LabelFitError] = {}
        for number, arrangement in enumerate(self._arrangements()):
            if isinstance(arrangement, LabelFitError):
                error = arrangement
                continue
            if arrangement not in tried:
                try:
                    return self._set(arrangement, wanted=number == 0)
                except LabelFitError as found:
                    tried[arrangement] = found
            error = tried[arrangement]
        raise error

    def _arrangements(self) -> Iterator[_Arrangement | LabelFitError]:
        """Candidate layouts, the best first, some of them equal; an error where the column does not fit."""
        for run_on, close in product((False, True), SPACINGS):
            try:
                side = self._side(close)
            except LabelFitError as error:
                yield error
                continue
            for groups, gap in self._running() if run_on else self._apart():
                yield _Arrangement(side, min(close.leading, self.room.leading), groups, gap)

    def _set(self, way: _Arrangement, wanted: bool) -> Label:
        paragraphs, foot = self._paragraphs(way)
        ink = TextDrawing(self.room.width, self.room.rtl)
        pieces = [_piece(paragraph, ink) for paragraph in paragraphs]
        pictures, drawing = {}, b""
        if way.side.logo is not None and self.logo is not None:
            pieces.append(self._picture(way.side.logo))
            if self.logo.drawing:
                drawing = self.logo.body
            else:
                pictures["/ClinicLogo"] = image(self.logo.body)
        fonts = {font_name(number): used for number, used in enumerate(ink.used.values())}
        need = max(way.side.need, foot)
        need = need if wanted and need <= self.room.height else inf
        return Label(tuple(pieces), collect_resources(fonts, pictures, drawing), need, way.side.code)

    def _side(self, close: Spacing) -> _Side:
        """Lay out the column beside the words. Raises LabelFitError when QR code or logo do not fit."""
        room, logo = self.room, self.logo if "logo" not in self.leave_out else None
        with_code = bool(self.clinic.leaflets) and "leaflets" not in self.leave_out
        code, place, used, need = 0.0, None, 0.0, 0.0
        if with_code:
            kept = _pt(LOGO_MM[1]) + _pt(2) if logo else 0.0
            code = max(_pt(LEAST_CODE_MM), min(_pt(close.code), room.height - kept))
            if code > room.height:
                raise LabelFitError("leaflets", f"the QR code is {mm(code - room.height):.1f} mm too high")
            used, need = code + _pt(2), _pt(close.code) + kept
        width, foot = code, -code
        if logo:
            left = room.height - used
            if left < _pt(LOGO_MM[1]):
                raise LabelFitError(
                    "logo", f"the logo has {mm(_pt(LOGO_MM[1]) - left):.1f} mm too little room in height"
                )
            widest = min(_pt(LOGO_MM[0]), (code or room.width * LOGO_SHARE) / logo.ratio)
            high = min(left, widest)
            wide = high * logo.ratio
            x, foot = 0.0 if room.rtl else room.width - wide, -used - high
            width, need, place = max(width, wide), max(need, used + widest), (x, foot, x + wide, foot + high)
        corner = (0.0 if room.rtl else room.width - code, -code, code) if with_code else None
        gap = SPACINGS[0].gap if logo else close.gap
        return _Side(width + _pt(gap) if width else 0.0, foot, corner, place, need)

    def _apart(self) -> Iterator[tuple[Groups, float]]:
        """Candidates with a paragraph for each field, and the gap between paragraphs, pt."""
        full, joined = (tuple((row,) for row in self._fields(joined)) for joined in (False, True))
        yield full, _pt(BETWEEN_MM)
        yield joined, _pt(BETWEEN_MM)
        yield joined, 0.0

    def _running(self) -> Iterator[tuple[Groups, float]]:
        """Candidates with the first field as a paragraph and all others as a second one."""
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
        """Break the fields into lines; returns them and the height they need, pt. Raises LabelFitError for the first
        field that exceeds the stamp area."""
        top, last = 0.0, ""
        reach = 0.15 * self.room.small  # the lower half of the leading may exceed the area
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
            raise LabelFitError(last, f"{mm(over):.1f} mm too high")
        return found, -top - reach

    def _lines(
        self, group: Sequence[_Field], bold: bool, top: float, way: _Arrangement
    ) -> list[tuple[list[Token], str]]:
        """The lines of a group as tokens, each with the name of the field in which it ends. In a group of one field,
        each value begins a line; the first one follows the label."""
        found: list[tuple[list[Token], str]] = []
        waiting: list[Token] = []
        part = 0
        for row in group:
            for index, value in enumerate(row.values):
                own = self._tokens(row, value, index == 0, bool(waiting), part)
                widths = self._widths(top, row.size, [line for line, _ in found], way)
                broken, over = wrapped([*waiting, *own], row.size, widths, bold)
                if over > 0:
                    raise LabelFitError(row.name, f"“{value}” is {mm(over):.1f} mm too wide")
                waiting = broken.pop() if len(group) > 1 else []
                found += [(line, row.name) for line in broken]
            part += 2 if row.link else 0
        return [*found, *([(waiting, group[-1].name)] if waiting else [])]

    def _widths(
        self, top: float, size: float, before: Sequence[list[Token]], way: _Arrangement
    ) -> Callable[[list[list[Token]]], float]:
        """The function from the lines so far to the width of the next one, pt: the whole area below QR code and logo,
        less beside them. `before`: finished lines below `top`."""

        def width(lines: list[list[Token]]) -> float:
            down = sum(leading(line, way.leading) for line in (*before, *lines)) * size
            return self.room.width - (0.0 if top - down <= way.side.foot else way.side.width)

        return width

    def _tokens(self, row: _Field, value: str, first: bool, after: bool, part: int) -> list[Token]:
        """The tokens of a value, after a separator (`after`) and the label (`first`); a link is a part of its own."""
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
                raise LabelFitError(row.name, f"no font has {error}") from error
            self.known[key] = found
        return self.known[key]

    def _picture(self, place: Box) -> Piece:
        left, low, right, high = place
        code = f"q {right - left:.3f} 0 0 {high - low:.3f} {left:.3f} {low:.3f} cm /ClinicLogo Do Q"
        alt = self.room.labels.get("logo", "{name}").replace("{name}", self.clinic.name)
        return Piece("Figure", (LabelPart(code.encode()),), alt, place)


def _piece(paragraph: _Paragraph, ink: TextDrawing) -> Piece:
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
