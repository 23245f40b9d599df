"""Signer: records a signature for what the leaflets of an article print now, or that one is taken back."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.files import write_together
from leaflets.base.project import Project
from leaflets.builder.materials import Materials, gather
from leaflets.builder.signing.inventory import Inventory
from leaflets.builder.signing.judge import BROKEN, CHANGED, inventory
from leaflets.builder.signing.signature_file import (
    SignatureEntry,
    SignatureFile,
    chained,
    read_signatures,
    signature_path,
    with_entries,
)
from leaflets.builder.signing.snapshot import MOST_BYTES, Snapshot, outline_key, snapshot_json, snapshot_path
from leaflets.builder.template_lint import lint
from leaflets.editions.choice import Choice
from leaflets.editions.edition import WEB, Edition
from leaflets.editions.layouts import LAYOUTS
from leaflets.editions.plan import plan
from leaflets.editions.review_status import ReviewStatus, Signer
from leaflets.finish.formats.alternatives import WORDS as FORMAT_WORDS
from leaflets.html.render import Renderer
from leaflets.l10n.fonts import missing_characters
from leaflets.l10n.loaded_article import LoadedArticle, load_article
from leaflets.l10n.words import Words

MENDED = (BROKEN, CHANGED)
"""Rules of what a new signature mends."""
CLINIC_WORDS = "clinic"
"""Words of the templates that begin so stand on the leaflets of a clinic."""
COMMAND_LINE = Place("command line")


@dataclass(frozen=True)
class SignRequest:
    """What is signed or taken back. Without `leaflets` all of the article; without `locales` those in its own language,
    or, where a signature is taken back, all that have one."""

    article: str
    leaflets: Sequence[str] = ()
    locales: Sequence[str] = ()
    by: str = ""
    role: str = ""
    reason: str = ""


@dataclass(frozen=True)
class SignedLocale:
    """What was written for one locale: its entry, the file, and the number of items by kind."""

    locale: str
    entry: SignatureEntry
    path: Path
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class SigningResult:
    """What was written; nothing after an error. `others`: leaflets and locales that are not covered."""

    written: tuple[SignedLocale, ...] = ()
    other_leaflets: tuple[str, ...] = ()
    other_locales: tuple[str, ...] = ()


def sign(project: Project, request: SignRequest, diagnostics: Diagnostics) -> SigningResult:
    """Sign leaflets as they are now. Nothing is written when `check` finds an error in what is signed."""
    loaded = load_article(project, request.article, Diagnostics())
    locales = _own_locales(loaded, request) if loaded else list(request.locales)
    told = Diagnostics()
    materials = gather(project, [request.article], told, locales)
    diagnostics.extend(item for item in told.items if item.rule not in MENDED)
    choice = Choice((request.article,), tuple(request.leaflets), (), (), tuple(request.locales))
    editions = [row for row in plan(materials.articles(), choice, diagnostics) if row.locale in locales]
    _check_signer(request, materials, locales, diagnostics)
    if not diagnostics.errors:
        lint(project, materials, editions, diagnostics)
    if loaded is None or diagnostics.errors:
        return SigningResult()
    info = loaded.article.info
    leaflets = [name for name in info.leaflets if name in {edition.leaflet for edition in editions}]
    files: dict[Path, bytes] = {}
    written = []
    for tag in locales:
        now = inventory(project, loaded, tag)
        assert now is not None
        snapshot = _snapshot(now, materials, [row for row in editions if row.locale == tag])
        body = snapshot_json(snapshot)
        if len(body) > MOST_BYTES:
            message = f"what would be signed has more than {MOST_BYTES // 1_000_000} MB"
            diagnostics.error(COMMAND_LINE, message, "too-long", "sign one leaflet after the other: --leaflet ID")
        sha256 = hashlib.sha256(body).hexdigest()
        file = read_signatures(project, info.id, tag, diagnostics)
        entry = chained(file, _entry(request, project, loaded, leaflets, sha256))
        path = _target(project, signature_path(info.id, tag))
        files[_target(project, snapshot_path(info.id, tag, sha256))] = body
        files[path] = with_entries(file, [entry]).encode()
        kinds = Counter(id_.partition(" ")[0] for id_ in snapshot.items)
        written.append(SignedLocale(tag, entry, path, kinds))
    if diagnostics.errors:
        return SigningResult()
    write_together(files)
    rest = [name for name in info.leaflets if name not in leaflets]
    return SigningResult(tuple(written), tuple(rest), tuple(tag for tag in info.locales if tag not in locales))


def withdraw(project: Project, request: SignRequest, diagnostics: Diagnostics) -> SigningResult:
    """Take signatures back: an entry is added to each file that has one that stands. An article that has errors can be
    taken back too."""
    loaded = load_article(project, request.article, Diagnostics())
    if loaded is None:
        diagnostics.error(COMMAND_LINE, f"there is no article “{request.article}” that can be read", "unknown-article")
        return SigningResult()
    choice = Choice((request.article,), tuple(request.leaflets), (), (), tuple(request.locales))
    plan({loaded.article.id: loaded.article}, choice, diagnostics)
    files: dict[Path, bytes] = {}
    written = []
    for tag in request.locales or loaded.article.info.locales:
        file = read_signatures(project, request.article, tag, diagnostics)
        leaflets = [name for name in _signed_leaflets(file) if not request.leaflets or name in request.leaflets]
        if leaflets:
            entry = chained(file, _entry(request, project, loaded, leaflets))
            path = _target(project, signature_path(request.article, tag))
            files[path] = with_entries(file, [entry]).encode()
            written.append(SignedLocale(tag, entry, path))
    if not written and not diagnostics.errors:
        message = "nothing of this is signed, so nothing can be taken back"
        hint = f"“leaflets history {request.article}” shows what was signed"
        diagnostics.error(COMMAND_LINE, message, "not-signed", hint)
    if diagnostics.errors:
        return SigningResult()
    write_together(files)
    return SigningResult(tuple(written))


def _own_locales(loaded: LoadedArticle, request: SignRequest) -> list[str]:
    """Locales that are signed: those that are named, else all in the language of the article."""
    if request.locales:
        return [tag for tag in loaded.locales if tag in request.locales]
    return [tag for tag, found in loaded.locales.items() if not found.translated]


def _check_signer(request: SignRequest, materials: Materials, locales: Sequence[str], diagnostics: Diagnostics) -> None:
    """Report letters of the signer's name and role that the font of a locale has not: they are printed."""
    for tag in locales:
        found = materials.localised.get((request.article, tag))
        if found and (missing := missing_characters(found.locale.font, f"{request.by}{request.role}")):
            hint = "write name and role in the letters of the leaflet"
            message = f"the font of {tag} has no glyph for {', '.join(missing[:8])}"
            diagnostics.error(COMMAND_LINE, message, "missing-glyph", hint)


def _entry(
    request: SignRequest, project: Project, loaded: LoadedArticle, leaflets: Sequence[str], sha256: str = ""
) -> SignatureEntry:
    info = loaded.article.info
    return SignatureEntry(
        state="signed" if sha256 else "withdrawn", by=request.by, role=request.role, on=project.today(),
        version=info.version, issued=info.issued, leaflets=tuple(leaflets), sha256=sha256, reason=request.reason,
    )  # fmt: skip


def _signed_leaflets(file: SignatureFile) -> list[str]:
    """Leaflets with a signature that stands, whatever has changed since."""
    names = dict.fromkeys(name for entry in file.entries for name in entry.leaflets)
    return [name for name in names if (entry := file.standing(name)) and entry.state == "signed"]


def _target(project: Project, name: str) -> Path:
    """Path of a file in the user's own folder."""
    return (project.folder or project.shipped).resolve() / name


def _snapshot(now: Inventory, materials: Materials, editions: Sequence[Edition]) -> Snapshot:
    """The items of all editions, with the words that their templates print."""
    ids: dict[str, None] = {}
    outlines, layouts = {}, {}
    shapes = dict.fromkeys((row.leaflet, row.level, LAYOUTS[row.layout].holds) for row in editions)
    for leaflet, level, holds in shapes:
        outline = now.outline(leaflet, level, holds)
        outlines[outline_key(leaflet, level, holds)] = outline
        ids.update(dict.fromkeys(outline))
    used = _template_words(now.project, materials, editions)
    for layout in dict.fromkeys(row.layout for row in editions):
        found = [*now.template_words(used[layout]), *now.own_templates(LAYOUTS[layout])]
        layouts[layout] = tuple(item.id for item in found)
        ids.update(dict.fromkeys(layouts[layout]))
    return Snapshot({id_: (now.items[id_].sha256, now.items[id_].text) for id_ in ids}, outlines, layouts)


class _Noted(dict[str, str]):
    """Words of the templates that note which of them are read."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.table)
        self.read: dict[str, None] = {}

    def __getitem__(self, id_: str) -> str:
        self.read[id_] = None
        return super().__getitem__(id_)

    def get(self, id_: str, default: Any = None) -> Any:
        self.read[id_] = None
        return super().get(id_, default)


def _template_words(project: Project, materials: Materials, editions: Sequence[Edition]) -> dict[str, list[str]]:
    """Ids of the words that the templates of each layout print, as in a snapshot: the editions are rendered, as signed,
    by the page plans that print all there can be."""
    renderer, found = Renderer(project), dict[str, dict[str, None]]()
    signed = ReviewStatus("signed", (who := Signer("-", "-", project.today())), who)
    for edition in editions:
        made = materials.of(edition)
        words, source_words = _Noted(made.words), _Noted(made.source_words)
        made = replace(
            made, words=Words(made.words.locale, words), source_words=Words(made.source_words.locale, source_words),
            review=signed if made.localised.translated else replace(signed, translator=None),
        )  # fmt: skip
        renderer.both_ways(made)
        of_layout = found.setdefault(edition.layout, {})
        of_layout.update(dict.fromkeys(f"words {id_}" for id_ in (*words.read, *_beside(edition, words))))
        if made.localised.translated:
            of_layout.update(dict.fromkeys(f"source-words {id_}" for id_ in source_words.read))
    return {layout: list(ids) for layout, ids in found.items()}


def _beside(edition: Edition, words: _Noted) -> Iterator[str]:
    """Words that stand on an edition's other files, and on those of a clinic."""
    layout = LAYOUTS[edition.layout]
    yield from (id_ for id_ in words if id_.split("-")[0] == CLINIC_WORDS)
    if edition.layout == WEB:
        yield from FORMAT_WORDS
    if layout.imposition:
        yield from (f"print-{cut}{layout.imposition}" for cut in ("", "cut-"))
