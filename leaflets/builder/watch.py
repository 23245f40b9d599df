"""Continuous building for `watch` and the desk: one engine builds again whenever files change."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.fault import sentence
from leaflets.base.files import read_regular
from leaflets.base.machine import UnfitMachineError
from leaflets.base.project import Project
from leaflets.base.reader_limits import READERS
from leaflets.base.store import LocalStore, Store
from leaflets.base.tables import read_toml
from leaflets.base.untrusted.names import is_relative_name
from leaflets.builder.build import Built, Progress, build
from leaflets.builder.edition.make import Result
from leaflets.builder.engine import Engine
from leaflets.builder.request import BuildRequest, Machine
from leaflets.builder.state.manifest import FileStamp, file_stamps
from leaflets.builder.workers import forking
from leaflets.builder.workers.pool import BuildInterruptedError
from leaflets.editions.choice import Choice
from leaflets.editions.edition import Edition
from leaflets.publish.catalogue import NAME as CATALOGUE

PAUSE = 0.1
"""Seconds between two scans of the files; a scan takes some 3 ms."""
CALM = 0.03
"""Seconds without changes before a build begins: an editor, or git, often saves several files at once."""
AGAIN = 2.0
"""Seconds until the next try when another build has locked the folder."""


MANY = 40
"""More editions than this are built by several child processes, even while somebody views editions: a build in one
child can be interrupted without loss, but uses one core."""


@dataclass(frozen=True)
class Turn:
    """A finished build. `edition`: the only edition it built, which somebody views; None: all."""

    built: Built
    seconds: float
    edition: Edition | None = None

    @property
    def busy(self) -> bool:
        """Another build has locked the folder, so nothing was built."""
        return any(item.rule == "busy" for item in self.built.diagnostics)


class TooManyEditionsError(Exception):
    """There are too many editions to build in one child process."""


@dataclass
class Watcher:
    """Repeated builds into one folder.

    `looked_at` returns the editions that somebody views now. If it is given, these are built first, and the build of
    the others is interrupted, between two editions, when a file changes or another edition is viewed.
    """

    project: Project
    choice: Choice
    out: Store
    progress: Progress
    clinic: Path | None = None
    looked_at: Callable[[], Collection[Edition]] | None = None
    say: Callable[[str], None] = lambda line: None
    """Receiver of lines about the watching itself."""
    _blind: bool = False
    """The last look at the files failed."""
    _seen: dict[str, FileStamp] | None = None
    _left: bool = False
    """A build was interrupted, or is due."""
    _sure: set[Edition] = field(default_factory=set)
    """Editions that were built or found fresh since the last change of files."""
    _published: bool = False
    """The folder had a catalogue when all editions were last built."""

    def __post_init__(self) -> None:
        self.engine = Engine(self.project, reused=True)
        self.jobs = forking.default_jobs()

    def turns(self) -> Generator[Turn]:
        """Build at once, then each time that files have changed, until the process is stopped."""
        with _StopSignals() as stop, closing(self.engine):
            forking.get_ready()  # the fork server imports while this process does
            while True:
                self._wait(stop)
                yield from self._first()
                try:
                    yield from self._others()
                except BuildInterruptedError:
                    continue
                self._left, self._published = False, self._has_catalogue()
                with stop.later():
                    self.engine.rest()

    def _wait(self, stop: _StopSignals) -> None:
        """Wait until files have changed and then stayed the same for CALM seconds, until a build is due, or until
        somebody has taken the finished files away."""
        stop.heed()
        while (now := self._file_stamps()) == self._seen and not self._left and not self._taken_away():
            time.sleep(PAUSE)
            stop.heed()
        if now != self._seen:
            before: dict[str, FileStamp] | None = None
            while now != before:
                time.sleep(CALM)
                before, now = now, self._file_stamps()
            self._sure.clear()
        if self._taken_away():
            self._sure.clear()
        self._seen, self._left = now, True

    def _taken_away(self) -> bool:
        """Whether the catalogue of the last build is gone; asked only of a folder, where it costs nothing."""
        return self._published and not self._has_catalogue()

    def _has_catalogue(self) -> bool:
        return isinstance(self.out, LocalStore) and bool(self.out.sizes([CATALOGUE]))

    def _first(self) -> Iterator[Turn]:
        """Build the editions that somebody views, each on its own."""
        for edition in sorted(self._unsure()):
            parts = (edition.article, edition.leaflet, edition.level, edition.layout, edition.locale)
            yield from self._turns(Choice(*((part,) for part in parts)), edition, self.progress, 1)
            self._sure.add(edition)

    def _others(self) -> Iterator[Turn]:
        """Build all editions of the choice."""
        if self.looked_at is None:
            yield from self._turns(self.choice, None, self.progress, self.jobs)
            return
        try:
            yield from self._turns(self.choice, None, _InterruptibleProgress(self.progress, self._more_urgent, MANY), 1)
        except TooManyEditionsError:
            yield from self._turns(
                self.choice, None, _InterruptibleProgress(self.progress, self._more_urgent), self.jobs
            )

    def _turns(self, choice: Choice, edition: Edition | None, progress: Progress, jobs: int) -> Iterator[Turn]:
        """Build, and try again while another build has locked the folder."""
        while True:
            begun = time.monotonic()
            request = BuildRequest(choice, self.out, self.clinic)
            try:
                built = build(self.project, request, Machine(jobs), progress, self.engine)
            except (BuildInterruptedError, TooManyEditionsError, UnfitMachineError):
                raise
            except Exception as error:  # a fault of the program; the next change may be without it
                built = Built((), 0, Diagnostics())
                self.say(sentence(error))
            turn = Turn(built, time.monotonic() - begun, edition)
            yield turn
            if not turn.busy:
                return
            time.sleep(AGAIN)

    def _more_urgent(self) -> bool:
        return self.looked_at is not None and (bool(self._unsure()) or self._file_stamps() != self._seen)

    def _unsure(self) -> set[Edition]:
        return set(self.looked_at() if self.looked_at else ()) - self._sure

    def _file_stamps(self) -> dict[str, FileStamp]:
        """Size and time of the files; those of the last look while they cannot be looked at, which is told once."""
        try:
            found = file_stamps(self.project, _files(self.clinic))
        except OSError as error:  # no file handles left, a network share that is gone
            if not self._blind:
                self.say(f"the files cannot be looked at ({error.strerror}); trying again")
            self._blind = True
            if self._seen is None:
                raise
            return self._seen
        if self._blind:
            self.say("the files can be looked at again")
        self._blind = False
        return found


class _StopSignals:
    """Handler of SIGINT and SIGTERM that also records them: a KeyboardInterrupt raised during garbage collection is
    lost and leaves a traceback."""

    def __init__(self) -> None:
        self._asked = self._later = False
        self._before: dict[int, Callable[[int, FrameType | None], object]] = {}

    def __enter__(self) -> _StopSignals:
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
        """Raise KeyboardInterrupt if a signal has come."""
        if self._asked:
            raise KeyboardInterrupt

    @contextmanager
    def later(self) -> Iterator[None]:
        """Only record signals inside the block, which is short and collects garbage."""
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
class _InterruptibleProgress:
    """Progress that interrupts the build between two editions when something is more urgent, and passes all calls on.

    `planned` raises TooManyEditionsError for more than `most` editions, `done` raises BuildInterruptedError.
    """

    progress: Progress
    urgent: Callable[[], bool]
    most: int | None = None

    def planned(self, stale: int, fresh: int) -> None:
        if self.most is not None and stale > self.most:
            raise TooManyEditionsError
        self.progress.planned(stale, fresh)

    def done(self, result: Result, done: int, total: int) -> None:
        self.progress.done(result, done, total)
        if done < total and self.urgent():
            raise BuildInterruptedError


def _files(clinic: Path | None) -> list[str]:
    """Paths of a clinic's file and of the logo that it names, existing and valid or not."""
    if clinic is None:
        return []
    try:
        source = read_toml(str(clinic), read_regular(clinic, READERS["toml"]).decode("utf-8-sig"), Diagnostics())
        logo = source.data.get("logo") if source else None
    except (OSError, ValueError):
        logo = None
    files = [clinic] if not isinstance(logo, str) or not is_relative_name(logo) else [clinic, clinic.parent / logo]
    return [str(path.resolve()) for path in files]
