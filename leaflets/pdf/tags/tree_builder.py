"""Builds the structure tree from WeasyPrint's laid-out boxes."""

from __future__ import annotations

from typing import Any

from leaflets.pdf.forms.fields import Fields
from leaflets.pdf.tags.nodes import GROUPS, ROLES, Annotation, Node
from leaflets.pdf.tags.spoken_text import apart, in_element, said, spoken
from leaflets.pdf.tags.table_headers import header_cells


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
        """Add a box and all in it to the tree, below `node`."""
        if box.__class__ is self.placeholder:
            box = box._box
        if isinstance(box, self.boxes.TextBox):
            self._words(box, node)
            return
        if "furniture" in box.__dict__:
            return
        node, kind = self._box_node(box, node)
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

    def _box_node(self, box: Any, node: Node) -> tuple[Node, str]:
        """Node that the content of a box goes to, and the kind of form field that the box is (empty: none)."""
        element = box.element
        if element is None or isinstance(box, self.boxes.LineBox):
            return node, ""
        if box.element_tag == element.tag:
            return self._node(element, node, box), element.get("data-field", "")
        if box.element_tag == "li::marker":
            return self._label(node), ""
        return node, ""

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
