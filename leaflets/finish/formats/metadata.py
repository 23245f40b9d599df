"""What the other forms of a leaflet say of themselves."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from leaflets.l10n.words import Words

if TYPE_CHECKING:
    from leaflets.editions.material import Material


@dataclass(frozen=True)
class Metadata:
    """An edition, as far as it is printed in its other forms."""

    name: str
    """The edition's id, the same for all its forms."""
    title: str
    level: str
    locale: str
    direction: str
    version: str
    """With its date, in the reader's language."""
    issued: date
    status: str
    """How far it has been reviewed, in the reader's language."""
    publisher: str = ""
    """The clinic that hands it out."""

    def last_line(self, words: Words) -> str:
        """Which edition it is, of what version and date."""
        name = f"\u200e{self.name}\u200e" if self.direction == "rtl" else self.name
        return f"{words('control-leaflet')}: {name}. {words('control-version')}: {self.version}."

    @property
    def modified(self) -> datetime:
        """When it was last changed: SOURCE_DATE_EPOCH (seconds since 1970, UTC) where that is set, else the beginning
        of the day of issue. Never the clock."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if epoch:
            return datetime.fromtimestamp(int(epoch), UTC)
        return datetime(self.issued.year, self.issued.month, self.issued.day, tzinfo=UTC)


def about(material: Material) -> Metadata:
    """What is to be said of an edition."""
    from leaflets.html.imprint import said_of
    from leaflets.html.typography import plain

    edition, article, locale = material.edition, material.article, material.localised.locale
    values = material.region.values(locale.language)
    title = plain(article.leaflets[edition.leaflet].title.at(edition.level), values)
    clinic = material.details.clinic.name if material.details else ""
    return Metadata(
        name=edition.name,
        title=" ".join(title.split()),
        level=edition.level,
        locale=locale.tag,
        direction=locale.direction,
        version=said_of(material, "version"),
        issued=article.info.issued,
        status=said_of(material, "state"),
        publisher=clinic,
    )
