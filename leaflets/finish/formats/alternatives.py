"""The other formats of a leaflet, made from its web page: plain text, EPUB, braille.

Each is a pure function of the web page and the edition's metadata: it reads no file and no clock. Their purposes:
docs/alternatives.md.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.finish.formats.metadata import Metadata, about
from leaflets.l10n.words import Words

if TYPE_CHECKING:
    from leaflets.editions.material import Material
    from leaflets.finish.formats.linear_text import SpokenLine

__all__ = ["Metadata", "about", "beyond_the_page", "braille", "braille_missing", "epub", "formats", "plain_text"]

WORDS = (
    "braille-made",
    "contents",
    "control-leaflet",
    "control-state",
    "control-version",
    "epub-access",
    "text-picture",
)
"""Ids of the template words that the formats add."""


def formats(page: str, material: Material, diagnostics: Diagnostics) -> dict[str, bytes]:
    """All formats of a web page by kind, as in the catalogue; without `braille` where it cannot be made.

    Letters without braille are an error; those of a clinic, which it cannot change, a warning.
    """
    from leaflets.finish.formats.braille_letters import BrailleLettersError

    said, words = about(material), material.words
    found = {
        "epub": epub(page, said, words),
        "text": plain_text(page, said, words).encode(),
    }
    try:
        made = braille(page, said, words)
    except BrailleLettersError as error:
        own = material.details.clinic.words() if material.details else ""
        shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in error.letters[:8])
        report = diagnostics.warning if set(error.letters) <= set(own) else diagnostics.error
        message = f"there is no braille file: its code has no sign for {shown}"
        report(Place(said.name), message, "braille", "docs/alternatives.md says which letters braille has")
        return found
    return found | ({"braille": made} if made is not None else {})


def beyond_the_page(material: Material) -> dict[str, str]:
    """Inputs of the formats that are not in the web page, by name: for the freshness of the edition."""
    from leaflets.finish.formats import liblouis
    from leaflets.l10n.languages import LOCALES

    said = about(material)
    found = {f"words {id_}": material.words.table.get(id_, "") for id_ in WORDS}
    return {
        **found,
        "edition": repr(said),
        "changed": said.modified.isoformat(),
        "braille": repr(LOCALES[said.locale].braille),
        "tool liblouis": liblouis.found(),
    }


def plain_text(page: str, about: Metadata, words: Words) -> str:
    """The web page as plain text in the order of reading."""
    from leaflets.finish.formats import plaintext

    return plaintext.plain_text(_outline(page), about, words)


def epub(page: str, about: Metadata, words: Words, read: Callable[[str], bytes] | None = None) -> bytes:
    """The bytes of the web page as an EPUB 3. `read`: function from an address to the bytes of a picture that is not
    embedded in the page."""
    from leaflets.finish.formats.epub import book

    return book(page, about, words, read)


def braille(page: str, about: Metadata, words: Words) -> bytes | None:
    """The bytes of the web page as BRF, for an embosser or a braille display; None without liblouis, or without a table
    for the locale."""
    from leaflets.finish.formats.braille import brf

    return brf(_outline(page), about, words)


@lru_cache(maxsize=1)
def _outline(page: str) -> tuple[SpokenLine, ...]:
    """The lines of a web page; cached, since the next format is usually made from the same page."""
    from leaflets.finish.formats.linear_text import outline
    from leaflets.finish.formats.web_page import main_of

    return outline(main_of(page))


def braille_missing() -> str:
    """A message how to install liblouis; empty where it is installed."""
    from leaflets.finish.formats import liblouis

    return "" if liblouis.library() else liblouis.MISSING
