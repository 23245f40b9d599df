"""Table of locales. The language decides words, script, direction and fonts; the region decides the rest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Locale:
    """A language in a region, with its BCP 47 tag.

    `variant_of`: locale of the same language whose words are used where this one's message file has none. A locale
    without it must have every segment translated.
    """

    tag: str
    own_name: str
    english_name: str
    font: str = "atkinson"
    direction: str = "ltr"
    variant_of: str | None = None
    formula: str | None = None
    """Readability formula that is valid for the language: “flesch-kincaid” or None."""

    @property
    def language(self) -> str:
        """Language code, such as “en”."""
        return self.tag.split("-")[0]

    @property
    def region(self) -> str:
        """Id of the region, such as “GB”."""
        return self.tag.split("-")[-1]

    @property
    def english(self) -> bool:
        """True for any variant of English."""
        return self.language == "en"


LOCALES: dict[str, Locale] = {
    row.tag: row
    for row in (
        Locale("en-GB", "English (UK)", "English (UK)", formula="flesch-kincaid"),
        Locale("en-US", "English (US)", "English (US)", formula="flesch-kincaid", variant_of="en-GB"),
        Locale("ar-GB", "العربية", "Arabic", font="arabic", direction="rtl"),
    )
}
