"""The printer's test sheet: two sides that show in a minute whether a printer does what leaflets need.

It is landscape, as folded sheets are. It shows scaling other than 100% (rulers), edges that stay blank, the edge of the
flip (rings on the front; behind them a plus if the sheet is flipped on the short edge, a cross if on the long one),
folds, greys, thin lines and small type. It is for printing only, and not tagged.
"""

from __future__ import annotations

from collections.abc import Mapping

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.source import read_yaml
from leaflets.base.units import PAPERS, Paper
from leaflets.editions.layouts import LAYOUTS
from leaflets.finish.press.imposition import Side, tri_fold
from leaflets.finish.press.marks import FOLD_MM, Drawing, fold_mark
from leaflets.finish.press.testsheet_drawing import (
    Pen,
    cross,
    edge_steps,
    grey_steps,
    plus,
    rings,
    ruler_inch,
    ruler_mm,
)
from leaflets.html.style import tokens

WORDS = "templates/test-sheet.yaml"
MARGIN = 17.0
GAP = 13.0
RING_X, RING_Y = 38.0, 33.0
"""Centre of the left rings from the lower left corner, mm; the right rings mirror them."""
TEXT = 12.0
SIZES = (12, 14, 16, 18, 24)


def read_test_words(project: Project, diagnostics: Diagnostics) -> dict[str, str]:
    """Load the words of the sheet by id; a project's own file replaces the shipped one. Errors go to `diagnostics`;
    empty when the file cannot be read."""
    text = project.read_checked(WORDS, diagnostics)
    source = read_yaml(project.shown(WORDS), text, diagnostics) if text is not None else None
    if source is None or not isinstance(source.data, dict):
        return {}
    for id_, words in source.data.items():
        if not isinstance(words, str):
            diagnostics.error(source.place((id_,)), f"“{id_}” needs words", "words")
    return {str(id_): str(words) for id_, words in source.data.items()}


class _RequiredWords(dict[str, str]):
    """Words by id; a missing id raises LookupError with a message for users."""

    def __missing__(self, id_: str) -> str:
        raise LookupError(f"there are no words called “{id_}”")


def test_sheet(project: Project, paper: str, words: Mapping[str, str]) -> bytes:
    """The bytes of the test sheet for a paper, by its id. Raises LookupError when words are missing or too wide."""
    size = PAPERS[paper]
    colours = tokens(project.read_text("templates/css/tokens.css"), {}, "en")
    words = _RequiredWords(words)
    drawing = Drawing((), words["title"])
    for name, value in (("PrintScaling", "None"), ("Duplex", "DuplexFlipShortEdge")):
        drawing.canvas.setViewerPreference(name, value)
    outside, inside = tri_fold(LAYOUTS["tri-fold"].panels[paper])
    for side, draw in ((outside, _front), (inside, _back)):
        with drawing.page(size.height, size.width) as canvas:
            pen = Pen(canvas, colours)
            pen.ink("ink")
            _folds(pen, side, words)
            draw(pen, size, side, words)
    return drawing.finish()


def _front(pen: Pen, paper: Paper, side: Side, words: Mapping[str, str]) -> None:
    width, height = side.width, side.height
    column = (width - 2 * MARGIN - GAP) / 2
    right = MARGIN + column + GAP
    top = pen.paragraph(MARGIN, _head(pen, side, words["title"], 26), width - 2 * MARGIN, words["intro"], 14) - 13

    y = _point(pen, MARGIN, top, column, 1, words["size"])
    y = pen.paragraph(MARGIN, y, column, words["size-text"], TEXT)
    ruler_mm(pen, MARGIN + 2, y - 15, 100)
    pen.words(MARGIN + 2, y - 20, words["exactly-mm"], TEXT, bold=True)
    ruler_inch(pen, MARGIN + 2, y - 34, 4)
    pen.words(MARGIN + 2, y - 39, words["exactly-inch"], TEXT, bold=True)
    y = _point(pen, MARGIN, y - 53, column, 2, words["sides"])
    pen.paragraph(MARGIN, y, column, words["sides-text"], TEXT)
    for centre in (RING_X, width - RING_X):
        rings(pen, centre, RING_Y)

    narrow = column - 40
    y = _point(pen, right, top, column, 3, words["edges"])
    ruler_mm(pen, width - MARGIN - 31, y - 104, 100, upright=True)
    ruler_inch(pen, width - MARGIN - 13, y - 104, 4, upright=True)
    y = pen.paragraph(right, y, narrow, words["edges-text"], TEXT)
    first, middle = side.folds[0], width / 2
    edge_steps(pen, width, height, first + 3.5, (middle - first - 7) / 8)
    y = _point(pen, right, y - 15, narrow, 4, words["folds"])
    pen.paragraph(right, y, narrow, words["folds-text"], TEXT)
    said = words["paper"].format(paper=paper.id, width=f"{width:g}", height=f"{height:g}")
    pen.words(right, RING_Y - 6, said, 9)


def _back(pen: Pen, paper: Paper, side: Side, words: Mapping[str, str]) -> None:
    width, height = side.width, side.height
    column = (width - 2 * MARGIN - GAP) / 2
    right = MARGIN + column + GAP
    _head(pen, side, words["title-2"], 18)
    for centre, beside, align in ((RING_X, 8, "start"), (width - RING_X, -8, "end")):
        plus(pen, centre, RING_Y)
        cross(pen, centre, height - RING_Y)
        for y in (RING_Y, height - RING_Y):
            pen.words(centre + beside, y - 1, words["mark-2"], 9, align=align)

    top = height - 53
    y = _point(pen, MARGIN, top, column, 5, words["grey"])
    y = pen.paragraph(MARGIN, y, column, words["grey-text"], TEXT)
    grey_steps(pen, MARGIN, y - 17, column)
    for number, name in enumerate(("strong", "alarm")):
        pen.ink(name)
        pen.block(MARGIN, y - 45 - number * 19, column, 15)
        pen.ink("paper")
        pen.words(MARGIN + 4, y - 39 - number * 19, words[name], 14, bold=True)
    pen.ink("ink")
    _type(pen, right, top, column, words)


def _type(pen: Pen, x: float, y: float, column: float, words: Mapping[str, str]) -> None:
    y = pen.paragraph(x, _point(pen, x, y, column, 6, words["type"]), column, words["type-text"], TEXT) - 3
    for size in SIZES:
        y -= size * 0.35 + 4.2
        pen.words(x, y, f"{size} pt: {words[f'size-{size}']}", size)
    y -= 7
    pen.words(x, y, f"7 pt: {words['size-7']}", 7)
    y -= 9
    pen.words(x, y, words["lines"], TEXT)
    for number, thick in enumerate((0.5, 0.75, 1.25, 3)):
        at = x + number * column / 4
        pen.line(at, y - 5, at + column / 4 - 5, y - 5, thick)
        pen.words(at, y - 9.5, f"{thick:g} pt", 9)


def _head(pen: Pen, side: Side, title: str, size: float) -> float:
    """Draw the rule and title at the top; returns the height of the title's line, mm."""
    y = side.height - MARGIN
    pen.ink("strong")
    pen.line(MARGIN, y, side.width - MARGIN, y, 3)
    y -= 4 + size * 0.25
    pen.words(MARGIN, y, title, size, bold=True)
    pen.ink("ink")
    return y - 1


def _point(pen: Pen, x: float, y: float, width: float, number: int, title: str) -> float:
    """Draw the heading of a numbered part under a thin rule; returns the height at which its text begins, mm."""
    pen.ink("strong")
    pen.line(x, y + 8, x + width, y + 8, 0.75)
    pen.words(x, y, f"{number}", 17)
    pen.words(x + 7, y, title, 17, bold=True)
    pen.ink("ink")
    return y - 1


def _folds(pen: Pen, side: Side, words: Mapping[str, str]) -> None:
    """Draw the fold marks of the tri-fold and, in the middle, of the booklet, as in print files."""
    marks = [(fold, "tri-fold") for fold in side.folds] + [(side.width / 2, "booklet")]
    for fold, name in marks:
        for edge, inwards in ((0.0, FOLD_MM), (side.height, -FOLD_MM)):
            fold_mark(pen.canvas, fold, edge, inwards)
            y = edge + (7 if inwards > 0 else -9)
            left = fold == side.folds[0]
            pen.words(fold + (-1.5 if left else 1.5), y, words[name], 8, align="end" if left else "start")
