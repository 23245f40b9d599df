"""Manifest of a build folder: the files that the last build read and, for each edition, its inputs and its files.

Imports little on purpose: when nothing has changed, a build loads only this folder and the catalogue.
"""

from __future__ import annotations

import hashlib
import os
import platform
import stat
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import leaflets
from leaflets.base.files import read_regular
from leaflets.base.project import Project
from leaflets.base.reader_limits import LARGEST, ReaderLimits
from leaflets.finish.formats import liblouis

UNDER_WAY = -1
"""Size of an edition that a build has begun. A manifest that still has it was left by an interrupted build."""
FOLDERS = ("articles", "assets", "locales", "regions", "templates")
FILES = ("fonts.yaml",)
"""Files of a project beside its folders."""
PACKAGES = (
    "weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "pyphen", "pillow", "fonttools", "jinja2", "babel",
    "markdown-it-py", "pypdf", "reportlab", "uharfbuzz", "icu4py", "segno", "brotli",
    "page-validation", "syllapy",
    "fontpkg-atkinson-hyperlegible", "fontpkg-fira-sans", "fontpkg-ibm-plex-sans-arabic", "manimgx-fonts",
)  # fmt: skip
"""Packages whose version affects the bytes of a file."""
BRAILLE = "liblouis"
"""The tool that no PDF depends on: another version makes only web pages and their formats stale."""
PROGRAM = Path(leaflets.__file__).resolve().parent
"""The folder of the program itself: a changed module, of the evidence too, makes every edition stale."""

Row = tuple[int, int, str]
"""Size, time of change (ns) and SHA-256 of a file."""

ANY = ReaderLimits("a file of a project", LARGEST)

FileStamp = tuple[int, int]
"""Size and time of change (ns) of a file; while they are the same, its content counts as unchanged."""


@dataclass
class Made:
    """One built edition: the hashes of its inputs (`inputs`), and its catalogue entry."""

    inputs: dict[str, str]
    entry: dict[str, Any]
    warnings: list[list[str]] = field(default_factory=list)
    """Warnings of the build, each as message and rule."""
    size: int = 0
    seen: str = ""
    """The snapshot (`Manifest.snapshot`) at which the edition was last found fresh."""
    others: list[dict[str, Any]] = field(default_factory=list)
    """Catalogue entries of its sidecars, such as the print file."""
    beside: dict[str, int] = field(default_factory=dict)
    """Sizes of all its sidecars, also of those without a catalogue entry, by path in the build folder."""
    expired: bool = False
    """It says that its review is overdue."""
    evidence: str = ""
    """SHA-256 of its evidence; empty: it has none."""

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Its catalogue entries."""
        return [self.entry, *self.others]

    @property
    def measured(self) -> bool:
        """Whether it has evidence, or needs none because it is no PDF."""
        return "evidence" in self.inputs or self.entry["kind"] != "read"

    @property
    def files(self) -> dict[str, int]:
        """Sizes of its files by path in the build folder."""
        return {self.entry["path"]: self.size, **self.beside}


@dataclass
class Manifest:
    """The manifest of a build folder."""

    files: dict[str, Row] = field(default_factory=dict)
    """Every file that the build could have read."""
    tools: dict[str, str] = field(default_factory=dict)
    offered: list[list[str]] = field(default_factory=list)
    """All editions of the project: article, leaflet, level, layout, locale."""
    editions: dict[str, Made] = field(default_factory=dict)
    clinic: list[str] = field(default_factory=list)
    """Paths of the clinic's file of the last build, and of its logo; empty: it was for no clinic."""
    sheet: str = ""
    """Id of the larger sheet of the last build's print files; empty: the region's paper."""
    published: bool = True
    """Whether the catalogue has the same editions; False while a build is under way."""

    @property
    def snapshot(self) -> str:
        """The hash of all files and tools in the manifest, and of the sheet."""
        rows = [f"{name} {row[2]}" for name, row in sorted(self.files.items())]
        rows += [f"{name} {version}" for name, version in sorted(self.tools.items())]
        rows += [f"sheet {self.sheet}"]
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def file_stamps(project: Project, also: Sequence[str] = ()) -> dict[str, FileStamp]:
    """Size and time of each file in the project's folders and the program, and of the files `also`, by path."""
    found: dict[str, FileStamp] = {}
    for name in also:
        with suppress(OSError):
            if stamp := _file_stamp(os.stat(name)):
                found[name] = stamp
    for root in project.roots:
        for folder in FOLDERS:
            found.update(_below(root / folder))
        for name in FILES:
            with suppress(OSError):
                if stamp := _file_stamp(os.stat(root / name)):
                    found[str(root / name)] = stamp
    return found | _program_file_stamps()


def hashed(project: Project, known: Mapping[str, Row], also: Sequence[str] = ()) -> dict[str, Row]:
    """The same files with the SHA-256 of each; a file with the size and time in `known` is not read again."""
    return _hashed(file_stamps(project, also), known)


def program(files: Mapping[str, Row] | None = None) -> str:
    """The hash of the program's Python files and their paths in it, the same on every machine.

    Uses the hashes in `files` (from `hashed`), or without them reads the files.
    """
    rows = _hashed(_program_file_stamps(), {}) if files is None else files
    folder = f"{PROGRAM}{os.sep}"
    ours = sorted(
        f"{name.removeprefix(folder).replace(os.sep, '/')} {row[2]}"
        for name, row in rows.items()
        if name.startswith(folder) and name.endswith(".py")
    )
    return hashlib.sha256("\n".join(ours).encode()).hexdigest()


def _program_file_stamps() -> dict[str, FileStamp]:
    return {name: stamp for name, stamp in _below(PROGRAM).items() if name.endswith(".py")}


def _hashed(found_now: Mapping[str, FileStamp], known: Mapping[str, Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for name, (size, changed) in found_now.items():
        row = known.get(name)
        if row is None or row[:2] != (size, changed):
            try:
                row = (size, changed, _content_hash(name, size, changed))
            except FileNotFoundError:  # an editor's own file, gone already
                continue
        found[name] = row
    return found


def _content_hash(name: str, size: int, changed: int) -> str:
    """SHA-256 of a file; of its size and time alone when no reader takes a file so large."""
    if size > LARGEST:
        return hashlib.sha256(f"{size} {changed}".encode()).hexdigest()
    return hashlib.sha256(read_regular(Path(name), ANY)).hexdigest()


def tools() -> dict[str, str]:
    """The versions of all tools that affect the bytes, by name."""
    found = {
        "python": ".".join(map(str, sys.version_info[:2])),
        "machine": platform.machine(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "pango": _pango(),
        "harfbuzz": _harfbuzz(),
        BRAILLE: liblouis.found(),
    }
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "missing"
    return found


def unchanged(project: Project, state: Manifest) -> bool:
    """Whether all files and tools are as in the manifest."""
    if not state.files or state.tools != tools():
        return False
    return {name: (row[0], row[1]) for name, row in state.files.items()} == file_stamps(project, state.clinic)


def _below(folder: Path) -> dict[str, FileStamp]:
    found: dict[str, FileStamp] = {}
    for entry in _walk(str(folder)):
        with suppress(FileNotFoundError):  # an editor's own file, gone already, or a link to nowhere
            if stamp := _file_stamp(entry.stat()):
                found[entry.path] = stamp
    return found


def _file_stamp(found: os.stat_result) -> FileStamp | None:
    """Size and time of a regular file; None for a pipe, a device or a socket, which no reader takes."""
    return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def _walk(folder: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            rows = sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in rows:
        if entry.is_dir():
            if entry.name not in ("__pycache__", ".git"):
                yield from _walk(entry.path)
        elif not entry.name.endswith((".pyc", ".part")):
            yield entry


def _pango() -> str:
    """Pango's version, from the library itself, without loading the typesetter."""
    for library in _libraries("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll"):
        return str(library.pango_version())
    return "unknown"


def _harfbuzz() -> str:
    """The version of HarfBuzz, which shapes words and subsets fonts."""
    import ctypes

    for library in _libraries("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"):
        library.hb_version_string.restype = ctypes.c_char_p
        return str(library.hb_version_string().decode())
    return "unknown"


def _libraries(*names: str) -> Iterator[Any]:
    import ctypes

    for name in names:
        try:
            yield ctypes.CDLL(name)
        except OSError:
            continue
