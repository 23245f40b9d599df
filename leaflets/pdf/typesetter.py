"""Typesetter: lays out HTML as pages and writes them as PDF. It caches fonts, style sheets and pictures; a process has
one."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from leaflets.base.diagnostics import Diagnostic, Place, Severity
from leaflets.base.project import Project
from leaflets.html.render import Html
from leaflets.pdf.fontconfig import use_private_fontconfig
from leaflets.pdf.patches.apply import apply, check
from leaflets.pdf.sheet_faults import located
from leaflets.pdf.stamp_area import finisher
from leaflets.pdf.tags.marked_content import mark_artifacts
from leaflets.pdf.tags.reading_order import read_bookmarks_early
from leaflets.pdf.tags.spoken_text import join_broken_words

if TYPE_CHECKING:
    from weasyprint import CSS, HTML, Document
    from weasyprint.css.counters import CounterStyle

    from leaflets.pdf.pagination.trial_layout import TrialLayout

PDF_VARIANT = "pdf/ua-1"
BASE = "asset:"
"""Base of relative addresses in the HTML: files below `assets/`."""


def load() -> Any:
    """Import WeasyPrint with the private fontconfig file and all patches; opens no fonts. PatchError when a needed
    patch does not fit."""
    use_private_fontconfig()
    apply()
    import weasyprint

    return weasyprint


@dataclass(frozen=True)
class ParsedStyle:
    """A style sheet parsed by WeasyPrint."""

    css: CSS
    counters: CounterStyle
    """Its `@counter-style` rules."""
    faults: tuple[str, ...]
    """Warnings of the parser."""


@dataclass
class Typesetter:
    """Typesets the HTML of one project. WeasyPrint is imported at the first use."""

    project: Project
    _styles: dict[str, ParsedStyle] = field(default_factory=dict)
    """Text of a style sheet -> the parsed one: most locales share all sheets but the one of the page."""
    _pictures: dict[str, Any] = field(default_factory=dict)
    """WeasyPrint's image cache: address -> image."""
    _trials: list[TrialLayout] = field(default_factory=list)
    """Trial layouts to release."""

    def __post_init__(self) -> None:
        """Raises PatchError when a fix or tag patch does not fit the installed WeasyPrint."""
        check()

    @cached_property
    def _weasyprint(self) -> Any:
        return load()

    @cached_property
    def _fonts(self) -> Any:
        from weasyprint.text.fonts import FontConfiguration

        return FontConfiguration()

    @cached_property
    def _fetcher(self) -> Any:
        _ = self._weasyprint  # patches are installed before the next line imports WeasyPrint
        from leaflets.pdf.fetcher import ProjectFetcher

        return ProjectFetcher(self.project)

    def warm_up(self) -> None:
        """Import WeasyPrint and open the fonts."""
        _ = self._weasyprint, self._fonts, self._fetcher

    def forget_pictures(self) -> None:
        """Clear the cache of pictures."""
        self._pictures.clear()

    def forget_sheets(self) -> None:
        """Clear the cache of style sheets, to save memory: its keys are the texts, so that it never gives an old
        sheet."""
        self._styles.clear()

    def lay_out(self, html: Html) -> Document:
        """Lay out a leaflet as WeasyPrint does. FatalURLFetchingError when it refers to an address that may not be
        loaded."""
        self._fetcher.logo = html.logo
        document: Document = self._source(html).render(
            font_config=self._fonts, counter_style=self._counters(html), **self._options(html)
        )
        self._tidy_pictures()
        return document

    def lay_out_trial(self, html: Html, start: TrialLayout | None = None) -> TrialLayout:
        """Lay out a leaflet as a trial layout; raises as `lay_out`. `start`: a trial layout to change where that is
        possible; it is used up."""
        from leaflets.pdf.pagination.trial_layout import lay_out_trial

        self._fetcher.logo = html.logo
        source = self._parse(html)
        if start is not None and apply().has("relayout") and start.change(source, html.styles):
            return start
        trial = lay_out_trial(source, html.styles, self._options(html), self._fonts, self._counters(html))
        self._trials.append(trial)
        return trial

    def release(self) -> None:
        """Release the memory of all trial layouts; they and their documents must not be used afterwards."""
        while self._trials:
            self._trials.pop().release()
        self._tidy_pictures()

    def _source(self, html: Html) -> HTML:
        """The HTML parsed by WeasyPrint."""
        source: HTML = self._weasyprint.HTML(string=html.text, url_fetcher=self._fetcher, base_url=BASE)
        return source

    def _parse(self, html: Html) -> HTML:
        """The HTML parsed by `html/parse.py`, which is faster; by WeasyPrint where the HTML is not plain enough."""
        from leaflets.html.parse import read

        root = read(html.text) if apply().has("html_reading") else None
        if root is None:
            return self._source(html)
        source: HTML = self._weasyprint.HTML.__new__(self._weasyprint.HTML)
        source.base_url, source.url_fetcher, source.media_type = BASE, self._fetcher, "print"
        source.wrapper_element = self._weasyprint.cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        source.etree_element = root
        return source

    def _options(self, html: Html) -> dict[str, Any]:
        """Options of `HTML.render`."""
        sheets = [self._style(css).css for css in html.styles]
        return {"stylesheets": sheets, "cache": self._pictures, "pdf_variant": PDF_VARIANT}

    def _counters(self, html: Html) -> CounterStyle:
        """The counter styles of the style sheets. Logs the faults of the sheets again, so that each edition that uses a
        cached sheet reports them."""
        from weasyprint.css.counters import CounterStyle

        sheets = [self._style(css) for css in html.styles]
        for number, sheet in enumerate(sheets):
            for fault in sheet.faults:
                names = html.files[number] if number < len(html.files) else ()
                message, place = located(fault, html.styles[number], names, self.project)
                logging.getLogger("weasyprint").error(message, extra={"place": place})
        counters = CounterStyle()
        for sheet in sheets:
            counters.update(sheet.counters)
        return counters

    def _tidy_pictures(self) -> None:
        """Remove failed pictures, which are loaded and reported again, and QR codes, which are used once; cut the
        reference of a picture to the first document that used it."""
        for address, picture in list(self._pictures.items()):
            if picture is None or address.startswith("qr:"):
                del self._pictures[address]
            elif hasattr(picture, "_context"):
                picture._context = None

    def _style(self, css: str) -> ParsedStyle:
        """The parsed style sheet with this text."""
        style = self._styles.get(css)
        if style is None:
            from weasyprint.css.counters import CounterStyle

            counters = CounterStyle()
            with collect_warnings("") as warnings:
                parsed = self._weasyprint.CSS(
                    string=css, font_config=self._fonts, counter_style=counters, url_fetcher=self._fetcher
                )
            style = self._styles[css] = ParsedStyle(parsed, counters, tuple(item.message for item in warnings))
        return style

    def write(self, document: Document, layout: str = "", font: str = "") -> bytes:
        """Write laid-out pages as tagged PDF (PDF/UA-1), with the same bytes each time. Stamp areas are recorded in it
        with the layout's id and the id of the locale's font."""
        mark_artifacts(document)
        join_broken_words(document)
        read_bookmarks_early(document)
        result: bytes = document.write_pdf(pdf_variant=PDF_VARIANT, finisher=finisher(layout, font))
        return result


@contextmanager
def collect_warnings(edition: str) -> Iterator[list[Diagnostic]]:
    """Collect what WeasyPrint logs while the block runs, as diagnostics at `edition`; a warning counts as an error."""
    diagnostics: list[Diagnostic] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            rule = "missing-glyph" if "notdef" in record.getMessage() else "typeset"
            place = getattr(record, "place", None) or Place(edition)
            diagnostics.append(Diagnostic(place, Severity.ERROR, record.getMessage(), rule))

    logger, collector = logging.getLogger("weasyprint"), Collector(level=logging.WARNING)
    before = logger.propagate, logger.handlers
    logger.handlers = [collector]  # an outer block does not get what an inner one collects
    logger.propagate = False
    try:
        yield diagnostics
    finally:
        logger.propagate, logger.handlers = before
