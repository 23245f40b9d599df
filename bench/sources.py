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
from leaflets.pdf.images import pictures

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
    name = re.sub(r"[^\w.-]", "-", address.replace(".svg", ""))
    file = folder / f"{name}.svg"
    if not file.exists():
        file.write_bytes(pictures.picture(PROJECT, address)[1])
    return file.name
