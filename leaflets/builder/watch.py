"""Building again and again while files are written, with one engine: what `watch` and the desk do."""

from __future__ import annotations

import signal
import threading
import time
import tomllib
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from leaflets.base.project import Project
from leaflets.base.store import Store
from leaflets.builder.build import Built, Progress, build
from leaflets.builder.edition.make import Result
from leaflets.builder.engine import Engine
from leaflets.builder.request import BuildRequest, Machine
from leaflets.builder.state.manifest import Stamp, stamps
from leaflets.builder.workers import forking
from leaflets.builder.workers.pool import LeftOffError
from leaflets.editions.choice import Choice
from leaflets.editions.edition import Edition

PAUSE = 0.1
"""Seconds between two looks at the files; one look takes some 3 ms."""
CALM = 0.03
"""Seconds in which no file may change before a build begins: an editor, or git, often saves several at once."""
AGAIN = 2.0
"""Seconds until it is tried again where another build is at work in the folder."""


MANY = 40
"""So many editions are built by several child processes also where somebody looks at others: a build in one can be left
off without a loss, but has one core."""


@dataclass(frozen=True)
class Turn:
    """A build that is done. `edition`: it was of this one alone, which somebody looks at."""

    built: Built
    seconds: float
    edition: Edition | None = None

    @property
    def busy(self) -> bool:
        """Another build is at work in the folder, so nothing was done."""
        return any(item.rule == "busy" for item in self.built.diagnostics)


class ManyError(Exception):
    """There is too much to build for one child process alone."""


@dataclass
class Watching:
    """The builds of a folder that is kept up to date.

    `looked_at` gives the editions that somebody has before them. Where it is given, those are built first, and the
    build of the others is left off, between two editions, when a file changes or another edition is looked at.
    """

    project: Project
    choice: Choice
    out: Store
    progress: Progress
    clinic: Path | None = None
    looked_at: Callable[[], Collection[Edition]] | None = None
    _seen: dict[str, Stamp] | None = None
    _left: bool = False
    """Something was left off, or is known to be out of date."""
    _sure: set[Edition] = field(default_factory=set)
    """Editions that were built, or found to be up to date, since the files changed last."""

    def __post_init__(self) -> None:
        self.engine = Engine(self.project, stays=True)
        self.jobs = forking.default_jobs()

    def turns(self) -> Iterator[Turn]:
        """A turn at once, then one each time that files have changed; until the process is stopped."""
        with _Stop() as stop, closing(self.engine):
            forking.get_ready()  # it loads while this process does
            while True:
                self._wait(stop)
                yield from self._first()
                try:
                    yield from self._others()
                except LeftOffError:
                    continue
                self._left = False
                with stop.later():
                    self.engine.rest()

    def _wait(self, stop: _Stop) -> None:
        """Until files have changed and are calm again, or there is something left to do."""
        stop.heed()
        while (now := self._stamps()) == self._seen and not self._left:
            time.sleep(PAUSE)
            stop.heed()
        if now != self._seen:
            before: dict[str, Stamp] | None = None
            while now != before:
                time.sleep(CALM)
                before, now = now, self._stamps()
            self._sure.clear()
        self._seen, self._left = now, True

    def _first(self) -> Iterator[Turn]:
        """What somebody looks at, each on its own."""
        for edition in sorted(self._unsure()):
            parts = (edition.article, edition.leaflet, edition.level, edition.layout, edition.locale)
            yield from self._turns(Choice(*((part,) for part in parts)), edition, self.progress, 1)
            self._sure.add(edition)

    def _others(self) -> Iterator[Turn]:
        """All that is asked for."""
        if self.looked_at is None:
            yield from self._turns(self.choice, None, self.progress, self.jobs)
            return
        try:
            yield from self._turns(self.choice, None, _Until(self.progress, self._more_urgent, MANY), 1)
        except ManyError:
            yield from self._turns(self.choice, None, _Until(self.progress, self._more_urgent), self.jobs)

    def _turns(self, choice: Choice, edition: Edition | None, progress: Progress, jobs: int) -> Iterator[Turn]:
        """A build, tried again where another one is at work in the folder."""
        while True:
            begun = time.monotonic()
            request = BuildRequest(choice, self.out, self.clinic)
            built = build(self.project, request, Machine(jobs), progress, self.engine)
            turn = Turn(built, time.monotonic() - begun, edition)
            yield turn
            if not turn.busy:
                return
            time.sleep(AGAIN)

    def _more_urgent(self) -> bool:
        return self.looked_at is not None and (bool(self._unsure()) or self._stamps() != self._seen)

    def _unsure(self) -> set[Edition]:
        return set(self.looked_at() if self.looked_at else ()) - self._sure

    def _stamps(self) -> dict[str, Stamp]:
        return stamps(self.project, _files(self.clinic))


class _Stop:
    """Remembers that the process was told to stop. KeyboardInterrupt does that as a rule, but one that is raised while
    garbage is collected is lost, and leaves a traceback."""

    def __init__(self) -> None:
        self._asked = self._later = False
        self._before: dict[int, Callable[[int, FrameType | None], object]] = {}

    def __enter__(self) -> _Stop:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                if callable(before := signal.getsignal(number)):
                    self._before[number] = before
                    signal.signal(number, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def heed(self) -> None:
        """KeyboardInterrupt when the process was told to stop."""
        if self._asked:
            raise KeyboardInterrupt

    @contextmanager
    def later(self) -> Iterator[None]:
        """In the block nothing is interrupted: it is short, and garbage is collected in it."""
        self._later = True
        try:
            yield
        finally:
            self._later = False

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._asked = True
        if not self._later:
            self._before[number](number, frame)


@dataclass
class _Until:
    """Tells another one how a build goes; leaves the build off between two editions when something is more urgent."""

    progress: Progress
    urgent: Callable[[], bool]
    most: int | None = None

    def planned(self, stale: int, fresh: int) -> None:
        if self.most is not None and stale > self.most:
            raise ManyError
        self.progress.planned(stale, fresh)

    def done(self, result: Result, done: int, total: int) -> None:
        self.progress.done(result, done, total)
        if done < total and self.urgent():
            raise LeftOffError


def _files(clinic: Path | None) -> list[str]:
    """A clinic's file and the logo that it names, whether they are there and right or not."""
    if clinic is None:
        return []
    try:
        logo = tomllib.loads(clinic.read_text(encoding="utf-8")).get("logo")
    except (OSError, ValueError):
        logo = None
    return [str(clinic.resolve()), *([str((clinic.parent / logo).resolve())] if isinstance(logo, str) else [])]
