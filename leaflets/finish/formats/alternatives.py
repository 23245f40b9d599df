"""The other forms of a leaflet, made of its page for the screen: plain text, an e-book, braille.

Each is a pure function of the page and of what is to be said about the edition: no file is read, no clock asked. What
they are for is in docs/alternatives.md.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from leaflets.finish.formats.metadata import Metadata, about
from leaflets.l10n.words import Words

if TYPE_CHECKING:
    from leaflets.editions.material import Material
    from leaflets.finish.formats.linear_text import SpokenLine

__all__ = ["Metadata", "about", "beyond_the_page", "braille", "braille_missing", "epub", "forms", "plain_text"]

WORDS = (
    "braille-made",
    "contents",
    "control-leaflet",
    "control-state",
    "control-version",
    "epub-access",
    "text-picture",
)
"""Words of the templates that are put in here."""


def forms(page: str, material: Material) -> dict[str, bytes]:
    """All of them by kind, as the catalogue calls them; no `braille` where it cannot be made."""
    said, words = about(material), material.words
    found = {
        "epub": epub(page, said, words),
        "text": plain_text(page, said, words).encode(),
        "braille": braille(page, said, words),
    }
    return {kind: body for kind, body in found.items() if body is not None}


def beyond_the_page(material: Material) -> dict[str, str]:
    """What shows in these forms and not in their page, by name: for the freshness of the edition."""
    from leaflets.finish.formats import liblouis
    from leaflets.l10n.braille import BRAILLE

    said = about(material)
    found = {f"words {id_}": material.words.table.get(id_, "") for id_ in WORDS}
    return {
        **found,
        "edition": repr(said),
        "changed": said.modified.isoformat(),
        "braille": repr(BRAILLE.get(said.locale)),
        "tool liblouis": liblouis.found(),
    }


def plain_text(page: str, about: Metadata, words: Words) -> str:
    """The leaflet as text in the order of reading."""
    from leaflets.finish.formats import plaintext

    return plaintext.plain_text(_outline(page), about, words)


def epub(page: str, about: Metadata, words: Words, read: Callable[[str], bytes] | None = None) -> bytes:
    """The leaflet as an EPUB 3. `read` gives the bytes of a picture that the page names and does not hold."""
    from leaflets.finish.formats.epub import book

    return book(page, about, words, read)


def braille(page: str, about: Metadata, words: Words) -> bytes | None:
    """The leaflet as BRF, ready for an embosser or a display; None where there is no liblouis, or no table for the
    language."""
    from leaflets.finish.formats.braille import brf

    return brf(_outline(page), about, words)


@lru_cache(maxsize=1)
def _outline(page: str) -> tuple[SpokenLine, ...]:
    """The lines of a page, kept for the form that is made of it next."""
    from leaflets.finish.formats.linear_text import outline
    from leaflets.finish.formats.web_page import main_of

    return outline(main_of(page))


def braille_missing() -> str:
    """What to do to have braille; empty where it can be made."""
    from leaflets.finish.formats import liblouis

    return "" if liblouis.library() else liblouis.MISSING
