"""The HTML of an edition as a list of what should be heard, and a finished file as a list of what is heard."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.build.materials import Materials, gather
from leaflets.build.steps import Bench
from leaflets.check.finished import read_finished
from leaflets.check.spoken import Element, Spoken
from leaflets.editions.edition import Edition

ROLES = {"p": "P", "li": "LBody", "th": "TH", "td": "TD", "figcaption": "Caption", "img": "Figure"} | {
    f"h{level}": f"H{level}" for level in range(1, 7)
}
"""What is heard as one, by its element."""
NUMBER = re.compile(r"^(\d+)\.? ?(?=\D)")
"""Before a heading; large print sets a dot after it."""


@dataclass(frozen=True)
class Block:
    """Something that is heard as one."""

    role: str
    text: str


def plain(words: str) -> str:
    """NFC, blanks folded, the number of a heading followed by one blank."""
    return NUMBER.sub(r"\1 ", " ".join(unicodedata.normalize("NFC", words).split()))


def wanted(root: Any) -> list[Block]:
    """What should be heard of an HTML tree, in its order."""
    return list(_wanted(root.find("body"), "en"))


def _wanted(element: Any, inside: str) -> Iterator[Block]:
    if element.tag == "img":
        if element.get("alt"):
            yield Block("Figure", plain(element.get("alt")))
        return
    if element.tag in ROLES:
        text = plain("".join(_text(element)))
        if text:
            yield Block(ROLES[element.tag], text)
    for child in element:
        yield from _wanted(child, element.tag)


def _text(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield " "
        elif child.tag not in ROLES and child.tag not in ("ul", "ol", "table"):
            yield from _text(child)
        yield child.tail or ""


def heard(document: Element) -> list[Block]:
    """What is heard of a file, in the order of its structure."""
    return [
        Block(element.role, plain(element.alt if element.role == "Figure" else element.text))
        for element in document.blocks
        if element.role != "Lbl" and (element.role == "Figure" or element.text)
    ]


@cache
def materials(folder: Path | None, article: str) -> Materials:
    """An article of a project (None: what is shipped) in all its locales."""
    diagnostics = Diagnostics()
    found = gather(Project(folder), [article], diagnostics)
    assert not diagnostics.errors
    return found


def settled(bench: Bench, folder: Path | None, entry: dict[str, Any]) -> Any:
    """The HTML tree that an edition of the catalogue was made of."""
    edition = Edition(*(entry[part] for part in ("article", "leaflet", "level", "layout", "locale")))
    return bench.settle(materials(folder, entry["article"]).of(edition)).draft.source.etree_element


def spoken(path: Path) -> Spoken:
    """The structure of a finished file."""
    found = read_finished(path, str(path), None).spoken
    assert found is not None, f"{path} has no structure"
    return found
