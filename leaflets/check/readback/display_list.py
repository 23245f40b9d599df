"""What is painted on a page: words with place, size and colour, shapes, pictures; and what lies below the words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from leaflets.check.readback.colours import WHITE, Colour, over
from leaflets.check.readback.geometry import Box, Point, Shape, overlap, within

CORE, THIN = 0.5, 0.1
"""Height of the small letters, and half the width of a line that hides no letter, in sizes."""


@dataclass(frozen=True, slots=True)
class ShownWords:
    """Glyphs shown in one go. Lengths in pt from the page's bottom left.

    `size` is font size times text matrix times page matrix, the smaller of height and width. `box` is that of the ink,
    `spots` are the middles of the glyphs; spaces have neither.
    """

    order: int
    text: str
    size: float
    box: Box
    band: Box
    """The small letters, as wide as the glyphs say they are (joined and slanted ones paint a little beyond): it never
    touches that of another line or word. Empty for marks above letters."""
    reach: Box
    """What keeps a distance from the edges: as wide as the band, as high as the ink."""
    baseline: float
    spots: tuple[Point, ...]
    font: str
    colour: Colour | None
    alpha: float
    mode: int
    """Rendering mode; 3 is not seen, 7 only clips."""
    mcid: int | None
    artifact: bool
    clip: Box
    placed: int = 0
    """Words with the same number follow one another as the font says: its letters may reach over each other."""
    unmapped: tuple[int, ...] = ()
    """Codes for which the font says no character, and codes of no glyph."""


@dataclass(frozen=True, slots=True)
class RasterPicture:
    """A raster picture: its pixels, and how many there are to an inch where it stands."""

    width: int
    height: int
    ppi: float
    box: Box


@dataclass(frozen=True)
class DisplayList:
    """A page as it is painted, in order."""

    width: float
    height: float
    words: tuple[ShownWords, ...]
    shapes: tuple[Shape, ...]
    pictures: tuple[RasterPicture, ...] = ()
    odd: tuple[str, ...] = field(default=())
    """Ways of painting that hide things or depend on the printer: soft masks, blend modes."""
    heard: Mapping[int, str] = field(default_factory=dict)
    """The text of each mark, by its number: what is written with it (ActualText), or what its glyphs stand for."""

    def grounds(self, words: ShownWords) -> Iterator[Colour | None]:
        """The colours that lie below the words, each once; None for a picture or gradient."""
        box = words.box
        before = self.shapes[: bisect_left(self.shapes, words.order, key=_order)]
        near = [shape for shape in before if overlap(shape.box, box)]
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
        """Whether something is painted over some of the words, or they are clipped away."""
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


def _order(shape: Shape) -> int:
    return shape.order


def _below(shapes: list[Shape], x: float, y: float) -> Colour | None:
    """The colour at a point, from the shapes painted there."""
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
