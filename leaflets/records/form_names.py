"""Names of forms in people's words: “easy read, large print, PDF, 12 pages”."""

from __future__ import annotations

from leaflets.editions.edition import WEB
from leaflets.l10n.languages import LOCALES
from leaflets.publish.catalogue import CatalogueEntry

LEVELS = {"easy": "easy read", "plain": "plain language", "detailed": "in detail"}
LAYOUTS = {
    "handout": "handout on one sheet",
    "standard": "standard print",
    "large-print": "large print",
    "giant-print": "giant print",
    "booklet": "booklet",
    "tri-fold": "folded in three",
    "summary": "one page",
    "bilingual": "in two languages",
}
KINDS = {"web": "web page", "epub": "e-book", "text": "plain text", "braille": "for a braille display or embosser"}


def form_name(file: CatalogueEntry) -> str:
    """Level, size or form, language, and for paper the number of pages, in English."""
    level = LEVELS.get(file.level, file.level)
    form = KINDS.get(file.kind, file.kind) if file.layout == WEB else f"{LAYOUTS.get(file.layout, file.layout)}, PDF"
    row = LOCALES.get(file.locale)
    pages = f", {file.pages} page{'s' * (file.pages != 1)} {file.paper}" if file.layout != WEB else ""
    return f"{level}, {form}{pages}, {row.english_name if row else file.locale}"
