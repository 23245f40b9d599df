"""A leaflet laid out in pages that can still be changed: a later plan that differs in a few words, gaps or pages goes
on from it, and only the pages that differ are set again.

WeasyPrint lays one tree of boxes out several times itself, until page numbers in the text hold; here the same is done
for what a plan changes (`relayout.py`). Margin boxes and backgrounds are made once, when the trial is done. Reaches
into WeasyPrint, bound to the version like `patches/fixes.py`; a test compares the bytes with those of
`Typesetter.lay_out_trial`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import FunctionType, SimpleNamespace
from typing import TYPE_CHECKING, Any

from leaflets.pdf.pagination.relayout import graft

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
"""What a trial layout does in WeasyPrint's place, or runs with other globals (`TrialLayout.document`)."""
MOST_ROUNDS = 8
"""As WeasyPrint has it: so often are pages set again for the numbers in them."""


@dataclass
class TrialLayout:
    """Pages without margin boxes, and what they were made from."""

    source: HTML
    styles: tuple[str, ...]
    context: Any
    """WeasyPrint's LayoutContext: styles, targets, and where each page begins."""
    root: Any
    """The tree of boxes that the pages are cut from."""
    options: dict[str, Any]
    pages: list[Any] = field(default_factory=list)

    def change(self, source: HTML, styles: tuple[str, ...]) -> bool:
        """Change the pages to those of `source`, as if laid out anew. Returns False, and changes nothing, where that
        needs a new trial layout."""
        changed = graft(self, source) if styles == self.styles else None
        if changed is None:
            return False
        for number in changed:
            self.context.page_maker[number][-1]["content_changed"] = True
        self._paginate()
        return True

    def _paginate(self) -> None:
        """Set the pages that are not up to date, until the page numbers in the text hold."""
        from weasyprint.layout import make_all_pages

        footnotes = self.context.footnotes.copy()
        for _ in range(MOST_ROUNDS):
            self.context.footnotes, before = footnotes.copy(), len(self.pages)
            old, self.pages = self.pages, list(make_all_pages(self.context, self.root, self.source, self.pages))
            _forget(old, self.pages)
            again = False
            for *_, state, remake in self.context.page_maker:
                state[1]["pages"] = [len(self.pages)]
                again |= remake["content_changed"] or (remake["pages_wanted"] and before != len(self.pages))
            if not again:
                return

    def document(self, total: int = 0) -> Document:
        """The finished pages; uses up the trial layout. `total`: number of pages, with those of other documents."""
        from weasyprint import Document, Page, layout
        from weasyprint.html import get_html_metadata
        from weasyprint.pdf.metadata import DocumentMetadata

        def margins(context: Any, page: Any, state: Any) -> Any:
            state[1]["pages"] = [total]
            return layout.make_margin_boxes(context, page, state)

        ready = {"initialize_page_maker": lambda *_: None, "make_all_pages": lambda *_: self.pages}
        ready |= {"make_margin_boxes": margins} if total else {}
        # what follows pagination: WeasyPrint's own function, in which the pages are there already
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
        """Let go of everything, so that memory is free at once: context, styles and pages hold one another, and looking
        for such rings afterwards costs far more than to break them. Nothing of the trial layout may be used after."""
        for style in self.context.style_for._computed_styles.values():
            while style is not None:  # those of boxes without an element hang on one another
                parts = vars(style)
                style = parts.get("anonymous_style")
                parts.clear()
        for part in (self.context.style_for, self.context.target_collector, self.context, *self.pages):
            vars(part).clear()


class _Head:
    """A source of which only the elements are asked for that metadata are in: WeasyPrint goes through all of them."""

    def __init__(self, source: HTML) -> None:
        self.etree_element, self.base_url, self.url_fetcher = source.etree_element, source.base_url, source.url_fetcher
        self.wrapper_element = self

    def query_all(self, *tags: str) -> Iterator[Any]:
        """Elements with one of these tags, in order, as WeasyPrint wraps them."""
        return (SimpleNamespace(etree_element=element) for element in self.etree_element.iter() if element.tag in tags)


def _forget(old: list[Any], new: list[Any]) -> None:
    """Let go of pages that were set again: each holds its footnotes, which hold it (why: `TrialLayout.release`)."""
    kept = {id(page) for page in new}
    for page in old:
        if id(page) not in kept:
            vars(page).clear()


def lay_out_trial(
    source: HTML, styles: tuple[str, ...], options: dict[str, Any], fonts: Any, counters: Any
) -> TrialLayout:
    """Lay out `source` as WeasyPrint does, up to the margin boxes. `options` are those of `HTML.render`."""
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
    made = TrialLayout(source, styles, context, root, options)
    made._paginate()
    return made
