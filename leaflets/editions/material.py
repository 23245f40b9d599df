"""What an edition is made of, and how its pages are planned."""

from __future__ import annotations

from dataclasses import dataclass

from leaflets.base.units import Paper
from leaflets.content.article import Article
from leaflets.content.clinic import Details
from leaflets.content.region import Region
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import Layout, Panel, layout_for
from leaflets.l10n.translate import Localised
from leaflets.l10n.words import Words


@dataclass(frozen=True)
class Material:
    """What an edition is made of."""

    edition: Edition
    localised: Localised
    region: Region
    words: Words
    source_words: Words
    """The templates' words in the language the article was written in, for the footer of a translation."""
    details: Details | None = None
    """The clinic that hands it out; None: a box to stamp or write in."""
    sheet: str = ""
    """The larger sheet (`units.SHEETS`) that its file for the printer is cut from; empty: the region's paper."""
    evidence: bool = True
    """Its file is measured, and the evidence written beside it."""
    before: int = 0
    """Pages of other leaflets before it, where it is set for a pack: its pages are numbered from there."""

    @property
    def article(self) -> Article:
        return self.localised.article

    @property
    def copy(self) -> str:
        """The address of the clinic's copy of this edition; empty: there is none."""
        return self.details.clinic.copy_of(self.edition.parts) if self.details else ""

    @property
    def layout(self) -> Layout:
        return layout_for(self.edition.layout, self.edition.level, self.region.large_print)

    @property
    def page(self) -> Paper:
        """The size of a page as it is read."""
        return self.layout.page(self.region.paper)

    @property
    def panels(self) -> tuple[Panel, ...]:
        """The panels of a folded sheet; none where pages are alike."""
        return self.layout.panels.get(self.region.paper, ())
