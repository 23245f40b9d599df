"""Workers of a Dask cluster, through the executor of `distributed`. Imported when a cluster is named.

The workers need no common file system with the builder: they get the project as a bundle. When a worker dies, the
scheduler gives its edition to another one. An edition at which workers die repeatedly is tried once more after all
others, and then reported.
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
from leaflets.builder.edition.page_inputs import PageInputs
from leaflets.builder.state.destinations import Destinations, make_from
from leaflets.builder.workers.child import WorkersError
from leaflets.builder.workers.forking import default_jobs
from leaflets.builder.workers.pool import PATIENCE, Runner, Workers, length, lost
from leaflets.builder.workers.project_bundle import ProjectBundle, UnpackedBundle, differences, made_with, pack
from leaflets.builder.workers.worker import collect
from leaflets.editions.edition import Edition

ANSWER = 5.0
"""Time limit for the answer of the scheduler, and for its first worker, seconds."""
AHEAD = 4
"""Editions submitted in advance for each thread of the workers: enough to keep them busy, not the whole plan."""
LOOK_AGAIN = 5.0
"""Seconds between two counts of the workers."""


class ClusterWorkers(Runner):
    """The workers of one scheduler. Raises WorkersError when it cannot be reached, or its workers would make other
    bytes. `patience`: time limit without any result, seconds."""

    reach = Reach.ANYWHERE

    def __init__(self, project: Project, places: Destinations, address: str, patience: float = PATIENCE) -> None:
        self.project, self.places, self.address, self.patience = project, places, address, patience
        self._client = _connect(address)
        self._executor = self._client.get_executor(pure=False)
        self._group = f"leaflet-{secrets.token_hex(4)}"  # separates two builders on one scheduler
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

    def page_inputs(self, orders: Sequence[Order]) -> Iterator[tuple[Edition, PageInputs | None]]:
        """Compute page inputs in processes of this machine; sending the orders out would take longer."""
        if orders:
            with Workers(self.project, Destinations(), default_jobs(), evidence=False) as near:
                yield from near.page_inputs(orders)

    def work(self, orders: Sequence[Order]) -> Iterator[MadeEdition]:
        if not orders:
            return
        # the scheduler sends the bundle to each worker once, also to workers that join later
        self._client.register_plugin(BundlePlugin(self._group, pack(self.project, self._here)), name=self._group)
        suspects: list[Order] = []
        yield from self._round(sorted(orders, key=length), suspects)
        for suspect in suspects:
            again: list[Order] = []
            yield from self._round([suspect], again, last=True)
            for order in again:
                yield lost(order.edition, "worker after worker died at it (out of memory, or killed)")

    def _round(self, waiting: list[Order], suspects: list[Order], last: bool = False) -> Iterator[MadeEdition]:
        """Build the orders `waiting`, the last one first; those at which workers died go to `suspects`."""
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
        """The number of editions to have submitted; it follows the number of workers, which can change."""
        if time.monotonic() - self._looked > LOOK_AGAIN:
            self._threads, self._looked = sum(self._client.nthreads().values()), time.monotonic()
        return AHEAD * max(1, self._threads)

    def _stuck(self, asked: dict[Future[MadeEdition], Order]) -> Iterator[MadeEdition]:
        """After `patience` seconds without a result: report the editions that workers are making, and restart these
        workers."""
        at = {worker: keys for worker, keys in self._client.processing().items() if keys}
        if not self._client.nthreads():
            raise WorkersError("no worker is left", f"start some: dask worker {self.address} --nthreads 1")
        names = {key[1].removesuffix(" again") for keys in at.values() for key in keys if key[0] == self._group}
        for future, order in list(asked.items()):
            if order.edition.name in names:
                future.cancel()
                del asked[future]
                yield lost(order.edition, f"it was not done after {self.patience:g} seconds")
        with suppress(Exception):  # workers without a nanny cannot be restarted
            self._client.restart_workers(list(at), raise_for_error=False)

    def _check(self) -> None:
        """Compare the versions of the workers with those of this process. Raises WorkersError for a difference."""
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


# the code below runs on a worker

_turn = threading.Lock()
"""Lock of the typesetter: WeasyPrint and its log are global in a process, so a worker with several threads makes one
edition at a time."""
_bundles: dict[str, ProjectBundle] = {}
"""Bundles of the builds under way, by build."""
_unpacked: tuple[UnpackedBundle, Toolchain, tempfile.TemporaryDirectory[str]] | None = None


class BundlePlugin(distributed.WorkerPlugin):
    """Plugin that puts the bundle of a build on a worker, and removes it."""

    def __init__(self, build: str, bundle: ProjectBundle) -> None:
        self.build, self.bundle = build, bundle

    def setup(self, worker: object) -> None:
        """Called on a worker when it gets the plugin."""
        _bundles[self.build] = self.bundle

    def teardown(self, worker: object) -> None:
        """Called on a worker when the plugin is removed."""
        _bundles.pop(self.build, None)


def make_there(build: str, order: Order, places: Destinations) -> MadeEdition:
    """Build one edition on a worker. Every exception becomes a diagnostic, since not all can be pickled."""
    with _turn:
        unpacked, toolchain = _toolchain(_bundles[build])
        gc.disable()  # as in worker.py (COLLECT_EVERY)
        try:
            finished = make_from(toolchain, order, places, Reach.ANYWHERE)
        except Exception as error:
            return lost(order.edition, f"its worker failed: {type(error).__name__}: {error}")
        finally:
            gc.enable()
            collect()
    result = finished.result
    at_home = tuple(unpacked.at_home(item) for item in result.diagnostics)
    return replace(finished, result=replace(result, diagnostics=at_home))


def _toolchain(bundle: ProjectBundle) -> tuple[UnpackedBundle, Toolchain]:
    """The toolchain for a bundle: unpacked and warmed up once, reused until another bundle comes."""
    global _unpacked
    if _unpacked is None or _unpacked[0].bundle != bundle:
        _compare(bundle.made_with, made_with(), distributed.get_worker().address)
        if _unpacked is not None:
            _unpacked[2].cleanup()
            _unpacked = None
        folder = tempfile.TemporaryDirectory(prefix="leaflets-", dir=distributed.get_worker().local_directory)
        unpacked = UnpackedBundle.of(bundle, Path(folder.name))
        toolchain = Toolchain(unpacked.project)
        toolchain.warm_up()
        _unpacked = (unpacked, toolchain, folder)
        gc.unfreeze()
        gc.collect()
        gc.freeze()  # later collections skip what Dask and the typesetter loaded
    return _unpacked[0], _unpacked[1]
