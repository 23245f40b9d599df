"""Whether a build has nothing to do: found without loading articles, templates or the typesetter."""

from __future__ import annotations

from itertools import product

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.open_store import open_store
from leaflets.base.project import Project
from leaflets.base.store import Store
from leaflets.builder.request import WHOLE, BuildRequest
from leaflets.builder.state.manifest import Made, Manifest, unchanged
from leaflets.builder.state.manifest_file import read_state
from leaflets.editions.choice import Choice
from leaflets.publish.catalogue import PAGES, entry_from, read_catalogue


def up_to_date(project: Project, request: BuildRequest) -> list[Made] | None:
    """The requested editions if all of them are certain to be fresh; else None."""
    out = open_store(request.out)
    try:
        state = read_state(out)
    except OSError:
        return None  # a build reports the error
    if request.force or request.release or request.shard != WHOLE or not _same_request(state, request):
        return None
    if not state.published or not unchanged(project, state):
        return None
    chosen = _chosen(state, request.choice)
    found = [state.editions.get(".".join(row)) for row in chosen]
    now = state.snapshot  # a build of some editions updates only their snapshots
    today = project.today().isoformat()
    fresh = [
        made
        for made in found
        if made and made.inputs and made.seen == now and _measured(made, request) and _says_its_review(made, today)
    ]
    if not chosen or len(fresh) < len(chosen):
        return None
    files = {path: size for made in fresh for path, size in made.files.items()}
    sizes = out.sizes([*PAGES, *files])
    whole = all(sizes.get(path) == size for path, size in files.items()) and sizes.keys() >= set(PAGES)
    return fresh if whole and _listed(out, fresh) else None


def _listed(out: Store, fresh: list[Made]) -> bool:
    """Whether the catalogue is whole and lists the files of the editions as they were made."""
    said = Diagnostics()
    catalogue = read_catalogue(out, said)
    rows = [entry_from(row) for made in fresh for row in made.rows]
    return not said.errors and set(catalogue.entries) >= set(rows)


def _measured(made: Made, request: BuildRequest) -> bool:
    """Whether an edition has its evidence, or the request needs none."""
    return made.measured or not request.evidence


def _says_its_review(made: Made, today: str) -> bool:
    """Whether an edition says what is true today: that its review is overdue, or nothing. False also for one that was
    signed and is a draft again: a build says what changed."""
    due = made.entry.get("review_due", "")
    return bool(due) and made.expired == (due < today) and made.entry.get("review") in ("draft", "signed")


def _same_request(state: Manifest, request: BuildRequest) -> bool:
    """Whether the last build was for the same clinic and the same sheet of print files."""
    clinic = [str(request.clinic.resolve())] if request.clinic else []
    return state.clinic[:1] == clinic and state.sheet == request.print_sheet


def _chosen(state: Manifest, choice: Choice) -> list[list[str]]:
    """The offered editions that `choice` selects; none if a part of it is unknown or not offered, which the planner
    reports."""
    wanted = (choice.article, choice.leaflet, choice.level, choice.layout, choice.locale)
    for place, names in enumerate(wanted):
        if set(names) - {row[place] for row in state.offered}:
            return []
    for asked in product(*(names or [""] for names in wanted[1:4])):
        if not any(all(name in ("", row[i]) for i, name in enumerate(asked, 1)) for row in state.offered):
            return []
    return [row for row in state.offered if all(not names or row[i] in names for i, names in enumerate(wanted))]
