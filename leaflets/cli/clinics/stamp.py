"""`leaflets stamp`: stamp the details of many clinics on finished leaflets, with progress and a summary."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from leaflets.builder.stamp_all import Stamped
    from leaflets.builder.stamp_clinic import OmittedField, StampedClinic

EXAMPLES = """\
examples:
  leaflets stamp --clinics clinics.csv                       every leaflet of build/ for every clinic, into stamped/
  leaflets stamp --clinics clinics.csv --layout standard     the standard layout alone
  leaflets stamp --clinics clinics.csv --leave-out tri-fold:hours --leave-out summary:leaflets
                                                             no opening hours on tri-folds, no QR code on summaries
  leaflets stamp --clinics clinics.csv --from /srv/leaflets --out /srv/clinics --jobs 8
"""
EVERY = 5.0
"""Interval, s, between two lines of progress, without a terminal."""
MOST_SHOWN = 40
"""Most clinics whose telephone numbers are printed at the end."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import add_choice

    add_choice(parser, project=False)  # finished files are all that is read
    parser.add_argument(
        "--clinics",
        type=Path,
        required=True,
        metavar="FILE",
        help="a CSV file with a row for each clinic: id, name, and as you like address, phone, hours (their lines "
        "separated by |), website, logo, leaflets",
    )
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        default=Path("build"),
        metavar="DIR",
        help="the build folder (default: build)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("stamped"),
        metavar="DIR",
        help="a folder for each clinic goes here (default: stamped)",
    )
    parser.add_argument(
        "--leave-out",
        action="append",
        default=[],
        type=_left_out,
        metavar="[LAYOUT:]FIELD",
        help="a field that is not stamped, in a layout with little room or in all (may be repeated)",
    )
    parser.add_argument("--force", action="store_true", help="make also what is up to date")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="processes (default: one for each core)")
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.pdf.system_libraries import check_libraries

    check_libraries()  # before the other imports, which take longer
    from leaflets.builder.stamp_all import StampRequest, stamp
    from leaflets.builder.workers.forking import default_jobs
    from leaflets.cli.main import DONE, PROBLEMS, WRONG_USE, choice_of

    if options.jobs < 0:
        print("leaflets: --jobs takes a number of processes, 1 or more", file=sys.stderr)
        return WRONG_USE
    if options.out.resolve() == options.source.resolve():
        print("leaflets: --out must be another folder than --from", file=sys.stderr)
        return WRONG_USE
    choice = choice_of(options)
    request = StampRequest(options.clinics, choice, options.source, options.out, options.leave_out, options.force)
    jobs = options.jobs or default_jobs()
    with StampBar() as progress:
        done = stamp(request, jobs, progress)
    progress.end(done, options.out)
    return PROBLEMS if done.diagnostics.errors else DONE


def _left_out(text: str) -> OmittedField:
    from leaflets.builder.stamp_clinic import parse_omitted
    from leaflets.editions.layouts import ON_PAPER

    try:
        found = parse_omitted(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if found.layout and found.layout not in ON_PAPER:
        raise argparse.ArgumentTypeError(f"there is no layout “{found.layout}”; layouts are {', '.join(ON_PAPER)}")
    return found


class StampBar:
    """Progress bar on a terminal, a line every few seconds elsewhere, a summary at the end."""

    def __enter__(self) -> StampBar:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self.begun = self.told = time.monotonic()
        self.clinics = self.files = 0
        console = Console(stderr=True)
        self.bar = None
        if console.is_terminal:
            columns = BarColumn(16), MofNCompleteColumn(), TextColumn("clinics {task.fields[pace]}")
            self.bar = Progress(*columns, console=console, transient=True)
            self.bar.start()
            self.task = self.bar.add_task("", total=None, pace="")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.bar is not None:
            self.bar.stop()

    def planned(self, clinics: int, editions: int) -> None:
        self.clinics = clinics
        if self.bar is not None:
            self.bar.update(self.task, total=clinics)

    def done(self, served: StampedClinic, done: int) -> None:
        self.files += served.made
        if self.bar is not None:
            self.bar.update(self.task, completed=done, pace=f"{self.rate:.0f} files a second")
        elif time.monotonic() - self.told >= EVERY:
            self.told = time.monotonic()
            print(f"[{done}/{self.clinics}] {self.files} files, {self.rate:.0f} a second", file=sys.stderr)

    @property
    def rate(self) -> float:
        return self.files / max(time.monotonic() - self.begun, 0.001)

    def end(self, done: Stamped, out: Path) -> None:
        """Print all diagnostics and the summary."""
        for item in done.diagnostics:
            print(item, file=sys.stderr)
        if not done.served:
            count = len(done.diagnostics)
            print(f"{count} error{'s' if count > 1 else ''}; nothing was written", file=sys.stderr)
            return
        seconds = time.monotonic() - self.begun
        counts = f"{len(done.served) - len(done.failed)} clinics served, {len(done.failed)} failed"
        pace = f" ({self.rate:.0f} a second)" if done.made else ""
        print(f"{counts}: {done.made} files made{pace}, {done.fresh} up to date, {seconds:.1f} s; in {out}/")
        self._show_phones(done)
        if done.refused:
            rows = "a row of the file was" if done.refused == 1 else f"{done.refused} rows of the file were"
            print(f"{rows} left out, see above", file=sys.stderr)
        if done.failed:
            names = ", ".join(row.clinic for row in done.failed[:10])
            print(f"nothing was written for: {names}{' …' if len(done.failed) > 10 else ''}", file=sys.stderr)

    def _show_phones(self, done: Stamped) -> None:
        """Print the telephone numbers as they are on the leaflets, so that the user can compare them."""
        failed = {row.clinic for row in done.failed}
        printed = {row.clinic: done.phones[row.clinic] for row in done.served if row.clinic in done.phones}
        shown = [(clinic, number) for clinic, number in printed.items() if clinic not in failed]
        if shown:
            print("telephone numbers on the leaflets; please compare:")
        for clinic, number in shown[:MOST_SHOWN]:
            print(f"  {clinic}: {number}")
        if len(shown) > MOST_SHOWN:
            print(f"  and {len(shown) - MOST_SHOWN} more")
