"""Accessibility rules for HTML and style sheets: what a screen reader needs in the finished file.

WeasyPrint 70 writes some of it wrong, which `pdf/tags/structure.py` corrects; the rules apply all the same, since web
pages and a later typesetter use the same templates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import tinyhtml5

from leaflets.html.parse import read

_BLOCKS = frozenset(
    ("p", "div", "section", "figure", "table", "main", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "form")
)
_HEADING = re.compile("h([1-6])")
_FILE_NAME = re.compile(r"\.(svg|png|jpe?g|gif|webp)\b|^asset:", re.IGNORECASE)
_SCOPES = frozenset(("row", "col", "rowgroup", "colgroup"))
_POINTS_TO = ("for", "headers", "aria-labelledby", "aria-describedby", "data-section")
_SVG = "{http://www.w3.org/2000/svg}"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class AccessibilityFault:
    """A fault for screen readers, with a hint. `line`: in a style sheet, from 1; 0 for HTML."""

    rule: str
    message: str
    hint: str
    line: int = 0


@dataclass(frozen=True)
class _StyleRule:
    id: str
    pattern: re.Pattern[str]
    hint: str


def _declared(name: str, value: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){name}\s*:\s*+{value}", re.IGNORECASE)


STYLE_RULES = (
    _StyleRule("opacity", _declared("opacity", r"(?!1(\.0*)?\s*[;}!])"), "a lighter colour; words in it are lost"),
    _StyleRule("leader", re.compile(r"leader\s*\("), "a dotted border; each dot would be read out"),
    _StyleRule("grid", _declared("display", r"(inline-)?grid"), "tables, floats or flex; a grid is not mirrored"),
    _StyleRule("order", _declared("order", r"-?\d"), "another order in the HTML; it is read as it stands there"),
    _StyleRule("fixed", _declared("position", "fixed"), "a margin box of @page; it would be read on every page"),
    _StyleRule("first-letter", re.compile("::?first-letter"), "leave it out; the first word falls in two"),
    _StyleRule("hyphens", _declared("hyphens", "auto"), "manual; hyphens get into the words"),
    _StyleRule("italic", _declared("font-style", "(italic|oblique)"), "bold; slanted letters are hard to read"),
    _StyleRule("justified", _declared("text-align", "justify"), "start; gaps between words are hard to read"),
    _StyleRule("capitals", _declared("text-transform", "uppercase"), "small letters, which are easier to read"),
)
"""Declarations that style sheets for paper must not have: docs/standards.md, “Print”."""


def lint_style(sheet: str) -> Iterator[AccessibilityFault]:
    """Find forbidden declarations in a style sheet."""
    bare = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), sheet)
    for rule in STYLE_RULES:
        for found in rule.pattern.finditer(bare):
            line = bare.count("\n", 0, found.start()) + 1
            yield AccessibilityFault(
                rule.id, f"“{found[0].strip()}” is not for leaflets", f"instead: {rule.hint}", line
            )


def lint_html(text: str) -> list[AccessibilityFault]:
    """Find accessibility faults in the HTML of a leaflet, each once."""
    root = read(text)
    if root is None:  # it needs an HTML parser
        root = tinyhtml5.parse(text, namespace_html_elements=False)
    return list(dict.fromkeys(fault for rule in HTML_RULES for fault in rule(root)))


def is_file_name(alt: str) -> bool:
    """Whether an alternative text is a file's name."""
    return bool(_FILE_NAME.search(alt))


def _words(element: Any) -> str:
    said = " ".join("".join(element.itertext()).split())
    return f"“{said[:40]}”"


def _points(root: Any) -> Iterator[AccessibilityFault]:
    for item in root.iter("li"):
        for child in item:
            if child.tag in _BLOCKS:
                yield AccessibilityFault(
                    "block-in-li", f"<{child.tag}> in a point: {_words(item)}", "only words and <br> in <li>"
                )


def _links(root: Any) -> Iterator[AccessibilityFault]:
    for link in root.iter("a"):
        if len(link):
            yield AccessibilityFault(
                "element-in-link", f"<{link[0].tag}> in a link: {_words(link)}", "put it round the link"
            )
        if not "".join(link.itertext()).strip():
            yield AccessibilityFault("empty-link", f"a link to {link.get('href')} has no words", "say where it leads")


def _directions(root: Any) -> Iterator[AccessibilityFault]:
    for element in root.iter():
        if element.tag == "bdi" or element.get("dir") == "auto":
            yield AccessibilityFault(
                "bdi", f"<{element.tag}> without a direction: {_words(element)}", "write dir=ltr or dir=rtl"
            )


def _pictures(root: Any) -> Iterator[AccessibilityFault]:
    for image in root.iter("img"):
        alt = image.get("alt")
        name = f"the picture {str(image.get('src'))[:60]}"
        if not alt:
            yield AccessibilityFault(
                "alt", f"{name} has no alternative text", "say what it shows; an ornament is a CSS background"
            )
        elif is_file_name(alt):
            yield AccessibilityFault(
                "alt", f"{name}: its alternative text “{alt}” is a file's name", "say what it shows"
            )
    for drawing in root.iter(f"{_SVG}svg"):
        if drawing.get("aria-hidden") != "true" and drawing.find(f"{_SVG}title") is None:
            yield AccessibilityFault(
                "alt", "an <svg> has no <title>", "say what it shows, or aria-hidden=true for an ornament"
            )


def _headings(root: Any) -> Iterator[AccessibilityFault]:
    headings = [element for element in root.iter() if isinstance(element.tag, str) and _HEADING.fullmatch(element.tag)]
    levels = [int(heading.tag[1]) for heading in headings]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield AccessibilityFault(
            "headings", "the first heading is not the only <h1>", "the title is <h1>, and no other"
        )
    for before, heading in pairwise(headings):
        if int(heading.tag[1]) > int(before.tag[1]) + 1:
            yield AccessibilityFault(
                "headings", f"<{heading.tag}> {_words(heading)} follows <{before.tag}>", "leave no level out"
            )


def _tables(root: Any) -> Iterator[AccessibilityFault]:
    for table in root.iter("table"):
        if next(table.iter("th"), None) is None:
            yield AccessibilityFault(
                "table", f"a table without <th>: {_words(table)}", "cells are read with their heads"
            )
        for head in table.iter("th"):
            if head.get("scope") not in _SCOPES:
                yield AccessibilityFault("table", f"<th> without scope: {_words(head)}", "scope=row or scope=col")
    for listing in root.iter("dl"):
        if any(child.tag == "div" for child in listing):
            yield AccessibilityFault("table", f"<div> in <dl>: {_words(listing)}", "only <dt> and <dd> in <dl>")


def _names(root: Any) -> Iterator[AccessibilityFault]:
    names: set[str] = set()
    for element in root.iter():
        name = element.get("id")
        if name in names:
            yield AccessibilityFault("id", f"id=“{name}” twice", "give each a name of its own")
        names |= {name} if name else set()
    for element in root.iter():
        for key in _POINTS_TO:
            for name in (element.get(key) or "").split():
                if name.lstrip("#") not in names:
                    yield AccessibilityFault("id", f"{key}=“{name}” points nowhere", "there is no element with this id")


def _languages(root: Any) -> Iterator[AccessibilityFault]:
    if not root.get("lang"):
        yield AccessibilityFault("lang", "<html> has no lang", "a screen reader chooses its voice by it")


HTML_RULES: tuple[Callable[[Any], Iterator[AccessibilityFault]], ...] = (
    _points, _links, _directions, _pictures, _headings, _tables, _names, _languages,
)  # fmt: skip
