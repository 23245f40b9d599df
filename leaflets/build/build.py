"""The whole way: read and check, plan, build what is out of date in parallel, write the catalogue and the state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import jinja2

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.files import write_whole
from leaflets.base.project import Project
from leaflets.build.engine import Engine
from leaflets.build.freshness import Freshness, reasons
from leaflets.build.materials import Materials
from leaflets.build.runner import Workers
from leaflets.build.state import Made, State, read_state, tools, write_state
from leaflets.build.steps import Result
from leaflets.content.reader import article_ids
from leaflets.editions.edition import Edition
from leaflets.editions.plan import Choice, plan
from leaflets.html.environment import environment, template_diagnostic
from leaflets.publish.catalogue import Entry, catalogue_json, read_catalogue
from leaflets.publish.site import index_html

Progress = Callable[[Result, int, int], None]
"""Called after each edition with its result, how many are done and how many there are."""


@dataclass(frozen=True)
class Built:
    """What a build did. `fresh`: editions that were up to date and were left alone."""

    results: tuple[Result, ...]
    fresh: int
    diagnostics: Diagnostics


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
) -> Built:
    """Build what `choice` asks for and is out of date into `out`; all of it with `force`.

    `shard` (i, n) takes the i-th of n equal parts of the plan, counted from 1, for a batch service that starts n jobs.
    Any error in the content or the templates stops before the first file is written. An edition that cannot be typeset
    is reported and left out; the others are built. When the build is stopped half-way, catalogue and state name what is
    done, and the next build goes on from there. `engine` is one that is kept from build to build.
    """
    engine = engine or Engine(project)
    diagnostics = Diagnostics()
    _writable(out, diagnostics)
    if diagnostics.errors:
        return Built((), 0, diagnostics)
    state = read_state(out)
    results: list[Result] = []
    with Workers(project, out, jobs, bench=engine.bench, early=not engine.warm) as workers:
        engine.refresh(state.files)  # before anything is read: what changes meanwhile is seen by the next build
        materials, editions = _read(engine, choice, diagnostics)
        editions = editions[shard[0] - 1 :: shard[1]]
        if diagnostics.errors:
            return Built((), 0, diagnostics)
        state.files, state.tools = engine.files, tools()
        tasks = examine(engine, materials, editions, state, out)
        stale = [task for task in tasks if task.why or force]
        parts = {task.edition: task.parts for task in tasks}
        snapshot = state.snapshot
        for task in tasks:
            if not task.why:
                state.editions[task.edition.name].seen = snapshot
        try:
            for result in workers.run([materials.of(task.edition) for task in stale]):
                results.append(result)
                diagnostics.extend(result.diagnostics)
                progress(result, len(results), len(stale))
        finally:
            _publish(project, materials, results, parts, state, out, diagnostics)
    for task in tasks:
        made = state.editions.get(task.edition.name)
        for warning in made.warnings if made and not (task.why or force) else ():
            diagnostics.warning(Place(task.edition.name), warning, "last-page")
    return Built(tuple(sorted(results, key=lambda result: result.edition)), len(tasks) - len(stale), diagnostics)


def examine(engine: Engine, materials: Materials, editions: Sequence[Edition], state: State, out: Path) -> list[Task]:
    """What each edition is made of now, and why it has to be built."""
    freshness = Freshness(engine.project, state.files, state.tools, engine.bench.renderer)
    found = []
    for edition in editions:
        try:
            parts = freshness.parts(materials.of(edition))
        except Exception:  # a template that fails is reported by the worker, where it stands
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


def _writable(out: Path, diagnostics: Diagnostics) -> None:
    """Complain of a folder that cannot be written to, before hours of work are lost there."""
    trial = out / ".trial"
    there = out.exists()
    try:
        write_whole(trial, b"")
        trial.unlink()
        if not there:
            out.rmdir()
    except OSError as error:
        diagnostics.error(Place(str(out)), f"nothing can be written here: {error.strerror}", "out", "see --out")


def _publish(
    project: Project,
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
        page = index_html(project, list(entries.values()))
    except jinja2.TemplateError as error:
        diagnostics.items.append(template_diagnostic(error, environment(project)))
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
