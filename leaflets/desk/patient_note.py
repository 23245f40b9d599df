"""A note for one patient on a finished leaflet: its fields are filled in memory, and nothing of it stays anywhere.

What is typed comes in, the bytes of a PDF go out. Nothing here writes, logs or remembers, and no message repeats what
was typed beyond the letters that cannot be printed.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfWriter

GIVEN_BY, GIVEN_DATE = "given-by", "given-date"
"""The fields of every leaflet on paper for who gave it, and when."""
LINES = 1 << 12
"""The flag of a field of several lines."""
EDGES = 4.0
"""pt that pypdf keeps free beside the words of a field, both sides together."""
PART = 0.3
"""Of a line: what a field may lack for one more."""
MOST = 4000
"""Letters that a note may have at the most, whatever there is room for."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one part of what was typed (`note`, `by`, `date`): the name of the words that say it, and
    what is put into them."""

    part: str
    words: str
    values: Mapping[str, str | int]


@dataclass(frozen=True)
class Letters:
    """The font for what is typed: which letters it has, and how wide they are."""

    body: bytes

    @cached_property
    def _font(self) -> Any:
        import uharfbuzz as hb

        return hb.Font(hb.Face(hb.Blob(self.body)))

    def unknown(self, text: str) -> list[str]:
        """The letters that cannot be shown: those the font lacks, and those that would have to be joined or turned."""
        return [char for char in dict.fromkeys(text) if char != "\n" and not self._shows(char)]

    def width(self, text: str, size: float) -> float:
        """Of words in one line, pt at a size of type in pt."""
        glyphs = (self._font.get_nominal_glyph(ord(char)) or 0 for char in text)
        units = sum(self._font.get_glyph_h_advance(glyph) for glyph in glyphs)
        return float(units / self._font.face.upem * size)

    def _shows(self, char: str) -> bool:
        right_to_left = unicodedata.bidirectional(char) in ("R", "AL", "AN")
        return not right_to_left and not unicodedata.combining(char) and bool(self._font.get_nominal_glyph(ord(char)))


@dataclass(frozen=True)
class NoteField:
    """A field that takes words."""

    name: str
    label: str
    page: int
    """From 1."""
    lines: int
    """How many there is room for."""
    width: float
    """pt that a line may take."""
    size: float
    """pt; of the type."""
    first: float
    """pt from the foot of the field to the words of its first line."""
    line: float
    """pt from line to line."""
    font: Letters

    def set_in(self, text: str) -> list[str]:
        """Words in lines that fit the width; a word that is longer than a line is parted."""
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
    """What is typed for one patient. `place`: the field that the note goes into."""

    place: str
    text: str
    by: str
    date: str

    def parts(self) -> dict[str, tuple[str, str]]:
        """The parts by name, each with its field and its words."""
        text = _plain(self.text, lines=True)
        return {"note": (self.place, text), "by": (GIVEN_BY, _plain(self.by)), "date": (GIVEN_DATE, _plain(self.date))}


def rooms(body: bytes) -> dict[str, NoteField]:
    """The fields of a finished PDF that take words, by name, in the order of reading."""
    return _rooms(_opened(body))


def note_rooms(found: Mapping[str, NoteField]) -> list[NoteField]:
    """Those of several lines: a note may go there."""
    return [room for room in found.values() if room.lines > 1]


def filled(body: bytes, note: PatientNote) -> bytes | list[Problem]:
    """The leaflet with the note on it, ready to be printed; or what is wrong with what was typed."""
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
    # pypdf would name words that it cannot set in a warning
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    writer.update_page_form_field_values(None, dict(values), auto_regenerate=False)
    for _, field in _text_fields(writer):
        if (name := str(field["/T"])) in values and there[name].lines > 1:
            _put_on_lines(field, there[name])
    return _ready(writer)


def ready_to_print(body: bytes) -> bytes:
    """A finished PDF that opens the window for printing by itself, in readers that do so; its pages are the same."""
    return _ready(_opened(body))


def fitted(text: str, room: NoteField, part: str = "") -> str | Problem:
    """Words as they go into a field, with the lines broken; or why they do not."""
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
    """What was typed in composed letters, without blanks at its ends; in one line, or with the lines it has."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    kept = [" ".join(line.split(" ")).rstrip() for line in text.split("\n")]
    return "\n".join(kept).strip("\n") if lines else " ".join(" ".join(kept).split())


def _opened(body: bytes) -> PdfWriter:
    from pypdf import PdfWriter

    return PdfWriter(clone_from=io.BytesIO(body))  # adding page by page would lose the tags


def _ready(writer: PdfWriter) -> bytes:
    from pypdf.generic import DictionaryObject, NameObject

    action = DictionaryObject({NameObject("/S"): NameObject("/Named"), NameObject("/N"): NameObject("/Print")})
    writer.root_object[NameObject("/OpenAction")] = action
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _put_on_lines(field: Any, room: NoteField) -> None:
    """The words of a field stand on its lines. pypdf has them there, but for letters beyond Windows-1252: of these it
    makes a font that does not know how far the lines are apart."""
    drawn = field["/AP"]["/N"].get_object()
    places = iter([f"{room.first:.3f}"])

    def place(match: re.Match[bytes]) -> bytes:
        return match[1] + f" {next(places, f'{-room.line:.3f}')} Td".encode()

    drawn.set_data(re.sub(rb"(?m)^(\S+) \S+ Td$", place, drawn.get_data()))


def _text_fields(writer: PdfWriter) -> Iterator[tuple[int, Any]]:
    """The fields that take words, each with its page from 1, in the order of reading."""
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
