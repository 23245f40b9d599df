"""Patient note: fill the form fields of a finished leaflet in memory, without storing anything.

Input is what was typed, output the bytes of a PDF. Nothing here writes, logs or caches, and no message repeats what was
typed beyond the letters that cannot be printed.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import leaflets.pdfio  # noqa: F401 (silences pypdf, which would log words that it cannot set)

if TYPE_CHECKING:
    from pypdf import PdfWriter

GIVEN_BY, GIVEN_DATE = "given-by", "given-date"
"""Names of the fields, in every leaflet on paper, for who gave it and when."""
LINES = 1 << 12
"""Bit of /Ff that marks a field of several lines (ISO 32000-1, 12.7.4.3)."""
EDGES = 4.0
"""Horizontal padding of a field in pypdf, both sides together, pt."""
PART = 0.3
"""Share of a line's height that a field may lack to count one more line."""
MOST = 4000
"""Maximum length of a note, characters, whatever the field has room for."""


@dataclass(frozen=True)
class Problem:
    """Fault in one part of the input (`note`, `by`, `date`): id of the message, and values of its placeholders."""

    part: str
    words: str
    values: Mapping[str, str | int]


@dataclass(frozen=True)
class Letters:
    """Embedded font of a field (its TrueType bytes), for coverage and widths."""

    body: bytes

    @cached_property
    def _font(self) -> Any:
        import uharfbuzz as hb

        return hb.Font(hb.Face(hb.Blob(self.body)))

    def unknown(self, text: str) -> list[str]:
        """Characters that a field cannot show, each once: missing glyphs, combining marks, right-to-left letters."""
        return [char for char in dict.fromkeys(text) if char != "\n" and not self._shows(char)]

    def width(self, text: str, size: float) -> float:
        """Width of one line of words in pt, at a size of type in pt."""
        glyphs = (self._font.get_nominal_glyph(ord(char)) or 0 for char in text)
        units = sum(self._font.get_glyph_h_advance(glyph) for glyph in glyphs)
        return float(units / self._font.face.upem * size)

    def _shows(self, char: str) -> bool:
        right_to_left = unicodedata.bidirectional(char) in ("R", "AL", "AN")
        return not right_to_left and not unicodedata.combining(char) and bool(self._font.get_nominal_glyph(ord(char)))


@dataclass(frozen=True)
class NoteField:
    """A text field of a finished PDF, with its geometry."""

    name: str
    label: str
    page: int
    """Page, from 1."""
    lines: int
    """Number of lines that fit."""
    width: float
    """Maximum width of a line, pt."""
    size: float
    """Size of type, pt."""
    first: float
    """Height of the first baseline above the foot of the field, pt."""
    line: float
    """Distance of lines, pt."""
    font: Letters

    def set_in(self, text: str) -> list[str]:
        """Break text to lines that fit the width; a word longer than a line is split."""
        found: list[str] = []
        for paragraph in text.split("\n"):
            line = ""
            for word in paragraph.split(" "):
                for piece in self._pieces(word):
                    longer = f"{line} {piece}" if line else piece
                    if line and self.font.width(longer, self.size) > self.width:
                        found.append(line)
                        longer = piece
                    line = longer
            found.append(line)
        return found

    def _pieces(self, word: str) -> list[str]:
        pieces = [""]
        for char in word:
            if pieces[-1] and self.font.width(pieces[-1] + char, self.size) > self.width:
                pieces.append("")
            pieces[-1] += char
        return pieces


@dataclass(frozen=True)
class PatientNote:
    """Input for one patient. `place`: name of the field for the note."""

    place: str
    text: str
    by: str
    date: str

    def parts(self) -> dict[str, tuple[str, str]]:
        """Parts by name, each with the name of its field and its normalised words."""
        text = _plain(self.text, lines=True)
        return {"note": (self.place, text), "by": (GIVEN_BY, _plain(self.by)), "date": (GIVEN_DATE, _plain(self.date))}


def rooms(body: bytes) -> dict[str, NoteField]:
    """Text fields of a finished PDF by name, in reading order."""
    return _rooms(_opened(body))


def note_rooms(found: Mapping[str, NoteField]) -> list[NoteField]:
    """Fields of several lines, which can take a note."""
    return [room for room in found.values() if room.lines > 1]


def filled(body: bytes, note: PatientNote) -> bytes | list[Problem]:
    """Fill a note into a finished PDF. Returns the bytes of the new PDF, or the problems of the input."""
    writer = _opened(body)
    there, values, problems = _rooms(writer), {}, []
    for part, (name, text) in note.parts().items():
        if not text:
            continue
        room = there.get(name)
        found = fitted(text, room, part) if room else Problem(part, f"no-room-{part}", {})
        if isinstance(found, Problem):
            problems.append(found)
        else:
            values[name] = found
    if not values and not problems:
        problems.append(Problem("note", "note-empty", {}))
    if problems:
        return problems
    writer.update_page_form_field_values(None, dict(values), auto_regenerate=False)
    for _, field in _text_fields(writer):
        if (name := str(field["/T"])) in values and there[name].lines > 1:
            _put_on_lines(field, there[name])
    return _ready(writer)


def ready_to_print(body: bytes) -> bytes:
    """Add an open action for printing to a finished PDF; some viewers then open the print dialog."""
    return _ready(_opened(body))


def fitted(text: str, room: NoteField, part: str = "") -> str | Problem:
    """Break text to the lines of a field; a Problem when it does not fit or has unprintable letters."""
    if unknown := room.font.unknown(text):
        return Problem(part, "letters", {"letters": " ".join(unknown[:8])})
    if room.lines == 1:
        fits = room.font.width(text, room.size) <= room.width
        return text if fits else Problem(part, "too-wide", {})
    lines = room.set_in(text[:MOST])
    if len(text) > MOST or len(lines) > room.lines:
        return Problem(part, "too-long", {"lines": len(lines), "room": room.lines})
    return "\n".join(lines)


def _plain(text: str, lines: bool = False) -> str:
    """Normalise input: NFC, no white space at the ends, in one line unless `lines`."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    kept = [" ".join(line.split(" ")).rstrip() for line in text.split("\n")]
    return "\n".join(kept).strip("\n") if lines else " ".join(" ".join(kept).split())


def _opened(body: bytes) -> PdfWriter:
    from pypdf import PdfWriter

    return PdfWriter(clone_from=io.BytesIO(body))  # add_page would lose the tags


def _ready(writer: PdfWriter) -> bytes:
    from pypdf.generic import DictionaryObject, NameObject

    action = DictionaryObject({NameObject("/S"): NameObject("/Named"), NameObject("/N"): NameObject("/Print")})
    writer.root_object[NameObject("/OpenAction")] = action
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _put_on_lines(field: Any, room: NoteField) -> None:
    """Move the words of a field to its printed lines. pypdf places them correctly, except letters beyond Windows-1252,
    for which it creates a font without the distance of lines."""
    drawn = field["/AP"]["/N"].get_object()
    places = iter([f"{room.first:.3f}"])

    def place(match: re.Match[bytes]) -> bytes:
        return match[1] + f" {next(places, f'{-room.line:.3f}')} Td".encode()

    drawn.set_data(re.sub(rb"(?m)^(\S+) \S+ Td$", place, drawn.get_data()))


def _text_fields(writer: PdfWriter) -> Iterator[tuple[int, Any]]:
    """Text fields in reading order, each with its page from 1."""
    for number, page in enumerate(writer.pages, 1):
        for annotation in page.get("/Annots", ()):
            field = annotation.get_object()
            if field.get("/Subtype") == "/Widget" and field.get("/FT") == "/Tx":
                yield number, field


def _rooms(writer: PdfWriter) -> dict[str, NoteField]:
    form = writer.root_object.get("/AcroForm")
    if form is None:
        return {}
    fonts = {name: font.get_object() for name, font in form.get_object()["/DR"]["/Font"].items()}
    letters: dict[int, Letters] = {}
    found = {}
    for page, field in _text_fields(writer):
        font_name, size = field["/DA"].split()[0], float(field["/DA"].split()[1])
        font = fonts[font_name]["/FontDescriptor"]
        file = font.raw_get("/FontFile2").idnum
        if file not in letters:
            letters[file] = Letters(font["/FontFile2"].get_data())
        left, bottom, right, top = (float(edge) for edge in field["/Rect"])
        below, above = (float(font["/FontBBox"][edge]) * size / 1000 for edge in (1, 3))
        line = above - below
        lines = max(1, int((top - bottom) / line + PART)) if int(field.get("/Ff", 0)) & LINES else 1
        name, label = str(field["/T"]), str(field.get("/TU", field["/T"]))
        found[name] = NoteField(
            name, label, page, lines, right - left - EDGES, size, top - bottom - above, line, letters[file]
        )
    return found
