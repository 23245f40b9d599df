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
from leaflets.builder.edition.make import Toolchain
from leaflets.builder.materials import Materials, gather
from leaflets.check.readback.document import read_finished
from leaflets.check.readback.structure_tree import Element, StructureTree
from leaflets.editions.edition import Edition

ROLES = {"p": "P", "li": "LBody", "th": "TH", "td": "TD", "figcaption": "Caption", "img": "Figure"} | {
    f"h{level}": f"H{level}" for level in range(1, 7)
}
"""What is heard as one, by its element."""
PAGE = "\N{SYMBOL FOR NULL}"
"""Stands for the words of a page number, which only the laid-out pages know."""
NUMBER = re.compile(r"^(\d+)\.? ?(?=\D)")
"""Before a heading; large print sets a dot after it."""


@dataclass(frozen=True)
class Block:
    """Something that is heard as one."""

    role: str
    text: str
    pauses: bool = False
    """It ends with a pause that is not printed, or has one after its title."""
    may_miss: bool = False
    """It is left out where the page has no room: lines to write on, with their heading."""

    def is_heard_as(self, other: Block) -> bool:
        """Whether it comes out as it should; the number of a page may be any."""
        before, page, after = self.text.partition(PAGE)
        if self.pauses and not page:
            return self.role == other.role and _paused(self.text) == _paused(other.text)
        if not page and re.fullmatch("H[1-6]", self.role):  # text may follow a heading in its line, after a colon
            return (self.role, self.text.rstrip(":")) == (other.role, other.text.rstrip(":"))
        if not page:
            return (self.role, self.text) == (other.role, other.text)
        told = re.fullmatch(rf"{re.escape(before)}\D*\d+\D*{re.escape(after)}", other.text)
        return self.role == other.role and told is not None


def plain(words: str) -> str:
    """NFC, blanks folded, without word joiners, the number of a heading followed by one blank."""
    return NUMBER.sub(r"\1 ", " ".join(unicodedata.normalize("NFC", words).replace("\u2060", "").split()))


def _paused(words: str) -> str:
    """Words without the pauses that are heard alone: at the end, and a colon after a title."""
    return re.sub(r"[,،.]$|:(?= )", "", words)


def wanted(trial: Any) -> list[Block]:
    """What should be heard of a leaflet that was laid out, in the order of its HTML; not what its style hides."""
    from weasyprint.css import StyleFor

    root, context = trial.source.etree_element, trial.context
    # what was laid out anew by itself has its styles no longer
    shown = StyleFor(trial.source, context.style_for._sheets, False, context.font_config, None)
    for parent in list(root.iter()):
        for child in list(parent):
            style = shown(child)
            if style is not None and style["display"] == ("none",):
                parent.remove(child)
    _read_early(root)
    return list(_wanted(root.find("body")))


def _read_early(root: Any) -> None:
    """Move what is read early before the first section that is not."""
    parents = {child: parent for parent in root.iter() for child in parent}
    sections = [item for item in root.iter("section") if item.get("data-read") != "early"]
    early = [item for item in root.iter("section") if item.get("data-read") == "early"]
    order = list(root.iter())
    for item in early:
        if sections and order.index(item) > order.index(sections[0]):
            parents[item].remove(item)
            top = sections[0]
            parents[top].insert(list(parents[top]).index(top), item)


def differing(should: list[Block], told: list[Block]) -> tuple[Block | None, Block | None] | None:
    """The first block that is not heard as it should be, with what is heard in its place; None when all are."""
    rest = iter([*told, None])
    other = next(rest)
    for block in should:
        if other is not None and block.is_heard_as(other):
            other = next(rest)
        elif not block.may_miss:
            return block, other
    return None if other is None else (None, other)


def _wanted(element: Any, spare: bool = False) -> Iterator[Block]:
    spare = spare or "spare" in element.get("class", "").split()
    if element.tag == "img":
        if element.get("alt"):
            yield Block("Figure", plain(element.get("alt")))
        return
    if element.tag in ROLES:
        text = plain("".join(_text(element)))
        if text:
            yield Block(ROLES[element.tag], text, element.tag == "li", spare)
    for child in element:
        yield from _wanted(child, spare)


def _text(element: Any) -> Iterator[str]:
    if element.tag == "li" and len(element) and element[0].get("class") == "n" and not (element.text or "").strip():
        element[0].text = ""  # the label of the point, as a marker is
    if element.get("class") == "ring":
        return  # a radio button has the number as its name
    if element.get("class") == "page":
        yield PAGE
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
        # points that run on in lines have their mark in the text
        Block(element.role, plain(element.alt if element.role == "Figure" else element.text).removeprefix("• "))
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


def laid_out(bench: Toolchain, folder: Path | None, entry: dict[str, Any]) -> Any:
    """An edition of the catalogue laid out once more: the draft that its file was made of."""
    edition = Edition(*(entry[part] for part in ("article", "leaflet", "level", "layout", "locale")))
    return bench.settle(materials(folder, entry["article"]).of(edition)).trial


def spoken(path: Path) -> StructureTree:
    """The structure of a finished file."""
    found = read_finished(path, str(path), None).structure
    assert found is not None, f"{path} has no structure"
    return found
