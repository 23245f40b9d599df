"""The whole way: read and check, plan, build in parallel, write the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.files import write_whole
from leaflets.base.project import Project
from leaflets.build.materials import Materials, gather
from leaflets.build.runner import run
from leaflets.build.steps import Result
from leaflets.content.reader import article_ids
from leaflets.editions.edition import Edition
from leaflets.editions.plan import Choice, plan
from leaflets.publish.catalogue import Entry, catalogue_json, read_catalogue
from leaflets.publish.site import index_html

Progress = Callable[[Result, int, int], None]
"""Called after each edition with its result, how many are done and how many there are."""


@dataclass(frozen=True)
class Built:
    """What a build did."""

    planned: tuple[Edition, ...]
    results: tuple[Result, ...]
    diagnostics: Diagnostics


def build(project: Project, choice: Choice, out: Path, jobs: int, progress: Progress) -> Built:
    """Build what `choice` asks for into `out`.

    Any error in the content or the templates stops before the first file is written. An edition that cannot be typeset
    is reported and left out; the others are built.
    """
    diagnostics = Diagnostics()
    known = set(article_ids(project))
    materials = gather(project, [name for name in choice.article if name in known], diagnostics)
    editions = plan(materials.infos(), choice, diagnostics)
    if diagnostics.errors:
        return Built(tuple(editions), (), diagnostics)
    results: list[Result] = []
    for result in run(project, materials, editions, out, jobs):
        results.append(result)
        diagnostics.extend(result.diagnostics)
        progress(result, len(results), len(editions))
    _publish(project, materials, results, out)
    return Built(tuple(editions), tuple(sorted(results, key=lambda result: result.edition)), diagnostics)


def _publish(project: Project, materials: Materials, results: list[Result], out: Path) -> None:
    """Write the catalogue and the page for people; what was built before and is still there stays in it."""
    entries = {entry.path: entry for entry in read_catalogue(out)}
    for result in results:
        entries.pop(result.edition.path, None)
        if not result.failed:
            entries[result.edition.path] = _entry(result, materials)
    write_whole(out / "catalogue.json", catalogue_json(entries.values()).encode())
    write_whole(out / "index.html", index_html(project, list(entries.values())).encode())


def _entry(result: Result, materials: Materials) -> Entry:
    edition, material = result.edition, materials.of(result.edition)
    info = material.article.info
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
        version=info.version,
        status=info.review.state,
        sha256=result.sha256,
    )
