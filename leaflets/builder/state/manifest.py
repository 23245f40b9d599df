"""Manifest of a build folder, `.state.json`: the files that the last build read and, for each edition, its inputs and
its files.

Imports little on purpose: when nothing has changed, a build loads only this module and the standard library.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import stat
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from itertools import product
from pathlib import Path
from typing import Any

from leaflets.base.files import read_regular
from leaflets.base.open_store import open_store
from leaflets.base.project import Project
from leaflets.base.reader_limits import LARGEST, ReaderLimits
from leaflets.base.store import Store
from leaflets.builder.request import WHOLE, BuildRequest
from leaflets.editions.choice import Choice
from leaflets.finish.formats import liblouis

NAME = ".state.json"
FORMAT = 8
UNDER_WAY = -1
"""Size of an edition that a build has begun. A manifest that still has it was left by an interrupted build."""
FOLDERS = ("articles", "assets", "regions", "templates")
PACKAGES = (
    "weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "pyphen", "pillow", "fonttools", "jinja2", "babel",
    "markdown-it-py", "pypdf", "reportlab", "uharfbuzz", "icu4py", "segno", "brotli",
    "page-validation", "syllapy",
    "fontpkg-atkinson-hyperlegible", "fontpkg-fira-sans", "fontpkg-ibm-plex-sans-arabic", "manimgx-fonts",
)  # fmt: skip
"""Packages whose version affects the bytes of a file."""
BRAILLE = "liblouis"
"""The tool that no PDF depends on: another version makes only web pages and their formats stale."""
PROGRAM = Path(__file__).resolve().parent.parent
"""The folder of the program itself."""

Row = tuple[int, int, str]
"""Size, time of change (ns) and SHA-256 of a file."""

ANY = ReaderLimits("a file of a project", LARGEST)

FileStamp = tuple[int, int]
"""Size and time of change (ns) of a file; while they are the same, its content counts as unchanged."""


@dataclass
class Made:
    """One built edition: the hashes of its inputs (`parts`), and its catalogue entry."""

    parts: dict[str, str]
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

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Its catalogue entries."""
        return [self.entry, *self.others]

    @property
    def measured(self) -> bool:
        """Whether it has evidence, or needs none because it is no PDF."""
        return "evidence" in self.parts or self.entry["kind"] != "read"

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


def read_state(out: Store) -> Manifest:
    """Read the manifest of a build folder; an empty one if there is none, or one of another format. Raises OSError when
    it exists and cannot be read: an empty manifest would lose the editions that were built."""
    try:
        found = json.loads(out.read(NAME))
        if found.pop("format") != FORMAT:
            return Manifest()
        files = {name: (row[0], row[1], row[2]) for name, row in found["files"].items()}
        made = {name: Made(**row) for name, row in found["editions"].items()}
        clinic, sheet = found.get("clinic", []), found.get("sheet", "")
        return Manifest(files, found["tools"], found["offered"], made, clinic, sheet, found["published"])
    except (FileNotFoundError, ValueError, KeyError, TypeError, IndexError):
        return Manifest()


def write_state(out: Store, state: Manifest) -> None:
    """Write the manifest of a build folder, whole or not at all."""
    # `vars` instead of `asdict`, which copies all values and takes longer than writing them
    found = {"format": FORMAT, **vars(state), "editions": {name: vars(made) for name, made in state.editions.items()}}
    out.write_whole(NAME, json.dumps(found, ensure_ascii=False).encode())


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


def up_to_date(project: Project, request: BuildRequest) -> list[Made] | None:
    """The requested editions if all of them are certain to be fresh; else None."""
    out = open_store(request.out)
    try:
        state = read_state(out)
    except OSError:
        return None  # a build reports the error
    if request.force or request.release or request.shard != WHOLE or not _same_request(state, request):
        return None
    if not state.published or not unchanged(project, state):
        return None
    chosen = _chosen(state, request.choice)
    found = [state.editions.get(".".join(row)) for row in chosen]
    now = state.snapshot  # a build of some editions updates only their snapshots
    today = project.today().isoformat()
    fresh = [
        made
        for made in found
        if made and made.parts and made.seen == now and _measured(made, request) and _says_its_review(made, today)
    ]
    if not chosen or len(fresh) < len(chosen):
        return None
    files = {path: size for made in fresh for path, size in made.files.items()}
    sizes = out.sizes(["catalogue.json", *files])
    whole = all(sizes.get(path) == size for path, size in files.items())
    return fresh if whole and "catalogue.json" in sizes else None


def _measured(made: Made, request: BuildRequest) -> bool:
    """Whether an edition has its evidence, or the request needs none."""
    return made.measured or not request.evidence


def _says_its_review(made: Made, today: str) -> bool:
    """Whether an edition says what is true today: that its review is overdue, or nothing. False also for one that was
    signed and is a draft again: a build says what changed."""
    due = made.entry.get("review_due", "")
    return bool(due) and made.expired == (due < today) and made.entry.get("review") in ("draft", "signed")


def _same_request(state: Manifest, request: BuildRequest) -> bool:
    """Whether the last build was for the same clinic and the same sheet of print files."""
    clinic = [str(request.clinic.resolve())] if request.clinic else []
    return state.clinic[:1] == clinic and state.sheet == request.print_sheet


def _chosen(state: Manifest, choice: Choice) -> list[list[str]]:
    """The offered editions that `choice` selects; none if a part of it is unknown or not offered, which the planner
    reports."""
    wanted = (choice.article, choice.leaflet, choice.level, choice.layout, choice.locale)
    for place, names in enumerate(wanted):
        if set(names) - {row[place] for row in state.offered}:
            return []
    for asked in product(*(names or [""] for names in wanted[1:4])):
        if not any(all(name in ("", row[i]) for i, name in enumerate(asked, 1)) for row in state.offered):
            return []
    return [row for row in state.offered if all(not names or row[i] in names for i, names in enumerate(wanted))]


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
