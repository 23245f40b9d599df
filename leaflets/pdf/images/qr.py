"""A QR code as a drawing: dark modules as one path, with four modules of the white paper left round them."""

from __future__ import annotations

from itertools import groupby

import segno

QUIET = 4
"""Modules of white on each side, as ISO/IEC 18004 asks for."""
LEAST = 3
"""The smallest version that is made: 29 modules, so that 26 mm with the white have a code of 20 mm at least."""
DARK = "#14181b"


def qr_runs(address: str) -> tuple[int, list[tuple[int, int, int]]]:
    """The code for an address: how many modules a side has, its white with it, and the dark runs: column, row,
    length, counted without the white.

    The smallest code that holds it, with as much error correction as that leaves room for.
    """
    code = segno.make_qr(address, error="l")
    if int(code.version) < LEAST:
        code = segno.make_qr(address, error="l", version=LEAST)
    found = []
    for y, row in enumerate(code.matrix):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                found.append((x, y, length))
            x += length
    return len(code.matrix) + 2 * QUIET, found


def qr_svg(address: str) -> str:
    """The code as a drawing."""
    side, found = qr_runs(address)
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in found)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
        f'<path transform="translate({QUIET} {QUIET})" fill="{DARK}" d="{path}"/></svg>'
    )
