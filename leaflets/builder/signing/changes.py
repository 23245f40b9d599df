"""Changes between what was signed and what is printed, or between two signatures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leaflets.base.diagnostics import Place
from leaflets.builder.signing.inventory import PrintedItem
from leaflets.builder.signing.snapshot import Signed

KINDS = {
    "text": "the text",
    "source-text": "the text of the original",
    "part": "the part",
    "shows": "the choice of a picture for",
    "article": "in article.yaml",
    "claim": "the claim",
    "fact": "the fact",
    "reference": "the reference",
    "number": "the number to call",
    "medicine": "the name of the medicine",
    "codes": "the map of codes of",
    "harms": "the harms of medicines in",
    "picture": "the picture",
    "words": "the words of the templates",
    "source-words": "the words of the templates, for the original,",
    "template": "the project’s own template",
}
"""How a message calls an item, by its kind."""
NOWHERE = Place("")
SHOWN = 80
"""Longest text that a message repeats."""


@dataclass(frozen=True)
class ItemChange:
    """An item that is other than it was, new, or gone. Of pictures and templates the words are empty."""

    id: str
    before: str | None
    """Words as they were; None: it is new."""
    after: str | None
    """Words as they are; None: it is gone."""
    place: Place = NOWHERE

    @property
    def name(self) -> str:
        """The item in words: “the fact “red-ces-gb””."""
        kind, _, name = self.id.partition(" ")
        return f"{KINDS[kind]} “{name}”"

    def __str__(self) -> str:
        if self.before is None:
            return f"{self.name} is new{_quoted(': ', self.after)}"
        if self.after is None:
            return f"{self.name} is gone{_quoted(': ', self.before)}"
        return f"{self.name} has changed{_quoted(': it was ', self.before)}{_quoted(', it is ', self.after)}"


def changes(
    before: Mapping[str, Signed], after: Mapping[str, Signed], now: Mapping[str, PrintedItem] | None = None
) -> list[ItemChange]:
    """Items that differ, in the order of printing, those that are gone last. `now`: items with their places."""
    places = {id_: item.place for id_, item in (now or {}).items()}
    found = []
    for id_, (sha256, text) in after.items():
        old = before.get(id_)
        if old is None or old[0] != sha256:
            found.append(ItemChange(id_, old[1] if old else None, text, places.get(id_, NOWHERE)))
    gone = [ItemChange(id_, text, None) for id_, (_, text) in before.items() if id_ not in after]
    return found + gone


def _quoted(begin: str, text: str | None) -> str:
    """Words for a message, in one line and cut short; empty without words."""
    said = " ".join((text or "").split())
    if not said:
        return ""
    return f"{begin}“{said if len(said) <= SHOWN else said[: SHOWN - 1].rstrip() + '…'}”"
