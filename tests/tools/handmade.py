"""Small PDFs made by hand, so that a test can break one thing in them: words, drawings and tags where it says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
)

from leaflets.base.units import MM_PER_PT
from leaflets.l10n.font_table import FONTS

INK = (0.08, 0.09, 0.11)
A4 = (210.0, 297.0)


@cache
def _font_file() -> tuple[bytes, TTFont]:
    path = FONTS["atkinson"].file()
    return path.read_bytes(), TTFont(path)


def code(char: str) -> int:
    """The code of a character in the font F1: its glyph."""
    _, font = _font_file()
    return int(font.getGlyphID(font.getBestCmap()[ord(char)]))


def dictionary(**entries: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def numbers(*values: float) -> ArrayObject:
    return ArrayObject(FloatObject(value) for value in values)


@dataclass(frozen=True)
class Tag:
    """Where a line of words stands in the structure tree."""

    role: str
    """Empty: an artifact, outside the tree."""
    block: str = ""
    """Name of the element that several lines share; empty: one of its own."""
    item: str = ""
    """Name of the LI around the block; empty: none."""
    group: str = ""
    """Role of the element around that, one of a role in the file; empty: none."""
    row: str = ""
    """Name of the TR around the block; empty: none."""


@dataclass
class Page:
    """A page: `words` and `raw` add to its content; lengths in mm from the top left."""

    width: float
    height: float
    content: list[str] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    """The tag of each marked content."""
    extra: dict[str, Any] = field(default_factory=dict)

    def words(
        self, text: str, x: float = 30, y: float = 60, size: float = 14, tag: Tag | str = "P",
        colour: tuple[float, float, float] = INK, before: str = "",
    ) -> Page:  # fmt: skip
        """A line of words, `size` in pt. `tag`: a role alone stands for a block of one line. `before`: operators that
        are run before the words."""
        shown = "".join(f"{code(char):04x}" for char in text)
        filled = f"{colour[0]} {colour[1]} {colour[2]} rg"
        return self._marked(tag, f"{before} {filled} BT /F1 {size} Tf {self._at(x, y)} Td <{shown}> Tj ET")

    def helvetica(self, text: str) -> Page:
        """A line in Helvetica, which the file does not hold."""
        return self._marked("P", f"BT /F2 14 Tf {self._at(30, 60)} Td <{text.encode().hex()}> Tj ET")

    def _at(self, x: float, y: float) -> str:
        return f"{x / MM_PER_PT:.3f} {(self.height - y) / MM_PER_PT:.3f}"

    def _marked(self, tag: Tag | str, content: str) -> Page:
        """Add content to the page as one marked content."""
        tag = Tag(tag) if isinstance(tag, str) else tag
        mark = "/Artifact BMC"
        if tag.role:
            mark = f"/Span <</MCID {len(self.tags)}>> BDC"
            self.tags.append(replace(tag, block=tag.block or f"{id(self)}-{len(self.tags)}"))
        self.content.append(f"{mark} q {content} Q EMC")
        return self

    def box(
        self, x: float, y: float, width: float, height: float, colour: tuple[float, float, float] = (0.9, 0.9, 0.9)
    ) -> Page:
        """A filled rectangle, from its top left corner."""
        pt = [x / MM_PER_PT, (self.height - y - height) / MM_PER_PT, width / MM_PER_PT, height / MM_PER_PT]
        self.content.append(
            f"/Artifact BMC q {colour[0]} {colour[1]} {colour[2]} rg {pt[0]} {pt[1]} {pt[2]} {pt[3]} re f Q EMC"
        )
        return self

    def raw(self, content: str) -> Page:
        self.content.append(content)
        return self


@dataclass
class Handmade:
    """A file to be: pages, and resources that all of them share."""

    pages: list[Page] = field(default_factory=list)
    resources: dict[str, dict[str, Any]] = field(default_factory=dict)
    preferences: dict[str, str] = field(default_factory=dict)
    root: dict[str, Any] = field(default_factory=dict)
    """More entries of the catalogue dictionary, with their slashes."""
    padding: int = 0
    unmapped: str = ""
    """Characters that the font does not say."""

    def page(self, width: float = A4[0], height: float = A4[1], **extra: Any) -> Page:
        self.pages.append(Page(width, height, extra=extra))
        return self.pages[-1]

    def good(self) -> Page:
        """A page with which nothing is wrong: a heading and a paragraph of four lines, beside a drawing that
        reaches far enough down."""
        page = self.page().box(170, 40, 6, 165)
        name = f"good{len(self.pages)}"
        page.words("When to get help", y=40, size=20, tag=Tag("H2", f"{name}h"))
        for number in range(4):
            page.words("Wash your hands with soap", y=135 + 8 * number, tag=Tag("P", name))
        return page

    def save(self, path: Path) -> Path:
        writer = PdfWriter()
        fonts = dictionary(F1=writer._add_object(self._embedded(writer)), F2=_helvetica())
        shared = dictionary(Font=fonts)
        for kind, things in self.resources.items():
            shared[NameObject(f"/{kind}")] = dictionary(**{name: writer._add_object(it) for name, it in things.items()})
        blocks: dict[str, DictionaryObject] = {}
        kids = ArrayObject()
        root = dictionary(Type=NameObject("/StructTreeRoot"), K=kids)
        for page in self.pages:
            made = writer.add_blank_page(page.width / MM_PER_PT, page.height / MM_PER_PT)
            stream = DecodedStreamObject()
            stream.set_data("\n".join(page.content).encode("latin-1"))
            made[NameObject("/Contents")] = writer._add_object(stream)
            made[NameObject("/Resources")] = shared
            for key, value in page.extra.items():
                made[NameObject(f"/{key}")] = value
            for mcid, tag in enumerate(page.tags):
                if tag.block not in blocks:
                    blocks[tag.block] = dictionary(S=NameObject(f"/{tag.role}"), K=ArrayObject())
                    above = kids
                    group = f"group {tag.group}" if tag.group else ""
                    for name, outer in ((group, tag.group), (tag.row, "TR"), (tag.item, "LI")):
                        if name and name not in blocks:
                            blocks[name] = dictionary(S=NameObject(f"/{outer}"), K=ArrayObject())
                            above.append(writer._add_object(blocks[name]))
                        above = blocks[name]["/K"] if name else above  # type: ignore[assignment]
                    above.append(writer._add_object(blocks[tag.block]))
                leaf = dictionary(S=NameObject("/Span"), Pg=made.indirect_reference, K=NumberObject(mcid))
                blocks[tag.block]["/K"].append(writer._add_object(leaf))  # type: ignore[attr-defined]
        writer.root_object[NameObject("/StructTreeRoot")] = writer._add_object(root)
        writer.root_object.update({NameObject(key): value for key, value in self.root.items()})
        writer.root_object[NameObject("/ViewerPreferences")] = dictionary(
            **{key: NameObject(value) for key, value in self.preferences.items()}
        )
        if self.padding:
            pad = DecodedStreamObject()
            pad.set_data(bytes(self.padding))
            writer.root_object[NameObject("/Padding")] = writer._add_object(pad)
        writer.write(path)
        return path

    def _embedded(self, writer: PdfWriter) -> DictionaryObject:
        """Leaflet Sans, whole, its glyphs numbered as in the file."""
        body, font = _font_file()
        order = font.getGlyphOrder()
        scale = 1000 / font["head"].unitsPerEm
        widths = ArrayObject(FloatObject(font["hmtx"][name][0] * scale) for name in order)
        file, cmap = DecodedStreamObject(), DecodedStreamObject()
        file.set_data(body)
        says = {
            font.getGlyphID(name): char for char, name in font.getBestCmap().items() if chr(char) not in self.unmapped
        }
        rows = "\n".join(f"<{glyph:04x}> <{char:04x}>" for glyph, char in sorted(says.items()))
        cmap.set_data(f"{len(says)} beginbfchar\n{rows}\nendbfchar".encode())
        descriptor = dictionary(
            Type=NameObject("/FontDescriptor"), FontName=NameObject("/ABCDEF+Leaflet-Sans"),
            FontFile2=writer._add_object(file.flate_encode()),
        )  # fmt: skip
        inner = dictionary(
            Type=NameObject("/Font"), Subtype=NameObject("/CIDFontType2"), CIDToGIDMap=NameObject("/Identity"),
            BaseFont=NameObject("/ABCDEF+Leaflet-Sans"), FontDescriptor=writer._add_object(descriptor),
            W=ArrayObject([NumberObject(0), widths]),
        )  # fmt: skip
        return dictionary(
            Type=NameObject("/Font"), Subtype=NameObject("/Type0"), Encoding=NameObject("/Identity-H"),
            BaseFont=NameObject("/ABCDEF+Leaflet-Sans"), ToUnicode=writer._add_object(cmap.flate_encode()),
            DescendantFonts=ArrayObject([writer._add_object(inner)]),
        )  # fmt: skip


def _helvetica() -> DictionaryObject:
    return dictionary(Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Helvetica"))


def stream(content: str | bytes, **entries: Any) -> DecodedStreamObject:
    """A stream for the resources: a drawing, a pattern, a picture."""
    made = DecodedStreamObject()
    made.set_data(content.encode("latin-1") if isinstance(content, str) else content)
    made.update(dictionary(**entries))
    return made


def drawing(content: str, size: float = 600) -> DecodedStreamObject:
    """A form XObject that may use the fonts of the page."""
    return stream(content, Subtype=NameObject("/Form"), BBox=numbers(0, 0, size, size))


def tile(content: str, size: float = 900) -> DecodedStreamObject:
    """A tiling pattern of one large tile."""
    return stream(
        content, PatternType=NumberObject(1), PaintType=NumberObject(1), TilingType=NumberObject(1),
        BBox=numbers(0, 0, size, size), XStep=FloatObject(size), YStep=FloatObject(size),
    )  # fmt: skip


def picture(width: int, height: int) -> DecodedStreamObject:
    """A grey raster picture."""
    return stream(
        bytes([128]) * (width * height), Subtype=NameObject("/Image"), Width=NumberObject(width),
        Height=NumberObject(height), ColorSpace=NameObject("/DeviceGray"), BitsPerComponent=NumberObject(8),
    )  # fmt: skip
