"""What the others set: each edition's own HTML with its style sheet inside, and its transcript to Typst, as plain
files with their pictures beside them. Written by our engine before any clock runs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from bench.editions import PROJECT, material
from bench.transcript import transcript
from leaflets.editions.edition import Edition
from leaflets.editions.page_plan import PagePlan
from leaflets.html.render import Renderer
from leaflets.pdf.images.dots import dots_svg

_ADDRESS = re.compile(r"(?:asset|dots):[^\s\")&]+")


def write(editions: Iterable[Edition], folder: Path) -> None:
    """Write `<edition>.html` and `<edition>.typ` of each edition into `folder`, and the pictures they name."""
    renderer = Renderer(PROJECT)
    folder.mkdir(parents=True, exist_ok=True)
    for edition in editions:
        made = material(edition)
        html = renderer.html(made)
        page = html.text.replace("</head>", f"<style>{html.css}</style></head>")
        page = _ADDRESS.sub(lambda match: picture(match[0], folder), page)
        (folder / f"{edition.name}.html").write_text(page, encoding="utf-8")
        typst = transcript(made, renderer.view(made, PagePlan()), lambda address: picture(address, folder))
        (folder / f"{edition.name}.typ").write_text(typst, encoding="utf-8")


def picture(address: str, folder: Path) -> str:
    """Write the picture at an address of our templates into `folder`; the name of its file."""
    scheme, _, name = address.partition(":")
    file = folder / f"{scheme}-{name.replace('/', '-').removesuffix('.svg')}.svg"
    if not file.exists():
        if scheme == "dots":
            count, _, direction = name.partition("-")
            drawing = dots_svg(int(count), rtl=direction == "rtl")
            file.write_bytes(drawing if isinstance(drawing, bytes) else drawing.encode())
        else:
            file.write_bytes(PROJECT.read_bytes(f"assets/{name}"))
    return file.name
