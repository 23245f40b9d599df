"""Worker processes that build editions and hand back each result as it comes; or this process alone.

A worker that is killed, runs out of memory or never ends costs the edition it was at: that edition is tried once more,
alone, and then reported; all others are built. Which edition that was is told by the note each worker leaves while it
works.
"""

from __future__ import annotations

import gc
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Self

from leaflets.base.diagnostics import Diagnostic, Place, Severity
from leaflets.base.project import Project
from leaflets.base.store import Reach
from leaflets.builder.edition.make import MadeEdition, Order, Result, Toolchain
from leaflets.builder.state.destinations import Places, make_from
from leaflets.builder.workers import forking, worker
from leaflets.builder.workers.bounds import TooLongError, bounded
from leaflets.builder.workers.limits import worker_share
from leaflets.editions.edition import Edition

MORE_MEMORY = "--memory MB allows it more"
GRACE = 10.0
"""Seconds that workers have, when a build is stopped, to finish what they are at."""
FEW = 12
"""So many editions are built in this process when it is warm: the first is there at once, and others would have to get
ready first."""
STARTS = 3
"""Times that workers are started when that fails."""
PATIENCE = 180.0
"""Seconds without any result after which the workers are taken to be stuck."""


class WorkersError(Exception):
    """Workers that cannot be used, with what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Runner(ABC):
    """Workers of one kind: they build editions and hand back each result as it comes.

    A worker delivers to the places it can reach; for the others the file comes back and this process delivers it.
    A context manager: on the way out, whether done or stopped, what was not begun is dropped.
    """

    places: Places
    reach: Reach
    """How far the workers are from here."""
    memory: int = 0
    """MB that a worker may take; 0: its own affair."""

    def run(self, orders: Sequence[Order]) -> Iterator[Result]:
        """Build the editions; results come in the order in which they are ready."""
        ours, left = self.places.beyond(self.reach), []
        for order in orders:
            kept = ours.kept(order)
            if kept is None:
                left.append(order)
            else:
                yield self.places.deliver(kept).result
        for finished in self.work(left):
            yield ours.deliver(finished).result

    @abstractmethod
    def work(self, orders: Sequence[Order]) -> Iterator[MadeEdition]:
        """Build the editions. The bytes come along for the places that the workers cannot reach."""

    def __enter__(self) -> Self:
        return self

    @abstractmethod
    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None
    ) -> None: ...


class Workers(Runner):
    """`jobs` processes, forked from one that gets ready while the content is being read; this one if it is 1."""

    def __init__(
        self,
        project: Project,
        places: Places,
        jobs: int,
        patience: float = 0.0,
        bench: Toolchain | None = None,
        early: bool = True,
        memory: int = 0,
        evidence: bool = True,
    ) -> None:
        """`bench`: what to build with in this process. Not `early`: it is warm; start others only for many editions.

        `memory`: MB that each process may take; 0: its share of the machine. `evidence`: files will be measured.
        """
        self.project, self.places, self.jobs, self.patience = project, places, jobs, patience or PATIENCE
        self.memory = memory or worker_share(jobs)
        self.reach = Reach.MACHINE if jobs > 1 else Reach.PROCESS
        self._evidence = evidence
        self._bench = bench or Toolchain(project)
        self._notes = tempfile.TemporaryDirectory(prefix="leaflets-")
        self._pool: ProcessPoolExecutor | None = None
        self._early = early
        if jobs > 1 and early:
            forking.get_ready(evidence)
        self._busy = False

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        if self._pool is not None:
            _end(self._pool, GRACE if self._busy else 0.0)
        forking.end()
        self._notes.cleanup()

    def work(self, orders: Sequence[Order]) -> Iterator[MadeEdition]:
        if not orders:
            return
        if self.jobs == 1 or (not self._early and len(orders) <= FEW):
            yield from self._alone(orders)
            return
        self._pool = self._new_pool(min(self.jobs, len(orders)))
        # the longest first, so that no process is left alone with one at the end
        waiting = {order.edition: order for order in sorted(orders, key=length, reverse=True)}
        self._busy = True
        while waiting:
            before = len(waiting)
            yield from self._round(self._pool, waiting)
            for edition in worker.interrupted(self._notes.name):
                if edition in waiting:
                    yield self._again(waiting.pop(edition))
            if len(waiting) == before:  # the processes die before they have begun anything: one is tried alone
                yield self._again(waiting.pop(next(iter(waiting))))
            if waiting:
                self._pool = self._new_pool(min(self.jobs, len(waiting)))
        self._busy = False

    def _round(self, pool: ProcessPoolExecutor, waiting: dict[Edition, Order]) -> Iterator[MadeEdition]:
        """Results until all are there, or until a worker dies; what was built is taken out of `waiting`."""
        try:
            asked = {pool.submit(worker.make, order): edition for edition, order in waiting.items()}
        except BrokenProcessPool:
            return
        pending: set[Future[MadeEdition]] = set(asked)
        while pending:
            done, pending = wait(pending, timeout=self.patience, return_when=FIRST_COMPLETED)
            if not done:
                _kill(pool)
            for future in done:
                try:
                    finished = future.result()
                except BrokenProcessPool:
                    return
                del waiting[asked[future]]
                yield finished

    def _again(self, order: Order) -> MadeEdition:
        """The second and last try of an edition whose worker died, in a process of its own."""
        pool = self._new_pool(1)
        processes = list(pool._processes.values())
        try:
            future = pool.submit(worker.make, order)
            if not wait([future], timeout=self.patience).done:
                _kill(pool)
                return lost(order.edition, f"it was not done after {self.patience:g} seconds, twice")
            return future.result()
        except BrokenProcessPool:
            return lost(order.edition, self._why(processes), MORE_MEMORY)
        finally:
            _end(pool, GRACE)
            worker.interrupted(self._notes.name)

    def _why(self, processes: Sequence[BaseProcess]) -> str:
        """Why a process died."""
        deadline = time.monotonic() + 1
        for process in processes:
            # the pool waits for it too: who comes second learns its status only when the first has put it down
            while process.exitcode is None and time.monotonic() < deadline:
                time.sleep(0.01)
            if process.exitcode == worker.OUT_OF_MEMORY:
                return f"it took more than {self.memory} MB of memory, twice"
        return f"its worker process died (killed, or out of its {self.memory} MB of memory), twice"

    def _new_pool(self, jobs: int) -> ProcessPoolExecutor:
        said = ""
        for _ in range(STARTS):
            try:
                return self._started(jobs)
            except (OSError, EOFError) as error:  # the fork server died
                said = f"{type(error).__name__} {error}"
                forking.end()  # it may not be gone yet, and then it would be asked again
        raise WorkersError(f"worker processes do not start: {said}", "build in one process: --jobs 1")

    def _started(self, jobs: int) -> ProcessPoolExecutor:
        start = (self.project, self.places, self._notes.name, self.memory)
        forking.get_ready(self._evidence)
        pool = ProcessPoolExecutor(jobs, forking.context(), initializer=worker.start, initargs=start)
        try:
            with forking.deaf():
                pool.submit(worker.ready)
                while len(pool._processes) < jobs:  # a task starts a process where none is idle
                    pool.submit(worker.ready)
        except (OSError, EOFError):
            _kill(pool)  # those that did start
            raise
        return pool

    def _alone(self, orders: Sequence[Order]) -> Iterator[MadeEdition]:
        worker.freeze()
        try:
            for order in orders:
                yield self._here(order)
                worker.collect()
        finally:
            gc.enable()
            gc.unfreeze()

    def _here(self, order: Order) -> MadeEdition:
        """An edition made in this process, within the bounds of a worker."""
        try:
            with bounded(self.memory, self.patience):
                return make_from(self._bench, order, self.places, self.reach)
        except MemoryError:
            return lost(order.edition, f"it took more than {self.memory} MB of memory", MORE_MEMORY)
        except TooLongError:
            return lost(order.edition, f"it was not done after {self.patience:g} seconds")


def length(order: Order) -> tuple[int, bool]:
    """How long an edition takes, roughly: pictures and much text; a standard layout needs a second pass more often."""
    edition = order.edition
    return ("plain", "detailed", "easy").index(edition.level), edition.layout == "standard"


def lost(edition: Edition, why: str, hint: str = "build it alone to see more: leaflets build --jobs 1") -> MadeEdition:
    """An edition that could not be built because of its workers."""
    place = Place(edition.name)
    return MadeEdition(Result(edition, diagnostics=(Diagnostic(place, Severity.ERROR, why, "worker", hint),)))


def _end(pool: ProcessPoolExecutor, grace: float) -> None:
    """Drop what was not begun and end the processes: those that are at work get `grace` seconds to finish."""
    processes = list((pool._processes or {}).values())
    thread: Any = pool._executor_manager_thread
    if not grace:  # all is done: nothing is lost by not letting them tidy up
        _kill(pool)
    pool.shutdown(wait=False, cancel_futures=True)
    until = time.monotonic() + grace
    waiting = {process.sentinel: process for process in processes}
    while waiting and (left := until - time.monotonic()) > 0:
        for sentinel in connection.wait(list(waiting), left):
            del waiting[sentinel]  # type: ignore[arg-type]
    for process in waiting.values():
        process.kill()
    if thread is not None:
        thread.join()


def _kill(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool at once; its futures then fail as broken."""
    for process in list(pool._processes.values()):
        process.kill()
