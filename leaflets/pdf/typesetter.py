"""HTML -> laid-out pages -> PDF bytes. One Typesetter in a process keeps fonts, style sheets and pictures."""

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
from leaflets.pdf.stamp_area import finisher
from leaflets.pdf.tags.marked_content import mark_artifacts

if TYPE_CHECKING:
    from weasyprint import CSS, HTML, Document
    from weasyprint.css.counters import CounterStyle

    from leaflets.pdf.pagination.trial_layout import TrialLayout

PDF_VARIANT = "pdf/ua-1"
BASE = "asset:"


def load() -> Any:
    """WeasyPrint, as we use it. Opens no fonts."""
    use_private_fontconfig()
    apply()
    import weasyprint

    return weasyprint


@dataclass(frozen=True)
class ParsedStyle:
    """A style sheet as WeasyPrint has it, with its counter styles and what was wrong with it."""

    css: CSS
    counters: CounterStyle
    faults: tuple[str, ...]


@dataclass
class Typesetter:
    """Typesets the HTML of one project. WeasyPrint is imported at the first use."""

    project: Project
    _styles: dict[str, ParsedStyle] = field(default_factory=dict)
    """By their text: most locales have the same sheet but for the page."""
    _pictures: dict[str, Any] = field(default_factory=dict)
    _trials: list[TrialLayout] = field(default_factory=list)

    def __post_init__(self) -> None:
        """PatchError when a fix or a tag does not fit the installed WeasyPrint."""
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
        _ = self._weasyprint  # patched before anything else imports it
        from leaflets.pdf.fetcher import ProjectFetcher

        return ProjectFetcher(self.project)

    def warm_up(self) -> None:
        """Import WeasyPrint and open the fonts."""
        _ = self._weasyprint, self._fonts, self._fetcher

    def forget_pictures(self) -> None:
        """Load each picture anew at its next use."""
        self._pictures.clear()

    def forget_sheets(self) -> None:
        """Drop the parsed style sheets. They are kept by their text, so that an old one is never taken for a new one;
        this is for the memory."""
        self._styles.clear()

    def lay_out(self, html: Html) -> Document:
        """The pages of a leaflet, WeasyPrint's own way. FatalURLFetchingError when it names what it may not load."""
        self._fetcher.logo = html.logo
        document: Document = self._source(html).render(
            font_config=self._fonts, counter_style=self._counters(html), **self._options(html)
        )
        self._tidy_pictures()
        return document

    def lay_out_trial(self, html: Html, start: TrialLayout | None = None) -> TrialLayout:
        """The same as a trial layout, which can be changed. `start`: a trial layout to change where that is possible;
        it is used up."""
        from leaflets.pdf.pagination.trial_layout import lay_out_trial

        self._fetcher.logo = html.logo
        source = self._read(html)
        if start is not None and apply().has("relayout") and start.change(source, html.styles):
            return start
        made = lay_out_trial(source, html.styles, self._options(html), self._fonts, self._counters(html))
        self._trials.append(made)
        return made

    def release(self) -> None:
        """Let go of all trial layouts that were made; they and their documents are not used any more."""
        while self._trials:
            self._trials.pop().release()
        self._tidy_pictures()

    def _source(self, html: Html) -> HTML:
        source: HTML = self._weasyprint.HTML(string=html.text, url_fetcher=self._fetcher, base_url=BASE)
        return source

    def _read(self, html: Html) -> HTML:
        """The same, quicker, where the HTML is as plain as ours is."""
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
        sheets = [self._style(css).css for css in html.styles]
        return {"stylesheets": sheets, "cache": self._pictures, "pdf_variant": PDF_VARIANT}

    def _counters(self, html: Html) -> CounterStyle:
        """The counter styles of the style sheets."""
        from weasyprint.css.counters import CounterStyle

        sheets = [self._style(css) for css in html.styles]
        for fault in (fault for sheet in sheets for fault in sheet.faults):
            # every edition that is set with the sheet hears of them, not only the first
            logging.getLogger("weasyprint").error(fault)
        counters = CounterStyle()
        for sheet in sheets:
            counters.update(sheet.counters)
        return counters

    def _tidy_pictures(self) -> None:
        for address, picture in list(self._pictures.items()):
            if picture is None or address.startswith("qr:"):
                del self._pictures[address]  # one that failed is tried, and told, again; a QR code is used once
            elif hasattr(picture, "_context"):
                picture._context = None  # else it would hold the whole first document in which it stood

    def _style(self, css: str) -> ParsedStyle:
        found = self._styles.get(css)
        if found is None:
            from weasyprint.css.counters import CounterStyle

            counters = CounterStyle()
            with collect_warnings("") as said:
                parsed = self._weasyprint.CSS(
                    string=css, font_config=self._fonts, counter_style=counters, url_fetcher=self._fetcher
                )
            found = self._styles[css] = ParsedStyle(parsed, counters, tuple(item.message for item in said))
        return found

    def write(self, document: Document, layout: str = "", font: str = "") -> bytes:
        """The PDF of laid-out pages: tagged, PDF/UA-1, the same bytes each time. The room for a clinic's details is
        noted in it, with the layout's name and the locale's font."""
        mark_artifacts(document)
        result: bytes = document.write_pdf(pdf_variant=PDF_VARIANT, finisher=finisher(layout, font))
        return result


@contextmanager
def collect_warnings(edition: str) -> Iterator[list[Diagnostic]]:
    """What WeasyPrint logs while the block runs, as diagnostics of `edition`: a warning is an error to us."""
    found: list[Diagnostic] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            rule = "missing-glyph" if "notdef" in record.getMessage() else "typeset"
            found.append(Diagnostic(Place(edition), Severity.ERROR, record.getMessage(), rule))

    logger, ear = logging.getLogger("weasyprint"), Ear(level=logging.WARNING)
    before = logger.propagate
    logger.addHandler(ear)
    logger.propagate = False
    try:
        yield found
    finally:
        logger.removeHandler(ear)
        logger.propagate = before
