"""Project: the single access to input files and to today's date.

A project is a stack of folders with the same layout (articles, templates, assets, regions): the user's own folder
first, the folders shipped with the package last. A file in an upper folder hides the file of the same name below it,
so a clinic's folder adds to the shipped files or overrides them one by one.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.files import read_regular
from leaflets.base.machine import source_time
from leaflets.base.reader_limits import limits_of
from leaflets.base.untrusted.names import is_relative_name

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_folder() -> Path:
    """Folder of the shipped articles, templates, assets and regions: inside the wheel, or the checkout."""
    inside = _PACKAGE / "shipped"
    return inside if inside.is_dir() else _PACKAGE.parent


@dataclass(frozen=True)
class Project:
    """Stack of project folders, the user's first. Cheap to create and to pickle."""

    folder: Path | None = None
    shipped: Path = field(default_factory=shipped_folder)

    @cached_property
    def roots(self) -> tuple[Path, ...]:
        """Folders in the order in which they are searched; the first hit wins."""
        own = (self.folder.resolve(),) if self.folder else ()
        return tuple(dict.fromkeys((*own, self.shipped.resolve())))

    def find(self, name: str) -> Path | None:
        """Path of the file or folder `name` (relative, with forward slashes), or None; also None for a name that leads
        out of the project's folders."""
        if not is_relative_name(name):
            return None
        for root in self.roots:
            path = root / name
            if path.exists():
                return path
        return None

    def read_text(self, name: str) -> str:
        """Text of a UTF-8 file, line ends as “\\n”. FileNotFoundError names every folder that was searched; OSError
        when it is no regular file, or larger than its reader takes (`base/reader_limits.py`)."""
        text = self.read_bytes(name).decode("utf-8")
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    def read_checked(self, name: str, diagnostics: Diagnostics) -> str | None:
        """Text of an existing file without its byte order mark; None after a diagnostic if it is unreadable or not
        UTF-8."""
        try:
            text = self.read_text(name).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            column = error.start - (error.object.rfind(b"\n", 0, error.start) + 1) + 1
            place = Place(self.shown(name), line, column)
            diagnostics.error(place, "the file is not UTF-8", "encoding", "save it as UTF-8 in your editor")
        except OSError as error:
            diagnostics.error(Place(self.shown(name)), f"the file cannot be read: {error.strerror}", "unreadable")
        else:
            if (at := text.find("\0")) < 0:
                return text
            line, begins = text.count("\n", 0, at) + 1, text.rfind("\n", 0, at) + 1
            message = "the character U+0000 may not stand in a file"
            place = Place(self.shown(name), line, at - begins + 1)
            diagnostics.error(place, message, "encoding", "delete it, or save the file as UTF-8")
        return None

    def read_bytes(self, name: str) -> bytes:
        """Bytes of a file. FileNotFoundError and OSError as for `read_text`."""
        return read_regular(self._path(name), limits_of(name))

    def names(self, folder: str, suffix: str = "") -> list[str]:
        """Sorted names in `folder` over all roots, each once, without `suffix`; hidden and `_` names are left out."""
        found = {
            path.name
            for root in self.roots
            if (root / folder).is_dir()
            for path in (root / folder).iterdir()
            if path.name.endswith(suffix) and not path.name.startswith((".", "_"))
        }
        return sorted(name.removesuffix(suffix) for name in found)

    def shown(self, name: str) -> str:
        """Path of `name` for messages: relative to the current folder if inside it; `name` itself if it is missing."""
        path = self.find(name)
        if path is None:
            return name
        here = Path.cwd()
        return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)

    def today(self) -> datetime.date:
        """Today's date, or that of SOURCE_DATE_EPOCH (seconds since 1970, UTC) when it is set."""
        given = source_time()
        return given.date() if given else datetime.date.today()

    def latest_today(self) -> datetime.date:
        """The later of `today` and the clock: a day after it is in the future. SOURCE_DATE_EPOCH gives a build an older
        day and does not make wrong what was written since."""
        return max(self.today(), datetime.date.today())

    def _path(self, name: str) -> Path:
        path = self.find(name)
        if path is None:
            searched = ", ".join(str(root) for root in self.roots)
            raise FileNotFoundError(f"{name} is in none of: {searched}")
        return path


_in_use: list[Project] = []


def use(project: Project) -> Project:
    """Make a project the one that this process works on: its locales and fonts are those in use (`l10n`)."""
    _in_use[:] = [project]
    return project


def in_use() -> Project:
    """The project that this process works on; at first the shipped one."""
    return _in_use[0] if _in_use else use(Project())
