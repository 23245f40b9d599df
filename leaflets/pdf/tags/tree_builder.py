"""Builder of the structure tree from WeasyPrint's laid-out boxes."""

from __future__ import annotations

from typing import Any

from leaflets.pdf.forms.fields import FieldReader, element_words
from leaflets.pdf.tags.nodes import GROUPS, ROLES, Annotation, Node
from leaflets.pdf.tags.pauses import ENDS
from leaflets.pdf.tags.spoken_text import box_text, element_text, needs_blank
from leaflets.pdf.tags.table_headers import header_cells


class TreeBuilder:
    """The structure tree while pages are added. `lang`: locale tag of the document."""

    def __init__(self, lang: str) -> None:
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.absolute import AbsolutePlaceholder

        self.boxes, self.placeholder = boxes, AbsolutePlaceholder
        self.root = Node("Document", None, 0, lang=lang)
        self.nodes: dict[int, Node] = {}
        """Id of an HTML element -> its node; of an element without one, the node that its content goes to."""
        self.number, self.tags = 0, dict[Any, Any]()
        """Number of the page, from 0, and its tagged boxes, as in `Stream._tags`, that have no node yet."""
        self.before: dict[int, Any] = {}
        """Id of a node -> the last text box added to it."""
        self.fields = FieldReader()
        self.call = "{number}"
        """Description of a link that dials, with its number."""
        self.words: dict[tuple[int, int], str] = {}
        """Text of each marked content, by page and MCID."""

    def add_page(self, number: int, page_box: Any, tags: dict[Any, Any]) -> None:
        """Add the boxes of a page. `tags`: box -> its marked content; emptied here. RuntimeError when no box takes
        one."""
        self.number, self.tags = number, tags
        for child in page_box.children:
            if not isinstance(child, self.boxes.MarginBox):
                self._box(child, self.root)
        if tags:
            lost = [getattr(box, "text", "a picture") for box in tags]
            raise RuntimeError(f"page {number + 1}: {lost[:3]} would be lost for a screen reader")

    def _box(self, box: Any, node: Node) -> None:
        """Add a box and all boxes in it to the tree, below `node`."""
        if box.__class__ is self.placeholder:
            box = box._box
        if isinstance(box, self.boxes.TextBox):
            self._text(box, node)
            return
        if "artifact" in box.__dict__:
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
        """Add the form fields of a box, each as a Form element with its annotation (PDF/UA-1, 7.18.4)."""
        for field_ in self.fields.read(box, box.element, self.number):
            holder = node.add("P", self.number) if node.role in GROUPS else node
            holder.add("Form", self.number).kids.append(Annotation(self.number, field_.dictionary))

    def _node(self, element: Any, parent: Node, box: Any) -> Node:
        """The node of an HTML element; it is made when the first box of the element is met, maybe on an earlier
        page."""
        known = self.nodes.get(id(element))
        if known is not None:
            return known
        if element.tag == "html":
            self.call = element.get("data-call", self.call)
        if element.get("class") == "n" and parent.role == "LBody" and not parent.kids:
            node = self.nodes[id(element)] = self._label(parent)  # a number that is text, and no marker
            return node
        lang = element.get("lang", parent.lang)
        role = ROLES.get(element.tag, "")
        if element.tag == "div" and not element.attrib.keys().isdisjoint(("data-measure", "data-group")):
            role = "Div"
        aside = element.tag == "span" and box.is_floated()
        if not role and (lang != parent.lang or aside):
            role = "Span" if element.tag in ("span", "strong", "em") else "Div"  # Div: a leaflet of a pack
        if role and not (role == "Figure" and element.get("alt") == ""):
            node = parent.add(role, self.number, element)
            node.lang = lang
            if aside:  # no blank but only white space on the page follows a float
                node.attributes["aside"] = ". " if element.get("class") == "n" else " "
            node = self._prepared(node, box)
        else:
            node = parent
        self.nodes[id(element)] = node
        return node

    def _prepared(self, node: Node, box: Any) -> Node:
        """Add the attributes of its structure type to a new node. Returns the node that its words go to: of a list
        item, its LBody."""
        element = node.element
        if node.role == "LI":
            node.body = node.add("LBody", self.number)
            return node.body
        if node.role == "Table":
            node.attributes["cells"] = header_cells(element)
        elif node.role == "Link":
            node.attributes["contents"] = self._link_words(element)
        elif node.role in ("TH", "TD"):
            spans = {"ColSpan": int(element.get("colspan", 1)), "RowSpan": int(element.get("rowspan", 1))}
            node.attributes |= {name: count for name, count in spans.items() if count > 1}
            if node.role == "TH":
                node.attributes["Scope"] = "/Row" if element.get("scope") in ("row", "rowgroup") else "/Column"
        elif node.role == "Figure":
            x, y = box.content_box_x(), box.content_box_y()
            node.attributes["box"] = (x, y, x + box.width, y + box.height)
        return node

    def _link_words(self, element: Any) -> str:
        """Description of a link (PDF/UA-1, 7.18.5): its words, of a telephone number with what to do with it."""
        words = element_words(element)
        return self.call.format(number=words) if element.get("href", "").startswith("tel:") else words

    def _label(self, body: Node) -> Node:
        """Add the label of a list item, for its bullet or number, before its LBody."""
        item = body.parent
        assert item is not None, "a marker stands in a list item"
        label = Node("Lbl", item, self.number, lang=item.lang)
        item.kids.insert(0, label)
        return label

    def _text(self, box: Any, node: Node) -> None:
        """Add the marked content of a text box, in a Span with ActualText where that is needed."""
        tag = self.tags.pop(box, None)
        if tag is None:
            return  # an artifact, or nothing was drawn
        if node.role in GROUPS:
            if node.body is None or node.kids[-1] is not node.body:
                node.body = node.add("P", self.number)
            node = node.body
        block = node  # a link may end where a line does
        while block.role in ("Link", "Span") and block.parent is not None:
            block = block.parent
        text = element_text(box)
        if pause := self._pause(box, node):
            text = box_text(box).rstrip() + pause
        elif needs_blank(self.before.get(id(block)), box):
            text = f" {box_text(box)}"
        self.before[id(block)] = box
        if text and not node.text:
            node = node.add("Span", self.number)
            node.text = text
        self.words[self.number, tag["mcid"]] = box_text(box)
        node.kids.append((self.number, tag["mcid"]))

    def _pause(self, box: Any, node: Node) -> str:
        """What is heard after the words of a box and is not printed: a blank after a number that hangs in the column,
        a colon between the title of a step and its words; empty: nothing."""
        aside = next((it.attributes["aside"] for it in (node, node.parent) if it and "aside" in it.attributes), "")
        if aside or "continues" in box.pango_layout.__dict__:
            return aside
        titled = box.element is not None and "data-pause" in box.element.attrib
        return ": " if titled and not box_text(box).rstrip().endswith(ENDS) else ""

    def _picture(self, box: Any, node: Node) -> None:
        """Add the marked content of a picture."""
        tag = self.tags.pop(box, None)
        if tag is not None:
            node.kids.append((self.number, tag["mcid"]))
