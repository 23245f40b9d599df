"""Interactive form (ISO 32000-1, 12.7): a transparent widget annotation above each printed field.

An unfilled form prints the same page as a file without it. Typed text uses a simple Latin font that is embedded only
for this: every program can write with it. Words in other scripts are stored, and shown in a font of the reading
program. For lines to write on, ascent and descent of the font add up to the distance of the lines, since programs
derive line spacing from them.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any

import pydyf

from leaflets.l10n.font_table import FONTS, Font
from leaflets.pdf.forms.fields import Field

PX = 0.75
"""A CSS pixel in pt."""
PRINT = 4
"""Annotation flag: it is printed (ISO 32000-1, table 165)."""
RADIO, FLOWS, NO_SCROLL = 1 << 15, 1 << 12, 1 << 23
"""Field flags Radio, Multiline and DoNotScroll (ISO 32000-1, tables 226 and 228). A field takes only text that fits its
rectangle, since only that is printed."""
INK = "0.078 0.094 0.106"
"""Colour of typed text and drawings, DeviceRGB."""
TICK = f"{INK} RG 11 w 1 J 1 j 22 52 m 42 28 l 79 76 l S"
"""Operators of a tick in a square of 100 units; those of RING likewise."""
RING = (
    f"{INK} RG 8 w 96 50 m 96 75.4 75.4 96 50 96 c 24.6 96 4 75.4 4 50 c 4 24.6 24.6 4 50 4 c 75.4 4 96 24.6 96 50 c s"
)
BASELINE = 0.78
"""Distance from the top of a line to write on to the baseline, in line heights; the rule is a little lower."""
PLAIN = "atkinson"
"""Font for typed text where the family is none of ours."""
NOT_NEEDED = (b"GSUB", b"GPOS", b"GDEF", b"DSIG", b"gasp", b"meta")
"""Tables that are removed from the font for typed text."""
TYPED = (
    *((0x20, 0x180), (0x218, 0x21C), (0x2C6, 0x2DE), (0x370, 0x530), (0x1E00, 0x1F00), (0x2010, 0x2045)),
    *((0x20AC, 0x20AD), (0x2122, 0x2123), (0x600, 0x700), (0xFB50, 0xFDFF), (0xFE70, 0xFF00)),
)
"""Code points of the font for typed text: Latin, Greek, Cyrillic, Vietnamese, Arabic (presentation forms too),
signs."""


def write_form(pdf: Any, fields: Sequence[Field], heights: Sequence[float]) -> None:
    """Add the form to a file whose pages are drawn. `heights`: of the pages, px."""
    if fields:
        Form(pdf, heights).write(fields)


class Form:
    """Writer of a file's form. `heights`: of the pages, px."""

    def __init__(self, pdf: Any, heights: Sequence[float]) -> None:
        self.pdf, self.heights = pdf, heights
        self.pages = [
            item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Page"
        ]
        self.top: list[bytes] = []
        """References of the root fields."""
        self.fonts = pydyf.Dictionary()
        self.names: dict[tuple[str, int], str] = {}
        """Font family, and line height in 1/1000 of the type size -> resource name of the font."""
        self.files: dict[str, tuple[bytes, bytes]] = {}
        """PostScript name of a font -> references of its file and its widths."""
        self.drawings: dict[str, bytes] = {}
        """Operators of a drawing -> reference of its form XObject."""

    def write(self, fields: Sequence[Field]) -> None:
        """Write all fields and the AcroForm dictionary."""
        for name, group in groupby(fields, key=lambda field: (field.kind == "scale", field.name)):
            if name[0]:
                self._scale(list(group))
            else:
                for field in group:
                    (self._tick if field.kind == "tick" else self._text)(field)
        resources = pydyf.Dictionary({"Font": self.fonts})
        form = pydyf.Dictionary({"Fields": pydyf.Array(self.top), "DR": resources})
        self.pdf.catalog["AcroForm"] = self._added(form)

    def _widget(self, field: Field, entries: dict[str, Any]) -> bytes:
        """Add the widget annotation of a field to its page; returns its reference."""
        left, top, right, bottom = field.edges
        height, page = self.heights[field.page], self.pages[field.page]
        rect = [round(edge * PX, 2) for edge in (left, height - bottom, right, height - top)]
        field.dictionary.update(
            {"Type": "/Annot", "Subtype": "/Widget", "Rect": pydyf.Array(rect), "F": PRINT, "P": page.reference}
            | entries
        )
        reference = self._added(field.dictionary)
        page.setdefault("Annots", pydyf.Array()).append(reference)
        return reference

    def _tick(self, field: Field) -> None:
        """Write a check box (ISO 32000-1, 12.7.4.2.3)."""
        shown = {"Yes": self._drawing(TICK), "Off": self._drawing("")}
        entries = {"FT": "/Btn", **_named(field), "V": "/Off", "AS": "/Off", "AP": _normal(pydyf.Dictionary(shown))}
        self.top.append(self._widget(field, entries))

    def _scale(self, numbers: Sequence[Field]) -> None:
        """Write radio buttons (ISO 32000-1, 12.7.4.2.4); the appearance state of each has the name of its number, and
        so is its alternate name: what it answers is that of the group."""
        group = pydyf.Dictionary({"FT": "/Btn", "Ff": RADIO, **_named(numbers[0]), "V": "/Off"})
        self.top.append(self._added(group))
        kids = pydyf.Array()
        for field in numbers:
            shown = {field.value: self._drawing(RING), "Off": self._drawing("")}
            entries = {
                "Parent": group.reference,
                "TU": pydyf.String(field.value),
                "AS": "/Off",
                "AP": _normal(pydyf.Dictionary(shown)),
            }
            kids.append(self._widget(field, entries))
        group["Kids"] = kids

    def _text(self, field: Field) -> None:
        """Write a text field (ISO 32000-1, 12.7.4.3)."""
        size = round(field.size * PX, 2)
        left, top, right, bottom = field.edges
        empty = self._empty(right - left, bottom - top)
        align = 1 if field.kind == "number" else 2 if field.rtl else 0
        entries = {
            "FT": "/Tx", **_named(field), "Ff": NO_SCROLL | (FLOWS if field.flows else 0),
            "DA": _typed(self._font(field), size), "BS": pydyf.Dictionary({"W": 0}), "AP": _normal(empty),
        }  # fmt: skip
        if align:
            entries["Q"] = align
        self.top.append(self._widget(field, entries))

    def _drawing(self, code: str) -> bytes:
        """Reference of a drawing in a square of 100 units; equal drawings share one object."""
        if code not in self.drawings:
            self.drawings[code] = self._form_object(code, 100, 100)
        return self.drawings[code]

    def _empty(self, width: float, height: float) -> bytes:
        """An empty appearance stream, size in px. Each field has its own, since programs write the typed text into
        it."""
        return self._form_object("", round(width * PX, 2), round(height * PX, 2))

    def _form_object(self, code: str, width: float, height: float) -> bytes:
        """Reference of a new form XObject with these operators; size in its own units."""
        extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, width, height])}
        return self._added(pydyf.Stream([code.encode()] if code else [], extra))

    def _font(self, field: Field) -> str:
        """Resource name of the font for a field; for lines to write on, of a font with their distance as line
        height."""
        height = round(1000 * field.line / field.size)
        key = field.family, height
        if key not in self.names:
            self.names[key] = name = f"Fill{len(self.names) + 1}"
            self.fonts[name] = self._font_object(typing_font(field.family), height)
        return self.names[key]

    def _font_object(self, font: TypingFont, height: int) -> bytes:
        """Reference of a new font dictionary. `height`: line height in 1/1000 of the type size; 0: that of the font."""
        if font.name not in self.files:
            body = pydyf.Stream([font.file], {"Filter": "/FlateDecode", "Length1": font.length})
            self.files[font.name] = self._added(body), self._added(pydyf.Array(font.widths))
        body, widths = self.files[font.name]
        ascent = round(height * BASELINE) or font.ascent
        descent = ascent - height if height else font.descent
        descriptor = {
            "Type": "/FontDescriptor", "FontName": f"/{font.name}", "Flags": 32, "ItalicAngle": 0, "StemV": 80,
            "Ascent": ascent, "Descent": descent, "CapHeight": font.capitals,
            "FontBBox": pydyf.Array([font.left, descent, font.right, ascent]), "FontFile2": body,
        }  # fmt: skip
        entry = {
            "Type": "/Font", "Subtype": "/TrueType", "BaseFont": f"/{font.name}", "FirstChar": 32, "LastChar": 255,
            "Widths": widths, "Encoding": "/WinAnsiEncoding",
            "FontDescriptor": self._added(pydyf.Dictionary(descriptor)),
        }  # fmt: skip
        return self._added(pydyf.Dictionary(entry))

    def _added(self, item: Any) -> bytes:
        """Add an object to the file; returns its reference."""
        self.pdf.add_object(item)
        reference: bytes = item.reference
        return reference


def _named(field: Field) -> dict[str, Any]:
    """Name and alternate name of a field."""
    return {"T": pydyf.String(field.name), "TU": pydyf.String(field.label)}


def _normal(appearance: Any) -> Any:
    """Appearance dictionary with the normal appearance."""
    return pydyf.Dictionary({"N": appearance})


def _typed(font: str, size: float) -> Any:
    """Default appearance string of typed text; `size` in pt."""
    return pydyf.String(f"/{font} {size:g} Tf {INK} rg")


class TypingFont:
    """Subset of a font for typed text, without layout tables, which programs that fill forms do not apply. It is a
    simple font in WinAnsiEncoding; it has more glyphs than this encoding for programs that make a composite font of it.
    Widths and heights are in 1/1000 of the type size."""

    def __init__(self, font: Font) -> None:
        import uharfbuzz as hb

        face = hb.Face(hb.Blob.from_file_path(str(font.file())))
        opened, codes = hb.Font(face), face.unicodes
        scale = 1000 / face.upem
        letters = (ord(bytes([code]).decode("cp1252", "replace")) for code in range(32, 256))
        glyphs = [opened.get_nominal_glyph(code) for code in letters]
        self.widths = [round(opened.get_glyph_h_advance(glyph) * scale) if glyph else 0 for glyph in glyphs]
        self.name = face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)
        extents, head = opened.get_font_extents("ltr"), face.reference_table("head").data
        self.ascent, self.descent = round(extents.ascender * scale), round(extents.descender * scale)
        self.left, _, self.right, _ = (round(edge * scale) for edge in struct.unpack_from(">4h", head, 36))
        self.capitals = round(opened.get_metric_position(hb.OTMetricsTag.CAP_HEIGHT) * scale)
        part = hb.SubsetInput()
        part.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        part.unicode_set.update(code for code in codes if any(first <= code < end for first, end in TYPED))
        part.layout_feature_tag_set.clear()
        part.name_id_set.clear()
        part.drop_table_tag_set.update(int.from_bytes(table, "big") for table in NOT_NEEDED)
        body = hb.subset(face, part).blob.data
        self.length, self.file = len(body), zlib.compress(body, 9)


@cache
def typing_font(family: str) -> TypingFont:
    """The font for typed text in a leaflet with the font `family`, made once in a process."""
    return TypingFont(next((font for font in FONTS.values() if font.family == family), FONTS[PLAIN]))
