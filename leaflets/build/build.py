"""The whole way: read and check, plan, build what is out of date in parallel, write the catalogue and the state."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeGuard

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.project import Project
from leaflets.base.store import LocalStore, Store, why
from leaflets.build.child import WorkersError
from leaflets.build.claim import claimed, sweep_cache
from leaflets.build.engine import Engine
from leaflets.build.freshness import Freshness, reasons
from leaflets.build.materials import Materials
from leaflets.build.places import Places
from leaflets.build.printed import on_sheet
from leaflets.build.record import Record
from leaflets.build.room import Reserve, cannot_write
from leaflets.build.runner import Runner, Workers
from leaflets.build.shown import Shown
from leaflets.build.state import NAME, Made, State, read_state, tools
from leaflets.build.steps import Order, Result
from leaflets.check.clinic import check_clinic
from leaflets.content.clinic import read_details
from leaflets.content.reader import article_ids
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import edition_paths
from leaflets.editions.plan import Choice, plan
from leaflets.html.material import Material


class Progress(Protocol):
    """Is told how a build goes."""

    def planned(self, stale: int, fresh: int) -> None:
        """So many editions are to be built, so many are up to date."""

    def done(self, result: Result, done: int, total: int) -> None:
        """An edition is built, or failed; `done` of `total` are behind us."""


@dataclass(frozen=True)
class Built:
    """What a build did. `fresh`: editions that were up to date and were left alone."""

    results: tuple[Result, ...]
    fresh: int
    diagnostics: Diagnostics
    left: int = 0
    """Editions that were out of date and were not reached, since the disk was full."""

    @property
    def failed(self) -> list[Result]:
        return [result for result in self.results if result.failed]

    @property
    def pages(self) -> int:
        """Pages of all that was built."""
        return sum(result.pages for result in self.results if not result.failed)


@dataclass(frozen=True)
class Task:
    """An edition with what it is made of, and why it has to be built (nothing: it is fresh)."""

    edition: Edition
    parts: dict[str, str]
    why: list[str]
    key: str = ""
    """Its name in the cache; empty when it cannot be made."""
    look: bool = False
    """It has not been looked at: it is to be built in any case."""


def build(
    project: Project,
    choice: Choice,
    out: str | Path | Store,
    jobs: int,
    progress: Progress,
    force: bool = False,
    shard: tuple[int, int] = (1, 1),
    engine: Engine | None = None,
    memory: int = 0,
    cache: str | Path | Store | None = None,
    cluster: str = "",
    clinic: Path | None = None,
    sheet: str = "",
    evidence: bool = True,
) -> Built:
    """Build what `choice` asks for and is out of date into `out`, a folder or a URL; all of it with `force`.

    What `cache` has is taken from there (not with `force`), what is built is put there. `cluster` is the address of a
    Dask scheduler whose workers build then, instead of `jobs` processes here.
    `shard` (i, n) takes the i-th of n parts of the plan, counted from 1, for a batch service that starts n jobs.
    Any error in the content or the templates stops before the first file is written. An edition that cannot be typeset
    is reported and left out; the others are built. When the build is stopped half-way, catalogue and state name what is
    done, and the next build goes on from there. `engine` is one that is kept from build to build; `memory` the MB that
    a worker may take, 0 a share of the machine's; `clinic` the file of the clinic that the leaflets are for; `sheet`
    the larger sheet that files for the printer are to be cut from. Not `evidence`: finished files are not measured.
    """
    engine = engine or Engine(project)
    diagnostics, places = Diagnostics(), Places.at(out, cache)
    with _ours(places, diagnostics) as ours:
        if not ours:
            return Built((), 0, diagnostics)
        try:
            with _workers(engine, places, jobs, memory, cluster, evidence) as workers:
                return _build(engine, choice, workers, progress, force, shard, clinic, sheet, evidence, diagnostics)
        except WorkersError as error:
            diagnostics.error(Place(cluster), str(error), "cluster", error.hint)
            return Built((), 0, diagnostics)


@contextmanager
def _ours(places: Places, diagnostics: Diagnostics) -> Iterator[bool]:
    """The places can be used, and a folder is ours alone while the block runs; False after a diagnostic."""
    out, cache = places.open_out, places.cache.store if places.cache else None
    if isinstance(out, LocalStore):
        with claimed(out.folder, diagnostics) as ours:
            yield ours and _readable(cache, diagnostics)
        return
    try:
        out.try_out()
    except OSError as error:
        cannot_write(out.place(), error, diagnostics, "nothing can be written here")
    yield not diagnostics.errors and _readable(cache, diagnostics)


def _readable(cache: Store | None, diagnostics: Diagnostics) -> bool:
    """Whether the cache answers. One that can only be read is of use."""
    try:
        if isinstance(cache, LocalStore):
            sweep_cache(cache.folder, turn=int(time.time()))
        if cache is not None:
            cache.sizes([".trial"])
    except OSError as error:
        diagnostics.error(Place(str(cache)), f"the cache cannot be read: {why(error)}", "cache", "see --cache")
        return False
    return True


def _workers(engine: Engine, places: Places, jobs: int, memory: int, cluster: str, evidence: bool) -> Runner:
    if not cluster:
        return Workers(engine.project, places, jobs, warm=engine.warm, memory=memory, evidence=evidence)
    try:
        from leaflets.build.cluster import ClusterWorkers
    except ModuleNotFoundError as error:
        raise WorkersError("a cluster needs one more package", "pip install 'leaflets[cluster]'") from error
    return ClusterWorkers(engine.project, places, cluster)


def _build(
    engine: Engine,
    choice: Choice,
    workers: Runner,
    progress: Progress,
    force: bool,
    shard: tuple[int, int],
    clinic: Path | None,
    sheet: str,
    evidence: bool,
    diagnostics: Diagnostics,
) -> Built:
    """Build into a folder that is ours alone, with workers that are getting ready."""
    out = workers.places.open_out
    try:
        state = read_state(out)
    except OSError as error:
        cannot_write(out.place(NAME), error, diagnostics, "it cannot be read")
        return Built((), 0, diagnostics)
    details = read_details(clinic, diagnostics) if clinic else None
    engine.clinic = details.names if details else ()
    engine.refresh(state.files)  # before anything is read: what changes meanwhile is seen by the next build
    choice, shard = _share(choice, article_ids(engine.project), shard)
    materials, editions = _read(engine, choice, diagnostics)
    if details:
        check_clinic(details, editions, diagnostics)
        materials = replace(materials, details=details)
    materials = replace(on_sheet(materials, editions, sheet, diagnostics), evidence=evidence)
    if diagnostics.errors:
        return Built((), 0, diagnostics)
    state.files, state.tools, state.clinic, state.sheet = engine.files, tools(), list(engine.clinic), sheet
    freshness = Freshness(engine.project, state.files, state.tools, engine.renderer)
    editions = editions[shard[0] - 1 :: shard[1]]
    # a cache is asked for an edition by all its parts
    certain = (
        set()
        if workers.places.cache
        else {edition for edition in editions if force or edition.name not in state.editions}
    )
    tasks = examine(freshness, materials, editions, state, out, workers.look, certain)
    stale = [task for task in tasks if task.why or force]
    fresh = [task for task in tasks if not (task.why or force)]
    reserve = Reserve(out.folder, len(state.files), len(state.editions) + len(stale)) if _on_disk(out) else None
    if stale and reserve and not reserve.take(diagnostics):
        return Built((), len(fresh), diagnostics, len(stale))
    snapshot = state.snapshot
    for task in fresh:
        made = state.editions[task.edition.name]
        made.seen = snapshot
        for message, rule in made.warnings:
            diagnostics.warning(Place(task.edition.name), message, rule)
    results: list[Result] = []
    record = Record(out, state, materials, freshness, {task.edition: task.parts for task in tasks})
    try:
        record.begin([task.edition for task in stale])
        progress.planned(len(stale), len(fresh))
        for result in workers.run([Order(materials.of(task.edition), task.key, force, task.look) for task in stale]):
            diagnostics.extend(result.diagnostics)
            if result.disk_full:
                break  # the others would only say the same
            results.append(result)
            record.add(result)
            progress.done(result, len(results), len(stale))
    except WorkersError as error:
        diagnostics.error(Place("workers"), str(error), "cluster", error.hint)
    finally:
        if reserve:
            reserve.give_back()
        try:
            record.publish(engine.project, diagnostics)
        except OSError as error:
            where = error.filename2 or error.filename
            cannot_write(Path(where) if where and _on_disk(out) else out.place(), error, diagnostics)
    for fault in sorted({result.cache_fault for result in results} - {""}):
        kept_in = workers.places.cache.store if workers.places.cache else ""
        said = f"editions were built, but not kept here: {fault}"
        diagnostics.warning(Place(str(kept_in)), said, "cache", "see --cache")
    order = sorted(results, key=lambda result: result.edition)
    return Built(tuple(order), len(fresh), diagnostics, len(stale) - len(results))


def examine(
    freshness: Freshness,
    materials: Materials,
    editions: Sequence[Edition],
    state: State,
    out: Store,
    look: Callable[[Sequence[Order]], Iterable[tuple[Edition, Shown | None]]],
    certain: Set[Edition] = frozenset(),
) -> list[Task]:
    """What each edition is made of now, and why it has to be built. Those that are `certain` to be built are not looked
    at: who builds them does that.

    `look` finds what pages can show (`Runner.look`). `state` has the files and tools of now: where they are as they
    were when an edition was last found to be up to date, it is not looked at either.
    """
    sizes = out.sizes([path for edition in editions if edition not in certain for path in edition_paths(edition)])
    snapshot, found, orders = state.snapshot, dict[Edition, Task](), []
    for edition in editions:
        made, material = state.editions.get(edition.name), materials.of(edition)
        if edition in certain:
            found[edition] = Task(edition, {}, reasons(made, {}, {}), look=True)
        elif made and made.seen == snapshot and freshness.same(made, material) and not reasons(made, made.parts, sizes):
            found[edition] = Task(edition, made.parts, [])
        else:
            orders.append(Order(material))
    for edition, page in look(orders):
        found[edition] = _examined(freshness, materials.of(edition), page, state.editions.get(edition.name), sizes)
    return [found[edition] for edition in editions]


def _examined(
    freshness: Freshness, material: Material, page: Shown | None, made: Made | None, sizes: Mapping[str, int]
) -> Task:
    """An edition whose page was looked at."""
    edition = material.edition
    if page is not None:
        with suppress(Exception):  # its clinic's letters, say: it is reported by who builds it
            parts = freshness.parts(material, page)
            return Task(edition, parts, reasons(made, parts, sizes), freshness.key(material, parts))
    return Task(edition, {}, ["its page cannot be made"])


def _on_disk(out: Store) -> TypeGuard[LocalStore]:
    return isinstance(out, LocalStore)


def _share(choice: Choice, known: Sequence[str], shard: tuple[int, int]) -> tuple[Choice, tuple[int, int]]:
    """A shard takes whole articles where there are enough of them, so that it need not read the others'."""
    number, of = shard
    articles = list(choice.article or known)
    if of == 1 or len(articles) < of or choice.leaflet or choice.locale:  # not each article has each leaflet and locale
        return choice, shard
    return replace(choice, article=articles[number - 1 :: of]), (1, 1)


def _read(engine: Engine, choice: Choice, diagnostics: Diagnostics) -> tuple[Materials, list[Edition]]:
    """Read and check what is asked for, and plan it."""
    known = article_ids(engine.project)
    asked = [name for name in choice.article if name in known]
    materials = engine.materials(asked, diagnostics, choice.locale)
    articles = materials.articles()
    # an article that could not be read has said why; only names that are really unknown are complained of
    unread = set(asked or known) - set(articles)
    return materials, plan(
        articles,
        replace(choice, leaflet=(), locale=()) if unread and diagnostics.errors else choice,
        diagnostics,
        known,
    )
