"""Parser of a leaflet's web page: the elements with its words, without those that only work on a screen.

Pages come from the project's templates and are parsed by the HTML standard (tinyhtml5). Every other format starts here,
so all have the same words in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

NOT_WORDS = frozenset(
    {"script", "style", "template", "noscript", "nav", "button", "link", "meta", "dialog", "colgroup"}
)
"""Elements that are removed with their contents."""
NOT_CLASSES = frozenset({"skip", "contents", "pointer", "fill", "unseen"})
"""Classes of elements that are removed with their contents: navigation, instructions for filling in on screen, hidden
names of tables."""
FLOW = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend"),
        *("li", "main", "ol", "p", "section", "summary", "table", "ul"),
    }
)
"""Block-level elements, which begin a line."""
_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL)
"""Style elements, removed before parsing: they contain whole fonts."""
SVG = "{http://www.w3.org/2000/svg}"


def main_of(page: str) -> Element:
    """The `main` element of a page (its `body`, if it has none) without elements for the screen alone.

    Form fields become what paper has: boxes, lines, numbers to circle. `lang` and `dir` are those of the document. The
    line that identifies the leaflet comes first, wherever it is in the page.
    """
    import tinyhtml5

    root: Element = tinyhtml5.parse(_STYLE.sub("", page), namespace_html_elements=False)
    found = root.find(".//main")
    if found is None:
        found = root.find("body")
    assert found is not None, "a parsed page always has a body"
    found.tail = None
    for name, default in (("lang", "en"), ("dir", "ltr")):
        found.set(name, found.get(name) or root.get(name) or default)
    marker = root.find(".//p[@class='marker']")
    if marker is not None and marker not in list(found.iter()):
        marker.tail, found.text = found.text, ""
        found.insert(0, marker)
    if marker is not None:
        _apart(marker)
    _clean(found)
    _on_paper(found)
    for child in found:
        _turned(child, found.get("dir", ""))
    return found


def _clean(parent: Element) -> None:
    """Remove the elements below `parent` that are no part of the leaflet; the text after them stays."""
    before: Element | None = None
    for child in list(parent):
        if _left_out(child):
            _remove(parent, before, child)
            continue
        if not child.tag.startswith(SVG):
            _clean(child)
        before = child


def _apart(marker: Element) -> None:
    """Put dots between the parts of the line that identifies the leaflet; on paper and screen only space separates
    them."""
    parts = list(marker)
    for part, following in pairwise(parts):
        if not "".join(following.itertext()).lstrip().startswith("·"):
            part.tail = " · "


def _on_paper(element: Element) -> None:
    """Replace form fields by what paper has in their place; `.blank` and `.lines` are lines to write on."""
    for child in list(element):
        if child.get("role") == "radiogroup":
            numbers = [" ".join("".join(label.itertext()).split()) for label in child.findall("label")]
            child.text = " ".join(number for number in numbers if number)
            _become(child, "p", {"class": "scale", **({"dir": child.attrib["dir"]} if "dir" in child.attrib else {})})
        elif child.tag == "textarea":
            child.text = None
            _become(child, "div", {"class": "lines"})
        elif child.tag == "input" and child.get("type") != "checkbox":
            _become(child, "span", {"class": "blank"})
        else:
            _on_paper(child)


def _become(element: Element, tag: str, attributes: dict[str, str]) -> None:
    text, tail = element.text, element.tail
    element.clear()
    element.tag, element.text, element.tail = tag, text, tail
    element.attrib.update(attributes)


def _turned(element: Element, around: str) -> None:
    """Remove `dir` attributes that do not change the direction `around` the element."""
    direction = element.get("dir", around)
    if direction == around:
        element.attrib.pop("dir", None)
    for child in element:
        _turned(child, direction)


def _left_out(element: Element) -> bool:
    if not isinstance(element.tag, str):  # a comment
        return True
    hidden = element.get("hidden") is not None or element.get("type") in ("hidden", "submit", "button", "reset")
    return element.tag in NOT_WORDS or hidden or bool(NOT_CLASSES & classes(element))


def _remove(parent: Element, before: Element | None, child: Element) -> None:
    if child.tail and before is None:
        parent.text = (parent.text or "") + child.tail
    elif child.tail and before is not None:
        before.tail = (before.tail or "") + child.tail
    parent.remove(child)


def classes(element: Element) -> frozenset[str]:
    """The CSS classes of an element."""
    return frozenset((element.get("class") or "").split())


def flows(element: Element) -> bool:
    """Whether an element is block-level, so begins a line."""
    return element.tag in FLOW


def holds_flow(element: Element) -> bool:
    """Whether an element has block-level descendants."""
    return any(flows(child) for child in element.iter() if child is not element)


def named(element: Element) -> str:
    """The alternative text of an image or SVG, with single spaces; empty for decoration."""
    if element.get("aria-hidden") == "true" or element.get("role") in ("presentation", "none"):
        return ""
    title = element.findtext(f"{SVG}title") or ""
    return " ".join((element.get("alt") or element.get("aria-label") or title).split())


def backgrounds(element: Element) -> Iterator[str]:
    """Addresses of the pictures in the style attribute of an element."""
    for match in re.finditer(r"url\(\s*([\"']?)(.*?)\1\s*\)", element.get("style") or ""):
        yield match[2]
