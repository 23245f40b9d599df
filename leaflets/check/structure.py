"""The tag tree of a finished file: to which block, item and row the marked words of each page belong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

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


def read_tags(root: Any, pages: dict[int, int]) -> Tags:
    """The blocks of a file. `root`: its catalog; `pages`: the page, from 0, of each page object's number."""
    tree = root.get("/StructTreeRoot")
    found: Tags = {}
    if tree is None or "/K" not in tree.get_object():
        return found
    roles = {str(key): str(value) for key, value in (tree.get_object().get("/RoleMap") or {}).items()}
    counter = iter(range(1, 10_000_000))
    for place, block in _leaves(tree.get_object(), pages, roles, counter, -1, Block(0, "Document")):
        found[place] = block
    return found


def _leaves(
    element: Any, pages: dict[int, int], roles: dict[str, str], counter: Iterator[int], page: int, block: Block
) -> Iterator[tuple[tuple[int, int], Block]]:
    """The marked contents below an element, each with its block."""
    kids = element.get("/K")
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, int):
            yield (page, int(kid)), block
        elif isinstance(kid, dict) and kid.get("/Type") == "/MCR":
            yield (_page(kid, pages, page), int(kid["/MCID"])), block
        elif isinstance(kid, dict) and "/S" in kid:
            role = str(kid["/S"])
            role = roles.get(role, role).lstrip("/")
            here = block
            if role not in _INLINE:
                number = next(counter)
                inside = (*block.inside, (number, role)) if role in WHOLE else block.inside
                here = Block(number, role, inside, (*block.above, (number, role)))
            elif role == "NonStruct" and block.role in _GROUPS:
                here = replace(block, above=(*block.above, (next(counter), role)))
            yield from _leaves(kid, pages, roles, counter, _page(kid, pages, page), here)


def _page(element: Any, pages: dict[int, int], otherwise: int) -> int:
    """The page that an element names by its reference."""
    reference = element.raw_get("/Pg") if "/Pg" in element else None
    return pages.get(getattr(reference, "idnum", -1), otherwise)
