"""What the last build knew: the files it read and, for each edition, what it was made of and what came out.

Kept in the build folder as `.state.json`. Light on purpose: with nothing to do, this module and the standard library
are all that is loaded.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from itertools import product
from pathlib import Path
from typing import Any

from leaflets.base.files import write_whole
from leaflets.base.project import Project

NAME = ".state.json"
FORMAT = 2
FOLDERS = ("articles", "assets", "regions", "templates")
PACKAGES = ("weasyprint", "pydyf", "fonttools", "jinja2", "babel", "fontpkg-atkinson-hyperlegible")
"""Packages whose version shows in the bytes of a file."""

Stamp = tuple[int, int]
"""Size and time of change (ns) of a file: as long as they stay, its content is taken to be the same."""


@dataclass
class Made:
    """One edition as it was made: its parts with their hashes, and its line of the catalogue."""

    parts: dict[str, str]
    entry: dict[str, Any]
    warnings: list[str] = field(default_factory=list)
    size: int = 0
    seen: str = ""
    """The snapshot (`State.snapshot`) at which the edition was last found to be up to date."""


@dataclass
class State:
    """The state of a build folder."""

    files: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    """Every file that could have been read: size, time of change, SHA-256."""
    tools: dict[str, str] = field(default_factory=dict)
    offered: list[list[str]] = field(default_factory=list)
    """All editions of the project: article, leaflet, level, layout, locale."""
    editions: dict[str, Made] = field(default_factory=dict)

    @property
    def snapshot(self) -> str:
        """A hash of all files and tools as the state knows them."""
        rows = [f"{name} {row[2]}" for name, row in sorted(self.files.items())]
        rows += [f"{name} {version}" for name, version in sorted(self.tools.items())]
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def read_state(out: Path) -> State:
    """The state of a build folder; an empty one where there is none, or another version wrote it."""
    try:
        found = json.loads((out / NAME).read_text(encoding="utf-8"))
        if found.pop("format") != FORMAT:
            return State()
        files = {name: (row[0], row[1], row[2]) for name, row in found["files"].items()}
        made = {name: Made(**row) for name, row in found["editions"].items()}
        return State(files, found["tools"], found["offered"], made)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return State()


def write_state(out: Path, state: State) -> None:
    """Write the state of a build folder, whole or not at all."""
    write_whole(out / NAME, json.dumps({"format": FORMAT, **asdict(state)}, ensure_ascii=False).encode())


def stamps(project: Project) -> dict[str, Stamp]:
    """Size and time of every file of the project's folders and of the program itself, by its path."""
    found: dict[str, Stamp] = {}
    for root in project.roots:
        for folder in FOLDERS:
            found.update(_below(root / folder))
    program = Path(__file__).resolve().parent.parent
    found.update((name, stamp) for name, stamp in _below(program).items() if name.endswith(".py"))
    return found


def hashed(project: Project, known: Mapping[str, tuple[int, int, str]]) -> dict[str, tuple[int, int, str]]:
    """The same with the SHA-256 of each; a file whose size and time are as `known` is not read again."""
    found: dict[str, tuple[int, int, str]] = {}
    for name, (size, changed) in stamps(project).items():
        row = known.get(name)
        if row is None or row[:2] != (size, changed):
            try:
                row = (size, changed, hashlib.sha256(Path(name).read_bytes()).hexdigest())
            except FileNotFoundError:  # an editor's own file, gone already
                continue
        found[name] = row
    return found


def tools() -> dict[str, str]:
    """Versions of what makes the bytes, by name."""
    found = {"python": ".".join(map(str, sys.version_info[:2])), "pango": _pango()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "missing"
    return found


def unchanged(project: Project, state: State) -> bool:
    """Whether no file and no tool has changed since `state` was written."""
    if not state.files or state.tools != tools():
        return False
    return {name: (row[0], row[1]) for name, row in state.files.items()} == stamps(project)


def up_to_date(project: Project, out: Path, wanted: Sequence[Sequence[str]]) -> list[Made] | None:
    """The editions that are asked for, when all of them are known to be up to date; None when that is not certain.

    `wanted` has, for article, leaflet, level, layout and locale, the names asked for; none means all.
    """
    state = read_state(out)
    if not unchanged(project, state) or not (out / "catalogue.json").is_file():
        return None
    for place, names in enumerate(wanted):
        if set(names) - {row[place] for row in state.offered}:
            return None  # an unknown name is for the planner to complain of
    for asked in product(*(names or [""] for names in wanted[1:4])):
        if not any(all(name in ("", row[i]) for i, name in enumerate(asked, 1)) for row in state.offered):
            return None  # nor what is not offered in a layout
    chosen = [row for row in state.offered if all(not names or row[i] in names for i, names in enumerate(wanted))]
    found = [state.editions.get(".".join(row)) for row in chosen]
    now = state.snapshot  # a build of some editions tells nothing of the others
    fresh = [made for made in found if made and made.seen == now and _size(out / made.entry["path"]) == made.size]
    return fresh if chosen and len(fresh) == len(chosen) else None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _below(folder: Path) -> dict[str, Stamp]:
    found: dict[str, Stamp] = {}
    for entry in _walk(str(folder)):
        with suppress(FileNotFoundError):  # an editor's own file, gone already, or a link to nowhere
            stat = entry.stat()
            found[entry.path] = (stat.st_size, stat.st_mtime_ns)
    return found


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
    """Pango's version, asked of the library itself without loading the typesetter."""
    import ctypes
    import ctypes.util

    for name in ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll"):
        try:
            return str(ctypes.CDLL(name).pango_version())
        except (OSError, AttributeError):
            continue
    return "unknown"
