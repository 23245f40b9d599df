"""A finished file parsed: display lists of its pages, lines of tagged text, fonts, page boxes, structure tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from leaflets.base.files import read_regular
from leaflets.base.reader_limits import READERS
from leaflets.base.reference_cycles import clear_attributes
from leaflets.check.expected import Expected
from leaflets.check.readback.display_list import DisplayList, ShownWords
from leaflets.check.readback.embedded_fonts import PageFont
from leaflets.check.readback.geometry import Box
from leaflets.check.readback.interpreter import paint_page
from leaflets.check.readback.structure_tree import StructureTree, TaggedBlock, Tags, read_structure
from leaflets.pdfio.active_content import active_content
from leaflets.pdfio.object_streams import read_objects
from leaflets.pdfio.painted_lines import PaintedGlyph, painted_lines

_BOXES = ("MediaBox", "CropBox", "TrimBox", "BleedBox", "ArtBox")


@dataclass(frozen=True)
class TextLine:
    """A line of one block on a page (from 0); baseline in pt from the bottom."""

    page: int
    block: TaggedBlock
    baseline: float
    words: tuple[ShownWords, ...]

    @property
    def text(self) -> str:
        """The words of the line with single spaces."""
        return " ".join("".join(words.text for words in self.words).split())


@dataclass(frozen=True)
class PageBoxes:
    """The boxes of a page by name (left, bottom, right, top in pt), its rotation in degrees, and its UserUnit in points
    (ISO 32000-1, 14.11.2)."""

    boxes: dict[str, Box]
    rotated: int
    unit: float


@dataclass(frozen=True)
class FinishedFile:
    """A parsed file, the input of the preflight rules."""

    path: str
    size: int
    """Bytes."""
    pages: tuple[DisplayList, ...]
    boxes: tuple[PageBoxes, ...]
    fonts: tuple[PageFont, ...]
    tags: Tags
    structure: StructureTree | None
    """The structure tree; None for an untagged file."""
    preferences: dict[str, str]
    """Viewer preferences (ISO 32000-1, 12.2)."""
    expected: Expected | None
    field_fonts: tuple[tuple[str, bool, bool], ...] = ()
    """Fonts of form fields: name, whether it is embedded, whether its codes map to characters."""
    title: str = ""
    """Title in its metadata, which windows show."""
    active: tuple[str, ...] = ()
    """Its active content (`pdfio/active_content.py`)."""
    body: bytes = field(default=b"", compare=False, repr=False)
    cache: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """Results that several rules share."""

    def block(self, page: int, words: ShownWords) -> TaggedBlock | None:
        """The block that words on a page (from 0) belong to; None for artifacts and untagged text."""
        return None if words.artifact or words.mcid is None else self.tags.get((page, words.mcid))

    @cached_property
    def painted_lines(self) -> list[list[PaintedGlyph]]:
        """The glyphs of all pages by their places, as PDFium finds them."""
        return painted_lines(self.body) if self.body else []

    @cached_property
    def lines(self) -> tuple[TextLine, ...]:
        """The lines of tagged text, page by page, from top to bottom within a block."""
        found: list[TextLine] = []
        for number, page in enumerate(self.pages):
            blocks: dict[int, tuple[TaggedBlock, list[ShownWords]]] = {}
            for words in page.words:
                block = self.block(number, words)
                if block is not None:
                    blocks.setdefault(block.number, (block, []))[1].append(words)
            for block, said in (blocks[key] for key in sorted(blocks)):
                found += [TextLine(number, block, line[0].baseline, tuple(line)) for line in _in_lines(said)]
        return tuple(found)

    def trim_box(self, page: int) -> Box:
        """The page (from 0) after cutting, as a box in pt: the TrimBox in a print file, else the whole page."""
        whole = (0.0, 0.0, self.pages[page].width, self.pages[page].height)
        if self.expected is None or not self.expected.printed:
            return whole
        left, bottom = self.boxes[page].boxes["MediaBox"][:2]
        trim = self.boxes[page].boxes.get("TrimBox")
        return (trim[0] - left, trim[1] - bottom, trim[2] - left, trim[3] - bottom) if trim else whole

    def text_area(self, page: int) -> Box | None:
        """The area inside the layout's margins of a page (from 0), pt; None in a print file or without `expected`."""
        if self.expected is None or self.expected.printed:
            return None
        return self.expected.text_area(page, self.pages[page].width, self.pages[page].height)


def _in_lines(words: Iterable[ShownWords]) -> list[list[ShownWords]]:
    """Group words into lines, from the top: baselines nearer than 0.6 of the type size are one line."""
    lines: list[list[ShownWords]] = []
    for piece in sorted(words, key=lambda piece: (-piece.baseline, piece.order)):
        if lines and lines[-1][0].baseline - piece.baseline < 0.6 * max(piece.size, lines[-1][0].size):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def read_finished(path: Path, shown: str, expected: Expected | None) -> FinishedFile:
    """Parse a file; `shown` is its name in diagnostics. A broken file raises pypdf's errors, ValueError and others."""
    return read_body(read_regular(path, READERS["pdf"]), shown, expected)


def read_body(body: bytes, shown: str, expected: Expected | None) -> FinishedFile:
    """Parse the bytes of a file, as `read_finished`."""
    reader = PdfReader(BytesIO(body))
    read_objects(reader)
    fonts: dict[int, PageFont] = {}
    pages = list(reader.pages)
    numbers = {
        page.indirect_reference.idnum: number
        for number, page in enumerate(pages)
        if page.indirect_reference is not None
    }
    root: Any = reader.trailer["/Root"]
    painted = tuple(paint_page(page, fonts) for page in pages)
    structure, tags = read_structure(root, numbers, painted)
    finished = FinishedFile(
        path=shown,
        size=len(body),
        pages=painted,
        boxes=tuple(_boxes(page) for page in pages),
        fonts=tuple(fonts.values()),
        tags=tags,
        structure=structure,
        preferences={str(key): str(value) for key, value in root.get("/ViewerPreferences", {}).items()},
        expected=expected,
        field_fonts=tuple(_field_fonts(root)),
        title=str(reader.metadata.title or "") if reader.metadata else "",
        active=active_content(reader),
        body=body,
    )
    clear_attributes(reader)
    return finished


def _field_fonts(root: Any) -> Iterator[tuple[str, bool, bool]]:
    """The fonts that form fields name for text to be filled in; pages need not use them."""
    form = root.get("/AcroForm", {}).get("/DR", {}).get("/Font", {})
    for name in form:
        font = form[name]
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        descriptor = inner.get("/FontDescriptor", {})
        embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        yield (
            str(font.get("/BaseFont", "")).lstrip("/").split("+")[-1],
            embedded,
            "/ToUnicode" in font or ("/Encoding" in font and inner is font),
        )


def _boxes(page: Any) -> PageBoxes:
    found: dict[str, Box] = {}
    for name in _BOXES:
        if name in ("MediaBox", "CropBox") or f"/{name}" in page:
            left, bottom, right, top = (float(number) for number in getattr(page, name.lower()))
            found[name] = (left, bottom, right, top)
    return PageBoxes(found, int(page.rotation), float(page.get("/UserUnit", 1)))
