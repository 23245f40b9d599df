"""The preflight: parses a finished PDF, measures it and applies a table of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leaflets.base.diagnostics import Diagnostic, Place, Severity
from leaflets.check.expected import Expected
from leaflets.check.preflight import end_rules, fill_rules, order_rules, page_rules, paper_rules, torn_rules, type_rules
from leaflets.check.preflight.rule import Finding, Rule, mm
from leaflets.check.readback.document import FinishedFile, read_finished

STANDARDS = "docs/standards.md"

RULES: tuple[Rule, ...] = (
    Rule("paper", "the layout’s page, ± 0.1 mm; all boxes alike; not turned; print files may be cut from a "
         "larger sheet", "layouts.py", paper_rules.boxes),
    Rule("printing", "PrintScaling None; print files: flip on the short edge, the handout on the long", STANDARDS,
         paper_rules.printing),
    Rule("page-budget", "the layout’s most; its multiple; more than the leaflet’s budget is a warning",
         f"{STANDARDS}, layouts.py, the leaflet’s file",
         paper_rules.budget),
    Rule("blank-page", "none", STANDARDS, paper_rules.blank),
    Rule("resolution", "300 pixels an inch, 150 at the least", "printers’ usage", paper_rules.resolution),
    Rule("file-size", "1 MB, 4 MB at the most", "a telephone’s connection", paper_rules.weight),
    Rule("active-content", "pages, links and form fields; nothing that runs or is attached", "SECURITY.md",
         paper_rules.active),
    Rule("glyph-size", "the layout’s floor: 12, 16, 18 or 24 pt; notes for the printer 6 pt",
         f"{STANDARDS}, layouts.py",
         type_rules.glyph_sizes),
    Rule("contrast", "body 7:1, other text 4.5:1", f"{STANDARDS}, WCAG 1.4.3, 1.4.6", type_rules.contrasts),
    Rule("grey", "the same after conversion to grey", STANDARDS, type_rules.greys),
    Rule("hue", "no two colours that only hue tells apart", f"{STANDARDS}, WCAG 1.4.1", type_rules.hues),
    Rule("hidden-text", "none transparent, clipped, invisible or painted over", STANDARDS, type_rules.hidden),
    Rule("fonts", "only ours, embedded, each glyph with its character", f"{STANDARDS}, PDF/UA", type_rules.fonts),
    Rule("painted-order", "in text of two directions each number with its signs, name and address from left to right",
         STANDARDS, order_rules.order),
    Rule("safe-margin", "9 mm from the edge, 5 mm on print files; fold marks go 8 mm in, those in the "
         "waste keep 1.5 mm from the cut", STANDARDS,
         page_rules.safe_margin),
    Rule("overflow", "text within the layout’s margins", "layouts.py", page_rules.overflow),
    Rule("overlap", "no text on text", STANDARDS, page_rules.overlap),
    Rule("lone-line", "two lines of a paragraph on each side of a page’s end", STANDARDS, page_rules.lone_lines),
    Rule("lonely-heading", "no heading last on a page", STANDARDS, page_rules.lonely_headings),
    Rule("split", "points, rows and figures whole; points of large and giant print three lines on each side", STANDARDS,
         page_rules.split),
    Rule("card-torn", "a page that begins inside a card begins with its name, else a warning", STANDARDS,
         torn_rules.cards_torn),
    Rule("panel-closed", "the frame of the red flags open where they go on, their bar on each page, else a warning",
         STANDARDS, torn_rules.panels_closed),
    Rule("list-torn", "a list up to a quarter of the page high on one page, else a warning", STANDARDS,
         torn_rules.lists_torn),
    Rule("hole", "at most 30% of a page white in one piece, inside or at its end, but on the last, else a warning",
         STANDARDS, fill_rules.holes),
    Rule("one-word-line", "easy: no block ends with one word on a line, else a warning; other levels: counted",
         STANDARDS,
         fill_rules.one_word_lines),
    Rule("budget", "a part of a side within its budget, else a warning; a side within its height",
         "page_map.py, the leaflet’s file", fill_rules.parts_over),
    Rule("lonely-item", "a point under three lines not alone on its side of a page’s end, else a warning", STANDARDS,
         end_rules.lonely_items),
    Rule("note-apart", "a figure with its caption and the beginning of its note on one page, else a warning", STANDARDS,
         end_rules.notes_apart),
    Rule("last-page", "at least a quarter full", STANDARDS, page_rules.last_page),
)  # fmt: skip
"""The rules of the preflight, in the order of their reports."""

UNREADABLE = "unreadable"
MOST_LISTED = 5
"""Findings of one rule on one page that are reported one by one; the rest is counted."""


@dataclass(frozen=True)
class Preflight:
    """The measures of a file and its diagnostics. Lengths in mm, type sizes in pt."""

    path: str
    pages: int = 0
    paper: tuple[float, float] = (0.0, 0.0)
    """Width and height of the first page."""
    smallest_pt: float = 0.0
    least_contrast: float = 0.0
    """Least contrast ratio of text to its ground; 0 without text, or where some is on an image."""
    least_grey: float = 0.0
    """The same after conversion to grey."""
    nearest_edge: float = 0.0
    """Least distance of visible contents from the edge."""
    lone_words: int = 0
    """Number of blocks that end with one word alone on a line."""
    last_page: float = 0.0
    """Share of the text area above the lowest text of the last page, 0 to 1."""
    fonts: tuple[str, ...] = ()
    least_ppi: float = 0.0
    """Least resolution of raster images; 0 without any."""
    same_in_grey: tuple[tuple[str, str], ...] = ()
    bytes: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def errors(self) -> list[Diagnostic]:
        """The diagnostics that are errors."""
        return [item for item in self.diagnostics if item.severity is Severity.ERROR]

    def as_json(self) -> dict[str, Any]:
        """The measures, rounded as in the printed report, and the diagnostics with their pages, as JSON values."""
        said = [
            {"page": item.place.page, "severity": item.severity.value, "rule": item.rule, "message": item.message,
             "hint": item.hint}
            for item in self.diagnostics
        ]  # fmt: skip
        return {
            "path": self.path,
            "pages": self.pages,
            "paper_mm": [round(length, 2) for length in self.paper],
            "smallest_pt": round(self.smallest_pt, 2),
            "least_contrast": round(self.least_contrast, 2),
            "least_contrast_in_grey": round(self.least_grey, 2),
            "nearest_edge_mm": round(self.nearest_edge, 2),
            "one_word_lines": self.lone_words,
            "last_page": round(self.last_page, 3),
            "fonts": list(self.fonts),
            "least_ppi": round(self.least_ppi),
            "same_in_grey": [list(pair) for pair in self.same_in_grey],
            "bytes": self.bytes,
            "diagnostics": said,
        }


def preflight(
    path: Path, expected: Expected | None = None, shown: str = "", rules: Iterable[Rule] = RULES
) -> Preflight:
    """Parse and measure a finished file and apply the rules; `shown` is its name in diagnostics.

    Without `expected`, rules apply only their general limits. A file that cannot be parsed gives one diagnostic,
    `unreadable`; MemoryError is raised.
    """
    shown = shown or str(path)
    try:
        file = read_finished(path, shown, expected)
        return preflight_finished(file, rules)
    except MemoryError:
        raise
    except Exception as error:  # a broken file fails in any way, in its fonts too; it costs itself, not the others
        said = error.strerror if isinstance(error, OSError) else str(error)
        message = f"it cannot be read as a PDF: {said or type(error).__name__}"
        hint = "make it again" if path.is_file() else "there is no such file"
        return Preflight(
            shown, diagnostics=(Diagnostic(Place(shown, 0, 0), Severity.ERROR, message, UNREADABLE, hint),)
        )


def preflight_finished(file: FinishedFile, rules: Iterable[Rule] = RULES) -> Preflight:
    """Measure a parsed file and apply the rules."""
    return _measured(file, tuple(_judge(file, rules)))


def _judge(file: FinishedFile, rules: Iterable[Rule]) -> Iterator[Diagnostic]:
    """The findings as diagnostics, page by page; of one rule and severity on a page the first MOST_LISTED, and the
    number of the others."""
    found: dict[tuple[int, str, Severity], dict[Finding, None]] = {}
    for rule in rules:
        for item in rule.judge(file):
            found.setdefault((item.page, rule.id, item.severity), {})[item] = None
    for (page, rule_id, severity), items in sorted(found.items(), key=lambda entry: entry[0][0]):
        place = Place.on_page(file.path, page)
        told = list(items)[:MOST_LISTED]
        for item in told:
            yield Diagnostic(place, severity, item.message, rule_id, item.hint)
        if more := len(items) - len(told):
            yield Diagnostic(place, severity, f"{more} more of these on the page", rule_id)


def _measured(file: FinishedFile, diagnostics: tuple[Diagnostic, ...]) -> Preflight:
    seen = type_rules.legible(file)
    edges = [
        page_rules.edge_distance(cut, box)
        for page, cut in ((page, file.trim_box(number)) for number, page in enumerate(file.pages))
        for box, _ in page_rules.painted_boxes(file, page)
        if page_rules.waste_distance(page, cut, box) < page_rules.SAFE_CUT_MM
    ]
    first = file.pages[0] if file.pages else None
    return Preflight(
        path=file.path,
        pages=len(file.pages),
        paper=(mm(first.width), mm(first.height)) if first else (0.0, 0.0),
        smallest_pt=min((words.size for page in file.pages for words in page.words), default=0.0),
        least_contrast=min((item.ratio for item in seen), default=0.0),
        least_grey=min((item.in_grey for item in seen), default=0.0),
        nearest_edge=min(edges, default=0.0),
        lone_words=len(fill_rules.lone_words(file)),
        last_page=page_rules.last_page_share(file),
        fonts=tuple(sorted({font.name for font in file.fonts})),
        least_ppi=min((picture.ppi for page in file.pages for picture in page.pictures), default=0.0),
        same_in_grey=tuple(type_rules.same_in_grey(file)),
        bytes=file.size,
        diagnostics=diagnostics,
    )
