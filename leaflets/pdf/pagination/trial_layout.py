"""Trial layout: pages of a leaflet that can still be changed. For a later page plan that differs in a few words, gaps
or pages, only the pages that differ are laid out again.

WeasyPrint itself paginates one tree of boxes several times, until the page numbers in the text are right; here it also
does so after a plan changed the tree (`relayout.py`). Margin boxes and backgrounds are made once, for the final plan.
The code calls private functions of WeasyPrint, listed in RELIES_ON; a test compares the bytes with those of
`Typesetter.lay_out`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import FunctionType, SimpleNamespace
from typing import TYPE_CHECKING, Any

from leaflets.pdf.pagination.relayout import change_boxes

if TYPE_CHECKING:
    from weasyprint import HTML, Document

RELIES_ON = {
    "weasyprint.layout:layout_document": "a5cbf437e99caf72",
    "weasyprint.layout:initialize_page_maker": "5bb3c878d722af53",
    "weasyprint.layout.page:make_all_pages": "b5e4034894841caa",
    "weasyprint.document:Document._build_layout_context": "2b072254ab89701b",
    "weasyprint.document:Document._render": "ebaceeb0fa8e79aa",
    "weasyprint.html:get_html_metadata": "bc30b27717b2a9f8",
}
"""Functions whose logic is repeated here, or that run here with other globals (`TrialLayout.document`)."""
MOST_ROUNDS = 8
"""Most paginations until the page numbers in the text are right, as in WeasyPrint."""


@dataclass
class TrialLayout:
    """Pages without margin boxes, with the HTML and the boxes they were made from."""

    source: HTML
    styles: tuple[str, ...]
    context: Any
    """WeasyPrint's LayoutContext: styles, targets, and the start of each page."""
    root: Any
    """The tree of boxes before pagination."""
    options: dict[str, Any]
    pages: list[Any] = field(default_factory=list)

    def change(self, source: HTML, styles: tuple[str, ...]) -> bool:
        """Change the pages to those of `source`, with the result of a new layout. Returns False, with nothing changed,
        where a new layout is needed."""
        changed = change_boxes(self, source) if styles == self.styles else None
        if changed is None:
            return False
        for number in changed:
            self.context.page_maker[number][-1]["content_changed"] = True
        self._paginate()
        return True

    def _paginate(self) -> None:
        """Lay out the pages that are marked as changed, again until the page numbers in the text are right."""
        from weasyprint.layout import make_all_pages

        footnotes = self.context.footnotes.copy()
        for _ in range(MOST_ROUNDS):
            self.context.footnotes, before = footnotes.copy(), len(self.pages)
            old, self.pages = self.pages, list(make_all_pages(self.context, self.root, self.source, self.pages))
            _clear_replaced(old, self.pages)
            unfinished = False
            for *_, state, remake in self.context.page_maker:
                state[1]["pages"] = [len(self.pages)]
                unfinished |= remake["content_changed"] or (remake["pages_wanted"] and before != len(self.pages))
            if not unfinished:
                return

    def document(self, total: int = 0) -> Document:
        """Make the document with margin boxes and backgrounds; uses up the trial layout. `total`: number of pages to
        print as the total, where the leaflet is part of a pack; 0: its own."""
        from weasyprint import Document, Page, layout
        from weasyprint.html import get_html_metadata
        from weasyprint.pdf.metadata import DocumentMetadata

        def margins(context: Any, page: Any, state: Any) -> Any:
            state[1]["pages"] = [total]
            return layout.make_margin_boxes(context, page, state)

        ready = {"initialize_page_maker": lambda *_: None, "make_all_pages": lambda *_: self.pages}
        ready |= {"make_margin_boxes": margins} if total else {}
        # WeasyPrint's own function, with its pagination replaced by the pages that exist: the steps after pagination
        finish = FunctionType(layout.layout_document.__code__, {**vars(layout), **ready}, argdefs=(1,))
        document: Document = Document(
            [Page(page) for page in finish(self.source, self.root, self.context)],
            DocumentMetadata(**get_html_metadata(_Head(self.source))),
            self.source.url_fetcher,
            self.context.font_config,
            {},
            self.options["output_intent"],
        )
        document._html = self.source
        return document

    def release(self) -> None:
        """Break the reference cycles between context, styles and pages, so that memory is freed without the garbage
        collector, which would take far longer to find them. Nothing of the trial layout may be used afterwards."""
        for style in self.context.style_for._computed_styles.values():
            while style is not None:  # styles of anonymous boxes form a chain
                parts = vars(style)
                style = parts.get("anonymous_style")
                parts.clear()
        for part in (self.context.style_for, self.context.target_collector, self.context, *self.pages):
            vars(part).clear()


class _Head:
    """Stands in for `HTML` where WeasyPrint reads metadata: finds the elements by their tags. WeasyPrint's own
    `query_all` matches a selector against every element."""

    def __init__(self, source: HTML) -> None:
        self.etree_element, self.base_url, self.url_fetcher = source.etree_element, source.base_url, source.url_fetcher
        self.wrapper_element = self

    def query_all(self, *tags: str) -> Iterator[Any]:
        """Wrapped elements with one of these tags, in document order."""
        return (SimpleNamespace(etree_element=element) for element in self.etree_element.iter() if element.tag in tags)


def _clear_replaced(old: list[Any], new: list[Any]) -> None:
    """Break the cycle between each replaced page and its footnotes (why: `TrialLayout.release`)."""
    current = {id(page) for page in new}
    for page in old:
        if id(page) not in current:
            vars(page).clear()


def lay_out_trial(
    source: HTML, styles: tuple[str, ...], options: dict[str, Any], fonts: Any, counters: Any
) -> TrialLayout:
    """Lay out `source` as WeasyPrint does, without margin boxes. `options` are those of `HTML.render`."""
    from weasyprint import DEFAULT_OPTIONS, Document
    from weasyprint.formatting_structure.build import build_formatting_structure
    from weasyprint.layout import initialize_page_maker
    from weasyprint.pdf import VARIANTS

    options = {**DEFAULT_OPTIONS, **options}
    _, properties = VARIANTS[options["pdf_variant"]]
    options |= {name: value for name, value in properties.items() if options.get(name, value) is None}
    context = Document._build_layout_context(source, fonts, counters, {}, options)
    root = build_formatting_structure(
        source.etree_element,
        context.style_for,
        context.get_image_from_uri,
        source.base_url,
        context.target_collector,
        counters,
        context.footnotes,
    )
    initialize_page_maker(context, root)
    trial = TrialLayout(source, styles, context, root, options)
    trial._paginate()
    return trial
