"""Display list of a page: text runs with position, size and colour, shapes, images; and the grounds below text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from leaflets.check.readback.colours import WHITE, Colour, over
from leaflets.check.readback.geometry import Box, Point, Shape, overlap, within

CORE, THIN = 0.5, 0.1
"""In units of the type size: height of the band of small letters; half width up to which a line hides no letter."""


@dataclass(frozen=True, slots=True)
class ShownWords:
    """The glyphs of one text-showing operator. Lengths in pt, positions from the page's bottom left.

    `size` is the font size scaled by the text and page matrices, the smaller of height and width. `box` bounds the ink;
    `spots` are the centres of the glyphs' ink. Spaces have no ink.
    """

    order: int
    text: str
    size: float
    box: Box
    band: Box
    """Box from the baseline to the height of small letters, as wide as the glyphs' advances (joined and slanted glyphs
    paint a little beyond): bands of other lines and words do not overlap it. Empty for marks above letters."""
    reach: Box
    """Box whose distance from the page edges counts: as wide as the band, as high as the ink."""
    baseline: float
    spots: tuple[Point, ...]
    font: str
    colour: Colour | None
    alpha: float
    mode: int
    """Text rendering mode (ISO 32000-1, 9.3.6); 3 is invisible, 7 only clips."""
    mcid: int | None
    artifact: bool
    clip: Box
    placed: int = 0
    """Number of the text position. Words with the same number follow one another by the font's advances alone, so
    their letters may overlap."""
    unmapped: tuple[int, ...] = ()
    """Codes that the font maps to no character, and codes of the missing glyph."""


@dataclass(frozen=True, slots=True)
class RasterPicture:
    """A raster image: its size in pixels, and its resolution (pixels per inch) at the size at which it is painted."""

    width: int
    height: int
    ppi: float
    box: Box


@dataclass(frozen=True)
class DisplayList:
    """The contents of a page in painting order; width and height in pt."""

    width: float
    height: float
    words: tuple[ShownWords, ...]
    shapes: tuple[Shape, ...]
    pictures: tuple[RasterPicture, ...] = ()
    effects: tuple[str, ...] = field(default=())
    """Painting features that hide things or depend on the printer: soft masks, blend modes."""
    marked_text: Mapping[int, str] = field(default_factory=dict)
    """Text of each marked-content sequence by its MCID: its ActualText, or else the characters of its glyphs."""

    def grounds(self, words: ShownWords) -> Iterator[Colour | None]:
        """Yield the colours below the words, each once; None for an image or gradient.

        One colour where the words lie on the bare page or inside one opaque rectangle; else the colour at the centre of
        each glyph.
        """
        box = words.box
        before = self.shapes[: bisect_left(self.shapes, words.order, key=_order)]
        near = [shape for shape in before if overlap(shape.box, box) and not _line(shape, THIN * words.size)]
        if not near or near[-1].holds(box):
            yield near[-1].colour if near else WHITE
            return
        seen: set[Colour | None] = set()
        for x, y in words.spots:
            colour = _below(near, x, y)
            if colour not in seen:
                seen.add(colour)
                yield colour

    def hidden(self, words: ShownWords) -> bool:
        """Whether a later shape covers the centre of a glyph, or the clip cuts one off. Thin lines do not count."""
        box = words.box
        after = self.shapes[bisect_right(self.shapes, words.order, key=_order) :]
        later = [shape for shape in after if overlap(shape.box, box)]
        thin = THIN * words.size  # an underline hides nothing
        broad = [shape for shape in later if not 0 < shape.stroke_pt < thin]
        if any(shape.covers(x, y) for shape in broad for x, y in words.spots):
            return True
        clip = words.clip
        if within(box, clip):
            return False
        return any(not (clip[0] <= x <= clip[2] and clip[1] <= y <= clip[3]) for x, y in words.spots)


def _line(shape: Shape, thin: float) -> bool:
    """Whether a shape is a line too thin to hide a letter, such as the rule under a word whose letters hang low."""
    _, bottom, _, top = shape.box
    return top - bottom < thin


def _order(shape: Shape) -> int:
    return shape.order


def _below(shapes: list[Shape], x: float, y: float) -> Colour | None:
    """The colour at a point: the shapes that cover it, blended down to the topmost opaque one."""
    pile = []
    for shape in reversed(shapes):
        if shape.covers(x, y):
            pile.append(shape)
            if shape.alpha >= 1:
                break
    colour: Colour | None = WHITE
    for shape in reversed(pile):
        if shape.colour is None or (colour is None and shape.alpha < 1):
            colour = None
        else:
            colour = over(shape.colour, shape.alpha, colour or WHITE) if shape.alpha < 1 else shape.colour
    return colour
