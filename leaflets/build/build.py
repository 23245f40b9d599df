"""The whole way: read and check, plan, build what is out of date in parallel, write the catalogue and the state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Protocol

import jinja2

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.files import write_whole
from leaflets.base.project import Project
from leaflets.build.bounds import TooLongError, bounded
from leaflets.build.claim import claimed
from leaflets.build.engine import Engine
from leaflets.build.freshness import Freshness, reasons
from leaflets.build.materials import Materials
from leaflets.build.memory import worker_share
from leaflets.build.room import Reserve, cannot_write
from leaflets.build.runner import Workers
from leaflets.build.state import Made, State, read_state, tools, write_state
from leaflets.build.steps import Result
from leaflets.content.reader import article_ids
from leaflets.editions.edition import Edition
from leaflets.editions.plan import Choice, plan
from leaflets.html.environment import environment, template_diagnostic
from leaflets.publish.catalogue import Entry, catalogue_json, read_catalogue
from leaflets.publish.site import index_html

LONGEST = 20.0
"""Seconds that the HTML of an edition may take; it takes some hundredths of one."""


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


def build(
    project: Project,
    choice: Choice,
    out: Path,
    jobs: int,
    progress: Progress,
    force: bool = False,
    shard: tuple[int, int] = (1, 1),
    engine: Engine | None = None,
    memory: int = 0,
) -> Built:
    """Build what `choice` asks for and is out of date into `out`; all of it with `force`.

    `shard` (i, n) takes the i-th of n equal parts of the plan, counted from 1, for a batch service that starts n jobs.
    Any error in the content or the templates stops before the first file is written. An edition that cannot be typeset
    is reported and left out; the others are built. When the build is stopped half-way, catalogue and state name what is
    done, and the next build goes on from there. `engine` is one that is kept from build to build; `memory` the MB that
    a worker may take, 0 a share of the machine's.
    """
    engine = engine or Engine(project)
    diagnostics = Diagnostics()
    with claimed(out, diagnostics) as ours:
        if not ours:
            return Built((), 0, diagnostics)
        with Workers(project, out, jobs, bench=engine.bench, early=not engine.stays, memory=memory) as workers:
            return _build(engine, choice, out, workers, progress, force, shard, diagnostics)


def _build(
    engine: Engine,
    choice: Choice,
    out: Path,
    workers: Workers,
    progress: Progress,
    force: bool,
    shard: tuple[int, int],
    diagnostics: Diagnostics,
) -> Built:
    """Build into a folder that is ours alone, with workers that are getting ready."""
    state = read_state(out)
    engine.refresh(state.files)  # before anything is read: what changes meanwhile is seen by the next build
    materials, editions = _read(engine, choice, diagnostics)
    if diagnostics.errors:
        return Built((), 0, diagnostics)
    state.files, state.tools = engine.files, tools()
    tasks = examine(engine, materials, editions[shard[0] - 1 :: shard[1]], state, out, workers.memory)
    stale = [task for task in tasks if task.why or force]
    fresh = [task for task in tasks if not (task.why or force)]
    reserve = Reserve(out, len(state.files), len(state.editions) + len(stale))
    if stale and not reserve.take(diagnostics):
        return Built((), len(fresh), diagnostics, len(stale))
    for task in fresh:
        made = state.editions[task.edition.name]
        made.seen = state.snapshot
        for warning in made.warnings:
            diagnostics.warning(Place(task.edition.name), warning, "last-page")
    results: list[Result] = []
    try:
        progress.planned(len(stale), len(fresh))
        for result in workers.run([materials.of(task.edition) for task in stale]):
            diagnostics.extend(result.diagnostics)
            if result.disk_full:
                break  # the others would only say the same
            results.append(result)
            progress.done(result, len(results), len(stale))
    finally:
        reserve.give_back()
        parts = {task.edition: task.parts for task in tasks}
        try:
            _publish(engine, materials, results, parts, state, out, diagnostics)
        except OSError as error:
            cannot_write(Path(error.filename2 or error.filename or out), error, diagnostics)
    order = sorted(results, key=lambda result: result.edition)
    return Built(tuple(order), len(fresh), diagnostics, len(stale) - len(results))


def examine(
    engine: Engine, materials: Materials, editions: Sequence[Edition], state: State, out: Path, memory: int = 0
) -> list[Task]:
    """What each edition is made of now, and why it has to be built."""
    freshness = Freshness(engine.project, state.files, state.tools, engine.bench.renderer)
    found = []
    for edition in editions:
        try:
            with bounded(memory or worker_share(1), LONGEST):
                parts = freshness.parts(materials.of(edition))
        except (Exception, TooLongError):  # a template that fails is reported by the worker, where it stands
            parts = {"page": "it cannot be made"}
        found.append(Task(edition, parts, reasons(state.editions.get(edition.name), parts, out, edition)))
    return found


def _read(engine: Engine, choice: Choice, diagnostics: Diagnostics) -> tuple[Materials, list[Edition]]:
    """Read and check what is asked for, and plan it."""
    known = article_ids(engine.project)
    asked = [name for name in choice.article if name in known]
    materials = engine.materials(asked, diagnostics, choice.locale)
    articles = materials.articles()
    # an article that could not be read has said why; only names that are really unknown are complained of
    unread = set(asked or known) - set(articles)
    return materials, plan(articles, replace(choice, leaflet=(), locale=()) if unread else choice, diagnostics, known)


def _publish(
    engine: Engine,
    materials: Materials,
    results: Sequence[Result],
    parts: dict[Edition, dict[str, str]],
    state: State,
    out: Path,
    diagnostics: Diagnostics,
) -> None:
    """Write the catalogue, the page for people and the state.

    What was built before and is still offered stays in it; what failed, and what its article offers no longer, goes,
    file and all: an old leaflet must not be handed out for a new one.
    """
    articles, snapshot = materials.articles(), state.snapshot
    offered = {edition.path: edition for edition in plan(articles, Choice(), Diagnostics())}
    entries: dict[str, Entry] = {}
    known = [Entry(**made.entry) for made in state.editions.values() if (out / made.entry["path"]).is_file()]
    for entry in {entry.path: entry for entry in (*read_catalogue(out), *known)}.values():
        if entry.article in articles and entry.path not in offered:
            (out / entry.path).unlink(missing_ok=True)
            state.editions.pop(Path(entry.path).stem, None)
        else:
            entries[entry.path] = entry
    for result in results:
        edition = result.edition
        entries.pop(edition.path, None)
        state.editions.pop(edition.name, None)
        if result.failed:
            (out / edition.path).unlink(missing_ok=True)
        else:
            entries[edition.path] = entry = _entry(result, materials)
            warnings = [item.message for item in result.diagnostics]
            size = (out / edition.path).stat().st_size
            state.editions[edition.name] = Made(parts[edition], asdict(entry), warnings, size, snapshot)
    others = [row for row in state.offered if row[0] not in articles]
    state.offered = [*others, *(list(asdict(edition).values()) for edition in offered.values())]
    write_whole(out / "catalogue.json", catalogue_json(entries.values()).encode())
    try:
        page = index_html(engine.project, list(entries.values()))
    except jinja2.TemplateError as error:
        diagnostics.items.append(template_diagnostic(error, environment(engine.project)))
    else:
        write_whole(out / "index.html", page.encode())
    write_state(out, state)


def _entry(result: Result, materials: Materials) -> Entry:
    edition: Edition = result.edition
    material = materials.of(edition)
    return Entry(
        article=edition.article,
        leaflet=edition.leaflet,
        level=edition.level,
        layout=edition.layout,
        locale=edition.locale,
        kind="read",
        path=edition.path,
        title=result.title,
        pages=result.pages,
        paper=material.page.id,
        version=material.article.info.version,
        status="reviewed" if material.localised.signed else "awaiting-review",
        sha256=result.sha256,
    )
