"""Build: load and check content, plan editions, build stale ones in parallel, write catalogue and manifest."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol, TypeGuard

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.project import Project
from leaflets.base.store import LocalStore, Store, why
from leaflets.builder.disk_space import Reserve, cannot_write
from leaflets.builder.edition.make import Order, Result
from leaflets.builder.edition.print_file import on_sheet
from leaflets.builder.engine import Engine
from leaflets.builder.materials import Materials
from leaflets.builder.request import BuildRequest, Machine
from leaflets.builder.signing.release import failing, refused
from leaflets.builder.state.destinations import Destinations
from leaflets.builder.state.freshness import Freshness
from leaflets.builder.state.lock import locked, sweep_cache
from leaflets.builder.state.manifest import Manifest, tools
from leaflets.builder.state.manifest_file import NAME, read_state
from leaflets.builder.state.record import Record
from leaflets.builder.tasks import Task, examine, inputs_of
from leaflets.builder.template_lint import check_overrides
from leaflets.builder.workers.child import WorkersError
from leaflets.builder.workers.forking import default_jobs
from leaflets.builder.workers.pool import Runner, Workers
from leaflets.content.clinic import read_details
from leaflets.content.load import article_ids
from leaflets.editions.choice import Choice
from leaflets.editions.edition import Edition
from leaflets.editions.plan import not_offered, plan
from leaflets.lint.clinic import check_clinic


class Progress(Protocol):
    """Receiver of the progress of a build."""

    def planned(self, stale: int, fresh: int) -> None:
        """Called once with the numbers of stale editions, which will be built, and of fresh ones."""

    def done(self, result: Result, done: int, total: int) -> None:
        """Called for each edition when it is built or has failed; `done` of `total` are finished."""


@dataclass(frozen=True)
class Built:
    """The result of a build. `fresh`: number of editions that were fresh already."""

    results: tuple[Result, ...]
    fresh: int
    diagnostics: Diagnostics
    refused: int = 0
    """Number of editions that a release refused."""
    left: int = 0
    """Number of stale editions that were not reached, because the disk was full or the workers failed."""
    not_offered: Mapping[str, int] = field(default_factory=dict)
    """Number of editions that were asked for and are not offered, by locale."""

    @property
    def failed(self) -> list[Result]:
        """Results of editions that failed."""
        return [result for result in self.results if result.failed]

    @property
    def pages(self) -> int:
        """Pages of all built editions."""
        return sum(result.pages for result in self.results if not result.failed)


def build(
    project: Project, request: BuildRequest, machine: Machine, progress: Progress, engine: Engine | None = None
) -> Built:
    """Build the stale editions of a request.

    After any error in the content or the templates nothing is written. An edition that cannot be typeset is reported
    and left out; the others are built. When the build is interrupted, catalogue and manifest have the finished
    editions, and the next build continues from there. `engine`: one reused from build to build; None: a new one.
    """
    engine = engine or Engine(project)
    diagnostics, places = Diagnostics(), Destinations.at(request.out, machine.cache)
    with _ours(places, diagnostics) as ours:
        if not ours:
            return Built((), 0, diagnostics)
        try:
            with _workers(engine, places, machine, request.evidence) as workers:
                return _Build(engine, request, workers, progress, diagnostics).go()
        except WorkersError as error:
            diagnostics.error(Place(machine.cluster), str(error), "cluster", error.hint)
            return Built((), 0, diagnostics)


@dataclass(frozen=True)
class _Plan:
    """The planned editions and their materials."""

    materials: Materials
    editions: Sequence[Edition]


@dataclass(frozen=True)
class _Tasks:
    """Tasks of a plan: stale editions, which will be built, and fresh ones."""

    stale: Sequence[Task]
    fresh: Sequence[Task]


@dataclass(frozen=True)
class _Build:
    """A build into a folder that is locked for it, by workers that may still be starting."""

    engine: Engine
    request: BuildRequest
    workers: Runner
    progress: Progress
    diagnostics: Diagnostics

    @property
    def out(self) -> Store:
        """The build folder."""
        return self.workers.places.open_out

    def go(self) -> Built:
        """The five steps: read the manifest, load and plan, find stale editions, run, publish."""
        state = self.read_state()
        planned = self.read_and_plan(state) if state else None
        if state is None or planned is None:
            return Built((), 0, self.diagnostics)
        withheld: set[Edition] = set()
        needs = Diagnostics()
        if self.request.release:
            withheld = refused(self.engine.project, planned.materials, planned.editions, needs)
            planned = replace(planned, editions=[row for row in planned.editions if row not in withheld])
            if not planned.editions and not state.editions:
                self.diagnostics.extend(needs)
                return Built((), 0, self.diagnostics, len(withheld))
        freshness = Freshness(self.engine.project, state.files, state.tools, self.engine.renderer)
        tasks = self.find_stale(planned, state, freshness)
        reserve = self._reserve(state, tasks)
        if reserve and not reserve.take(self.diagnostics):
            return Built((), len(tasks.fresh), self.diagnostics, left=len(tasks.stale))
        self._confirm(tasks.fresh, state)
        record = Record(self.out, state, planned.materials, self.request.release, withheld)
        try:
            results = self.run(tasks, planned.materials, freshness, record)
            if self.request.release:
                self.withhold_failing(planned.editions, record)
                self.diagnostics.extend(needs)
        finally:
            if reserve:
                reserve.give_back()
            self.publish(record)
        self._report_cache_faults(results)
        by_edition = sorted(results, key=lambda result: result.edition)
        left = len(tasks.stale) - len(results)
        missing = not_offered(planned.materials.articles(), self.request.choice)
        return Built(tuple(by_edition), len(tasks.fresh), self.diagnostics, len(withheld), left, missing)

    def read_state(self) -> Manifest | None:
        """Read the manifest of the last build. None, with a diagnostic, when it exists and cannot be read."""
        try:
            return read_state(self.out, self.diagnostics)
        except OSError as error:
            cannot_write(self.out.place(NAME), error, self.diagnostics, "it cannot be read")
            return None

    def read_and_plan(self, state: Manifest) -> _Plan | None:
        """Load and check articles, templates and the clinic's details, and plan the editions of the shard. `state`
        gets the present files and tools. None after any error, so that nothing is written."""
        request, engine, diagnostics = self.request, self.engine, self.diagnostics
        details = read_details(request.clinic, diagnostics) if request.clinic else None
        engine.clinic = details.names if details else ()
        engine.refresh(state.files)  # before anything is loaded, so that the next build notices later changes
        choice, (number, parts) = _share(request.choice, article_ids(engine.project), request.shard)
        materials, editions = _read(engine, choice, diagnostics)
        check_overrides(engine.project, diagnostics)
        if details:
            check_clinic(details, editions, diagnostics)
        materials = replace(materials, details=details, evidence=request.evidence)
        materials = on_sheet(materials, editions, request.print_sheet, diagnostics)
        if diagnostics.errors:
            return None
        state.files, state.tools = engine.files, tools()
        state.clinic, state.sheet = list(engine.clinic), request.print_sheet
        return _Plan(materials, editions[number - 1 :: parts])

    def find_stale(self, planned: _Plan, state: Manifest, freshness: Freshness) -> _Tasks:
        """Compare the inputs of each edition with those in the manifest."""
        certain: set[Edition] = set()
        if not self.workers.places.cache:  # the key in a cache needs all inputs of an edition
            certain = {
                edition for edition in planned.editions if self.request.force or edition.name not in state.editions
            }
        tasks = examine(
            freshness, planned.materials, planned.editions, state, self.out, self.workers.page_inputs, certain
        )
        stale = [task for task in tasks if task.why or self.request.force]
        return _Tasks(stale, [task for task in tasks if not (task.why or self.request.force)])

    def run(self, tasks: _Tasks, materials: Materials, freshness: Freshness, record: Record) -> list[Result]:
        """Let the workers build the stale editions, and record each result. Ends early, with a diagnostic, when the
        disk is full or the workers fail."""
        stale = {task.edition: task for task in tasks.stale}
        orders = [
            Order(materials.of(name), task.key, self.request.force, task.unexamined) for name, task in stale.items()
        ]
        results: list[Result] = []
        try:
            record.begin(list(stale))
            self.progress.planned(len(stale), len(tasks.fresh))
            for result in self.workers.run(orders):
                self.diagnostics.extend(result.diagnostics)
                if result.disk_full:
                    break  # the others would fail in the same way
                results.append(result)
                task, material = stale[result.edition], materials.of(result.edition)
                record.add(result, inputs_of(task, result, freshness, material))
                self.progress.done(result, len(results), len(stale))
        except WorkersError as error:
            self.diagnostics.error(Place("workers"), str(error), "cluster", error.hint)
        return results

    def withhold_failing(self, editions: Sequence[Edition], record: Record) -> None:
        """Withhold the editions whose evidence fails, each with an error."""
        made = [edition for edition in editions if edition.name in record.state.editions]
        for edition, error in failing(self.out, made):
            record.withheld.add(edition)
            self.diagnostics.extend([error])

    def publish(self, record: Record) -> None:
        """Write catalogue, index pages and manifest; an error becomes a diagnostic."""
        try:
            record.publish(self.engine.project, self.diagnostics)
        except OSError as error:
            where = error.filename2 or error.filename
            path = Path(where) if where and _on_disk(self.out) else self.out.place()
            cannot_write(path, error, self.diagnostics)

    def _reserve(self, state: Manifest, tasks: _Tasks) -> Reserve | None:
        """Disk space for catalogue and manifest; None when nothing is stale or the build folder is behind a URL."""
        out = self.out
        if not tasks.stale or not _on_disk(out):
            return None
        return Reserve(out.folder, len(state.files), len(state.editions) + len(tasks.stale))

    def _confirm(self, fresh: Sequence[Task], state: Manifest) -> None:
        """Record that editions are fresh with the present files, and repeat their warnings."""
        snapshot = state.snapshot
        for task in fresh:
            made = state.editions[task.edition.name]
            made.seen = snapshot
            for message, rule in made.warnings:
                self.diagnostics.warning(Place(task.edition.name), message, rule)

    def _report_cache_faults(self, results: Sequence[Result]) -> None:
        """Report a warning for each reason why editions could not be written to the cache."""
        cache = self.workers.places.cache
        for fault in sorted({result.cache_fault for result in results} - {""}):
            message = f"editions were built, but not kept here: {fault}"
            self.diagnostics.warning(Place(str(cache.store if cache else "")), message, "cache", "see --cache")


@contextmanager
def _ours(places: Destinations, diagnostics: Diagnostics) -> Iterator[bool]:
    """Lock the build folder for the block, if it is local, and check that the destinations can be used; yields False,
    with a diagnostic, if not."""
    out, cache = places.open_out, places.cache.store if places.cache else None
    if isinstance(out, LocalStore):
        with locked(out.folder, diagnostics) as ours:
            yield ours and _readable(cache, diagnostics)
        return
    try:
        out.try_out()
    except OSError as error:
        cannot_write(out.place(), error, diagnostics, "nothing can be written here")
    yield not diagnostics.errors and _readable(cache, diagnostics)


def _readable(cache: Store | None, diagnostics: Diagnostics) -> bool:
    """Whether the cache can be read; one that cannot be written is useful too."""
    try:
        if isinstance(cache, LocalStore):
            sweep_cache(cache.folder, turn=int(time.time()))
        if cache is not None:
            cache.sizes([".trial"])
    except OSError as error:
        diagnostics.error(Place(str(cache)), f"the cache cannot be read: {why(error)}", "cache", "see --cache")
        return False
    return True


def _workers(engine: Engine, places: Destinations, machine: Machine, evidence: bool) -> Runner:
    """The worker processes of this machine, or those of a cluster. Raises WorkersError when the cluster cannot be
    used."""
    if not machine.cluster:
        jobs = machine.jobs or default_jobs()
        return Workers(engine.project, places, jobs, warm=engine.warm, memory=machine.memory, evidence=evidence)
    try:
        from leaflets.builder.workers.dask_cluster import ClusterWorkers
    except ModuleNotFoundError as error:
        raise WorkersError("a cluster needs one more package", "pip install 'leaflets[cluster]'") from error
    return ClusterWorkers(engine.project, places, machine.cluster)


def _on_disk(out: Store) -> TypeGuard[LocalStore]:
    return isinstance(out, LocalStore)


def _share(choice: Choice, known: Sequence[str], shard: tuple[int, int]) -> tuple[Choice, tuple[int, int]]:
    """The choice and shard of one of several machines: whole articles if there are enough, so that the others need not
    be loaded."""
    number, of = shard
    articles = list(choice.article or known)
    if of == 1 or len(articles) < of or choice.leaflet or choice.locale:  # not each article has each leaflet and locale
        return choice, shard
    return replace(choice, article=articles[number - 1 :: of]), (1, 1)


def _read(engine: Engine, choice: Choice, diagnostics: Diagnostics) -> tuple[Materials, list[Edition]]:
    """Load and check the chosen articles, and plan their editions."""
    known = article_ids(engine.project)
    asked = [name for name in choice.article if name in known]
    materials = engine.materials(asked, diagnostics, choice.locale)
    articles = materials.articles()
    # an article that could not be loaded has its own errors; only names that are really unknown are reported
    unread = set(asked or known) - set(articles)
    return materials, plan(
        articles,
        replace(choice, leaflet=(), locale=()) if unread and diagnostics.errors else choice,
        diagnostics,
        known,
    )
