"""What may be in a clinic's logo: type, size, and no SVG that could harm the typesetter."""

from __future__ import annotations

import io
import math
import re
import warnings
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from leaflets.base.reader_limits import READERS
from leaflets.content.logo import Logo, LogoRefusal

LIMITS = READERS["logo"]
LEAST_PIXELS, MOST_PIXELS = 200, 2400
"""Pixels of the longer side: fewer print blurred, more only enlarge every file."""
LONGEST = 6
"""Maximum ratio of the longer to the shorter side."""
MOST_ELEMENTS, MOST_DEPTH = LIMITS.entries, LIMITS.depth
MOST_DRAWN = 100_000
"""Maximum number of drawn elements, counting each use: nested references in a few lines can draw billions."""
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = re.compile(
    "svg|g|defs|symbol|use|path|rect|circle|ellipse|line|polyline|polygon|clipPath|mask|linearGradient|radialGradient|"
    "stop|title|desc|metadata|style"
)
_OUTSIDE = re.compile(r"url\(\s*[\"']?\s*(?!#|[\"'#\s])|@import|\\|javascript:|expression\(", re.IGNORECASE)
_NAMED = re.compile(r"url\(\s*[\"']?#([^\"')]+)")
_FLOAT = r"(?>[+-]?(?:\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d{1,2})?)"
"""A number. Atomic: a pattern of many numbers does not try again where one ends."""
_NUMBER = re.compile(rf"\s*({_FLOAT})")
_PATH = re.compile(rf"\s*(?:[MmLlHhVvCcSsQqTtAa]\s*(?:{_FLOAT}[\s,]*+)++|[Zz][\s,]*+)*+")
"""Data of a path (SVG 1.1, 8.3.9): a command with its numbers, or the end of a stretch, which has none."""
_STRETCH = re.compile(r"([MmLlHhVvCcSsQqTt])([^A-DF-Za-df-z]*)")
_EACH = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2}
"""Numbers of one use of a command; the flags of an arc (A) may be written without space, and are not counted."""
_NUMBERS = re.compile(rf"\s*(?:{_FLOAT}(?:%|[a-z]{{2,3}})?[\s,]*+)*+")
_TRANSFORM = re.compile(
    rf"\s*(?:(?:matrix|translate|scale|rotate|skewX|skewY)\s*\(\s*(?:{_FLOAT}[\s,]*+)++\)[\s,]*+)*+"
)
_ONE_TRANSFORM = re.compile(r"(\w+)\s*\(([^)]*)\)")
_MAY_HAVE = {"matrix": (6,), "translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "skewX": (1,), "skewY": (1,)}
"""Numbers that a transform may have (SVG 1.1, 7.6)."""
_LENGTHS = frozenset((
    "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width", "height", "offset", "opacity",
    "fill-opacity", "stroke-opacity", "stop-opacity", "stroke-width", "stroke-dasharray", "stroke-dashoffset",
    "stroke-miterlimit", "points", "viewbox",
))  # fmt: skip
_NO_LENGTH = frozenset(("none", "auto", "inherit", "normal"))
_LONG_NUMBER = re.compile(rf"\d{{{LIMITS.digits + 1},}}")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_ENCODINGS = ("utf-8", "us-ascii", "ascii", "iso-8859-1")
_ORIENTATION = 0x0112
"""Exif tag that says how a picture is to be turned."""
_BIT_DEPTH = 24
"""Byte of a PNG with the bits of a channel (PNG, 11.2.1: the header is the first chunk)."""
_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK")
"""Modes of Pillow that all who draw a logo can draw."""
_EXPORT = "export it again as a plain SVG, with text as outlines, or as a PNG"


class _RefusedError(Exception):
    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def checked_logo(body: bytes) -> Logo | LogoRefusal:
    """The logo of these bytes by their content, not drawn yet, or its refusal."""
    try:
        return _look(body)
    except _RefusedError as refused:
        return LogoRefusal(str(refused), refused.hint)


def _look(body: bytes) -> Logo:
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
            if max(picture.size) <= MOST_PIXELS:
                picture.load()
                kind, plain = f"image/{str(picture.format).lower()}", _upright_eight_bit(picture, body)
                body, (width, height) = plain or body, Image.open(io.BytesIO(plain or body)).size
            else:
                kind, (width, height) = "", picture.size
    except Exception as error:  # Pillow raises much besides OSError at broken files
        raise _RefusedError("is broken", "save it again") from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    if not LEAST_PIXELS <= max(width, height) <= MOST_PIXELS:
        raise _RefusedError(
            f"has {width} x {height} pixels; the longer side may have {LEAST_PIXELS} to {MOST_PIXELS}",
            "fewer would be blurred on paper, more are of no use; save it in another size",
        )
    return Logo(kind, body, _within(width / height))


def _upright_eight_bit(picture: Any, body: bytes) -> bytes:
    """The bytes of a picture turned upright (Exif) and with 8 bits a channel; empty if it is so already."""
    from PIL import ImageOps

    turned = picture.getexif().get(_ORIENTATION, 1) not in (0, 1)
    deep = picture.format == "PNG" and body[_BIT_DEPTH] == 16
    if not turned and not deep and picture.mode in _MODES:
        return b""
    form = {"format": "PNG"} if picture.format == "PNG" else {"format": "JPEG", "quality": 95}
    if picture.mode not in _MODES:
        picture = _grey(picture)
    picture = ImageOps.exif_transpose(picture)
    found = io.BytesIO()
    picture.save(found, **form)
    return found.getvalue()


def _grey(picture: Any) -> Any:
    """A picture of 16 grey bits as one of 8, with the colour that stands for “clear” as its alpha channel."""
    from PIL import Image

    deep, clear = picture.convert("I"), picture.info.get("transparency")
    grey = deep.point(lambda value: value * (1 / 256)).convert("L")
    if isinstance(clear, int):
        alpha = bytes(0 if value == clear else 255 for value in deep.getdata())
        grey.putalpha(Image.frombytes("L", deep.size, alpha))
    return grey


def _within(ratio: float) -> float:
    if not 1 / LONGEST <= ratio <= LONGEST:
        raise _RefusedError(f"is more than {LONGEST} times as long as it is high, or as high", "cut it, or use another")
    return ratio


def _drawing(body: bytes) -> float:
    """Width divided by height of an SVG. _RefusedError when it holds more than plain shapes."""
    told = _ENCODING.search(body[:500])
    if b"<!ENTITY" in body or b"\x00" in body or (told and told[1].decode("latin-1").lower() not in _ENCODINGS):
        raise _RefusedError("is an SVG with entities, or not in UTF-8", _EXPORT)
    try:
        root = _checked(body)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise _RefusedError("is broken: it is not XML", "export it again") from error
    if root is None or root.tag != f"{_SVG}svg":
        raise _RefusedError("is no SVG: it does not begin with <svg xmlns=…>", _EXPORT)
    if _drawn(root) > MOST_DRAWN:
        raise _RefusedError("is an SVG that draws its parts again and again", _EXPORT)
    box = [float(part) for part in re.findall(_FLOAT, root.get("viewBox", ""))]
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
        if not _readable(local, value):
            yield f"something that is not {'a path' if local == 'd' else 'numbers'} ({local})"
        if local != "id" and len(value) > LIMITS.digits and _LONG_NUMBER.search(value) and "#" not in value:
            yield f"a number of more than {LIMITS.digits} digits ({local})"
        if local.startswith("on"):
            yield f"a script ({local})"
        if (local == "href" and not value.startswith("#")) or (local != "d" and _OUTSIDE.search(value)):
            yield f"something from outside ({local})"


def _readable(name: str, value: str) -> bool:
    """Whether an attribute that holds numbers holds them: of junk the typesetter draws half, nothing, or never ends,
    and does not say so."""
    if name == "d":
        stretches = [(letter, len(re.findall(_FLOAT, numbers))) for letter, numbers in _STRETCH.findall(value)]
        whole = all(count and count % _EACH[letter.upper()] == 0 for letter, count in stretches)
        return bool(_PATH.fullmatch(value)) and whole and value.strip()[:1] in ("", "M", "m")
    if name in ("transform", "gradienttransform"):
        found = [(kind, len(re.findall(_FLOAT, numbers))) for kind, numbers in _ONE_TRANSFORM.findall(value)]
        return bool(_TRANSFORM.fullmatch(value)) and all(count in _MAY_HAVE[kind] for kind, count in found)
    return name not in _LENGTHS or value.strip() in _NO_LENGTH or bool(_NUMBERS.fullmatch(value))
