"""A leaflet as BRF: braille in ASCII signs, laid out in pages for an embosser or a braille display.

The rules of the layout are the same for every leaflet (docs/alternatives.md has their sources): pages of 40 cells by 25
lines, with the page number alone at the end of line 25; title centred; headings of rank 2 from cell 5, others from cell
7, never last on a page; paragraphs from cell 3, their other lines from cell 1; items of lists and cells of tables from
cell 1, each deeper list two cells further, with other lines four cells further than the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leaflets.finish.formats import liblouis
from leaflets.finish.formats.braille_letters import in_braille
from leaflets.finish.formats.linear_text import BULLET, SpokenLine, unmarked
from leaflets.finish.formats.metadata import Metadata
from leaflets.l10n.braille import Code
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.words import Words

CELLS, LINES = 40, 25
"""Size of a page."""
TITLE_CELLS = 34
"""Greatest width of a title, which leaves three cells free at both sides."""
BLANK = "------"
"""Line for an answer: cells of dots 3 and 6."""
SPLIT = '"'
"""Sign at the end of a line where a word longer than a line continues (dot 5)."""
FEED = "\f"
END = "\r\n"
"""Line ends that embossers need."""


@dataclass(frozen=True)
class Indent:
    """Indents of the first and the other rows of a line, in cells from 0."""

    first: int
    others: int
    before: int = 0
    """Empty lines before it."""
    centred: bool = False
    keeps: bool = False
    """It stays on one page with the next line."""


PARAGRAPH = Indent(2, 0)
HEADINGS = {1: Indent(0, 0, centred=True, keeps=True), 2: Indent(4, 4, before=1, keeps=True)}
OTHER_HEADING = Indent(6, 6, before=1, keeps=True)


def brf(lines: Iterable[SpokenLine], about: Metadata, words: Words) -> bytes | None:
    """The bytes of a BRF file; None without liblouis, or without a braille code for the locale. Raises
    BrailleLettersError for characters that have no braille."""
    library, codes = liblouis.library(), LOCALES[about.locale].braille
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
    """The lines of the first page after the title: status, braille code, edition."""
    states = [line for line in lines if line.kind == "status"] or [SpokenLine("status", about.status)]
    yield from states
    made = words("braille-made", table=code.table, grade=code.grade)
    yield SpokenLine("paragraph", made)
    yield SpokenLine("paragraph", about.last_line(words))


class _Press:
    """Transcriber of lines into rows of braille cells, by one table."""

    def __init__(self, library: liblouis.Louis, table: str) -> None:
        self.library, self.table = library, table

    def text(self, words: str) -> str:
        """Words in braille, without directional marks."""
        return in_braille(self.library, unmarked(words), self.table)

    def rows(self, lines: Iterable[SpokenLine], words: Words) -> Iterator[tuple[Indent, list[str]]]:
        """Each line of the leaflet as rows with their indent; a line with line breaks yields several."""
        for line in lines:
            for said in self._braille(line, words):
                place = _place(line)
                yield place, _broken(said, place)

    def _braille(self, line: SpokenLine, words: Words) -> Iterator[str]:
        """The braille of a line, one string for each of its line breaks."""
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
    """Break braille text into rows at spaces; a word longer than a row is divided with SPLIT."""
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
    """Distribute rows over pages; a heading moves to the next page with the first two rows after it."""
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
    """The text of a page: 24 rows, then its number at the end of row 25, and a form feed."""
    rows = [*page, *[""] * (LINES - 1 - len(page)), number.rjust(CELLS)]
    return END.join(rows) + END + FEED
