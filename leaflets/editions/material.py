"""Material: all inputs of one edition's rendering."""

from __future__ import annotations

from dataclasses import dataclass, field

from leaflets.base.units import Paper
from leaflets.content.article import Article
from leaflets.content.clinic import Details
from leaflets.content.region import Region
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import Layout, Panel, layout_for
from leaflets.editions.review_status import ReviewStatus
from leaflets.l10n.translate import Localised
from leaflets.l10n.words import Words


@dataclass(frozen=True)
class Material:
    """All inputs of one edition's rendering. Picklable: it is sent to workers."""

    edition: Edition
    localised: Localised
    region: Region
    words: Words
    source_words: Words
    """Words of the templates in the language of the original, for the footer of a translation."""
    details: Details | None = None
    """The clinic that hands it out; None: an empty box to stamp or write in."""
    sheet: str = ""
    """Larger sheet (`units.SHEETS`) for the print file; empty: the region's paper."""
    evidence: bool = True
    """The finished file is measured and its evidence written."""
    review: ReviewStatus = field(default_factory=ReviewStatus)
    """Who has signed what it prints; printed, and in the catalogue and the evidence."""
    before: int = 0
    """In a pack: number of pages of the leaflets before this one; page numbers continue from there."""

    @property
    def article(self) -> Article:
        """The article in the edition's locale, its red flags and blocks in the form that the layout has room for."""
        article = self.localised.article.with_dangers(self.layout.short_flags)
        return article.in_short() if self.layout.short_blocks else article

    @property
    def copy(self) -> str:
        """Address of the clinic's copy of this edition; empty if there is none."""
        return self.details.clinic.copy_of(self.edition.parts) if self.details else ""

    @property
    def layout(self) -> Layout:
        return layout_for(self.edition.layout, self.edition.level, self.region.large_print)

    @property
    def page(self) -> Paper:
        """Size of a page of the reading file."""
        return self.layout.page(self.region.paper)

    @property
    def panels(self) -> tuple[Panel, ...]:
        """Panels of a folded sheet; empty where all pages are alike."""
        return self.layout.panels.get(self.region.paper, ())
