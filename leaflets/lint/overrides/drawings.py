"""Drawings (SVG) of a user's project: whether they can be drawn, told with the file and line, for paper and screens."""

from __future__ import annotations

import re
from pathlib import Path
from xml.parsers import expat

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.project import Project
from leaflets.lint.overrides.style_sheets import check_regular, own_files

FOLDER = "assets"
MOST_BYTES = 1_000_000
MOST_DEPTH = 100
"""Most elements that stand inside each other: the typesetter draws each inside the one around it."""
EXPORT = "export it again as a plain SVG, with text as outlines"
FORBIDDEN = {
    "script": "a script",
    "foreignObject": "a foreign object",
    "image": "an embedded picture",
    "text": "text, which needs a font",
    "iframe": "a frame",
    "animate": "an animation",
    "animateTransform": "an animation",
    "set": "an animation",
}
"""Element -> what a drawing may not hold: nothing runs, loads, moves, or depends on a font."""
_OUTSIDE = re.compile(r"(?:https?:|file:|//|javascript:|data:(?!image/))", re.IGNORECASE)
_LOADS = re.compile(r"url\(\s*[\"']?\s*(?!#|[\"'#\s])", re.IGNORECASE)
_PATH = re.compile(r"[MmZzLlHhVvCcSsQqTtAa0-9eE+.,\s-]*\Z")
_CLOSED_BY = re.compile(r"[Zz]\s*[0-9.+-]")


def check_drawings(project: Project, diagnostics: Diagnostics) -> None:
    """Report the drawings of the user's own `assets/` that cannot be drawn."""
    check_regular(project, FOLDER, ".svg", diagnostics)
    for name in own_files(project, FOLDER, ".svg"):
        path = project.find(f"{FOLDER}/{name}")
        if path is not None:
            _check(path, project.shown(f"{FOLDER}/{name}"), diagnostics)


def _check(path: Path, shown: str, diagnostics: Diagnostics) -> None:
    try:
        large = path.stat().st_size > MOST_BYTES
        body = b"" if large else path.read_bytes()
    except OSError as error:
        diagnostics.error(Place(shown), f"the file cannot be read: {error.strerror}", "unreadable")
        return
    if large:
        diagnostics.error(Place(shown), f"a drawing has at most {MOST_BYTES // 1000} kB", "drawing", EXPORT)
        return
    _Reading(shown, diagnostics).read(body)


class _Reading:
    """One reading of a drawing, element by element, with the position of each."""

    def __init__(self, shown: str, diagnostics: Diagnostics) -> None:
        self.shown, self.diagnostics = shown, diagnostics
        self.begun, self.depth = False, 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.element
        self.parser.EndElementHandler = self.end
        self.parser.EntityDeclHandler = lambda *_: self.report("a drawing may not define entities")

    def read(self, body: bytes) -> None:
        try:
            self.parser.Parse(body, True)
        except expat.ExpatError as error:
            said = expat.errors.messages.get(error.code, "it is not XML")
            place = Place(self.shown, error.lineno, error.offset + 1)
            self.diagnostics.error(place, f"this is not SVG that can be drawn: {said}", "drawing", EXPORT)

    def report(self, message: str) -> None:
        place = Place(self.shown, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        self.diagnostics.error(place, message, "drawing", EXPORT)

    def end(self, _name: str) -> None:
        self.depth -= 1

    def element(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == MOST_DEPTH + 1:
            self.report(f"more than {MOST_DEPTH} elements stand inside each other")
        local = name.rpartition(" ")[2]
        if not self.begun and local != "svg":
            self.report(f"this is no SVG drawing: it begins with <{local}>")
        self.begun = True
        if local in FORBIDDEN:
            self.report(f"a drawing may not hold {FORBIDDEN[local]} (<{local}>)")
        for key, value in attributes.items():
            self.attribute(key.rpartition(" ")[2], value)

    def attribute(self, name: str, value: str) -> None:
        if name.startswith("on"):
            self.report(f"a drawing may not hold a script ({name})")
        elif (name in ("href", "src") and _OUTSIDE.match(value.strip())) or _LOADS.search(value):
            self.report(f"a drawing may not load “{value[:60]}”")
        elif name == "d" and (not _PATH.match(value) or _CLOSED_BY.search(value)):
            self.report("the path (d) holds what is no command of a path")
