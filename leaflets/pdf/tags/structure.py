"""Structure tree of a file (ISO 32000-1, 14.7), written from WeasyPrint's laid-out boxes: one HTML element is one
structure element, on however many pages it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from leaflets.pdf.forms.acroform import write_form
from leaflets.pdf.tags.nodes import Annotation, Node
from leaflets.pdf.tags.painting_order import paint_words
from leaflets.pdf.tags.pauses import add_pauses
from leaflets.pdf.tags.tree_builder import TreeBuilder

PX = 0.75
"""A CSS pixel in pt."""


def add_tags(pdf: Any, document: Any, _version: Any, streams: list[Any]) -> None:
    """Write the form and the structure tree into a file whose pages are drawn. Replaces WeasyPrint's function of this
    name.

    RuntimeError when tagged content belongs to no box, so that a screen reader would not find it.
    """
    builder = TreeBuilder(document.metadata.lang or "")
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        builder.add_page(number, page._page_box, stream._tags)
    add_pauses(builder.root, builder.words)
    heights = [page.height for page in document.pages]
    write_form(pdf, builder.fields.all, heights)
    writer = TreeWriter(pdf)
    writer.write(builder.root, heights)
    paint_words(streams, writer.order)
    builder.root.release()


class TreeWriter:
    """Writes the nodes as PDF objects, in the order of reading."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.pages = pdf.page_references
        self.parents: dict[int, dict[int, bytes]] = {}
        """Page -> MCID -> reference of the structure element: the parent tree (ISO 32000-1, 14.7.4.4)."""
        self.order: dict[int, list[int]] = {}
        """Page -> its MCIDs in the order of reading."""
        self.annotations: list[tuple[Annotation, bytes]] = []
        """Annotations with the references of their structure elements, in the order of reading."""
        self.named: list[tuple[str, bytes]] = []
        """Element identifiers of header cells with the references of their structure elements."""
        self.heights: list[float] = []
        """Heights of the pages, px."""

    def write(self, root: Node, heights: list[float]) -> None:
        """Write the structure tree root, all elements, the parent tree and the ID tree. `heights`: of the pages, px."""
        pdf, self.heights = self.pdf, heights
        top = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        pdf.add_object(top)
        self._element(root, top)
        top["K"] = pydyf.Array([root.pdf.reference])
        self._kids(root)
        numbers = pydyf.Array()
        for number in range(len(heights)):
            marks = self.parents.get(number, {})
            numbers += [number, pydyf.Array(marks[mark] for mark in sorted(marks))]
        for number, (annotation, reference) in enumerate(self.annotations, len(heights)):
            annotation.dictionary["StructParent"] = number
            numbers += [number, reference]
        tree = pydyf.Dictionary({"Nums": numbers})
        pdf.add_object(tree)
        top["ParentTree"] = tree.reference
        top["ParentTreeNextKey"] = len(heights) + len(self.annotations)
        if self.named:
            names = pydyf.Array(part for name, ref in sorted(self.named) for part in (pydyf.String(name), ref))
            top["IDTree"] = pydyf.Dictionary({"Names": names})
        self._tab_order()
        pdf.catalog["StructTreeRoot"] = top.reference
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})

    def _tab_order(self) -> None:
        """Sort the annotations of each page into the order of reading, for programs that ignore /Tabs /S."""
        order = {annotation.dictionary.reference: at for at, (annotation, _) in enumerate(self.annotations)}
        for page in self.pdf.objects:
            if isinstance(page, pydyf.Dictionary) and page.get("Type") == "/Page" and "Annots" in page:
                page["Annots"].sort(key=lambda reference: order.get(reference, len(order)))

    def _element(self, node: Node, parent: Any) -> None:
        """Add the dictionary of a structure element (ISO 32000-1, table 323)."""
        entries = {
            "Type": "/StructElem",
            "S": f"/{node.role}",
            "P": parent.reference,
            "Pg": self.pages[node.page],
        }
        node.pdf = pydyf.Dictionary(entries)
        self.pdf.add_object(node.pdf)
        if node.parent is not None and node.lang != node.parent.lang:
            node.pdf["Lang"] = pydyf.String(node.lang)
        if node.text:
            node.pdf["ActualText"] = pydyf.String(node.text)

    def _kids(self, node: Node) -> None:
        """Write the kids of an element, then the attributes of its structure type."""
        kids = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, Node):
                if not kid.kids and kid.role not in ("TD", "TH"):
                    continue  # none of its content is drawn
                self._element(kid, node.pdf)
                kids.append(kid.pdf.reference)
                self._kids(kid)
            elif isinstance(kid, Annotation):
                kids.append(self._annotation(kid, node))
            else:
                page, number = kid
                kids.append(self._marked_content(page, number, node))
        node.pdf["K"] = kids
        if finish := _FINISH.get(node.role):
            finish(self, node)

    def _marked_content(self, page: int, number: int, node: Node) -> Any:
        """Marked content as a kid: its MCID, or a reference (MCR) where it is on another page than the element."""
        self.parents.setdefault(page, {})[number] = node.pdf.reference
        self.order.setdefault(page, []).append(number)
        if page == node.page:
            return number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self.pages[page], "MCID": number})

    def _annotation(self, kid: Annotation, node: Node) -> Any:
        """An annotation as a kid: an object reference (OBJR). A link gets its text as /Contents (PDF/UA-1, 7.18.5)."""
        reference = pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.dictionary.reference, "Pg": self.pages[kid.page]})
        self.annotations.append((kid, node.pdf.reference))
        if node.element is not None and node.role == "Link":
            kid.dictionary["Contents"] = pydyf.String(node.attributes["contents"])
            kid.dictionary["F"] = 4  # flag Print (ISO 32000-1, 12.5.3)
        return reference

    def _figure(self, node: Node) -> None:
        """Bounding box and alternative text of a figure (PDF/UA-1, 7.3)."""
        left, top, right, bottom = (edge * PX for edge in node.attributes["box"])
        height = self.heights[node.page] * PX
        box = pydyf.Array([left, height - bottom, right, height - top])
        node.pdf["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": box})
        node.pdf["Alt"] = pydyf.String(node.element.get("alt"))

    def _cell(self, node: Node) -> None:
        """Scope and spans of a cell (ISO 32000-1, 14.8.5.7)."""
        node.pdf["A"] = pydyf.Dictionary({"O": "/Table", **node.attributes})

    def _table(self, node: Node) -> None:
        """Headers of each cell (PDF/UA-1, 7.5): the identifiers of its header cells."""
        cells = {id(cell.element): cell for cell in _cells(node)}
        names: dict[int, str] = {}
        for element, headers in node.attributes["cells"]:
            written = [cells[id(header)] for header in headers if id(header) in cells]
            cell = cells.get(id(element))
            if cell is None or not written:
                continue
            for header in written:
                if id(header) not in names:
                    names[id(header)] = name = f"{node.pdf.number}-{len(names)}"
                    header.pdf["ID"] = pydyf.String(name)
                    self.named.append((name, header.pdf.reference))
            cell.pdf["A"]["Headers"] = pydyf.Array(pydyf.String(names[id(header)]) for header in written)


_FINISH = {"Figure": TreeWriter._figure, "TH": TreeWriter._cell, "TD": TreeWriter._cell, "Table": TreeWriter._table}
"""Structure type -> method that writes its attributes once its kids are written."""


def _cells(node: Node) -> Iterator[Node]:
    """The cells of a table."""
    for kid in node.kids:
        if isinstance(kid, Node):
            if kid.role in ("TH", "TD"):
                yield kid
            else:
                yield from _cells(kid)
