"""To which block, item and row the marked words of each page of a finished file belong. The tag tree is walked in
`spoken.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

_GROUPS = frozenset(("Document", "Part", "Sect", "Div"))
_INLINE = frozenset(("Span", "Link", "NonStruct", "Em", "Strong", "Quote", "Reference", "Code", "Annot"))
WHOLE = {"LI": "a point of a list", "TR": "a row of a table", "Figure": "a figure"}
"""What does not go over the end of a page, by its tag."""


@dataclass(frozen=True)
class Block:
    """A paragraph, heading or the like; `number` counts them in the order of reading."""

    number: int
    role: str
    inside: tuple[tuple[int, str], ...] = ()
    """What it stands in that is not to be split, each with a number of its own."""
    above: tuple[tuple[int, str], ...] = ()
    """All that it stands in and itself, from the outside, with numbers. What is untold (NonStruct) among sections is a
    whole of its own: WeasyPrint tags a figure with its caption so."""

    @property
    def heading(self) -> bool:
        return self.role[:1] == "H" and self.role[1:].isdigit()


Tags = dict[tuple[int, int], Block]
"""By page, from 0, and the number of the marked content on it."""


ROOT = Block(0, "Document")
"""What stands in nothing."""


class Numbered:
    """Numbers blocks as they are met in the order of reading. `roles`: what a file’s own roles stand for."""

    def __init__(self, roles: Mapping[str, str]) -> None:
        self.roles = roles
        self.count = 0

    def below(self, block: Block, role: str) -> Block:
        """The block that the words of an element belong to, which stands in `block` and has this role in the file."""
        role = self.roles.get(role, role).lstrip("/")
        if role not in _INLINE:
            self.count += 1
            inside = (*block.inside, (self.count, role)) if role in WHOLE else block.inside
            return Block(self.count, role, inside, (*block.above, (self.count, role)))
        if role == "NonStruct" and block.role in _GROUPS:
            self.count += 1
            return replace(block, above=(*block.above, (self.count, role)))
        return block
