"""Table of locales: a language in a region. The language decides words, script, direction and fonts; the region decides
the rest.

`locales/<tag>.yaml` has one row: of a language (`ar`), or of a locale (`ar-GB`), which goes over that of its language.
A locale without a file of its own is known where its language and its region have one. A project's files go over the
shipped ones, key by key, so a language needs no Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place
from leaflets.base.merged import layers_of, read_merged, with_shipped
from leaflets.base.project import Project, in_use
from leaflets.content.model.text import LevelId, Model
from leaflets.content.validate import validate, written
from leaflets.l10n.braille import Code, Codes
from leaflets.l10n.font_table import FONTS

FOLDER = "locales"
TAG = re.compile(r"(?P<language>[a-z]{2,3}(?:-[A-Z][a-z]{3})?)(?:-(?P<region>[A-Z]{2}|[0-9]{3}))?")
"""A tag of BCP 47 as far as files have one: language, script if it has to be told, region."""

Digits = Literal["latn", "arab", "arabext", "deva", "beng", "guru", "gujr", "mymr", "khmr", "thai", "laoo"]


@dataclass(frozen=True)
class Locale:
    """A language in a region, with its BCP 47 tag.

    `variant_of`: locale of the same language whose words are used where this one's message file has none. A locale
    without it must have every segment translated.
    """

    tag: str
    own_name: str
    english_name: str
    font: str = "atkinson"
    direction: str = "ltr"
    variant_of: str | None = None
    formula: str | None = None
    """Readability formula that is valid for the language: “flesch-kincaid” or None."""
    digits: str = "latn"
    """Digits of the language's own numbers, as CLDR names them."""
    leading: float = 1.0
    """Least line height, as a multiple of the size of type; the font's own may be greater."""
    braille: Codes | None = None
    """Braille codes; None: there is no braille."""
    scale: str = "left"
    """Side of the paper on which a scale from 0 to 10 begins."""

    @property
    def language(self) -> str:
        """Language code, such as “en”."""
        return self.tag.split("-")[0]

    @property
    def region(self) -> str:
        """Id of the region, such as “GB”."""
        return self.tag.split("-")[-1]

    @property
    def english(self) -> bool:
        """True for any variant of English."""
        return self.language == "en"


class BrailleCodeRow(Model):
    """A braille code of liblouis."""

    name: str = Field(description="Name of the code, for people who read about it in the file.")
    table: Annotated[str, written(r"[A-Za-z0-9][A-Za-z0-9._-]*", "the file name of a table, without a folder")] = Field(
        description="File name of liblouis's table, such as en-ueb-g2.ctb."
    )
    grade: Literal[1, 2] = Field(description="1: uncontracted. 2: contracted.")

    def code(self) -> Code:
        """The row as the code that a leaflet is written in."""
        return Code(self.name, self.table, self.grade)


class BrailleRow(BrailleCodeRow):
    """The usual braille code of a language, and the codes of levels that have another."""

    levels: dict[LevelId, BrailleCodeRow] = Field(default_factory=dict)


class LocaleRow(Model):
    """A file `locales/<tag>.yaml`: a language, or what differs from it in one region."""

    own_name: str = Field(min_length=1, description="Name of the language in the language, as its readers look for it.")
    english_name: str = Field(min_length=1, description="Name of the language in English, for staff.")
    font: str = Field("atkinson", description="Id of the font in fonts.yaml; the fonts after it are named there.")
    direction: Literal["ltr", "rtl"] = Field("ltr", description="ltr: from left to right. rtl: from right to left.")
    digits: Digits = Field("latn", description="Digits of the language's own numbers, by their CLDR name.")
    leading: float = Field(1.0, ge=1.0, le=3.0, description="Least line height, as a multiple of the size of type.")
    braille: BrailleRow | None = Field(None, description="Braille code; without one there is no braille file.")
    base: Annotated[str, written(TAG.pattern, "the tag of a locale, such as en-GB")] | None = Field(
        None, description="Locale of the same language whose words are printed where this one has none."
    )
    formula: Literal["flesch-kincaid"] | None = Field(None, description="Readability formula valid for the language.")
    scale: Literal["left", "right"] = Field("left", description="Side of the paper on which a scale begins.")


class LocaleTable(Mapping[str, Locale]):
    """The locales of the project that this process works on, by tag; each file is read when it is asked for."""

    def __init__(self) -> None:
        self._user: Project | None = None
        self._project: Project | None = None
        self._seen: tuple[tuple[Path, ...], dict[str, tuple[int, int]]] | None = None
        self._rows: dict[str, Locale | None] = {}
        self._faults: dict[str, tuple[Diagnostic, ...]] = {}
        self._tags: tuple[str, ...] = ()

    def open(self, project: Project) -> None:
        """Use the locales of a project. Does nothing if they are in use and no file has changed."""
        self._user, below = project, with_shipped(project)
        stamps = _stamps(below)
        if self._seen != (below.roots, stamps):
            self._tags = _tags(below, stamps)
            self._rows, self._faults = {}, {}
            self._project, self._seen = below, (below.roots, stamps)

    def faults(self) -> list[Diagnostic]:
        """Diagnostics of the files in the user's own folder and of those read so far."""
        project = self._ready()
        own = {name for name, _ in _own_files(project)}
        for tag in self._tags:
            if tag in own or _language(tag) in own:
                self.get(tag)
        wrong = [fault for name, fault in _own_files(project) if fault]
        return [*wrong, *(item for rows in self._faults.values() for item in rows)]

    def __getitem__(self, tag: str) -> Locale:
        project = self._ready()
        if tag not in self._rows:
            said = Diagnostics()
            self._rows[tag] = _read(project, tag, said) if tag in self._tags else None
            if said.items:
                self._faults[tag] = tuple(said)
        row = self._rows[tag]
        if row is None:
            raise KeyError(tag)
        return row

    def __iter__(self) -> Iterator[str]:
        self._ready()
        return iter(self._tags)

    def __len__(self) -> int:
        self._ready()
        return len(self._tags)

    def _ready(self) -> Project:
        if self._user is not in_use() or self._project is None:
            self.open(in_use())
        assert self._project is not None
        return self._project


LOCALES = LocaleTable()


def languages() -> list[str]:
    """Tags of the languages of which a locale can be, sorted."""
    return sorted({_language(tag) for tag in LOCALES})


def _language(tag: str) -> str:
    """The tag without its region."""
    found = TAG.fullmatch(tag)
    return found["language"] if found else tag


def _stamps(project: Project) -> dict[str, tuple[int, int]]:
    """Size and time of each file of locales, and each region's name, over all folders of a project."""
    found: dict[str, tuple[int, int]] = {}
    for layer in layers_of(project):
        for name in layer.names(FOLDER, ".yaml"):
            if path := layer.find(f"{FOLDER}/{name}.yaml"):
                said = path.stat()
                found[str(path)] = said.st_size, said.st_mtime_ns
        for name in layer.names("regions", ".yaml"):
            found[f"region {name}"] = (0, 0)
    return found


def _tags(project: Project, stamps: Mapping[str, tuple[int, int]]) -> tuple[str, ...]:
    """All tags: those with a file of their own, then each language in each region."""
    files = [found for name in project.names(FOLDER, ".yaml") if (found := TAG.fullmatch(name))]
    regions = sorted(name.removeprefix("region ") for name in stamps if name.startswith("region "))
    written = [found[0] for found in files if found["region"]]
    spoken = [found["language"] for found in files if not found["region"]]
    return tuple(dict.fromkeys((*written, *(f"{language}-{region}" for language in spoken for region in regions))))


def _own_files(project: Project) -> list[tuple[str, Diagnostic | None]]:
    """Names of the files in the user's folder, with a fault of the name."""
    if project.folder is None:
        return []
    found = []
    own = Project(project.folder, project.folder)
    for name in own.names(FOLDER, ".yaml"):
        said = Diagnostics()
        if not TAG.fullmatch(name):
            hint = "name it after a language, such as pl.yaml, or a language in a region, such as pl-GB.yaml"
            said.error(Place(own.shown(f"{FOLDER}/{name}.yaml")), f"“{name}” is no tag of a language", "wrong-id", hint)
        found.append((name, said.items[0] if said.items else None))
    return found


def _read(project: Project, tag: str, diagnostics: Diagnostics) -> Locale | None:
    """The row of a tag, its own file over that of its language. None after a diagnostic."""
    names = tuple(f"{FOLDER}/{name}.yaml" for name in dict.fromkeys((tag, _language(tag))))
    source = read_merged(project, names, diagnostics)
    row = validate(source, LocaleRow, diagnostics) if source else None
    if source is None or row is None:
        return None
    base = row.base if row.base != tag else None
    if base and _language(base) != _language(tag):
        message = f"“{tag}” cannot have words of another language, “{base}”"
        diagnostics.error(source.place(("base",)), message, "wrong-base", "leave “base” out: all is translated then")
        return None
    if row.font not in FONTS:
        hint = f"known here: {', '.join(FONTS)}"
        diagnostics.error(source.place(("font",)), f"there is no font “{row.font}” in fonts.yaml", "unknown-font", hint)
        return None
    codes = row.braille
    return Locale(
        tag,
        row.own_name,
        row.english_name,
        row.font,
        row.direction,
        base,
        row.formula,
        row.digits,
        row.leading,
        Codes(codes.code(), {level: other.code() for level, other in codes.levels.items()}) if codes else None,
        row.scale,
    )
