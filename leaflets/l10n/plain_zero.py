"""Plain zero: a copy of a font whose zero has no slash, made on this machine from the packaged files.

A slash tells 0 from O in codes. Leaflets have none, and their readers take a slashed zero for an 8, or for a number
that is crossed out. The two half counters of `zero` become one: the outer contour, scaled into the box of both. No
width changes, so no line breaks elsewhere. The copy has a family name of its own, keeps the copyright notice, and says
in its version that it was modified; the licence (OFL 1.1) is beside it.

Files are in the user's cache, else in the folder for temporary files, below a name made of all that they depend on.
They are written whole or not at all, so that several processes may make them at once; a damaged one is made again.
"""

from __future__ import annotations

import hashlib
import io
import os
import struct
import tempfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from leaflets.base.files import write_together

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

LICENCE = "OFL.txt"
CHECKSUM = 0xB1B0AFBA
"""Sum of the 32-bit numbers of every whole OpenType file (clause “Table checksums” of its specification)."""
_FAMILY, _STYLE, _UNIQUE, _FULL, _VERSION, _POSTSCRIPT = range(1, 7)
"""Ids of names in the `name` table."""
_OUTER, _COUNTERS = 1, 2
_lock = Lock()

Point = tuple[int, int]


@lru_cache
def made(files: tuple[Path, ...], licence: Path, family: str) -> Path:
    """Folder with the copies of the font files, named `Family-Style.ttf`, and their licence. Raises OSError when there
    is no folder to write to."""
    sources = {path.name.partition("-")[2].removesuffix(".ttf"): path.read_bytes() for path in files}
    name = f"{family.replace(' ', '')}-{_key(sources)}"
    with _lock:  # the temporary file of `write_together` has the name of its process
        for place in _places():
            try:
                return _filled(place / name, sources, licence.read_bytes(), family)
            except OSError as problem:
                fault = problem
        raise fault


def cut(source: bytes, style: str, family: str) -> bytes:
    """A font file with a plain zero under another family name. ValueError when its zero is not as expected."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    _open_zero(font)
    _rename(font, style, family)
    font.reader.tables.pop("DSIG", None)  # the maker's signature holds for the maker's file alone
    packed = io.BytesIO()
    font.save(packed)
    return packed.getvalue()


def whole(path: Path) -> bool:
    """Whether a font file is there and has the checksum that every font file has."""
    try:
        body = path.read_bytes()
    except OSError:
        return False
    return len(body) % 4 == 0 and sum(struct.unpack(f">{len(body) // 4}I", body)) & 0xFFFFFFFF == CHECKSUM


def _key(sources: Mapping[str, bytes]) -> str:
    """Hash of all on which the bytes of the copies depend: the sources, this module, fontTools."""
    parts = [version("fonttools").encode(), Path(__file__).read_bytes(), *sources.values()]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:16]


def _places() -> Iterator[Path]:
    """Folders for the copies, the preferred one first. A folder for temporary files may belong to another user, who
    could put other glyphs there: such a one is left out."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"))
    if cache.is_absolute():  # else there is no home
        yield cache / "leaflets"
    user = os.getuid() if hasattr(os, "getuid") else 0
    shared = Path(tempfile.gettempdir()) / f"leaflets-fonts-{user}"
    shared.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and shared.lstat().st_uid != user:
        raise PermissionError(1, "it belongs to another user", str(shared))
    yield shared


def _filled(folder: Path, sources: Mapping[str, bytes], licence: bytes, family: str) -> Path:
    """The folder, with those files made that are missing or damaged."""
    paths = {style: folder / f"{family.replace(' ', '')}-{style}.ttf" for style in sources}
    if not all(whole(path) for path in paths.values()) or not (folder / LICENCE).is_file():
        fonts = {path: cut(sources[style], style, family) for style, path in paths.items()}
        write_together({folder / LICENCE: licence, **fonts})
    return folder


def _open_zero(font: TTFont) -> None:
    """Replace the counters of `zero` by one. Its hints go: they fit the old outline alone."""
    from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
    from fontTools.ttLib.tables.ttProgram import Program

    table = font["glyf"]
    zero = table["zero"]
    points, ends, flags = zero.getCoordinates(table)
    firsts = [0, *(end + 1 for end in ends)]
    contours = [(list(points[a:b]), list(flags[a:b])) for a, b in pairwise(firsts)]
    if len(contours) != _OUTER + _COUNTERS:
        raise ValueError(f"the zero of the font has {len(contours)} contours; a slashed one has 3")
    contours.sort(key=lambda row: _area(row[0]), reverse=True)
    (outer, on_curve), *counters = contours
    counter = _scaled(outer, _box([point for part, _ in counters for point in part]))
    zero.coordinates = GlyphCoordinates(outer + counter[::-1])  # a counter runs the other way round
    zero.flags = bytearray(on_curve + on_curve[::-1])
    zero.endPtsOfContours = [len(outer) - 1, 2 * len(outer) - 1]
    zero.numberOfContours = _OUTER + 1
    zero.program = Program()
    zero.program.fromBytecode(b"")
    zero.recalcBounds(table)


def _box(points: list[Point]) -> tuple[int, int, int, int]:
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def _area(points: list[Point]) -> int:
    left, bottom, right, top = _box(points)
    return (right - left) * (top - bottom)


def _scaled(points: list[Point], into: tuple[int, int, int, int]) -> list[Point]:
    """Points of a contour, scaled to fill another box."""
    left, bottom, right, top = _box(points)
    wide, high = (into[2] - into[0]) / (right - left), (into[3] - into[1]) / (top - bottom)
    return [(round(into[0] + (x - left) * wide), round(into[1] + (y - bottom) * high)) for x, y in points]


def _rename(font: TTFont, style: str, family: str) -> None:
    table = font["name"]
    postscript = f"{family.replace(' ', '')}-{style}"
    said = table.getDebugName(_VERSION) or ""
    words = {
        _FAMILY: family, _STYLE: style, _UNIQUE: f"{said}; plain zero; {postscript}", _FULL: f"{family} {style}",
        _VERSION: f"{said}; modified by the leaflets project: plain zero, renamed", _POSTSCRIPT: postscript,
    }  # fmt: skip
    for record in table.names:
        record.string = words.get(record.nameID, record.toUnicode())
