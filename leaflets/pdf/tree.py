"""The structure of a file (ISO 32000-1, 14.7), built from WeasyPrint's laid-out boxes: one element of the HTML is one
element of the structure, on however many pages it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf

from leaflets.pdf.acroform import write_form
from leaflets.pdf.fields import Fields
from leaflets.pdf.headers import header_cells
from leaflets.pdf.tagging import apart, in_element, said, spoken

ROLES = {
    "main": "Part", "section": "Sect", "figure": "Div", "p": "P", "figcaption": "Caption", "img": "Figure", "a": "Link",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6", "ul": "L", "ol": "L", "li": "LI",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD",
}  # fmt: skip
"""HTML element -> structure type (14.8.4). What is not named here (div, span, strong) leaves no element of its own,
unless it changes the language or is a measured part of the page."""
GROUPS = frozenset(("Document", "Part", "Sect", "Div"))
"""What holds blocks, not words: words that stand in one get a paragraph."""
PX = 0.75
"""pt."""


@dataclass
class Node:
    """An element of the structure. `kids`: nodes, marks (page, number) and annotations (page, dictionary)."""

    role: str
    parent: Node | None
    page: int
    element: Any = None
    lang: str = ""
    text: str = ""
    """ActualText."""
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Any] = field(default_factory=list)
    body: Node | None = None
    """Of a point of a list: what holds its words. Of a group: the paragraph for words of its own."""
    pdf: Any = None

    def add(self, role: str, page: int, element: Any = None) -> Node:
        node = Node(role, self, page, element, self.lang)
        self.kids.append(node)
        return node

    def release(self) -> None:
        """Let go of all below, so that memory is free at once (why: `Draft.release`). It is not used any more."""
        for kid in self.kids:
            if isinstance(kid, Node):
                kid.parent = None
                kid.release()
        self.kids.clear()
        self.body = None


@dataclass(frozen=True)
class Annotation:
    """A link or a field on a page."""

    page: int
    dictionary: Any


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


class Building:
    """The tree as it grows from page to page."""

    def __init__(self, lang: str) -> None:
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.absolute import AbsolutePlaceholder

        self.boxes, self.placeholder = boxes, AbsolutePlaceholder
        self.root = Node("Document", None, 0, lang=lang)
        self.nodes: dict[int, Node] = {}
        """By the HTML element; those that leave no element have the node they stand in."""
        self.number, self.marks = 0, dict[Any, Any]()
        self.before: dict[int, Any] = {}
        """By node: the words that came last in it."""
        self.fields = Fields()

    def page(self, number: int, page_box: Any, marks: dict[Any, Any]) -> None:
        """Take in the boxes of a page with the marks of its words."""
        self.number, self.marks = number, marks
        for child in page_box.children:
            if not isinstance(child, self.boxes.MarginBox):
                self._box(child, self.root)
        if marks:
            lost = [getattr(box, "text", "a picture") for box in marks]
            raise RuntimeError(f"page {number + 1}: {lost[:3]} would be lost for a screen reader")

    def _box(self, box: Any, node: Node) -> None:
        if box.__class__ is self.placeholder:
            box = box._box
        if isinstance(box, self.boxes.TextBox):
            self._words(box, node)
            return
        if "furniture" in box.__dict__:
            return
        element, kind = box.element, ""
        if element is not None and not isinstance(box, self.boxes.LineBox):
            if box.element_tag == element.tag:
                node = self._node(element, node, box)
                kind = element.get("data-field", "")
            elif box.element_tag == "li::marker":
                node = self._label(node)
        if isinstance(box, self.boxes.ReplacedBox):
            self._picture(box, node)
        if box.link_annotation is not None and node.role == "Link":
            node.kids.append(Annotation(self.number, box.link_annotation))
        if kind == "tick":
            self._fields(box, node)
        for child in getattr(box, "children", ()):
            self._box(child, node)
        if kind and kind != "tick":
            self._fields(box, node)

    def _fields(self, box: Any, node: Node) -> None:
        """What can be filled in, each field an element with its annotation."""
        for field_ in self.fields.read(box, box.element, self.number):
            holder = node.add("P", self.number) if node.role in GROUPS else node
            holder.add("Form", self.number).kids.append(Annotation(self.number, field_.dictionary))

    def _node(self, element: Any, parent: Node, box: Any) -> Node:
        """The node of an HTML element, which may have begun on an earlier page."""
        found = self.nodes.get(id(element))
        if found is not None:
            return found
        lang = element.get("lang", parent.lang)
        role = ROLES.get(element.tag, "")
        if element.tag == "div" and "data-measure" in element.attrib:
            role = "Div"
        aside = element.tag == "span" and box.is_floated()
        if not role and (lang != parent.lang or aside):
            role = "Span" if element.tag in ("span", "strong", "em") else "Div"  # of a pack: a leaflet in its language
        if role and not (role == "Figure" and element.get("alt") == ""):
            node = parent.add(role, self.number, element)
            node.lang = lang
            if aside:  # nothing but the white beside it tells its words from the next
                node.text = f"{spoken(box)} "
            node = self._prepared(node, box)
        else:
            node = parent
        self.nodes[id(element)] = node
        return node

    def _prepared(self, node: Node, box: Any) -> Node:
        """A new node with what belongs to its kind; of a point of a list, the body that its words go to."""
        element = node.element
        if node.role == "LI":
            node.body = node.add("LBody", self.number)
            return node.body
        if node.role == "Table":
            node.attributes["cells"] = header_cells(element)
        elif node.role in ("TH", "TD"):
            spans = {"ColSpan": int(element.get("colspan", 1)), "RowSpan": int(element.get("rowspan", 1))}
            node.attributes |= {name: count for name, count in spans.items() if count > 1}
            if node.role == "TH":
                node.attributes["Scope"] = "/Row" if element.get("scope") in ("row", "rowgroup") else "/Column"
        elif node.role == "Figure":
            x, y = box.content_box_x(), box.content_box_y()
            node.attributes["box"] = (x, y, x + box.width, y + box.height)
        return node

    def _label(self, body: Node) -> Node:
        """The label of a point: its bullet or number, before its words."""
        point = body.parent
        assert point is not None, "a marker stands in a point of a list"
        label = Node("Lbl", point, self.number, lang=point.lang)
        point.kids.insert(0, label)
        return label

    def _words(self, box: Any, node: Node) -> None:
        mark = self.marks.pop(box, None)
        if mark is None:
            return  # furniture, or nothing was drawn
        if node.role in GROUPS:
            if node.body is None or node.kids[-1] is not node.body:
                node.body = node.add("P", self.number)
            node = node.body
        text = in_element(box)
        if apart(self.before.get(id(node)), box):
            text = f" {said(box)}"
        self.before[id(node)] = box
        if text and not node.text:
            node = node.add("Span", self.number)
            node.text = text
        node.kids.append((self.number, mark["mcid"]))

    def _picture(self, box: Any, node: Node) -> None:
        mark = self.marks.pop(box, None)
        if mark is not None:
            node.kids.append((self.number, mark["mcid"]))


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
