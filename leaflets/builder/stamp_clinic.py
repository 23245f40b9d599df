"""Stamping for one clinic: its details on all chosen editions whose stamped files are missing or stale.

Stamp bases, one for each edition, are cached in the process; labels, one for each kind of stamp area, while a clinic
is processed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, Severity
from leaflets.base.files import read_regular
from leaflets.base.limited import run_limited
from leaflets.base.reader_limits import READERS, pdf_limits
from leaflets.base.store import LocalStore
from leaflets.base.untrusted.names import inside
from leaflets.builder import stopping
from leaflets.builder.disk_space import cannot_write
from leaflets.builder.state.manifest import program, tools
from leaflets.builder.state.stamps_file import NAME as STAMPS
from leaflets.builder.state.stamps_file import StampedFile, read_stamps, stamps_json
from leaflets.content.clinic import Details
from leaflets.editions.layouts import for_patients
from leaflets.finish.stamping.label_layout import FIELDS, LabelFitError, label
from leaflets.finish.stamping.label_parts import Label, LogoPicture
from leaflets.finish.stamping.stamper import stamped
from leaflets.finish.stamping.template import StampBase, StampBaseError
from leaflets.html.clinic_view import shown_address
from leaflets.l10n.font_table import FONTS
from leaflets.lint.clinic import check_clinic
from leaflets.publish.catalogue import NAME as CATALOGUE
from leaflets.publish.catalogue import PDF_KINDS, CatalogueEntry, catalogue_json, read_catalogue

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
        """Whether a diagnostic is an error; then nothing was written."""
        return any(item.severity is Severity.ERROR for item in self.diagnostics)


def finished(source: Path, diagnostics: Diagnostics) -> list[CatalogueEntry]:
    """The catalogue entries of a build folder for PDF files for patients that exist; a broken catalogue is an error."""
    store = LocalStore(source)
    rows = read_catalogue(store, diagnostics).entries
    entries = [entry for entry in rows if entry.kind in PDF_KINDS and for_patients(entry.layout)]
    there = store.sizes([entry.path for entry in entries])
    return [entry for entry in entries if entry.path in there]


def stamp_one(details: Details, body: bytes, entry: CatalogueEntry) -> bytes:
    """The bytes of a finished file with a clinic's details. Raises LabelFitError when they do not fit, StampBaseError
    when the file cannot be stamped."""
    base = _prepared(body)
    clinic, address = details.clinic, details.clinic.copy_of(entry.edition.parts)
    return stamped(base, label(clinic, base.area, _picture(details)), clinic.name, address, shown_address(address))


def stamp_editions(order: StampOrder, name: str, details: Details) -> StampedClinic:
    """Stamp one clinic; nothing is written unless its details fit all its editions. Errors are in the result."""
    diagnostics = Diagnostics()
    work = _Work(order, name, details, read_stamps(LocalStore(order.out), name, diagnostics))
    try:
        stale = work.stale()
        check_clinic(details, [entry.edition for entry in stale], diagnostics)
        if not diagnostics.errors:
            work.fit(stale, diagnostics)
        if not diagnostics.errors:
            work.write(stale)
    except OSError as error:
        cannot_write(Path(error.filename2 or error.filename or order.out / name), error, diagnostics)
    except StampBaseError as error:  # another build replaced it meanwhile
        diagnostics.error(details.place("id"), f"clinic “{name}”: a leaflet changed: {error}", "no-room", AGAIN)
    except MemoryError:
        raise
    except Exception as error:  # costs this clinic, not all that come after it
        said = f"clinic “{name}”: stamping failed: {type(error).__name__}: {error}"
        diagnostics.error(details.place("id"), said, "stamp", "it is a fault of the program; please report it")
    if diagnostics.errors:
        return StampedClinic(name, diagnostics=tuple(diagnostics))
    return StampedClinic(name, len(stale), len(order.entries) - len(stale), tuple(diagnostics))


@dataclass
class _Work:
    """The stamping of one clinic."""

    order: StampOrder
    name: str
    details: Details
    made: Mapping[str, StampedFile]
    """What an earlier run has made, by path in the clinic's folder."""
    labels: dict[object, list[tuple[float, Label]]] = field(default_factory=dict)
    """Labels by kind of stamp area and fields left out, each with the height of the area it was laid out for."""

    def __post_init__(self) -> None:
        self.out = LocalStore(self.order.out)

    def stale(self) -> list[CatalogueEntry]:
        """The entries whose stamped file is missing or was made of other inputs."""
        sizes = self._sizes([entry.path for entry in self.order.entries])
        return [entry for entry in self.order.entries if self.order.force or not self._fresh(entry, sizes)]

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
                self.out.write_whole(self._name(entry.path), body)
                made[entry.path] = StampedFile(self._hash(entry), len(body), hashlib.sha256(body).hexdigest())
        finally:
            self._publish(made)

    def _stamped(self, entry: CatalogueEntry) -> bytes:
        base = _stamp_base(self.order.source, entry)
        address = self.details.clinic.copy_of(entry.edition.parts)
        name = self.details.clinic.name
        return stamped(base, self._label(base, entry), name, address, shown_address(address))

    def _publish(self, made: Mapping[str, StampedFile]) -> None:
        """Write the catalogue of the clinic's folder; delete files of leaflets that are not offered any more."""
        offered = {
            entry.path: entry for entry in finished(self.order.source, Diagnostics())
        }  # read without faults before
        there = self._sizes(made)
        kept = {path: row for path, row in made.items() if path in offered and path in there}
        for path in sorted(made.keys() - kept.keys()):
            self.out.delete(self._name(path))
        entries = [replace(offered[path], sha256=row.sha256) for path, row in kept.items()]
        for file, text in ((STAMPS, stamps_json(kept)), (CATALOGUE, catalogue_json(entries))):
            if self._text(file) != text:
                self.out.write_whole(self._name(file), text.encode())

    def _name(self, path: str) -> str:
        """Name of a file of the clinic in the folder of all clinics: no link of the clinic's own folder leads out."""
        return f"{self.name}/{path}"

    def _sizes(self, paths: Iterable[str]) -> dict[str, int]:
        """Sizes of the clinic's files that exist, by path in its folder."""
        found = self.out.sizes(map(self._name, paths))
        return {name.removeprefix(self._name("")): size for name, size in found.items()}

    def _text(self, file: str) -> str | None:
        """Text of a file of the clinic; None when it cannot be read."""
        try:
            return self.out.read(self._name(file)).decode()
        except (OSError, ValueError):
            return None

    def _label(self, base: StampBase, entry: CatalogueEntry) -> Label:
        left = self.order.omitted(entry.layout)
        height, known = base.area.height, self.labels.setdefault((base.area.key, left), [])
        found = next((row for own, row in known if own == height or row.need <= height), None)
        if found is None:
            found = label(self.details.clinic, base.area, _picture(self.details), left)
            known.append((height, found))
        return found

    def _fresh(self, entry: CatalogueEntry, sizes: Mapping[str, int]) -> bool:
        row = self.made.get(entry.path)
        return row is not None and row.of == self._hash(entry) and sizes.get(entry.path) == row.size

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
        base = _prepared(read_regular(inside(source, entry.path), READERS["pdf"]))
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


def parse_omitted(text: str) -> OmittedField:
    """Parse “hours” or “tri-fold:hours”. Raises ValueError, whose message lists the fields, for another field."""
    layout, _, name = text.rpartition(":")
    if name not in FIELDS or name == "name":
        raise ValueError(f"write FIELD or LAYOUT:FIELD; fields are {', '.join(FIELDS[1:])}")
    return OmittedField(layout, name)
