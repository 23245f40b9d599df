"""Files that `leaflets check --pdf` writes beside a file: what is heard of it, and its pages as a poor copier gives
them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.files import read_regular
from leaflets.base.limited import run_limited
from leaflets.base.reader_limits import READERS, pdf_limits
from leaflets.check.readback.poor_copy import DPI, poor_copy
from leaflets.pdfio.page_picture import page_picture

HEARD, GREY = "heard", "grey"
RULE = "unreadable"


def write_heard(path: Path, folder: Path | None, diagnostics: Diagnostics) -> Path | None:
    """Write what is heard of a file beside it, or into `folder`; returns its path. None for a file without tags, and
    with an error for one that cannot be read."""
    limits = pdf_limits(path.stat().st_size)
    # the whole path: the child may have begun in another folder
    outcome = run_limited("leaflets.check.readback.heard:heard_text", path.resolve(), limits=limits)
    if outcome.failure:
        diagnostics.error(Place(str(path)), f"what is heard of it is not known: {outcome.said}", RULE)
        return None
    if not outcome.value:
        return None
    written = _beside(path, folder, f".{HEARD}.txt")
    written.write_text(outcome.value, encoding="utf-8")
    return written


def write_grey(path: Path, folder: Path | None, diagnostics: Diagnostics) -> Iterator[Path]:
    """Write each page of a file as a poor copier gives it, as PNG files beside it or in `folder`; yields their
    paths."""
    from PIL import Image

    body = read_regular(path, READERS["pdf"])
    number = 1
    while drawn := page_picture(body, number, scale=DPI / 72):
        written = _beside(path, folder, f".{GREY}.{number}.png")
        with Image.open(io.BytesIO(drawn)) as page:
            poor_copy(page).save(written, "PNG", dpi=(DPI, DPI))
        yield written
        number += 1
    if number == 1:
        diagnostics.error(Place(str(path)), "its pages cannot be drawn", RULE)


def _beside(path: Path, folder: Path | None, ending: str) -> Path:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    return (folder or path.parent) / f"{path.name.removesuffix('.pdf')}{ending}"
