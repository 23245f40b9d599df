"""Shaping of words into glyphs with HarfBuzz, and subsets of the fonts as PDF objects.

Each pair of a glyph and its characters has a code of its own, so text extraction is right even where one letter has
several glyphs, or several letters share one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import uharfbuzz

from leaflets.l10n.font_table import FONTS
from leaflets.pdfio.serialize import stream_parts

ZERO_WIDTH_SPACE = "\u200b"
"""The character of a glyph whose letter belongs to another glyph; no character at all is not allowed (ISO 14289-1,
7.21.7)."""
GAP = b"%d 65534 R"
"""A reference inside `Resources`."""
_WEIGHTS = {False: 400, True: 700}
_SHAPING = (b"GSUB", b"GPOS", b"GDEF", b"BASE", b"STAT")
"""Font tables that are not needed after shaping."""
_MOST_ROWS = 100
"""Most rows of a bfchar block in a CMap (Adobe Technical Note 5014)."""


@dataclass(frozen=True)
class Face:
    """One weight of a font; `font` is its id in `l10n.fonts`."""

    font: str
    bold: bool

    @property
    def name(self) -> str:
        """PostScript name, without the subset prefix."""
        return f"{FONTS[self.font].family.replace(' ', '')}-{'Bold' if self.bold else 'Regular'}"


@dataclass(frozen=True)
class ShapedGlyph:
    """A glyph with advance and offset, in thousandths of the size."""

    id: int
    text: str
    """Its characters; empty where another glyph of the cluster has them."""
    advance: float
    x: float
    y: float


@dataclass
class UsedFace:
    """A face used in a file, with codes by glyph and characters."""

    face: Face
    codes: dict[tuple[int, str], int] = field(default_factory=dict)

    def code(self, glyph: ShapedGlyph) -> int:
        """The code of a glyph with its characters, from 1; allocated at the first call."""
        return self.codes.setdefault((glyph.id, glyph.text), len(self.codes) + 1)

    def operators(self, glyphs: Sequence[ShapedGlyph], size: float) -> str:
        """The text operators that show glyphs at the positions from HarfBuzz; `size` in pt."""
        parts: list[str] = []
        string, rise, have, want = "", 0.0, 0.0, 0.0
        for glyph in glyphs:
            if glyph.y != rise:
                parts += [_array(string), f"{glyph.y * size / 1000:.3f} Ts"]
                string, rise = "", glyph.y
            gap = round(have - want - glyph.x)
            string += f"{f'> {gap} <' if gap else ''}{self.code(glyph):04X}"
            have += width(self.face, glyph.id) - gap
            want += glyph.advance
        return " ".join(part for part in (*parts, _array(string), "0 Ts" if rise else "") if part)


def _array(string: str) -> str:
    return f"[<{string}>] TJ".replace("<> ", "") if string else ""


@lru_cache(maxsize=5_000)
def shape(words: str, face: Face, rtl: bool) -> tuple[ShapedGlyph, ...]:
    """Shape a run of one direction and font; glyphs from left to right, also of a right-to-left run."""
    font = _opened(face)
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(words)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    uharfbuzz.shape(font, buffer)
    infos, em = buffer.glyph_infos, 1000 / font.face.upem
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(words)], strict=True))
    said: set[int] = set()
    found = []
    for info, place in zip(infos, buffer.glyph_positions, strict=True):
        text = "" if info.cluster in said else words[info.cluster : ends[info.cluster]]
        said.add(info.cluster)
        found.append(ShapedGlyph(info.codepoint, text, place.x_advance * em, place.x_offset * em, place.y_offset * em))
    return tuple(found)


@lru_cache(maxsize=20_000)
def width(face: Face, glyph: int) -> int:
    """Advance of a glyph by its id, in thousandths of the size."""
    font = _opened(face)
    return int(font.get_glyph_h_advance(glyph) * 1000 / font.face.upem + 0.5)


@lru_cache
def _opened(face: Face) -> uharfbuzz.Font:
    row = FONTS[face.font]
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(row.file(face.bold)))))
    if row.variable:
        font.set_variations({"wght": _WEIGHTS[face.bold]})
    return font


def objects(used: UsedFace, first: int) -> list[tuple[bytes, bytes]]:
    """The font as objects of `Resources`, numbered from `first`; the first is the font, each in the form of
    `Resources.objects`."""
    program, places = _subset(used)
    name = _tag(program) + used.face.name.encode()
    row = [width(used.face, glyph) for glyph, _ in used.codes]
    metrics = _opened(used.face).get_font_extents("ltr")
    em = 1000 / _opened(used.face).face.upem
    up, down = round(metrics.ascender * em), round(metrics.descender * em)
    refs = [GAP % (first + index) for index in range(1, 5)]
    whole = (
        b"<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%s] /ToUnicode %s>>"
        % (name, refs[0], refs[3])
    )
    inner = (
        b"<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) "
        b"/Supplement 0>> /FontDescriptor %s /DW 1000 /W [1 [%s]] /CIDToGIDMap " % (name, refs[1], _numbers(row))
    )
    descriptor = (
        b"<</Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [-1000 %d 3000 %d] /ItalicAngle 0 /Ascent %d "
        b"/Descent %d /CapHeight 700 /StemV %d /FontFile2 %s>>"
        % (name, down, up, up, down, 140 if used.face.bold else 80, refs[2])
    )
    # the CIDToGIDMap, the glyph of each code, is the last stream
    return [
        (whole, b""),
        (inner + GAP % (first + 5) + b">>", b""),
        (descriptor, b""),
        stream_parts(b"/Length1 %d" % len(program), program),
        stream_parts(b"", _characters(used)),
        stream_parts(b"", places),
    ]


def _subset(used: UsedFace) -> tuple[bytes, bytes]:
    """A TrueType subset of the used glyphs at one weight, and its CIDToGIDMap (two bytes for each code from 0)."""
    face = _opened(used.face).face
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(glyph for glyph, _ in used.codes)
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
    wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _SHAPING)
    if FONTS[used.face.font].variable:
        wanted.pin_axis_location(face, "wght", _WEIGHTS[used.face.bold])
    plan = uharfbuzz.SubsetPlan(face, wanted)
    new = plan.old_to_new_glyph_mapping
    places = bytes(2) + b"".join(int(new[glyph]).to_bytes(2, "big") for glyph, _ in used.codes)
    return bytes(plan.execute().blob.data), places


def _characters(used: UsedFace) -> bytes:
    """The ToUnicode CMap of the codes (ISO 32000-1, 9.10.3)."""
    rows = [
        b"<%04X> <%s>" % (code, (text or ZERO_WIDTH_SPACE).encode("utf-16-be").hex().upper().encode())
        for (_, text), code in used.codes.items()
    ]
    blocks = [rows[begin : begin + _MOST_ROWS] for begin in range(0, len(rows), _MOST_ROWS)]
    return b"\n".join([
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
        b"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def",
        b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange",
        *(b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks),
        b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend",
    ])  # fmt: skip


def _tag(program: bytes) -> bytes:
    """The six-letter prefix of a subset's name (ISO 32000-1, 9.6.4)."""
    return bytes(65 + byte % 26 for byte in hashlib.sha256(program).digest()[:6]) + b"+"


def _numbers(row: Sequence[int]) -> bytes:
    return " ".join(map(str, row)).encode()
