"""Judge: which editions of an article are signed as they are printed now, and what changed in the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.signing.changes import ItemChange, changes
from leaflets.builder.signing.inventory import Inventory
from leaflets.builder.signing.signature_file import (
    SignatureEntry,
    SignatureFile,
    has_signatures,
    read_signatures,
)
from leaflets.builder.signing.snapshot import Signed, Snapshot, SnapshotError, outline_key, read_snapshot
from leaflets.content.region import read_region
from leaflets.editions.choice import Choice
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import LAYOUTS
from leaflets.editions.plan import plan
from leaflets.editions.review_status import ReviewStatus
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.loaded_article import LoadedArticle
from leaflets.l10n.translate import Localised
from leaflets.l10n.words import read_words

MOST_TOLD = 20
"""Changes of one leaflet in one locale that are told one by one."""
CHANGED = "signature"
"""Rule of what has changed since it was signed, or was taken back."""
BROKEN = "signed-words"
"""Rule of a snapshot that is missing or was changed; signing again mends it."""


def judge(project: Project, loaded: LoadedArticle, diagnostics: Diagnostics) -> dict[Edition, ReviewStatus]:
    """Status of each edition of an article of which anything was ever signed; else empty: all are drafts. So it is too
    for an article with gaps, which is never built.

    A warning for each item that has changed since it was signed, with its place. `expired` is not judged here.
    """
    if loaded.article.gaps or not has_signatures(project, loaded.article.id):
        return {}
    sitting = _Sitting(project, loaded, diagnostics)
    choice = Choice((loaded.article.id,), (), (), (), tuple(loaded.locales))
    planned = plan({loaded.article.id: loaded.article}, choice, Diagnostics())
    found = {edition: sitting.status(edition) for edition in planned}
    sitting.tell()
    return found


def inventory(project: Project, loaded: LoadedArticle, tag: str) -> Inventory | None:
    """Inventory of an article in a locale, also in one that was not loaded if it is that of the original; None when
    its region cannot be read."""
    article, row = loaded.article, LOCALES[tag]
    localised = loaded.locales.get(tag) or Localised(article, row, original=article, translated=False)
    region = loaded.regions.get(row.region) or read_region(project, row.region, Diagnostics())
    if region is None:
        return None
    words = read_words(project, row, Diagnostics())
    written_in = read_words(project, LOCALES[article.info.language], Diagnostics())
    return Inventory(project, localised, region, words, written_in if localised.translated else words)


@dataclass
class _Sitting:
    """The signatures, snapshots and inventories of one article, each read once."""

    project: Project
    loaded: LoadedArticle
    diagnostics: Diagnostics
    _files: dict[str, SignatureFile] = field(default_factory=dict)
    _snapshots: dict[tuple[str, str], Snapshot | None] = field(default_factory=dict)
    _inventories: dict[str, Inventory | None] = field(default_factory=dict)
    _changes: dict[tuple[str, str], dict[str, ItemChange]] = field(default_factory=dict)
    """Changes by locale and leaflet, each item once."""
    _withdrawn: dict[tuple[str, str], SignatureEntry] = field(default_factory=dict)

    def status(self, edition: Edition) -> ReviewStatus:
        """Status of an edition. A translation is signed when the text it was made from is signed too."""
        own = self._of_locale(edition)
        localised = self.loaded.locales[edition.locale]
        if not localised.translated:
            return own
        original = self._of_locale(replace(edition, locale=localised.original.info.language))
        state = own.state if original.signed or not own.signed else original.state
        return ReviewStatus(state, original.signer, own.signer)

    def tell(self) -> None:
        """Report what has changed, and what was taken back."""
        article = self.loaded.article.id
        for (locale, leaflet), found in self._changes.items():
            entry = self._file(locale).standing(leaflet)
            since = f"since it was signed by {entry.signer}" if entry else ""
            which = f" --locale {locale}" if self.loaded.locales[locale].translated else ""
            hint = f"what shows it is a draft again until it is signed: leaflets sign {article}{which} --by … --role …"
            known = list(found.values())
            for change in known[:MOST_TOLD]:
                place = change.place if change.place.path else self.loaded.article.place(f"leaflets/{leaflet}")
                self.diagnostics.warning(place, f"changed {since}: {change}", CHANGED, hint)
            if len(known) > MOST_TOLD:
                message = f"{len(known) - MOST_TOLD} more changes {since}"
                more = f"“leaflets history {article}” shows all"
                self.diagnostics.warning(self.loaded.article.place(f"leaflets/{leaflet}"), message, CHANGED, more)
        for (locale, leaflet), entry in self._withdrawn.items():
            why = f": {entry.reason}" if entry.reason else ""
            message = f"the signature of “{leaflet}” was taken back by {entry.who} on {entry.on}{why}"
            self.diagnostics.warning(self._file(locale).place(entry), message, CHANGED)

    def _of_locale(self, edition: Edition) -> ReviewStatus:
        """Status of an edition by the signatures of its own locale alone."""
        file = self._file(edition.locale)
        entry = file.standing(edition.leaflet)
        if entry is None:
            return ReviewStatus()
        if entry.state == "withdrawn":
            self._withdrawn[edition.locale, edition.leaflet] = entry
            return ReviewStatus("withdrawn")
        snapshot, now = self._snapshot(file, entry), self._inventory(edition.locale)
        if snapshot is None or now is None or (found := self._compared(edition, snapshot, now)):
            if snapshot is not None and now is not None:
                known = self._changes.setdefault((edition.locale, edition.leaflet), {})
                known.update({change.id: change for change in found if change.id not in known})
            return ReviewStatus("changed")
        return ReviewStatus("signed", entry.signer)

    def _compared(self, edition: Edition, snapshot: Snapshot, now: Inventory) -> list[ItemChange]:
        """What an edition prints other than it was signed."""
        layout = LAYOUTS[edition.layout]
        key = outline_key(edition.leaflet, edition.level, layout.holds)
        were = snapshot.outlines.get(key)
        place = self.loaded.article.place(f"leaflets/{edition.leaflet}")
        if were is None or edition.layout not in snapshot.layouts:
            return [ItemChange(f"part {edition.leaflet} as {edition.layout}", None, "", place)]
        are = now.outline(edition.leaflet, edition.level, layout.holds)
        templates = snapshot.layouts[edition.layout]
        shown = [*now.template_words(templates), *now.own_templates(layout)]
        before = _rows(snapshot, (*were, *templates))
        after = {id_: (item.sha256, item.text) for id_ in are for item in [now.items[id_]]}
        after |= {item.id: (item.sha256, item.text) for item in shown}
        found = changes(before, after, now.items)
        if not found and were != are:
            return [ItemChange(f"part {edition.leaflet}", "its order", "another order", place)]
        return found

    def _file(self, locale: str) -> SignatureFile:
        if locale not in self._files:
            article = self.loaded.article.id
            self._files[locale] = read_signatures(self.project, article, locale, self.diagnostics)
        return self._files[locale]

    def _snapshot(self, file: SignatureFile, entry: SignatureEntry) -> Snapshot | None:
        key = (file.locale, entry.sha256)
        if key not in self._snapshots:
            self._snapshots[key] = None
            try:
                self._snapshots[key] = read_snapshot(self.project, file.article, file.locale, entry.sha256)
            except SnapshotError as error:
                hint = "take it back from your version control, or have the article signed again"
                self.diagnostics.error(file.place(entry, "sha256"), str(error), BROKEN, hint)
        return self._snapshots[key]

    def _inventory(self, locale: str) -> Inventory | None:
        if locale not in self._inventories:
            self._inventories[locale] = inventory(self.project, self.loaded, locale)
        return self._inventories[locale]


def _rows(snapshot: Snapshot, ids: Sequence[str]) -> Mapping[str, Signed]:
    return {id_: snapshot.items[id_] for id_ in ids}
