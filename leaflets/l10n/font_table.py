"""Table of font families: the rows of `fonts.yaml`, a project's over the shipped ones, key by key.

Their files are whole TTF files from pip packages or from a project's folder, or copies with a plain zero.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, did_you_mean
from leaflets.base.merged import layers_of, read_merged, with_shipped
from leaflets.base.project import Project, in_use
from leaflets.base.reader_limits import READERS
from leaflets.base.untrusted.names import UnsafeNameError, relative_name
from leaflets.content.model.text import Id, Model
from leaflets.content.validate import validate, written
from leaflets.l10n import plain_zero

NAME = "fonts.yaml"
CJK = "cjk"
"""Extra of pyproject.toml with fonts for Chinese, Japanese and Korean, 30 MB."""
_RANGES = r"(?:U\+[0-9A-F]{2,5}(?:-[0-9A-F]{2,5})?(?:, |$))*"


@dataclass(frozen=True)
class Font:
    """A font family: its CSS name, the pip package of its files, and the ids of the families after it in the stack."""

    family: str
    package: str
    then: tuple[str, ...] = ()
    place: str = "files"
    """Folder of the files in the package."""
    variable: bool = False
    """One file holds all weights, on the axis `wght`."""
    leading: float = 1.0
    """Minimum line height, as a multiple of the size of type, at which marks of adjacent lines do not touch."""
    extra: str = ""
    """Extra of pyproject.toml that installs the package; empty: always installed."""
    charset: str = ""
    """Legacy encoding of the font's market; it decides between Chinese and Japanese shapes of one character."""
    slashed: str = ""
    """Family in the package whose zero has a slash: `family` is our copy of it with a plain zero."""
    web: str = ""
    """Letters that web pages embed, as in CSS; empty: none."""
    home: Path | None = field(default=None, repr=False, compare=False)
    """Folder of a font that is in the project and in no package."""

    @property
    def folder(self) -> Path:
        """Folder of the font files. ModuleNotFoundError when the package is not installed, OSError when copies with a
        plain zero cannot be written."""
        if self.home:
            return self.home
        package = _package(self.package)
        if not self.slashed:
            return package / self.place
        names = (f"{self.slashed.replace(' ', '')}-{style}.ttf" for style in ("Regular", "Bold"))
        return plain_zero.made(tuple(package / self.place / name for name in names), package / "LICENSE", self.family)

    @property
    def installed(self) -> bool:
        """True if the package and its regular file are there."""
        try:
            return self.file().is_file()
        except ModuleNotFoundError:
            return False

    def file(self, bold: bool = False) -> Path:
        """Path of the upright font file."""
        return self.folder / _file_names(self.family, self.variable)[bold and not self.variable]

    @property
    def files(self) -> tuple[Path, ...]:
        """Regular and bold file (one file if variable); no other style is used."""
        return tuple(dict.fromkeys((self.file(), self.file(bold=True))))


def _folder(value: str) -> str:
    try:
        return value if value == "." else relative_name(value)
    except UnsafeNameError as error:
        raise ValueError(str(error.strerror)) from None


class FontRow(Model):
    """A row of `fonts.yaml`: a font family of which leaflets are set, and where its files are.

    The files are whole TrueType files, `Family-Regular.ttf` and `Family-Bold.ttf` (the family without its spaces), or
    one `Family[wght].ttf`.
    """

    family: Annotated[str, written(r"[A-Za-z0-9][A-Za-z0-9 ]*", "letters of ASCII, digits and spaces")] = Field(
        description="Name of the family, as its files have it."
    )
    package: Annotated[str, written(r"[A-Za-z0-9_]*", "the name of a Python package")] = Field(
        "", description="Python package that holds the files; without it they are in the project's folder."
    )
    folder: Annotated[str, AfterValidator(_folder)] = Field(
        "files", description="Folder of the files in the package, or in the project: assets/fonts/noto-nastaliq-urdu."
    )
    then: tuple[str, ...] = Field((), description="Ids of the fonts of letters that this one lacks, in this order.")
    variable: bool = Field(False, description="true: one file holds all weights.")
    leading: float = Field(1.0, ge=1.0, le=3.0, description="Least line height, as a multiple of the size of type.")
    extra: Annotated[str, written(r"[a-z0-9-]*", "the name of an extra")] = Field(
        "", description="Extra of leaflets that installs the package; without it the package is always there."
    )
    charset: Annotated[str, written(r"[a-z0-9_]*", "the name of an encoding in Python, such as gb2312")] = Field(
        "", description="Older encoding of the font's market, to choose between Chinese and Japanese shapes."
    )
    slashed: Annotated[str, written(r"[A-Za-z0-9 ]*", "letters of ASCII, digits and spaces")] = Field(
        "", description="Family in the package whose zero has a slash; “family” is a copy with a plain zero."
    )
    web: Annotated[str, written(_RANGES, "ranges of Unicode as in CSS: U+20-7E, U+A0")] = Field(
        "", description="Letters that web pages embed, as in CSS: U+20-7E, U+A0. Without it they embed none."
    )


class FontFile(Model):
    """The file `fonts.yaml`: font families by id."""

    fonts: dict[Id, FontRow]


class FontTable(Mapping[str, Font]):
    """The fonts of the project that this process works on, by id."""

    def __init__(self) -> None:
        self._user: Project | None = None
        self._seen: tuple[tuple[str, int, int], ...] | None = None
        self._rows: dict[str, Font] = {}
        self._faults: tuple[Diagnostic, ...] = ()

    def open(self, project: Project) -> None:
        """Use the fonts of a project. Does nothing if they are in use and no file has changed."""
        self._user, below = project, with_shipped(project)
        stamps = []
        for layer in layers_of(below):
            if path := layer.find(NAME):
                said = path.stat()
                stamps.append((str(path), said.st_size, said.st_mtime_ns))
        if self._seen != tuple(stamps):
            diagnostics = Diagnostics()
            self._rows = _read(below, diagnostics)
            self._faults, self._seen = tuple(diagnostics), tuple(stamps)

    def faults(self) -> tuple[Diagnostic, ...]:
        """Diagnostics of the files."""
        self._ready()
        return self._faults

    def __getitem__(self, font: str) -> Font:
        return self._ready()[font]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ready())

    def __len__(self) -> int:
        return len(self._ready())

    def _ready(self) -> dict[str, Font]:
        if self._user is not in_use():
            self.open(in_use())
        return self._rows


FONTS = FontTable()


def _read(project: Project, diagnostics: Diagnostics) -> dict[str, Font]:
    """The fonts of a project; after a fault in its own file, the shipped ones."""
    source = read_merged(project, (NAME,), diagnostics)
    file = validate(source, FontFile, diagnostics) if source else None
    rows: dict[str, Font] = {}
    for id_, row in (file.fonts if file else {}).items():
        assert source is not None
        home = None if row.package else _home(project, row)
        at = ("fonts", id_)
        if not row.package and home is None:
            files = " and ".join(name for name in _file_names(row.family, row.variable))
            hint = f"put {files} there, and the font's licence"
            message = f"“{row.folder}” has no font files that can be read"
            diagnostics.error(source.place((*at, "folder")), message, "no-font", hint)
            continue
        rows[id_] = Font(
            row.family, row.package, row.then, row.folder, row.variable, row.leading, row.extra, row.charset,
            row.slashed, row.web, home,
        )  # fmt: skip
    for id_, font in rows.items():
        for index, other in enumerate(font.then):
            if other not in rows or other == id_:
                place = source.place(("fonts", id_, "then", index)) if source else Place(NAME)
                hint = did_you_mean(other, rows)
                diagnostics.error(place, f"there is no other font “{other}”", "unknown-font", hint)
    shipped = Project(project.shipped)
    return rows if not diagnostics.errors or project == shipped else _read(shipped, Diagnostics())


def _file_names(family: str, variable: bool) -> tuple[str, ...]:
    name = family.replace(" ", "")
    return (f"{name}[wght].ttf",) if variable else (f"{name}-Regular.ttf", f"{name}-Bold.ttf")


def _home(project: Project, row: FontRow) -> Path | None:
    """Folder of a font in the project that has all its files; None when there is none."""
    for layer in layers_of(project):
        paths = [layer.find(f"{row.folder}/{name}") for name in _file_names(row.family, row.variable)]
        sizes = [path.stat().st_size if path and path.is_file() else 0 for path in paths]
        if all(0 < size <= READERS["font"].bytes for size in sizes) and paths[0]:
            return paths[0].parent
    return None


@lru_cache
def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"the font package {name} is not installed")
    return Path(next(iter(spec.submodule_search_locations)))
