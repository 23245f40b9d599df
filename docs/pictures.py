"""The pictures of README.md and docs/printing.md: PYTHONPATH=. python docs/pictures.py BUILD, a folder that holds a whole build.

Pages of finished files, made small with few colours (under 60 kB each), on a grey ground with some space about them.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.build import build as build_into
from leaflets.builder.edition.make import Result
from leaflets.builder.request import BuildRequest, Machine
from leaflets.editions.choice import Choice
from leaflets.finish.press.testsheet import read_test_words, test_sheet

PICTURES = Path(__file__).resolve().parent / "pictures"
NAME = "en-GB/fibromyalgia-leg-pain.overview.plain.{layout}.en-GB{ending}"
UPRIGHT = ("standard", "large-print", "giant-print", "summary")
"""Layouts that are printed page by page."""
ROW_PX = 880
GAP_PX, GROUND = 12, (205, 210, 212)
COLOURS = 24
MOST_BYTES = 60_000


class Silent:
    """Tells nothing of a build."""

    def planned(self, stale: int, fresh: int) -> None:
        pass

    def done(self, result: Result, done: int, total: int) -> None:
        pass


def pictures(pdf: bytes, pages: int, across: int = 2) -> list[Image.Image]:
    """The first pages of a PDF, `across` of which fit side by side."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number in range(pages):
        page = document[number]
        scale = (ROW_PX - (across + 1) * GAP_PX) / across / page.get_width()
        found.append(page.render(scale=4 * scale).to_pil().convert("RGB").reduce(4))
    return found


def joined(images: list[Image.Image], across: int) -> Image.Image:
    """In rows of `across`."""
    width, height = images[0].size
    rows = -(-len(images) // across)
    sheet = Image.new("RGB", (GAP_PX + across * (width + GAP_PX), GAP_PX + rows * (height + GAP_PX)), GROUND)
    for place, image in enumerate(images):
        sheet.paste(image, (GAP_PX + place % across * (width + GAP_PX), GAP_PX + place // across * (height + GAP_PX)))
    return sheet


def save(images: list[Image.Image], name: str, across: int = 2) -> None:
    body = io.BytesIO()
    joined(images, across).quantize(COLOURS, dither=Image.Dither.NONE).save(body, "PNG", optimize=True)
    size = len(body.getvalue())
    if size > MOST_BYTES:
        raise SystemExit(f"{name}: {size} bytes are too many; take fewer colours")
    (PICTURES / name).write_bytes(body.getvalue())
    print(f"{PICTURES / name}: {size // 1000} kB")


HANDOUT = "en-GB/fibromyalgia-leg-pain.restless-legs-self-care.plain.handout.en-GB.pdf"


def main(build: Path) -> None:
    save(pictures((build / HANDOUT).read_bytes(), 2), "handout.png")
    for layout, pages in (("tri-fold", 2), ("booklet", 4)):
        name = NAME.format(layout=layout, ending=".print.pdf")
        save(pictures((build / name).read_bytes(), pages), f"print-{layout}.png")
    with tempfile.TemporaryDirectory() as folder:
        choice = Choice(leaflet=["overview"], level=["plain"], layout=["tri-fold"], locale=["en-GB"])
        build_into(Project(), BuildRequest(choice, folder, print_sheet="SRA4"), Machine(1), Silent())
        name = NAME.format(layout="tri-fold", ending=".print.pdf")
        save(pictures((Path(folder) / name).read_bytes(), 2), "print-sheet.png")
    upright = [(build / NAME.format(layout=layout, ending=".pdf")).read_bytes() for layout in UPRIGHT]
    across = len(UPRIGHT)
    save([image for pdf in upright for image in pictures(pdf, 1, across)], "print-upright.png", across)
    words = read_test_words(Project(), Diagnostics())
    save(pictures(test_sheet(Project(), "A4", words), 2), "test-sheet.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build"))
