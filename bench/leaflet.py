"""The leaflet that every contestant sets: our HTML and style sheet as one plain file with its pictures beside it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.build.materials import gather
from leaflets.editions.edition import Edition
from leaflets.html.compose import Fit, Material
from leaflets.html.context import LeafletView
from leaflets.html.render import Renderer
from leaflets.pdf.dots import dots_svg

EDITION = Edition("fibromyalgia-leg-pain", "overview", "plain", "standard", "en-GB")
NAME = f"{EDITION.leaflet} {EDITION.level} {EDITION.layout} {EDITION.locale}"
"""What our command line calls it in its progress."""
OPTIONS = tuple(
    part
    for name in ("article", "leaflet", "level", "layout", "locale")
    for part in (f"--{name}", str(getattr(EDITION, name)))
)
"""What our command line is asked for to build it alone."""

_PROJECT = Project()


@lru_cache
def material() -> Material:
    """What the leaflet is made of."""
    return gather(_PROJECT, [EDITION.article], Diagnostics()).of(EDITION)


def view() -> LeafletView:
    """What the leaflet prints, with the red flags where they fall."""
    return Renderer(_PROJECT).view(material(), Fit())


def page(folder: Path) -> str:
    """The leaflet as HTML with its style sheet inside; the pictures it names are files in `folder`."""
    html = Renderer(_PROJECT).html(material())
    text = html.text.replace("</head>", f"<style>{html.css}</style></head>")
    return re.sub(r"(asset|dots):([^\s\")]+)", lambda match: picture(match[0], folder), text)


def picture(address: str, folder: Path) -> str:
    """Write the picture at an address of our templates into `folder`; the name of its file."""
    scheme, _, name = address.partition(":")
    body = dots_svg(int(name)) if scheme == "dots" else _PROJECT.read_bytes(f"assets/{name}")
    file = f"{scheme}-{name.replace('/', '-').removesuffix('.svg')}.svg"
    (folder / file).write_bytes(body if isinstance(body, bytes) else body.encode())
    return file
