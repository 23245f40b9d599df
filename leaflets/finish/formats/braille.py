"""A leaflet as BRF: braille in ASCII signs, laid out in pages for an embosser or a braille display.

The rules, few and the same for every leaflet (docs/alternatives.md says whose they are):
page of 40 cells by 25 lines; its number at the end of line 25, which has nothing else; title centred; headings of rank
2 from cell 5, others from cell 7, never last on a page; paragraphs from cell 3, their other lines from cell 1; items of
lists and cells of tables from cell 1, deeper lists two further in, their other lines four further in than the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leaflets.finish.formats import liblouis
from leaflets.finish.formats.linear_text import BULLET, SpokenLine, unmarked
from leaflets.finish.formats.metadata import Metadata
from leaflets.l10n.braille import BRAILLE, Code
from leaflets.l10n.words import Words

CELLS, LINES = 40, 25
"""Of a page."""
TITLE_CELLS = 34
"""A title keeps three cells free at both sides."""
BLANK = "------"
"""Where an answer goes: a row of dots 3 and 6."""
SPLIT = '"'
"""At the end of a line where a word of more than a line goes on (dot 5)."""
FEED = "\f"
END = "\r\n"
"""Line ends as embossers want them."""


@dataclass(frozen=True)
class Indent:
    """Where the rows of a line begin, counted in cells from 0."""

    first: int
    others: int
    before: int = 0
    """Empty lines before it."""
    centred: bool = False
    keeps: bool = False
    """May not be the last on a page."""


PARAGRAPH = Indent(2, 0)
HEADINGS = {1: Indent(0, 0, centred=True, keeps=True), 2: Indent(4, 4, before=1, keeps=True)}
OTHER_HEADING = Indent(6, 6, before=1, keeps=True)


def brf(lines: Iterable[SpokenLine], about: Metadata, words: Words) -> bytes | None:
    """The whole file; None where there is no liblouis or no code for the language."""
    library, codes = liblouis.library(), BRAILLE.get(about.locale)
    if library is None or codes is None:
        return None
    code = codes.at(about.level)
    given = tuple(lines)
    first = [line for line in given if line.kind == "heading" and line.depth == 1][:1]
    front = [*first, *_front(given, about, words, code)]
    rest = [line for line in given if line not in first and line.kind != "status"]
    press = _Press(library, code.table)
    pages = [*_pages(press.rows(front, words)), *_pages(press.rows(rest, words))]
    return "".join(_sheet(page, press.text(str(number))) for number, page in enumerate(pages, 1)).encode("ascii")


def _front(lines: Iterable[SpokenLine], about: Metadata, words: Words, code: Code) -> Iterator[SpokenLine]:
    """The first page after the title: status, how the braille was made, the edition."""
    states = [line for line in lines if line.kind == "status"] or [SpokenLine("status", about.status)]
    yield from states
    made = words("braille-made", table=code.table, grade=code.grade)
    yield SpokenLine("paragraph", made)
    yield SpokenLine("paragraph", about.last_line(words))


class _Press:
    """Makes rows of cells of the lines of a leaflet."""

    def __init__(self, library: liblouis.Louis, table: str) -> None:
        self.library, self.table = library, table

    def text(self, words: str) -> str:
        """Words in braille. Signs that the code does not have are left out, as are marks of direction."""
        return self.library.braille(unmarked(words), self.table)

    def rows(self, lines: Iterable[SpokenLine], words: Words) -> Iterator[tuple[Indent, list[str]]]:
        """Each line of the leaflet with its place and the rows it takes."""
        for line in lines:
            for said in self._said(line, words):
                place = _place(line)
                yield place, _broken(said, place)

    def _said(self, line: SpokenLine, words: Words) -> Iterator[str]:
        """The braille of a line, one string for each sentence that begins a row of its own."""
        if line.kind == "answer":
            yield f"{self.text(f'{line.text}: ')} {BLANK}".replace("  ", " ").lstrip()
            return
        text = words("text-picture", alt=line.text) if line.kind == "picture" else line.text
        mark = "" if line.joined or line.mark in ("", BULLET) else f"{line.mark} "
        for row in f"{mark}{text}".split("\n"):
            yield self.text(row)


def _place(line: SpokenLine) -> Indent:
    if line.kind == "heading":
        return HEADINGS.get(line.depth, OTHER_HEADING)
    if line.kind == "item" and line.joined:
        return Indent(2 * line.depth + 4, 2 * line.depth + 4)
    if line.kind in ("item", "answer") or line.joined:
        return Indent(2 * line.depth, 2 * line.depth + 4)
    return PARAGRAPH


def _broken(text: str, place: Indent) -> list[str]:
    """A text in rows that fit; broken at blanks, a word of more than a row where it must be."""
    most = TITLE_CELLS if place.centred else CELLS
    rows: list[str] = []
    row, start = "", 0 if place.centred else place.first
    for word in text.split():
        while True:
            trial = f"{row} {word}" if row else word
            if start + len(trial) <= most:
                row = trial
                break
            if not row:
                cut = most - start - len(SPLIT)
                row, word = word[:cut] + SPLIT, word[cut:]
            rows.append(" " * start + row)
            row, start = "", 0 if place.centred else place.others
    rows.append(" " * start + row)
    return [" " * ((CELLS - len(row)) // 2) + row for row in rows] if place.centred else rows


def _pages(rows: Iterable[tuple[Indent, list[str]]]) -> Iterator[list[str]]:
    """Rows in pages; a heading goes on to the next page with what it stands over."""
    page: list[str] = []
    kept: list[str] = []
    for place, found in rows:
        lines = [*kept, *([""] * place.before if page or kept else []), *found]
        kept = []
        if place.keeps:
            kept = lines
            continue
        first = len(lines) - len(found) + min(2, len(found))
        if page and len(page) + first > LINES - 1:
            yield page
            page = []
            lines = lines[1:] if lines[0] == "" else lines
        for line in lines:
            if len(page) == LINES - 1:
                yield page
                page = []
            page.append(line)
    if page or kept:
        yield [*page, *kept]


def _sheet(page: list[str], number: str) -> str:
    """A page as it is sent: 24 rows, and its number at the end of the last."""
    rows = [*page, *[""] * (LINES - 1 - len(page)), number.rjust(CELLS)]
    return END.join(rows) + END + FEED
