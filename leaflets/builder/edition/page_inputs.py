"""Fingerprint of everything an edition's HTML can contain, computed without typesetting."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from leaflets.editions.material import Material
from leaflets.html.render import Renderer

_ASSET = re.compile(r"asset:([\w./-]+)(\?)?")
"""Address of a picture; with a question mark, points of a drawing are named in it."""


@dataclass(frozen=True)
class PageInputs:
    """Hashes of an edition's HTML with all its words and of its style sheets, and the names of their pictures."""

    page: str
    style: str
    pictures: tuple[str, ...]


def page_inputs(renderer: Renderer, material: Material) -> PageInputs:
    """The inputs of an edition's page for every page plan: it is rendered with two plans that print all there can be.

    Raises Jinja2's errors.
    """
    html, other = renderer.both_ways(material)
    found = set(_ASSET.findall("".join((html.text, other, html.css))))
    points = {str(PurePosixPath(name).with_suffix(".yaml")) for name, marked in found if marked}
    pictures = sorted({name for name, _ in found} | points)
    return PageInputs(hashed(html.text + other), hashed(html.css), tuple(pictures))


def hashed(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
