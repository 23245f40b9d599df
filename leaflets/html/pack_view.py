"""View of a pack's cover and contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from leaflets.editions.material import Material
from leaflets.html.imprint import window_title
from leaflets.html.views import LeafletView
from leaflets.l10n.fonts import stack
from leaflets.l10n.words import Words

UNKNOWN = "00"
"""Placeholder of a page number until pages are counted."""


@dataclass(frozen=True)
class PackRow:
    """Row of the contents: one leaflet."""

    number: int
    title: Markup
    edition: Markup
    """Language, region and level."""
    lang: str
    direction: str
    font: str
    """CSS value of `font-family`, if it differs from that of the cover."""
    page: str
    """First page in the pack, in words; empty on folded sheets, which have no numbers."""

    @property
    def anchor(self) -> str:
        return anchor(self.number)

    @property
    def style(self) -> Markup:
        return Markup(' style="font-family: {}"').format(self.font.replace('"', "'")) if self.font else Markup("")


@dataclass(frozen=True)
class PackView:
    """Everything the template of a pack prints; the first fields are those of the template `parts/shell.html`."""

    lang: str
    direction: str
    layout: str
    level: str
    profile: str
    fit: str
    cards: bool
    description: str
    window_title: str
    subject: str
    foot: str
    written: str
    title: str
    stamp: str
    status: str
    """Shown while one of the leaflets is not signed off, or its review is overdue."""
    rows: tuple[PackRow, ...]


@dataclass(frozen=True)
class PageWords:
    """Words on pages of a pack for the printer, in the language of one of its leaflets."""

    page: str
    """Words before the number of a page in the pack."""
    blank: str
    """Words on an intentionally blank page."""


def page_words(material: Material) -> PageWords:
    """Words for the pages of a pack, in the language of the edition."""
    return PageWords(material.words("pack-page"), material.words("pack-blank"))


def anchor(number: int) -> str:
    """Anchor of the first page of a leaflet in the pack."""
    return f"leaflet-{number}"


def _begins(model: Material, page: str, own: bool) -> str:
    return f"{model.words('pack-page')} {page}" if own else model.words("page", page=page)


def _status(materials: Sequence[Material], words: Words) -> str:
    """Line on the cover: one of the leaflets is a draft, or the review of one is overdue; else empty."""
    said = [] if all(material.review.signed for material in materials) else [words("pack-status")]
    if any(material.review.expired for material in materials):
        said.append(words("pack-expired"))
    return " ".join(said)


def pack_view(
    model: Material,
    materials: Sequence[Material],
    views: Sequence[LeafletView],
    title: str,
    pages: Sequence[str],
    own: bool = False,
) -> PackView:
    """View of a pack. `model`: the edition whose style the cover takes; `pages`: first page of each leaflet, empty
    while unknown. `own`: pages have numbers of the pack beside those of the leaflets, and are named so."""
    words, font = model.words, model.localised.locale.font
    rows = tuple(
        PackRow(
            number=number,
            title=view.title,
            edition=view.edition,
            lang=view.lang,
            direction=view.direction,
            font=stack(other) if (other := material.localised.locale.font) != font else "",
            page=_begins(model, page, own) if page else "",
        )
        for number, (material, view, page) in enumerate(
            zip(materials, views, pages or [UNKNOWN] * len(views), strict=True), 1
        )
    )
    name = title or words("pack-title")
    return PackView(
        lang=model.localised.locale.tag,
        direction=model.localised.locale.direction,
        layout=model.layout.id,
        level=model.edition.level,
        profile=model.layout.profile,
        fit="normal",
        cards=False,
        description=name,
        window_title=window_title(model, name),
        subject="; ".join(view.description for view in views),
        foot=name,
        written=max(view.written for view in views),
        title=name,
        stamp=views[0].stamp,
        status=_status(materials, words),
        rows=rows,
    )
