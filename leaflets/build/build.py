"""The whole way: read and check, plan, build in parallel, write the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import jinja2

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.files import write_whole
from leaflets.base.project import Project
from leaflets.build.materials import Materials, gather
from leaflets.build.runner import Workers
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
    """What a build did."""

    results: tuple[Result, ...]
    diagnostics: Diagnostics


def build(project: Project, choice: Choice, out: Path, jobs: int, progress: Progress) -> Built:
    """Build what `choice` asks for into `out`.

    Any error in the content or the templates stops before the first file is written. An edition that cannot be typeset
    is reported and left out; the others are built. When the build is stopped half-way, the catalogue names what is
    done.
    """
    diagnostics = Diagnostics()
    _writable(out, diagnostics)
    if diagnostics.errors:
        return Built((), diagnostics)
    results: list[Result] = []
    with Workers(project, out, jobs) as workers:
        materials, editions = _read(project, choice, diagnostics)
        if diagnostics.errors:
            return Built((), diagnostics)
        try:
            for result in workers.run([materials.of(edition) for edition in editions]):
                results.append(result)
                diagnostics.extend(result.diagnostics)
                progress(result, len(results), len(editions))
        finally:
            if results:
                _publish(project, materials, results, out, diagnostics)
    return Built(tuple(sorted(results, key=lambda result: result.edition)), diagnostics)


def _read(project: Project, choice: Choice, diagnostics: Diagnostics) -> tuple[Materials, list[Edition]]:
    """Read and check what is asked for, and plan it."""
    known = article_ids(project)
    asked = [name for name in choice.article if name in known]
    materials = gather(project, asked, diagnostics)
    infos = materials.infos()
    # an article that could not be read has said why; only names that are really unknown are complained of
    unread = set(asked or known) - set(infos)
    return materials, plan(infos, replace(choice, leaflet=(), locale=()) if unread else choice, diagnostics, known)


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
    project: Project, materials: Materials, results: Sequence[Result], out: Path, diagnostics: Diagnostics
) -> None:
    """Write the catalogue and the page for people.

    What was built before and is still offered stays in it; what failed, and what its article offers no longer, goes,
    file and all: an old leaflet must not be handed out for a new one.
    """
    infos = materials.infos()
    offered = {edition.path for edition in plan(infos, Choice(), Diagnostics())}
    entries: dict[str, Entry] = {}
    for entry in read_catalogue(out):
        if entry.article in infos and entry.path not in offered:
            (out / entry.path).unlink(missing_ok=True)
        else:
            entries[entry.path] = entry
    for result in results:
        entries.pop(result.edition.path, None)
        if result.failed:
            (out / result.edition.path).unlink(missing_ok=True)
        else:
            entries[result.edition.path] = _entry(result, materials)
    write_whole(out / "catalogue.json", catalogue_json(entries.values()).encode())
    try:
        page = index_html(project, list(entries.values()))
    except jinja2.TemplateError as error:
        diagnostics.items.append(template_diagnostic(error, environment(project)))
    else:
        write_whole(out / "index.html", page.encode())


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
        paper=material.region.paper,
        version=material.article.info.version,
        status="reviewed" if material.localised.signed else "awaiting-review",
        sha256=result.sha256,
    )
