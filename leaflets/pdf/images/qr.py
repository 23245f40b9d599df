"""QR codes as drawings: the dark modules as one path, with a quiet zone of four modules."""

from __future__ import annotations

from itertools import groupby

import segno

QUIET = 4
"""Width of the quiet zone in modules (ISO/IEC 18004)."""
LEAST = 3
"""Smallest version (29 modules): of 26 mm with the quiet zone, the code has at least 20 mm."""
DARK = "#14181b"


def qr_runs(address: str) -> tuple[int, list[tuple[int, int, int]]]:
    """The QR code of an address: modules on a side, quiet zone included, and the runs of dark modules as (column, row,
    length), counted without the quiet zone.

    It has the smallest version from LEAST that holds the address, and the highest error correction of that version.
    """
    code = segno.make_qr(address, error="l")
    if int(code.version) < LEAST:
        code = segno.make_qr(address, error="l", version=LEAST)
    runs = []
    for y, row in enumerate(code.matrix):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                runs.append((x, y, length))
            x += length
    return len(code.matrix) + 2 * QUIET, runs


def qr_svg(address: str) -> str:
    """The QR code of an address as SVG."""
    side, runs = qr_runs(address)
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in runs)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
        f'<path transform="translate({QUIET} {QUIET})" fill="{DARK}" d="{path}"/></svg>'
    )
