"""Fonts of a finished file: widths, characters and ink boxes by code, and whether the font is embedded."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from leaflets.pdfio.content_stream import string_bytes

Ink = tuple[float, float, float, float]
"""Ink box of a glyph: left, bottom, right and top from its origin, in thousandths of the size."""

_SECTION = re.compile(rb"begin(bfchar|bfrange)([\s\S]*?)end\1")
_HEAD = struct.Struct(">hhhhh")
"""Header of a glyph in the `glyf` table: number of contours, then its box (OpenType, “glyf”)."""
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


class EmbeddedGlyph(NamedTuple):
    """A glyph of an embedded font; width and ink in thousandths of the size."""

    code: int
    text: str
    width: float
    ink: Ink | None
    unmapped: bool
    """The font maps its code to no character, or it is the missing glyph."""
    blank: bool
    """The space of a simple font, which word spacing widens (ISO 32000-1, 9.3.3)."""


@dataclass(frozen=True)
class PageFont:
    """A font that a page uses; name without the subset prefix, widths in thousandths of the size."""

    name: str
    embedded: bool
    code_bytes: int
    widths: dict[int, float]
    default_width: float
    characters: dict[int, str]
    """Characters by code, from /ToUnicode; for a simple font without one, Latin-1."""
    has_unicode: bool
    ink: Callable[[int], Ink | None]
    """Ink box of the glyph of a code; None for a space."""
    source: Any = field(repr=False, compare=False, default=None)
    """The font dictionary of pypdf, referenced so that its `id` stays unique."""
    _shown: dict[bytes, tuple[EmbeddedGlyph, ...]] = field(repr=False, compare=False, default_factory=dict)

    def codes(self, string: bytes) -> list[int]:
        """Split the bytes of a string into codes of one or two bytes."""
        if self.code_bytes == 1:
            return list(string)
        return [string[at] << 8 | string[at + 1] for at in range(0, len(string) - 1, 2)]

    def shown(self, token: bytes) -> tuple[EmbeddedGlyph, ...]:
        """The glyphs of a string token, cached: most strings have one glyph and recur."""
        found = self._shown.get(token)
        if found is None:
            found = self._shown[token] = tuple(self._glyph(code) for code in self.codes(string_bytes(token)))
        return found

    def _glyph(self, code: int) -> EmbeddedGlyph:
        said = self.characters.get(code, "")
        unmapped = not said or (self.code_bytes == 2 and code == 0)
        return EmbeddedGlyph(
            code, said, self.width(code), self.ink(code), unmapped, self.code_bytes == 1 and code == 32
        )

    def width(self, code: int) -> float:
        """Advance width of the glyph of a code, in thousandths of the size."""
        return self.widths.get(code, self.default_width)


def read_font(font: Any) -> PageFont:
    """Parse a font dictionary of pypdf, from a page's resources."""
    whole = font.get("/Subtype") == "/Type0"
    inner = font["/DescendantFonts"][0].get_object() if whole else font
    descriptor = inner.get("/FontDescriptor")
    descriptor = descriptor.get_object() if descriptor is not None else {}
    unicode = font.get("/ToUnicode")
    characters = _characters(unicode.get_object().get_data()) if unicode is not None else {}
    widths = _cid_widths(inner.get("/W", ())) if whole else _simple_widths(inner)
    return PageFont(
        name=str(font.get("/BaseFont", "")).lstrip("/").split("+")[-1],
        embedded=any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")),
        code_bytes=2 if whole else 1,
        widths=widths,
        default_width=float(inner.get("/DW", 1000)) if whole else float(descriptor.get("/MissingWidth", 0)) or 500.0,
        characters=characters or ({} if whole else {code: chr(code) for code in range(32, 256)}),
        has_unicode=bool(characters),
        ink=_ink(inner, descriptor, whole, widths, characters),
        source=font,
    )


def _ink(
    inner: Any, descriptor: Any, whole: bool, widths: dict[int, float], characters: dict[int, str]
) -> Callable[[int], Ink | None]:
    """The function from codes to ink boxes: outline boxes of an embedded TrueType font, through its CIDToGIDMap; for
    other fonts, an estimate from the widths."""
    if whole and "/FontFile2" in descriptor:
        outlines = _outlines(descriptor["/FontFile2"].get_object().get_data())
        places = inner.get("/CIDToGIDMap", "/Identity").get_object()
        if places == "/Identity":
            return outlines
        glyphs = places.get_data()
        return lambda code: outlines(int.from_bytes(glyphs[2 * code : 2 * code + 2], "big"))
    default = float(inner.get("/DW", 1000)) if whole else 500.0

    def guess(code: int) -> Ink | None:
        space = characters.get(code, chr(code) if not whole else "?").isspace()
        return None if space else (0.0, -220.0, widths.get(code, default), 720.0)

    return guess


def _outlines(font_file: bytes) -> Callable[[int], Ink | None]:
    """Ink boxes from the header of each glyph in `glyf`; parsing the outlines would take ten times as long."""
    from fontTools.ttLib import TTFont

    opened = TTFont(BytesIO(font_file), lazy=True)
    body, places, per_em = opened.getTableData("glyf"), opened["loca"].locations, opened["head"].unitsPerEm

    @cache
    def ink(code: int) -> Ink | None:
        if code + 1 >= len(places) or places[code] == places[code + 1]:
            return None
        contours, *edges = _HEAD.unpack_from(body, places[code])
        if not contours:
            return None
        left, bottom, right, top = (edge * 1000 / per_em for edge in edges)
        return (left, bottom, right, top)

    return ink


def _simple_widths(font: Any) -> dict[int, float]:
    first = int(font.get("/FirstChar", 0))
    return {first + index: float(width) for index, width in enumerate(font.get("/Widths", ()))}


def _cid_widths(array: Any) -> dict[int, float]:
    """Widths by CID from `/W`: `first [w w …]` or `first last w` (ISO 32000-1, 9.7.4.3)."""
    found: dict[int, float] = {}
    items = [item.get_object() if hasattr(item, "get_object") else item for item in array]
    at = 0
    while at + 1 < len(items):
        first, second = int(items[at]), items[at + 1]
        if isinstance(second, list):
            found.update({first + index: float(width) for index, width in enumerate(second)})
            at += 2
        else:
            found.update(dict.fromkeys(range(first, int(second) + 1), float(items[at + 2])))
            at += 3
    return found


def _characters(cmap: bytes) -> dict[int, str]:
    """Characters by code from a ToUnicode CMap (ISO 32000-1, 9.10.3)."""
    found: dict[int, str] = {}
    for kind, body in _SECTION.findall(cmap):
        tokens = [(b"".join(digits.split()), opens, closes) for digits, opens, closes in _HEX.findall(body)]
        at = 0
        while at + 1 < len(tokens):
            code = int(tokens[at][0] or b"0", 16)
            if kind == b"bfchar":
                found[code] = _words(tokens[at + 1][0])
                at += 2
                continue
            last = int(tokens[at + 1][0], 16)
            at += 2
            if tokens[at][1]:
                at += 1
                while not tokens[at][2]:
                    found[code] = _words(tokens[at][0])
                    code, at = code + 1, at + 1
            else:
                words = _words(tokens[at][0])
                for offset in range(last - code + 1):
                    found[code + offset] = words[:-1] + chr(ord(words[-1]) + offset)
            at += 1
    return found


def _words(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")
