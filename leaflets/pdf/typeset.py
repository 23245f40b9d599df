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
from leaflets.html.render import Html, StyleKey
from leaflets.pdf.fonts import use_private_fontconfig
from leaflets.pdf.mending import mend

if TYPE_CHECKING:
    from weasyprint import CSS, Document
    from weasyprint.css.counters import CounterStyle

PDF_VARIANT = "pdf/ua-1"


@dataclass
class Typesetter:
    """Typesets the HTML of one project. WeasyPrint is imported at the first use."""

    project: Project
    _styles: dict[StyleKey, tuple[CSS, CounterStyle, tuple[str, ...]]] = field(default_factory=dict)
    _pictures: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def _weasyprint(self) -> Any:
        use_private_fontconfig()
        import weasyprint

        mend(weasyprint)
        return weasyprint

    @cached_property
    def _fonts(self) -> Any:
        from weasyprint.text.fonts import FontConfiguration

        return FontConfiguration()

    @cached_property
    def _fetcher(self) -> Any:
        from leaflets.pdf.fetcher import ProjectFetcher

        return ProjectFetcher(self.project)

    def warm_up(self) -> None:
        """Import WeasyPrint and open the fonts."""
        _ = self._weasyprint, self._fonts, self._fetcher

    def lay_out(self, html: Html) -> Document:
        """The pages of a leaflet. FatalURLFetchingError when it names something it may not load."""
        weasyprint = self._weasyprint
        from weasyprint.css.counters import CounterStyle

        style = self._styles.get(html.key)
        if style is None:
            counters = CounterStyle()
            with heard("") as said:
                sheet = weasyprint.CSS(
                    string=html.css, font_config=self._fonts, counter_style=counters, url_fetcher=self._fetcher
                )
            style = self._styles[html.key] = (sheet, counters, tuple(item.message for item in said))
        sheet, counters, faults = style
        for fault in faults:  # every edition that is set with the sheet hears of them, not only the first
            logging.getLogger("weasyprint").error(fault)
        source = weasyprint.HTML(string=html.text, url_fetcher=self._fetcher, base_url="asset:")
        document: Document = source.render(
            stylesheets=[sheet],
            font_config=self._fonts,
            counter_style=counters,
            cache=self._pictures,
            pdf_variant=PDF_VARIANT,
        )
        for address in [address for address, picture in self._pictures.items() if picture is None]:
            del self._pictures[address]  # a picture that failed is tried, and told, again
        return document

    def write(self, document: Document) -> bytes:
        """The PDF of laid-out pages: tagged, PDF/UA-1, the same bytes each time."""
        result: bytes = document.write_pdf(pdf_variant=PDF_VARIANT)
        return result


@contextmanager
def heard(edition: str) -> Iterator[list[Diagnostic]]:
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
