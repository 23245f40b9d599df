"""Stamping for many clinics in worker processes, one task for each clinic.

A clinic's details are checked on all its editions before any of its files is written.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from leaflets.base.diagnostics import Diagnostics, Place, did_you_mean
from leaflets.base.limited import block_sigint
from leaflets.builder.disk_space import DISK_FULL
from leaflets.builder.stamp_clinic import AGAIN, OmittedField, StampedClinic, StampOrder, finished, stamp_editions
from leaflets.builder.state.lock import locked
from leaflets.builder.workers.worker import follow_parent
from leaflets.content.clinic import Details, read_all_details
from leaflets.editions.choice import Choice
from leaflets.editions.edition import WEB
from leaflets.editions.plan import COMMAND_LINE
from leaflets.publish.catalogue import CatalogueEntry


@dataclass(frozen=True)
class Stamped:
    """The result of a run."""

    served: tuple[StampedClinic, ...]
    diagnostics: Diagnostics
    editions: int = 0
    refused: int = 0
    """Rows of the CSV file with errors, which were left out."""
    phones: Mapping[str, str] = field(default_factory=dict)
    """Telephone number of each clinic, as it is printed."""

    @property
    def made(self) -> int:
        """Number of files made."""
        return sum(row.made for row in self.served)

    @property
    def fresh(self) -> int:
        """Number of files that were fresh."""
        return sum(row.fresh for row in self.served)

    @property
    def failed(self) -> list[StampedClinic]:
        """Clinics that failed."""
        return [row for row in self.served if row.failed]


@dataclass(frozen=True)
class StampRequest:
    """A request to stamp many clinics."""

    clinics: Path
    """CSV file with one clinic in each row."""
    choice: Choice
    """Which editions."""
    source: Path
    """Folder of a build."""
    out: Path
    """Folder that gets a folder for each clinic."""
    leave_out: Sequence[OmittedField] = ()
    force: bool = False
    """Stamp also files that are fresh."""


class StampProgress(Protocol):
    """Receiver of progress."""

    def planned(self, clinics: int, editions: int) -> None:
        """Called once with the number of clinics, and of files for each."""

    def done(self, served: StampedClinic, done: int) -> None:
        """Called for each clinic when it is done or has failed; `done`: how many so far."""


def stamp(request: StampRequest, jobs: int, progress: StampProgress) -> Stamped:
    """Stamp clinics on finished editions, in `jobs` processes."""
    diagnostics = Diagnostics()
    entries = chosen(request.source, request.choice, diagnostics)
    if diagnostics.errors:
        return Stamped((), diagnostics)
    rows = read_all_details(request.clinics, diagnostics)
    refused = len({item.place.line for item in diagnostics})
    order = StampOrder(request.source, request.out, tuple(entries), tuple(request.leave_out), request.force)
    with locked(request.out, diagnostics) as ours:
        if not ours or not rows:
            return Stamped((), diagnostics, len(entries), refused)
        progress.planned(len(rows), len(entries))
        served: list[StampedClinic] = []
        for row in _stamp_all(order, [(clinic.id, details) for clinic, details in rows], jobs):
            served.append(row)
            diagnostics.extend(row.diagnostics)
            progress.done(row, len(served))
            if any(item.rule == DISK_FULL for item in row.diagnostics):
                break  # the others would fail in the same way
    phones = {clinic.id: clinic.phone for clinic, _ in rows if clinic.phone}
    return Stamped(tuple(sorted(served, key=lambda row: row.clinic)), diagnostics, len(entries), refused, phones)


def chosen(source: Path, choice: Choice, diagnostics: Diagnostics) -> list[CatalogueEntry]:
    """The catalogue entries of a build folder that `choice` selects, by path; unknown names are errors."""
    entries = there = finished(source, diagnostics)
    if diagnostics.errors:
        return []
    if not there:
        hint = "build the leaflets first, or say with --from where they are"
        diagnostics.error(Place(str(source / "catalogue.json")), "there are no finished leaflets", "no-catalogue", hint)
        return []
    if WEB in choice.layout:
        hint = "a page for a clinic is built: leaflets build --clinic CLINIC-TOML --layout web"
        diagnostics.error(COMMAND_LINE, "details are stamped on PDF files, not on web pages", "not-offered", hint)
        return []
    for part in ("article", "leaflet", "level", "layout", "locale"):
        asked = getattr(choice, part)
        known = {getattr(entry, part) for entry in there}
        for name in asked:
            if name not in known:
                message = f"no leaflet in {source}/ has the {part} “{name}”"
                diagnostics.error(COMMAND_LINE, message, f"unknown-{part}", did_you_mean(name, known))
        entries = [entry for entry in entries if not asked or getattr(entry, part) in asked]
    if not entries and not diagnostics.errors:
        diagnostics.error(COMMAND_LINE, f"nothing in {source}/ fits all that was asked for", "nothing-fits")
    return sorted(entries, key=lambda entry: entry.path)


def _stamp_all(order: StampOrder, rows: Sequence[tuple[str, Details]], jobs: int) -> Iterator[StampedClinic]:
    """Stamp the clinics, each in one process; results come as they are ready."""
    if jobs == 1 or len(rows) == 1:
        for name, details in rows:
            yield stamp_editions(order, name, details)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(jobs, len(rows)), context, initializer=_start, initargs=(order,))
    try:
        with block_sigint():  # the processes start here; a Ctrl-C during their imports is for the parent alone
            asked = {pool.submit(_stamp_one, name, details): (name, details) for name, details in rows}
        for future in as_completed(asked):
            name, details = asked[future]
            try:
                yield future.result()
            except BrokenProcessPool:
                lost = Diagnostics()
                lost.error(details.place("id"), f"clinic “{name}”: its worker process died", "worker", AGAIN)
                yield StampedClinic(name, diagnostics=tuple(lost))
    finally:  # done, or stopped: clinics under way are finished, others are not begun
        pool.shutdown(wait=True, cancel_futures=True)


_order: StampOrder | None = None


def _start(order: StampOrder) -> None:
    global _order
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # only the parent handles Ctrl-C
    threading.Thread(target=follow_parent, daemon=True).start()
    _order = order


def _stamp_one(name: str, details: Details) -> StampedClinic:
    assert _order is not None
    return stamp_editions(_order, name, details)
