"""Workers of a Dask cluster: the same plan, through the executor of `distributed`. Loaded when a cluster is named.

The workers need no file system in common with the builder: the project travels as a kit. A worker that dies costs no
edition: the scheduler gives what it was at to another. An edition on which workers die again and again is tried once
more when all others are done, and then reported.
"""

from __future__ import annotations

import gc
import secrets
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import distributed

from leaflets.base.project import Project
from leaflets.base.store import Reach
from leaflets.builder.edition.make import MadeEdition, Order, Toolchain
from leaflets.builder.edition.page_inputs import Shown
from leaflets.builder.state.destinations import Places, make_from
from leaflets.builder.workers.child import WorkersError
from leaflets.builder.workers.forking import default_jobs
from leaflets.builder.workers.pool import PATIENCE, Runner, Workers, length, lost
from leaflets.builder.workers.project_bundle import Kit, LaidOut, differences, made_with, pack
from leaflets.builder.workers.worker import collect
from leaflets.editions.edition import Edition

ANSWER = 5.0
"""Seconds in which the scheduler must answer, and have a worker."""
AHEAD = 4
"""Editions that are sent ahead for each thread of the workers: enough to keep them busy, not the whole plan."""
LOOK_AGAIN = 5.0
"""Seconds between two looks at how many workers there are."""


class ClusterWorkers(Runner):
    """The workers of one scheduler. WorkersError when it cannot be reached or its workers would make other bytes."""

    reach = Reach.ANYWHERE

    def __init__(self, project: Project, places: Places, address: str, patience: float = PATIENCE) -> None:
        self.project, self.places, self.address, self.patience = project, places, address, patience
        self._client = _connect(address)
        self._executor = self._client.get_executor(pure=False)
        self._group = f"leaflet-{secrets.token_hex(4)}"  # two builders on one scheduler keep apart
        self._looked, self._threads = 0.0, 1
        self._here = made_with()
        try:
            self._check()
        except BaseException:
            self._client.close()
            raise

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        with suppress(Exception):
            self._executor.shutdown(wait=False)  # drops what is queued
            self._client.unregister_worker_plugin(self._group)
        self._client.close()

    def look(self, orders: Sequence[Order]) -> Iterator[tuple[Edition, Shown | None]]:
        """In processes of this machine: to send them out would take longer."""
        if orders:
            with Workers(self.project, Places(), default_jobs(), evidence=False) as near:
                yield from near.look(orders)

    def work(self, orders: Sequence[Order]) -> Iterator[MadeEdition]:
        if not orders:
            return
        # the scheduler gives it to each worker once, also to those that come later
        self._client.register_plugin(KitPlugin(self._group, pack(self.project, self._here)), name=self._group)
        suspects: list[Order] = []
        yield from self._round(sorted(orders, key=length), suspects)
        for suspect in suspects:
            again: list[Order] = []
            yield from self._round([suspect], again, last=True)
            for order in again:
                yield lost(order.edition, "worker after worker died at it (out of memory, or killed)")

    def _round(self, waiting: list[Order], suspects: list[Order], last: bool = False) -> Iterator[MadeEdition]:
        """Results of `waiting`, its last first; those on which workers died go to `suspects`."""
        asked: dict[Future[MadeEdition], Order] = {}
        while waiting or asked:
            while waiting and len(asked) < self._ahead():
                order = waiting.pop()
                asked[self._ask(order, last)] = order
            done = wait(asked, timeout=self.patience, return_when=FIRST_COMPLETED).done
            if not done:
                yield from self._stuck(asked)
            for future in done:
                order = asked.pop(future)
                try:
                    yield future.result()
                except distributed.KilledWorker:
                    suspects.append(order)
                except CancelledError as error:
                    raise WorkersError(
                        "the scheduler went away", "start the build again: it goes on from here"
                    ) from error
                except WorkersError:
                    raise
                except Exception as error:
                    yield lost(order.edition, f"its worker failed: {type(error).__name__}: {error}")

    def _ask(self, order: Order, last: bool) -> Future[MadeEdition]:
        key = (self._group, f"{order.edition.name}{' again' if last else ''}")
        future: Future[MadeEdition] = self._executor.submit(make_there, self._group, order, self.places, key=key)
        return future

    def _ahead(self) -> int:
        """How many editions may be under way; there may be more workers, or fewer, than a moment ago."""
        if time.monotonic() - self._looked > LOOK_AGAIN:
            self._threads, self._looked = sum(self._client.nthreads().values()), time.monotonic()
        return AHEAD * max(1, self._threads)

    def _stuck(self, asked: dict[Future[MadeEdition], Order]) -> Iterator[MadeEdition]:
        """Nothing came for too long: report what the workers are at, and have these workers started anew."""
        at = {worker: keys for worker, keys in self._client.processing().items() if keys}
        if not self._client.nthreads():
            raise WorkersError("no worker is left", f"start some: dask worker {self.address} --nthreads 1")
        names = {key[1].removesuffix(" again") for keys in at.values() for key in keys if key[0] == self._group}
        for future, order in list(asked.items()):
            if order.edition.name in names:
                future.cancel()
                del asked[future]
                yield lost(order.edition, f"it was not done after {self.patience:g} seconds")
        with suppress(Exception):  # they may have no nanny to start them
            self._client.restart_workers(list(at), raise_for_error=False)

    def _check(self) -> None:
        """Hold what the workers are made with against this process."""
        hint = f"start some: dask worker {self.address} --nthreads 1"
        try:
            self._client.wait_for_workers(1, timeout=ANSWER)
        except TimeoutError as error:
            raise WorkersError("the scheduler has no workers", hint) from error
        for worker, there in self._client.run(made_with, on_error="return").items():
            if isinstance(there, BaseException):
                said = f"leaflets does not start on {worker}: {type(there).__name__}: {there}"
                raise WorkersError(said, "install the same version there as here")
            _compare(self._here, there, worker)


def _connect(address: str) -> distributed.Client:
    try:
        return distributed.Client(address, timeout=ANSWER, set_as_default=False, name="leaflets")
    except (OSError, ValueError) as error:
        said = f"no scheduler answers here: {error}"
        raise WorkersError(said, "an address looks like tcp://host:8786; start one with: dask scheduler") from error


def _compare(here: Mapping[str, str], there: Mapping[str, str], worker: str) -> None:
    if found := differences(here, there):
        said = f"other bytes would come out on {worker}: {', '.join(found)}"
        raise WorkersError(said, "install the same versions there as here")


# what follows runs on a worker

_turn = threading.Lock()
"""WeasyPrint, and what it says, are one for a process: a worker with several threads sets one edition at a time."""
_kits: dict[str, Kit] = {}
"""The kits of the builds under way, by the names of the builds."""
_laid: tuple[LaidOut, Toolchain, tempfile.TemporaryDirectory[str]] | None = None


class KitPlugin(distributed.WorkerPlugin):
    """Brings the kit of a build to a worker, and takes it away."""

    def __init__(self, build: str, kit: Kit) -> None:
        self.build, self.kit = build, kit

    def setup(self, worker: object) -> None:
        _kits[self.build] = self.kit

    def teardown(self, worker: object) -> None:
        _kits.pop(self.build, None)


def make_there(build: str, order: Order, places: Places) -> MadeEdition:
    """One edition on a worker. Whatever goes wrong comes back as its diagnostic: not every exception can be sent."""
    with _turn:
        laid, bench = _bench(_kits[build])
        gc.disable()  # why: leaflets/builder/workers/worker.py
        try:
            finished = make_from(bench, order, places, Reach.ANYWHERE)
        except Exception as error:
            return lost(order.edition, f"its worker failed: {type(error).__name__}: {error}")
        finally:
            gc.enable()
            collect()
    result = finished.result
    at_home = tuple(laid.at_home(item) for item in result.diagnostics)
    return replace(finished, result=replace(result, diagnostics=at_home))


def _bench(kit: Kit) -> tuple[LaidOut, Toolchain]:
    """The bench for a kit: unpacked and made ready once, kept until another kit comes."""
    global _laid
    if _laid is None or _laid[0].kit != kit:
        _compare(kit.made_with, made_with(), distributed.get_worker().address)
        if _laid is not None:
            _laid[2].cleanup()
            _laid = None
        folder = tempfile.TemporaryDirectory(prefix="leaflets-", dir=distributed.get_worker().local_directory)
        laid = LaidOut.of(kit, Path(folder.name))
        bench = Toolchain(laid.project)
        bench.warm_up()
        _laid = (laid, bench, folder)
        gc.unfreeze()
        gc.collect()
        gc.freeze()  # what Dask and the typesetter loaded stays: later collections need not look there
    return _laid[0], _laid[1]
