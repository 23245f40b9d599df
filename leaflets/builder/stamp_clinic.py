"""Stamping for one clinic: its details on all chosen editions whose stamped files are missing or stale.

Stamp bases, one for each edition, are cached in the process; labels, one for each kind of stamp area, while a clinic
is processed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place
from leaflets.base.files import read_regular, write_whole
from leaflets.base.limited import run_limited
from leaflets.base.open_store import open_store
from leaflets.base.reader_limits import READERS, pdf_limits
from leaflets.builder import stopping
from leaflets.builder.disk_space import cannot_write
from leaflets.builder.state.manifest import program, tools
from leaflets.content.clinic import Details
from leaflets.editions.edition import Edition
from leaflets.finish.stamping.label_layout import FIELDS, LabelFitError, label
from leaflets.finish.stamping.label_parts import Label, LogoPicture
from leaflets.finish.stamping.stamper import stamped
from leaflets.finish.stamping.template import StampBase, StampBaseError
from leaflets.html.clinic_view import shown_address
from leaflets.l10n.fonts import FONTS
from leaflets.lint.clinic import check_clinic
from leaflets.publish.catalogue import PDF_KINDS, CatalogueEntry, catalogue_json, read_catalogue

NAME = ".stamps.json"
"""File in a clinic's folder with the inputs of each stamped file."""
AGAIN = "run the same again: what is done stays done"
MOST_BASES = 400
"""Most stamp bases in the cache of a process, about 100 kB each."""


@dataclass(frozen=True)
class OmittedField:
    """A field that is left out, in one layout or (empty) in all."""

    layout: str
    field: str


@dataclass(frozen=True)
class StampOrder:
    """A stamping order for worker processes: chosen catalogue entries, source and output folders, options."""

    source: Path
    out: Path
    entries: tuple[CatalogueEntry, ...]
    leave_out: tuple[OmittedField, ...] = ()
    force: bool = False

    def omitted(self, layout: str) -> tuple[str, ...]:
        """Names of the fields left out in a layout."""
        return tuple(sorted({row.field for row in self.leave_out if row.layout in ("", layout)}))


@dataclass(frozen=True)
class StampedClinic:
    """The result for one clinic: numbers of files made and fresh, diagnostics."""

    clinic: str
    made: int = 0
    fresh: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether it failed; only then it has diagnostics."""
        return bool(self.diagnostics)


def finished(source: Path) -> list[CatalogueEntry]:
    """The catalogue entries of a build folder for PDF files that exist."""
    store = open_store(source)
    entries = [entry for entry in read_catalogue(store) if entry.kind in PDF_KINDS]
    there = store.sizes([entry.path for entry in entries])
    return [entry for entry in entries if entry.path in there]


def stamp_one(details: Details, body: bytes, entry: CatalogueEntry) -> bytes:
    """The bytes of a finished file with a clinic's details. Raises LabelFitError when they do not fit, StampBaseError
    when the file cannot be stamped."""
    base = _prepared(body)
    clinic, address = details.clinic, details.clinic.copy_of(_edition(entry).parts)
    return stamped(base, label(clinic, base.area, _picture(details)), clinic.name, address, shown_address(address))


def stamp_editions(order: StampOrder, name: str, details: Details) -> StampedClinic:
    """Stamp one clinic; nothing is written unless its details fit all its editions. Errors are in the result."""
    work = _Work(order, name, details)
    diagnostics = Diagnostics()
    try:
        stale = work.stale()
        check_clinic(details, [_edition(entry) for entry in stale], diagnostics)
        if not diagnostics.errors:
            work.fit(stale, diagnostics)
        if not diagnostics.errors:
            work.write(stale)
    except OSError as error:
        cannot_write(Path(error.filename2 or error.filename or work.folder), error, diagnostics)
    except StampBaseError as error:  # another build replaced it meanwhile
        diagnostics.error(details.place("id"), f"clinic “{name}”: a leaflet changed: {error}", "no-room", AGAIN)
    except MemoryError:
        raise
    except Exception as error:  # costs this clinic, not all that come after it
        said = f"clinic “{name}”: stamping failed: {type(error).__name__}: {error}"
        diagnostics.error(details.place("id"), said, "stamp", "it is a fault of the program; please report it")
    if diagnostics.errors:
        return StampedClinic(name, diagnostics=tuple(diagnostics))
    return StampedClinic(name, len(stale), len(order.entries) - len(stale))


@dataclass
class _Work:
    """The stamping of one clinic."""

    order: StampOrder
    name: str
    details: Details
    labels: dict[object, list[tuple[float, Label]]] = field(default_factory=dict)
    """Labels by kind of stamp area and fields left out, each with the height of the area it was laid out for."""

    def __post_init__(self) -> None:
        self.folder = self.order.out / self.name
        self.made = _read_made(self.folder)

    def stale(self) -> list[CatalogueEntry]:
        """The entries whose stamped file is missing or was made of other inputs."""
        return [entry for entry in self.order.entries if self.order.force or not self._fresh(entry)]

    def fit(self, entries: Sequence[CatalogueEntry], diagnostics: Diagnostics) -> None:
        """Lay out the label for each kind of stamp area; report fields that do not fit."""
        told: set[tuple[str, str, str]] = set()
        for entry in entries:
            try:
                self._label(_stamp_base(self.order.source, entry), entry)
            except StampBaseError as error:
                hint = "build it again with this version, without --clinic"
                diagnostics.error(Place(str(self.order.source / entry.path)), str(error), "no-room", hint)
            except LabelFitError as error:
                case = (error.field, entry.layout, str(error))
                if case not in told:
                    told.add(case)
                    self._too_large(error, entry, diagnostics)

    def write(self, entries: Sequence[CatalogueEntry]) -> None:
        """Write the files, then the clinic's catalogue."""
        made = dict(self.made)
        try:
            for entry in entries:
                body = self._stamped(entry)
                stopping.heed()  # WeasyPrint, which draws logos, catches KeyboardInterrupt
                write_whole(self.folder / entry.path, body)
                digest = hashlib.sha256(body).hexdigest()
                made[entry.path] = {"of": self._hash(entry), "size": len(body), "sha256": digest}
        finally:
            self._publish(made)

    def _stamped(self, entry: CatalogueEntry) -> bytes:
        base = _stamp_base(self.order.source, entry)
        address = self.details.clinic.copy_of(_edition(entry).parts)
        name = self.details.clinic.name
        return stamped(base, self._label(base, entry), name, address, shown_address(address))

    def _publish(self, made: Mapping[str, Mapping[str, object]]) -> None:
        """Write the catalogue of the clinic's folder; delete files of leaflets that are not offered any more."""
        offered = {entry.path: entry for entry in finished(self.order.source)}
        kept = {path: row for path, row in made.items() if path in offered and (self.folder / path).is_file()}
        for path in made.keys() - kept.keys():
            (self.folder / path).unlink(missing_ok=True)
        entries = [replace(offered[path], sha256=str(row["sha256"])) for path, row in kept.items()]
        text = json.dumps(kept, indent=0, sort_keys=True)
        for file, body in ((NAME, text), ("catalogue.json", catalogue_json(entries))):
            target = self.folder / file
            if not target.is_file() or target.read_text(encoding="utf-8") != body:
                write_whole(target, body.encode())

    def _label(self, base: StampBase, entry: CatalogueEntry) -> Label:
        left = self.order.omitted(entry.layout)
        height, known = base.area.height, self.labels.setdefault((base.area.key, left), [])
        found = next((row for own, row in known if own == height or row.need <= height), None)
        if found is None:
            found = label(self.details.clinic, base.area, _picture(self.details), left)
            known.append((height, found))
        return found

    def _fresh(self, entry: CatalogueEntry) -> bool:
        row = self.made.get(entry.path)
        if row is None or row.get("of") != self._hash(entry):
            return False
        try:
            return (self.folder / entry.path).stat().st_size == row.get("size")
        except OSError:
            return False

    def _hash(self, entry: CatalogueEntry) -> str:
        """The hash of all inputs of a stamped file."""
        parts = (_makers(), entry.sha256, self.details.sha256, self.order.omitted(entry.layout))
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def _too_large(self, error: LabelFitError, entry: CatalogueEntry, diagnostics: Diagnostics) -> None:
        where = f"{entry.layout} ({entry.level}, {entry.locale})"
        fields = [error.field, *(["leaflets"] if self.details.clinic.leaflets and error.field != "leaflets" else [])]
        less = [f"--leave-out {entry.layout}:{field}" for field in fields if field != "name"]
        less = less or ["an address line, or the opening hours"]
        diagnostics.error(
            self.details.place(error.field),
            f"clinic “{self.name}”: {error.field} does not fit the room on {where}: {error}",
            "clinic-room",
            f"shorten it, or leave out what takes the room: {' or '.join(less)}; --clinic makes room for all of it",
        )


@lru_cache
def _makers() -> str:
    """The versions that affect the bytes: program and tools, as for a build, and optional fonts."""
    fonts = {font.package: version(font.package) for font in FONTS.values() if font.extra and font.installed}
    return repr((program(), sorted(tools().items()), sorted(fonts.items())))


_bases: dict[tuple[Path, str], StampBase] = {}


def _stamp_base(source: Path, entry: CatalogueEntry) -> StampBase:
    """The stamp base of an edition, cached. Raises StampBaseError when the file is not that of the catalogue."""
    key = (source, entry.sha256)
    if key not in _bases:
        if len(_bases) >= MOST_BASES:
            _bases.clear()
        base = _prepared(read_regular(source / entry.path, READERS["pdf"]))
        if base.sha256 != entry.sha256:
            raise StampBaseError("it is not the file that the catalogue names")
        _bases[key] = base
    return _bases[key]


def _prepared(body: bytes) -> StampBase:
    """The stamp base of a file, taken apart in a child process: a catalogue's hash does not say who made the file.
    Raises StampBaseError."""
    limits = pdf_limits(len(body))
    outcome = run_limited("leaflets.finish.stamping.template:prepare", body, limits=limits)
    if outcome.failure:
        raise StampBaseError(outcome.why(limits))
    base: StampBase = outcome.value
    return base


def _picture(details: Details) -> LogoPicture | None:
    logo = details.logo
    if logo is None:
        return None
    return LogoPicture(logo.drawing or logo.body, logo.ratio, drawing=bool(logo.drawing))


def _edition(entry: CatalogueEntry) -> Edition:
    return Edition(entry.article, entry.leaflet, entry.level, entry.layout, entry.locale)


def _read_made(folder: Path) -> dict[str, dict[str, object]]:
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and all(isinstance(row, dict) for row in found.values()) else {}


def parse_omitted(text: str) -> OmittedField:
    """Parse “hours” or “tri-fold:hours”. Raises ValueError, whose message lists the fields, for another field."""
    layout, _, name = text.rpartition(":")
    if name not in FIELDS or name == "name":
        raise ValueError(f"write FIELD or LAYOUT:FIELD; fields are {', '.join(FIELDS[1:])}")
    return OmittedField(layout, name)
