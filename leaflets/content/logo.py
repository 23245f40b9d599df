"""Validation of a clinic's logo by its content: type, size, and no SVG that could harm the typesetter."""

from __future__ import annotations

import hashlib
import io
import math
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from leaflets.base.diagnostics import Diagnostics, Place

MOST_BYTES = 300_000
LEAST_PIXELS, MOST_PIXELS = 200, 2400
"""Pixels of the longer side: fewer print blurred, more only enlarge every file."""
LONGEST = 6
"""Maximum ratio of the longer to the shorter side."""
MOST_ELEMENTS, MOST_DEPTH = 3000, 40
MOST_DRAWN = 100_000
"""Maximum number of drawn elements, counting each use: nested references in a few lines can draw billions."""
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = re.compile(
    "svg|g|defs|symbol|use|path|rect|circle|ellipse|line|polyline|polygon|clipPath|mask|linearGradient|radialGradient|"
    "stop|title|desc|metadata|style"
)
_OUTSIDE = re.compile(r"url\(\s*[\"']?\s*(?!#|[\"'#\s])|@import|\\|javascript:|expression\(", re.IGNORECASE)
_NAMED = re.compile(r"url\(\s*[\"']?#([^\"')]+)")
_NUMBER = re.compile(r"\s*([\d.]+)")
_EXPORT = "export it again as a plain SVG, with text as outlines, or as a PNG"


@dataclass(frozen=True)
class Logo:
    """A printable logo: its bytes, and its width divided by its height."""

    kind: str
    """MIME type."""
    body: bytes
    ratio: float

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


class _RefusedError(Exception):
    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def read_logo(path: Path, place: Place, diagnostics: Diagnostics) -> Logo | None:
    """Read and validate a logo. None after a diagnostic at `place`, the position that names the file."""
    try:
        with path.open("rb") as file:
            body = file.read(MOST_BYTES + 1)
        return _look(body)
    except OSError as error:
        hint = "the path starts at the folder of the file that names it"
        diagnostics.error(place, f"the logo {path} cannot be read: {error.strerror}", "logo", hint)
    except _RefusedError as refused:
        diagnostics.error(place, f"the logo {path.name} {refused}", "logo", refused.hint)
    return None


def _look(body: bytes) -> Logo:
    if len(body) > MOST_BYTES:
        raise _RefusedError(
            f"has more than {MOST_BYTES // 1000} kB",
            f"make it smaller: {MOST_PIXELS // 2} pixels for the longer side are enough",
        )
    if body.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _pixels(body)
    if b"<svg" in body:
        return Logo("image/svg+xml", body, _within(_drawing(body)))
    raise _RefusedError("is neither PNG, JPEG nor SVG, whatever its name says", "save it as one of these")


def _pixels(body: bytes) -> Logo:
    from PIL import Image, ImageFile

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # WeasyPrint turns it on
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # too large a picture is reported below
            picture = Image.open(io.BytesIO(body), formats=("PNG", "JPEG"))
            width, height = picture.size
            if max(width, height) <= MOST_PIXELS:
                picture.load()
    except Exception as error:  # Pillow raises much besides OSError at broken files
        raise _RefusedError(f"is broken: {error}", "save it again") from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    if not LEAST_PIXELS <= max(width, height) <= MOST_PIXELS:
        raise _RefusedError(
            f"has {width} x {height} pixels; the longer side may have {LEAST_PIXELS} to {MOST_PIXELS}",
            "fewer would be blurred on paper, more are of no use; save it in another size",
        )
    kind = "image/png" if picture.format == "PNG" else "image/jpeg"
    return Logo(kind, body, _within(width / height))


def _within(ratio: float) -> float:
    if not 1 / LONGEST <= ratio <= LONGEST:
        raise _RefusedError(f"is more than {LONGEST} times as long as it is high, or as high", "cut it, or use another")
    return ratio


def _drawing(body: bytes) -> float:
    """Width divided by height of an SVG. _RefusedError when it holds more than plain shapes."""
    if b"<!ENTITY" in body or b"\x00" in body:
        raise _RefusedError("is an SVG with entities, or not in UTF-8", _EXPORT)
    try:
        root = _checked(body)
    except ElementTree.ParseError as error:
        raise _RefusedError(f"is broken: {error}", "export it again") from error
    if root is None or root.tag != f"{_SVG}svg":
        raise _RefusedError("is no SVG: it does not begin with <svg xmlns=…>", _EXPORT)
    if _drawn(root) > MOST_DRAWN:
        raise _RefusedError("is an SVG that draws its parts again and again", _EXPORT)
    box = [float(part) for part in re.findall(r"-?[\d.]+", root.get("viewBox", ""))]
    sides = box[2:] or [float(found[1]) for key in ("width", "height") if (found := _NUMBER.match(root.get(key, "")))]
    if len(sides) != 2 or min(sides) <= 0:
        raise _RefusedError("is an SVG without a size: it has no viewBox", _EXPORT)
    return sides[0] / sides[1]


def _checked(body: bytes) -> Any:
    """Parse an SVG, checking each element; returns the root element."""
    root, depth = None, 0
    for count, (event, element) in enumerate(ElementTree.iterparse(io.BytesIO(body), ("start", "end")), 1):
        depth += 1 if event == "start" else -1
        if event == "start":
            root = element if root is None else root
            if count > 2 * MOST_ELEMENTS or depth > MOST_DEPTH:
                raise _RefusedError(
                    f"is an SVG of more than {MOST_ELEMENTS} elements, or {MOST_DEPTH} inside each other",
                    "make it simpler, or save it as a PNG",
                )
        elif bad := next(_faults(element), ""):
            raise _RefusedError(f"is an SVG with {bad}", _EXPORT)
    return root


def _drawn(root: Any) -> float:
    """Number of drawn elements when every reference is followed; infinite if references form a cycle."""
    known = {name: element for element in root.iter() if (name := element.get("id"))}
    counted: dict[Any, float] = {}

    def count(element: Any, inside: frozenset[Any]) -> float:
        if element in inside or len(inside) > 2 * MOST_DEPTH:
            return math.inf
        if element not in counted:
            parts = [*element, *(known[name] for name in _names(element) if name in known)]
            counted[element] = 1 + sum(count(part, inside | {element}) for part in parts)
        return counted[element]

    return count(root, frozenset())


def _names(element: Any) -> Iterator[str]:
    """Ids to which an element refers."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].lower() == "href":
            yield value.removeprefix("#")
        yield from _NAMED.findall(value)


def _faults(element: Any) -> Iterator[str]:
    """Forbidden content of an element: scripts, text (which needs fonts), pictures, references outside the file."""
    tag = str(element.tag)
    name = tag.removeprefix(_SVG)
    if name != tag and not _DRAWN.fullmatch(name):
        yield f"<{name}>"
    if name == "style" and _OUTSIDE.search(element.text or ""):
        yield "a style that names something outside"
    for key, value in element.attrib.items():
        local = key.rpartition("}")[2].lower()
        if local.startswith("on"):
            yield f"a script ({local})"
        if (local == "href" and not value.startswith("#")) or (local != "d" and _OUTSIDE.search(value)):
            yield f"something from outside ({local})"
