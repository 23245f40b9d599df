"""Rules about the file and its paper: page boxes, print preferences, number of pages, image resolution, file size."""

from __future__ import annotations

from collections.abc import Iterator

from leaflets.check.preflight.rule import Finding, mm, warning
from leaflets.check.readback.document import FinishedFile

NEAR_MM = 0.1
PRINTER = {"/PrintScaling": "/None", "/Duplex": "/DuplexFlipShortEdge"}
BOTH_SIDES = {"/PrintScaling": "/None", "/Duplex": "/DuplexFlipLongEdge"}
LEAST_PPI, GOOD_PPI = 150, 300
LARGE_BYTES, MOST_BYTES = 1_000_000, 4_000_000

AIMS: dict[tuple[str, str], int] = {
    ("standard", ""): 4,
    ("standard", "easy"): 8,
    ("large-print", ""): 8,
    ("giant-print", ""): 12,
    ("booklet", ""): 8,
    ("tri-fold", ""): 6,
    ("summary", ""): 1,
    ("handout", ""): 2,
    ("clinician", ""): 1,
}
"""Aim for the number of pages by layout and level (empty: any), where the leaflet's own file has no budget.
Standard, booklet, summary and clinician: our aim.
The others are a standard leaflet's area at their size of type: 4 x (18/14)² and 4 x (24/14)², in whole sheets; the
easy level at 16 pt beside its pictures."""


def boxes(file: FinishedFile) -> Iterator[Finding]:
    """Each page has the layout's size, its boxes agree, its rotation is 0 and its UserUnit 1.

    In a print file the TrimBox has that size and lies inside the sheet.
    """
    pages = len(file.pages)
    sizes = file.expected.sizes(pages) if file.expected else None
    first = file.boxes[0].boxes["MediaBox"] if file.boxes else (0, 0, 0, 0)
    printed = file.expected is not None and file.expected.printed
    for number, page in enumerate(file.boxes):
        media = page.boxes["MediaBox"]
        page_box = page.boxes.get("TrimBox", media) if printed else media  # a larger sheet is cut to size
        width, height = mm(page_box[2] - page_box[0]), mm(page_box[3] - page_box[1])
        wanted = sizes[number] if sizes else (mm(first[2] - first[0]), mm(first[3] - first[1]))
        if abs(width - wanted[0]) > NEAR_MM or abs(height - wanted[1]) > NEAR_MM:
            said = f"the page is {width:.1f} x {height:.1f} mm"
            yield Finding(number + 1, f"{said}, it should be {wanted[0]:.1f} x {wanted[1]:.1f} mm")
        if printed:
            yield from _on_sheet(file, number)
        for name, box in page.boxes.items():
            inside = all(edge >= other - 0.3 for edge, other in zip(box[:2], media[:2], strict=True)) and all(
                edge <= other + 0.3 for edge, other in zip(box[2:], media[2:], strict=True)
            )
            if not (printed and inside) and any(
                mm(abs(one - other)) > NEAR_MM for one, other in zip(box, media, strict=True)
            ):
                yield Finding(number + 1, f"its {name} is not its MediaBox")
        if page.rotated:
            yield Finding(number + 1, f"the page is turned by {page.rotated} degrees", "lay it out as it is printed")
        if page.unit != 1:
            yield Finding(number + 1, f"its unit is {page.unit:g} points", "one unit is one point")


def _on_sheet(file: FinishedFile, number: int) -> Iterator[Finding]:
    """The sheet of a print file has an expected size, and its TrimBox is centred."""
    page = file.boxes[number]
    media = page.boxes["MediaBox"]
    trim = page.boxes.get("TrimBox", media)
    width, height = mm(media[2] - media[0]), mm(media[3] - media[1])
    known = file.expected.sheets() if file.expected else []
    if all(abs(width - sheet.height) > NEAR_MM or abs(height - sheet.width) > NEAR_MM for sheet in known):
        names = " or ".join(f"{sheet.id} ({sheet.height:g} x {sheet.width:g} mm)" for sheet in known)
        yield Finding(number + 1, f"the sheet is {width:.1f} x {height:.1f} mm, it should be {names}")
    left, bottom, right, top = (mm(abs(one - other)) for one, other in zip(trim, media, strict=True))
    if abs(left - right) > NEAR_MM or abs(bottom - top) > NEAR_MM:
        yield Finding(number + 1, "what is cut out is not the middle of the sheet: the two sides would not meet")


def printing(file: FinishedFile) -> Iterator[Finding]:
    """A print file prefers printing at its own size, on both sides, flipped on the short edge; the file of a sheet that
    is read as it is printed, on the long edge."""
    if file.expected is None or not (file.expected.printed or file.expected.layout.both_sides):
        return
    for key, value in (PRINTER if file.expected.printed else BOTH_SIDES).items():
        if (found := file.preferences.get(key)) != value:
            said = found.lstrip("/") if found else "not there"
            message = f"the viewer preference {key.lstrip('/')} is {said}, it should be {value.lstrip('/')}"
            yield Finding(0, message)


def budget(file: FinishedFile) -> Iterator[Finding]:
    """The pages fit the layout and are a multiple of its number; more than the leaflet's budget, or the aim, is a
    warning."""
    if file.expected is None or file.expected.printed:
        return
    layout, level, pages = file.expected.layout, file.expected.edition.level, len(file.pages)
    aim = AIMS.get((layout.id, level), AIMS.get((layout.id, ""), 0))
    if layout.most_pages and pages > layout.most_pages:
        hint = "shorten it, or leave a section out"
        yield Finding(0, f"{pages} pages, and a {layout.id} holds {layout.most_pages}", hint)
    elif 0 < (budget := file.expected.most_pages) < pages:
        message = f"{pages} pages, the leaflet’s budget for {layout.id} at the {level} level is {budget}"
        yield warning(0, message, "shorten it, or change “pages” in the leaflet’s file")
    elif not budget and aim and pages > aim:
        hint = "shorten it, or give the leaflet a budget of its own: “pages” in its file"
        yield warning(0, f"{pages} pages, the aim for {layout.id} at the {level} level is {aim}", hint)
    if pages % layout.multiple:
        yield Finding(0, f"{pages} pages, a {layout.id} has a multiple of {layout.multiple}")


def blank(file: FinishedFile) -> Iterator[Finding]:
    """No page is blank."""
    for number, page in enumerate(file.pages, 1):
        if not page.words and not page.shapes:
            yield Finding(number, "nothing is painted on the page")


def resolution(file: FinishedFile) -> Iterator[Finding]:
    """Raster images have at least LEAST_PPI pixels per inch; under GOOD_PPI is a warning."""
    for number, page in enumerate(file.pages, 1):
        for picture in page.pictures:
            if picture.ppi < GOOD_PPI - 1:
                message = f"a picture of {picture.width} x {picture.height} pixels has {picture.ppi:.0f} to an inch"
                hint = f"{GOOD_PPI} print well, {LEAST_PPI} are the least: a larger file, or a drawing (SVG)"
                yield Finding(number, message, hint) if picture.ppi < LEAST_PPI - 1 else warning(number, message, hint)


def active(file: FinishedFile) -> Iterator[Finding]:
    """Nothing runs, opens, is sent or is unpacked when the file is opened or clicked."""
    if file.active:
        yield Finding(0, f"the file holds {', '.join(file.active)}", "no leaflet has any: find out who put it there")


def weight(file: FinishedFile) -> Iterator[Finding]:
    """The file has at most MOST_BYTES; over LARGE_BYTES is a warning."""
    if file.size > LARGE_BYTES:
        said = f"the file has {file.size / 1e6:.1f} MB"
        hint = "smaller pictures; fonts as subsets"
        if file.size > MOST_BYTES:
            yield Finding(0, f"{said}, {MOST_BYTES / 1e6:.0f} MB are the most", hint)
        else:
            yield warning(0, f"{said}, {LARGE_BYTES / 1e6:.0f} MB is the aim", hint)
