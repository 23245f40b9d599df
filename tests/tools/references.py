"""Small pictures of pages, kept in `tests/references/`, and the page that shows how a new one differs.

A picture is grey, 50 dots an inch, in eight shades; its file has at most 20 KiB. Two pictures are compared after each
was blurred a little, so that a dot drawn lighter or darker by another version of the renderer is no difference, and a
line of words that moved by half a millimetre is one.
"""

from __future__ import annotations

import base64
import html
import io
from pathlib import Path

import pypdfium2
from filelock import FileLock
from PIL import Image, ImageChops, ImageFilter

FOLDER = Path(__file__).resolve().parents[1] / "references"
REPORT = FOLDER / "differences.html"
"""Written by tests that find a difference; not committed."""
DPI = 50
SHADES = 8
MOST_BYTES = 28 * 1024
BLUR_PX = 1
TOLERANCE = 48
"""Largest difference of two blurred dots that are taken for the same, of 255. One shade is 36."""
HEAD = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Reference pages that differ</title><style>"
    "body { font: 16px sans-serif } td { vertical-align: top; padding: 4px } img { border: 1px solid #888 }"
    "</style><h1>Reference pages that differ</h1><p>Meant? Then <code>pytest --update-references</code>.</p>"
)


def picture(path: Path, page: int) -> Image.Image:
    """The page (from 1) of a PDF as a small grey picture in few shades."""
    with pypdfium2.PdfDocument(path) as document:
        grey = document[page - 1].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    return grey.point([_grey(round(value * (SHADES - 1) / 255)) for value in range(256)])


def _grey(shade: int) -> int:
    return round(shade * 255 / (SHADES - 1))


def png(shown: Image.Image) -> bytes:
    """A picture in few shades as a PNG file."""
    shades = shown.point([round(value * (SHADES - 1) / 255) for value in range(256)])
    indexed = Image.frombytes("P", shown.size, shades.tobytes())
    indexed.putpalette([_grey(shade) for shade in range(SHADES) for _ in range(3)])
    file = io.BytesIO()
    indexed.save(file, "PNG", optimize=True, bits=4)
    return file.getvalue()


def opened(path: Path) -> Image.Image:
    """A picture that was kept."""
    with Image.open(path) as file:
        return file.convert("L")


def difference(before: Image.Image, after: Image.Image) -> Image.Image:
    """How much each dot differs, 0 to 255, after both pictures were blurred; of pictures of one size."""
    blur = ImageFilter.BoxBlur(BLUR_PX)
    return ImageChops.difference(before.filter(blur), after.filter(blur))


def alike(before: Image.Image, after: Image.Image) -> bool:
    return before.size == after.size and difference(before, after).getextrema()[1] <= TOLERANCE


def report(name: str, before: Image.Image | None, after: Image.Image, rows: Path) -> Path:
    """Add a page that differs to the report, and return the report's path.

    `rows` is a folder of this test run; the report shows what tests of this run, in any process, put there.
    """
    shown = {"before": before, "after": after}
    if before is not None and before.size == after.size:
        marked = difference(before, after).point([0 if value <= TOLERANCE else 255 for value in range(256)])
        light = after.point([128 + value // 2 for value in range(256)])
        shown["difference"] = Image.merge("RGB", (light, *[ImageChops.multiply(light, ImageChops.invert(marked))] * 2))
    cells = "".join(f"<td>{what}<br>{_element(found)}" for what, found in shown.items())
    with FileLock(rows.with_suffix(".lock")):
        rows.mkdir(exist_ok=True)
        (rows / name).write_text(f"<h2>{html.escape(name)}</h2><table><tr>{cells}</table>", encoding="utf-8")
        body = "".join(row.read_text(encoding="utf-8") for row in sorted(rows.iterdir()))
        REPORT.write_text(HEAD + body, encoding="utf-8")
    return REPORT


def _element(shown: Image.Image | None) -> str:
    if shown is None:
        return "there is none"
    file = io.BytesIO()
    shown.save(file, "PNG")
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}">'
