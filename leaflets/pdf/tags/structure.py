"""The structure of a file (ISO 32000-1, 14.7), built from WeasyPrint's laid-out boxes: one element of the HTML is one
element of the structure, on however many pages it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from leaflets.pdf.forms.acroform import write_form
from leaflets.pdf.tags.nodes import Annotation, Node
from leaflets.pdf.tags.tree_builder import Building

PX = 0.75
"""pt."""


def add_tags(pdf: Any, document: Any, _version: Any, streams: list[Any]) -> None:
    """Write the structure into a file whose pages are drawn. Replaces WeasyPrint's function of this name.

    RuntimeError when words were marked and no box has them, which would lose them for a screen reader.
    """
    building = Building(document.metadata.lang or "")
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        building.page(number, page._page_box, stream._tags)
    heights = [page.height for page in document.pages]
    write_form(pdf, building.fields.all, heights)
    Writing(pdf).write(building.root, heights)
    building.root.release()


class Writing:
    """The tree as objects of a PDF, in the order of reading."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.pages = pdf.page_references
        self.parents: dict[int, dict[int, bytes]] = {}
        """By page and mark: the element that has it."""
        self.annotations: list[tuple[Annotation, bytes]] = []
        self.named: list[tuple[str, bytes]] = []
        """Elements with a name that others refer to: heads of tables."""
        self.heights: list[float] = []

    def write(self, root: Node, heights: list[float]) -> None:
        """`heights`: of the pages, px."""
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
        """The annotations of a page in the order of reading, also for programs that know no other."""
        places = {annotation.dictionary.reference: at for at, (annotation, _) in enumerate(self.annotations)}
        for page in self.pdf.objects:
            if isinstance(page, pydyf.Dictionary) and page.get("Type") == "/Page" and "Annots" in page:
                page["Annots"].sort(key=lambda reference: places.get(reference, len(places)))

    def _element(self, node: Node, parent: Any) -> None:
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
        kids = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, Node):
                if not kid.kids and kid.role not in ("TD", "TH"):
                    continue  # nothing of it is drawn
                self._element(kid, node.pdf)
                kids.append(kid.pdf.reference)
                self._kids(kid)
            elif isinstance(kid, Annotation):
                kids.append(self._annotation(kid, node))
            else:
                page, number = kid
                kids.append(self._mark(page, number, node))
        node.pdf["K"] = kids
        if finish := _FINISH.get(node.role):
            finish(self, node)

    def _mark(self, page: int, number: int, node: Node) -> Any:
        self.parents.setdefault(page, {})[number] = node.pdf.reference
        if page == node.page:
            return number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self.pages[page], "MCID": number})

    def _annotation(self, kid: Annotation, node: Node) -> Any:
        reference = pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.dictionary.reference, "Pg": self.pages[kid.page]})
        self.annotations.append((kid, node.pdf.reference))
        if node.element is not None and node.role == "Link":
            kid.dictionary["Contents"] = pydyf.String(_text(node.element))
            kid.dictionary["F"] = 4  # it is printed
        return reference

    def _figure(self, node: Node) -> None:
        left, top, right, bottom = (edge * PX for edge in node.attributes["box"])
        height = self.heights[node.page] * PX
        box = pydyf.Array([left, height - bottom, right, height - top])
        node.pdf["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": box})
        node.pdf["Alt"] = pydyf.String(node.element.get("alt"))

    def _cell(self, node: Node) -> None:
        node.pdf["A"] = pydyf.Dictionary({"O": "/Table", **node.attributes})

    def _table(self, node: Node) -> None:
        """Tell each cell which heads are its own."""
        cells = {id(cell.element): cell for cell in _cells(node)}
        names: dict[int, str] = {}
        for element, heads in node.attributes["cells"]:
            found = [cells[id(head)] for head in heads if id(head) in cells]
            cell = cells.get(id(element))
            if cell is None or not found:
                continue
            for head in found:
                if id(head) not in names:
                    names[id(head)] = name = f"{node.pdf.number}-{len(names)}"
                    head.pdf["ID"] = pydyf.String(name)
                    self.named.append((name, head.pdf.reference))
            cell.pdf["A"]["Headers"] = pydyf.Array(pydyf.String(names[id(head)]) for head in found)


_FINISH = {"Figure": Writing._figure, "TH": Writing._cell, "TD": Writing._cell, "Table": Writing._table}


def _cells(node: Node) -> Iterator[Node]:
    for kid in node.kids:
        if isinstance(kid, Node):
            if kid.role in ("TH", "TD"):
                yield kid
            else:
                yield from _cells(kid)


def _text(element: Any) -> str:
    """The words of a link."""
    return " ".join("".join(element.itertext()).split())
