"""What the pages of an edition can show, before they are set: what its freshness needs of its templates."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from leaflets.editions.material import Material
from leaflets.html.render import Renderer

_ASSET = re.compile(r"asset:([\w./-]+)")


@dataclass(frozen=True)
class Shown:
    """Hashes of the page with all its words and of its style sheets, and the pictures that they name."""

    page: str
    style: str
    pictures: tuple[str, ...]


def shown(renderer: Renderer, material: Material) -> Shown:
    """What an edition can show, by whatever plan of its pages. Jinja2's errors come through."""
    html, other = renderer.both_ways(material)
    pictures = sorted(set(_ASSET.findall("".join((html.text, other, html.css)))))
    return Shown(hashed(html.text + other), hashed(html.css), tuple(pictures))


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
