"""Metadata of an edition that its other formats contain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from leaflets.base.machine import source_time
from leaflets.l10n.words import Words

if TYPE_CHECKING:
    from leaflets.editions.material import Material


@dataclass(frozen=True)
class Metadata:
    """Metadata of an edition for its other formats."""

    name: str
    """Id of the edition, the same for all its formats."""
    title: str
    level: str
    locale: str
    direction: str
    version: str
    """Version and its date, in the reader's language."""
    issued: date
    status: str
    """Status of review, in the reader's language."""
    publisher: str = ""
    """Name of the clinic that hands it out; empty without one."""
    window_title: str = ""
    """Title with level and locale, which tells the books of a leaflet apart; empty: the title does."""

    def last_line(self, words: Words) -> str:
        """The last line of a format: id, version and date of the edition."""
        name = f"\u200e{self.name}\u200e" if self.direction == "rtl" else self.name
        return f"{words('control-leaflet')}: {name}. {words('control-version')}: {self.version}."

    @property
    def modified(self) -> datetime:
        """Time of modification, UTC: SOURCE_DATE_EPOCH (seconds since 1970) if it is set, else the beginning of the day
        of issue. Never the clock, so that the bytes stay the same."""
        return source_time() or datetime(self.issued.year, self.issued.month, self.issued.day, tzinfo=UTC)


def about(material: Material) -> Metadata:
    """The metadata of an edition."""
    from leaflets.html.imprint import leaflet_title, said_of, window_title

    edition, article, locale = material.edition, material.article, material.localised.locale
    title = leaflet_title(material)
    clinic = material.details.clinic.name if material.details else ""
    return Metadata(
        name=edition.name,
        title=title,
        window_title=window_title(material, title),
        level=edition.level,
        locale=locale.tag,
        direction=locale.direction,
        version=said_of(material, "version"),
        issued=article.info.issued,
        status=said_of(material, "state"),
        publisher=clinic,
    )
