"""Progress of a build: a bar on a terminal, a line for each edition elsewhere, JSON for programs."""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leaflets.base.untrusted.names import printable
from leaflets.cli.output import counted, json_text
from leaflets.editions.edition import WEB

if TYPE_CHECKING:
    from types import TracebackType

    from leaflets.base.store import Store
    from leaflets.builder.build import Built
    from leaflets.builder.edition.make import Result

EVERY = 10.0
"""Interval, s, between two lines about rate and time left, without a terminal."""
LATELY = 30
"""Number of last editions over which the rate is computed."""


@dataclass
class Pace:
    """Speed of a build: editions a second over the last ones, and the remaining time."""

    begun: float = field(default_factory=time.monotonic)
    left: int = 0

    def __post_init__(self) -> None:
        self._times = deque([self.begun], maxlen=LATELY + 1)

    def start(self, total: int) -> None:
        """Start the clock for `total` editions."""
        self._times.clear()
        self._times.append(time.monotonic())
        self.left = total

    def step(self) -> None:
        """Count one finished edition."""
        self._times.append(time.monotonic())
        self.left -= 1

    @property
    def seconds(self) -> float:
        """Time since the start of the build, s."""
        return time.monotonic() - self.begun

    @property
    def rate(self) -> float:
        """Rate in editions a second; 0 before the first."""
        took = self._times[-1] - self._times[0]
        return (len(self._times) - 1) / took if took > 0 else 0.0

    @property
    def eta(self) -> float:
        """Remaining time at this rate, s; 0 while unknown."""
        return self.left / self.rate if self.rate else 0.0

    def __str__(self) -> str:
        return f"{self.rate:.2f} editions a second, {_time(self.eta)} left" if self.rate else ""


class BuildBar:
    """Progress bar on a terminal, a line for each edition elsewhere, a summary at the end."""

    def __enter__(self) -> BuildBar:
        self.pace, self.told = Pace(), time.monotonic()
        self.bar = None
        if not (sys.stderr.isatty() or "FORCE_COLOR" in os.environ):  # as Rich decides, without its import
            return self
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        console = Console(stderr=True)
        if console.is_terminal:
            words = TextColumn("{task.fields[pace]}"), TextColumn("{task.description}")
            self.bar = Progress(BarColumn(16), MofNCompleteColumn(), *words, console=console, transient=True)
            self.bar.start()
            self.task = self.bar.add_task("reading and checking", total=None, pace="")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.bar is not None:
            self.bar.stop()

    def planned(self, stale: int, fresh: int) -> None:
        self.pace.start(stale)
        if self.bar is not None:
            self.bar.update(self.task, total=stale, description="")

    def done(self, result: Result, done: int, total: int) -> None:
        self.pace.step()
        name = f"{result.edition.leaflet} {result.edition.level} {result.edition.layout} {result.edition.locale}"
        if self.bar is not None:
            self.bar.update(self.task, completed=done, description=name, pace=str(self.pace))
            return
        state = "failed" if result.failed else result.extent
        print(f"[{done}/{total}] {name}: {state}", file=sys.stderr)
        if time.monotonic() - self.told >= EVERY and done < total:
            self.told = time.monotonic()
            print(f"{self.pace}", file=sys.stderr)

    def end(self, built: Built, out: Store) -> None:
        """Print all diagnostics and the summary."""
        for item in built.diagnostics:
            print(item, file=sys.stderr)
        _summary(built, out, self.pace.seconds)


class Events:
    """JSON events for programs, one object a line: plan, each edition, each diagnostic, end."""

    def __enter__(self) -> Events:
        self.pace = Pace()
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def planned(self, stale: int, fresh: int) -> None:
        self.pace.start(stale)
        _tell(event="plan", editions=stale, fresh=fresh)

    def done(self, result: Result, done: int, total: int) -> None:
        self.pace.step()
        event = "failed" if result.failed else "cached" if result.cached else "built"
        seconds, eta = round(result.seconds, 2), round(self.pace.eta, 1)
        counts = {"done": done, "total": total, "seconds": seconds, "eta": eta}
        _tell(event=event, edition=str(result.edition), pages=result.pages, **counts)

    def end(self, built: Built, out: Store) -> None:
        for item in built.diagnostics:
            place = {"path": item.place.path, "line": item.place.line, "column": item.place.column}
            said = {"severity": item.severity.value, "message": item.message, "rule": item.rule, "hint": item.hint}
            _tell(event="diagnostic", **place, **said)
        failed = len(built.failed)
        kept = sum(result.cached for result in built.results)
        counts = {
            "built": len(built.results) - failed - kept,
            "cached": kept,
            "fresh": built.fresh,
            "failed": failed,
            "left": built.left,
            **({"refused": built.refused} if built.refused else {}),
            "not_offered": sum(built.not_offered.values()),
        }
        _tell(event="end", **counts, pages=built.pages, seconds=round(self.pace.seconds, 1))


def _tell(**event: object) -> None:
    print(json_text(event), flush=True)


def _summary(built: Built, out: Store, seconds: float) -> None:
    if not built.results:
        _nothing(built, out)
        return
    done = len(built.results) - len(built.failed)
    kept = sum(result.cached for result in built.results)
    pages = f"{built.pages} pages, {kept} from the cache" if kept else f"{built.pages} pages"
    refused = f", {built.refused} refused" if built.refused else ""
    counts = f"{done} built ({pages}), {built.fresh} up to date, {len(built.failed)} failed{refused}"
    print(f"{counts}, {_time(seconds)}; in {out}/ (open {out}/index.html)")
    for result in built.failed:
        reason = next(item.message for item in result.diagnostics if item.severity.value == "error")
        print(printable(f"failed: {result.edition}: {reason}"), file=sys.stderr)
    for locale, count in built.not_offered.items():
        editions = "1 edition is" if count == 1 else f"{count} editions are"
        print(f"note: {editions} not offered in {locale}", file=sys.stderr)
    if missing := _no_braille(built):
        print(f"note: {missing}", file=sys.stderr)
    _stopped(built)


def _no_braille(built: Built) -> str:
    """Hint how to get the braille that this build could not make; empty if nothing is missing."""
    if not any(result.edition.layout == WEB for result in built.results):
        return ""
    from leaflets.finish.formats.alternatives import braille_missing

    return braille_missing()


def _nothing(built: Built, out: Store) -> None:
    if built.left:
        _stopped(built)
    elif built.refused:
        print(f"{built.refused} leaflets are refused, {built.fresh} are up to date in {out}/", file=sys.stderr)
    elif built.diagnostics.errors:
        print(f"{counted(built.diagnostics)}; nothing was written", file=sys.stderr)
    elif built.fresh:
        print(f"{built.fresh} leaflets are up to date in {out}/")
    else:
        print("nothing to build: no edition fits what was asked for", file=sys.stderr)


def _stopped(built: Built) -> None:
    if built.left:
        full = any(item.rule == "disk-full" for item in built.diagnostics)
        why = ": the disk is full" if full else ""
        print(f"stopped{why}; {built.left} are still to be built", file=sys.stderr)


def _time(seconds: float) -> str:
    """Format a duration: “7 s”, “3 min 20 s”, “2 h 5 min”."""
    whole = round(seconds)
    if whole < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
