"""Fast HTML parser for the shipped templates: the C parser of `xml.etree`, where it gives the same tree as HTML's
rules.

It accepts only markup that means the same in XML: known elements, allowed nesting, no omitted tags. Anything else, such
as a user's own template may contain, is left to an HTML parser.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

_SHELL = re.compile(r"\s*<!doctype html>\s*(<html [^\r]*</html>)(\s*)", re.DOTALL)
_VOID = re.compile(r"<(meta|br|img|col)((?: [a-z-]+=\"[^\"<>]*\")*)>")
_FOREIGN = re.compile(r"/>|<[!?]|&#(?!3[49];)|=\s*'|=\"[^\"<>]*[\n\t]")
"""Syntax that XML and HTML parse differently."""

_INLINE = frozenset(("span", "strong", "em", "br", "img", "a"))
_FLOW = _INLINE | {"p", "h1", "h2", "h3", "h4", "div", "main", "section", "ul", "ol", "figure", "figcaption", "table"}
_ROWS = frozenset(("tr",))
_NOTHING: frozenset[str] = frozenset()
_MAY_HOLD = {
    "html": frozenset(("head", "body")),
    "head": frozenset(("meta", "title")),
    **dict.fromkeys(("body", "main", "section", "div", "li", "figure", "figcaption", "td", "th"), _FLOW),
    **dict.fromkeys(("p", "h1", "h2", "h3", "h4", "span", "strong", "em"), _INLINE),
    "a": _INLINE - {"a"},
    **dict.fromkeys(("ul", "ol"), frozenset(("li",))),
    "table": frozenset(("colgroup", "thead", "tbody")),
    "colgroup": frozenset(("col",)),
    **dict.fromkeys(("thead", "tbody"), _ROWS),
    "tr": frozenset(("th", "td")),
    **dict.fromkeys(("meta", "title", "br", "img", "col"), _NOTHING),
}
_WORDLESS = frozenset(("html", "head", "table", "colgroup", "thead", "tbody", "tr", "meta", "br", "img", "col"))


def read(text: str) -> Any:
    """Element tree of a leaflet's HTML; None when only an HTML parser can read it."""
    shell = _SHELL.fullmatch(text)
    if shell is None or _FOREIGN.search(shell[1]):
        return None
    try:
        root = ElementTree.fromstring(_VOID.sub(r"<\1\2/>", shell[1]))
    except ElementTree.ParseError:
        return None
    if [child.tag for child in root] != ["head", "body"] or not _plain(root):
        return None
    _, body = root
    root.text = None  # HTML moves white space before <head> and after <body>
    after, body.tail = (body.tail or "") + shell[2], None
    if len(body):
        body[-1].tail = (body[-1].tail or "") + after
    else:
        body.text = (body.text or "") + after
    return root


def _plain(element: Any) -> bool:
    """True if the nesting in an element is allowed, so that an HTML parser would neither move nor close anything."""
    may_hold = _MAY_HOLD[element.tag]
    if element.tag in _WORDLESS and any(words and not words.isspace() for words in _words(element)):
        return False
    if any("{" in name or not name.islower() for name in element.attrib):
        return False
    return all(child.tag in may_hold and _plain(child) for child in element)


def _words(element: Any) -> list[str | None]:
    return [element.text, *(child.tail for child in element)]
