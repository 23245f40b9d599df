"""History of an article: who signed what in a locale, and what changed from one signature to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.signing.changes import ItemChange, changes
from leaflets.builder.signing.inventory import Inventory
from leaflets.builder.signing.judge import inventory
from leaflets.builder.signing.signature_file import SignatureEntry, SignatureFile, read_signatures
from leaflets.builder.signing.snapshot import Signed, Snapshot, SnapshotError, read_snapshot
from leaflets.editions.layouts import LAYOUTS
from leaflets.l10n.loaded_article import LoadedArticle


@dataclass(frozen=True)
class HistoryStep:
    """A signature or withdrawal with what changed since the one before. `entry` None: from the last signature to now,
    which nobody has signed."""

    locale: str
    entry: SignatureEntry | None
    changed: tuple[ItemChange, ...] = ()
    new_leaflets: tuple[str, ...] = ()
    """Leaflets that were signed here for the first time."""
    lost: str = ""
    """Why the words that were signed cannot be shown."""


def history(project: Project, loaded: LoadedArticle, locale: str, diagnostics: Diagnostics) -> list[HistoryStep]:
    """The steps of an article in a locale, oldest first, the last one for what is not signed yet."""
    file = read_signatures(project, loaded.article.id, locale, diagnostics)
    last: dict[str, Snapshot] = {}
    found: list[HistoryStep] = []
    for entry in file.entries:
        if entry.state == "withdrawn":
            found.append(HistoryStep(locale, entry))
            continue
        step, snapshot = _step(project, file, entry, last)
        found.append(step)
        if snapshot:
            last.update(dict.fromkeys(entry.leaflets, snapshot))
    now = inventory(project, loaded, locale)
    if last and now and (changed := _until_now(last, now)):
        found.append(HistoryStep(locale, None, tuple(changed)))
    return found


def _step(
    project: Project, file: SignatureFile, entry: SignatureEntry, last: Mapping[str, Snapshot]
) -> tuple[HistoryStep, Snapshot | None]:
    try:
        snapshot = read_snapshot(project, file.article, file.locale, entry.sha256)
    except SnapshotError as error:
        return HistoryStep(file.locale, entry, lost=str(error)), None
    known = [name for name in entry.leaflets if name in last]
    before = _joined([last[name].of_leaflet(name) for name in known])
    after = _joined([snapshot.of_leaflet(name) for name in known])
    new = tuple(name for name in entry.leaflets if name not in last)
    return HistoryStep(file.locale, entry, tuple(changes(before, after)), new), snapshot


def _until_now(last: Mapping[str, Snapshot], now: Inventory) -> list[ItemChange]:
    """What has changed since each leaflet was signed last."""
    before: dict[str, Signed] = {}
    after: dict[str, Signed] = {}
    for name, snapshot in last.items():
        before |= snapshot.of_leaflet(name)
        if name not in now.article.leaflets:
            continue
        for key in snapshot.outlines:
            leaflet, level, holds = key.split("/")
            if leaflet == name:
                ids = now.outline(leaflet, level, "" if holds == "whole" else holds)
                after |= {id_: (now.items[id_].sha256, now.items[id_].text) for id_ in ids}
        for layout, ids in snapshot.layouts.items():
            if layout in LAYOUTS:
                shown = [*now.template_words(ids), *now.own_templates(LAYOUTS[layout])]
                after |= {item.id: (item.sha256, item.text) for item in shown}
    return changes(before, after, now.items)


def _joined(parts: Sequence[Mapping[str, Signed]]) -> dict[str, Signed]:
    found: dict[str, Signed] = {}
    for part in parts:
        found |= part
    return found
