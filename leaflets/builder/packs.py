"""Packs: several editions in one file behind a cover. An accessible pack is typeset anew; a print pack joins files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.files import read_regular, write_whole
from leaflets.base.limited import release, run_limited
from leaflets.base.project import Project
from leaflets.base.reader_limits import READERS, pdf_limits
from leaflets.base.store import LocalStore, why
from leaflets.base.units import MM_PER_PT, MM_PER_PX, PAPERS, SHEETS
from leaflets.base.untrusted.names import inside
from leaflets.builder import stopping
from leaflets.builder.disk_space import cannot_write
from leaflets.builder.edition.make import BrokenEditionError, Toolchain, check_pages, typesetting_errors
from leaflets.builder.engine import Engine
from leaflets.builder.materials import Materials
from leaflets.builder.stamp_clinic import finished
from leaflets.builder.state.manifest import Made
from leaflets.builder.state.manifest_file import read_state
from leaflets.content.clinic import read_details
from leaflets.content.load import article_ids
from leaflets.editions.choice import Choice
from leaflets.editions.edition import WEB, Edition
from leaflets.editions.layouts import LAYOUTS, ON_PAPER, for_patients
from leaflets.editions.material import Material
from leaflets.editions.page_plan import PagePlan
from leaflets.editions.plan import COMMAND_LINE, plan
from leaflets.html.pack_view import anchor, pack_view, page_words
from leaflets.l10n.fonts import missing_characters
from leaflets.lint.clinic import check_clinic
from leaflets.pdf.join import join, with_unique_ids
from leaflets.pdf.typesetter import collect_warnings
from leaflets.publish.catalogue import CatalogueEntry

if TYPE_CHECKING:
    from weasyprint import Document

    from leaflets.pdf.pagination.trial_layout import TrialLayout

NAME = "pack"


@dataclass(frozen=True)
class Packed:
    """The result of a pack: diagnostics, and the numbers of leaflets, pages and blank pages."""

    diagnostics: Diagnostics
    leaflets: int = 0
    pages: int = 0
    blanks: int = 0
    sha256: str = ""


@dataclass
class Pack:
    """A pack to be made: the editions that `choice` selects, and the title (empty: the usual one)."""

    project: Project
    choice: Choice
    title: str = ""
    clinic: Path | None = None
    """The file of the clinic that the leaflets are for."""
    diagnostics: Diagnostics = field(default_factory=Diagnostics)

    def __post_init__(self) -> None:
        self.engine = Engine(self.project)
        self.toolchain = Toolchain(self.project)
        self.built: Mapping[str, Made] = {}

    def accessible(self, out: Path) -> Packed:
        """Write one tagged file, PDF/UA-1, to `out`; nothing is written after an error."""
        editions = self._read()
        materials = [self.materials.of(edition) for edition in editions]
        self._same_paper([(material, _page(material)) for material in materials])
        if self.diagnostics.errors:
            return Packed(self.diagnostics)
        try:
            body, pages = self._joined(materials)
        except BrokenEditionError as broken:
            self.diagnostics.items.append(broken.diagnostic)
        finally:
            self.toolchain.typesetter.release()
        if self.diagnostics.errors or not self._write(out, body):
            return Packed(self.diagnostics)
        return Packed(self.diagnostics, len(editions), pages, 0, hashlib.sha256(body).hexdigest())

    def printed(self, source: Path, out: Path) -> Packed:
        """Write a print pack of the finished files in the build folder `source` to `out`; nothing is written after an
        error."""
        from leaflets.finish.press.print_pack import Chapter, paginated

        editions = self._read()
        self.built = self._built(source) if self.clinic else {}
        there = {entry.path: entry for entry in finished(source, self.diagnostics)}
        if self.diagnostics.errors:
            return Packed(self.diagnostics)
        found = [(edition, entry) for edition in editions if (entry := self._entry(source, edition, there))]
        materials = [self.materials.of(edition) for edition, _ in found]
        folded = [bool(material.layout.imposition) for material in materials]
        self._same_paper([(material, _sheet(material)) for material in materials])
        bodies = [self._body(source, entry) for _, entry in found]
        if large := [entry for _, entry in found if entry.paper in SHEETS]:
            message = f"it lies on {large[0].paper}, to be cut; a pack is printed on the paper of the region"
            hint = f"build it without --print-sheet, into another folder than {source}"
            self.diagnostics.error(Place(str(source / large[0].path)), message, "larger-sheet", hint)
        if any(folded) and not all(folded):
            message = "booklets and tri-folds turn on the short edge of the sheet, all other layouts on the long edge"
            self.diagnostics.error(COMMAND_LINE, message, "mixed-duplex", "make two packs, see --layout")
        if self.diagnostics.errors:
            return Packed(self.diagnostics)
        chapters = [
            Chapter(
                body,
                self.toolchain.renderer.view(material, PagePlan()).description,  # the catalogue's may be anybody's
                0.0 if material.layout.imposition else material.layout.footer_pt,
                material.localised.locale.direction == "rtl",
                material.layout.running == "top",
                material.localised.locale.font,
                (said := page_words(material)).page,
                said.blank,
            )
            for material, body in zip(materials, bodies, strict=True)
        ]
        lengths = [entry.pages for _, entry in found]
        short = all(folded)
        try:
            cover = self._cover(materials, (), short, own=True)
            where = paginated(len(cover.pages), lengths)
            cover = self._cover(materials, ["" if short else str(page) for page in where.begins], short, own=True)
            spots = _spots(cover)
            title = cover.metadata.title or ""
            model = _model(materials)
            blank, font = page_words(model).blank, model.localised.locale.font
            with typesetting_errors(_model(materials).edition):
                front = Chapter(self.toolchain.typesetter.write(cover), title, font=font, blank=blank)
        except BrokenEditionError as broken:
            self.diagnostics.items.append(broken.diagnostic)
            return Packed(self.diagnostics)
        finally:
            self.toolchain.typesetter.release()
        limits = pdf_limits(2 * sum(map(len, bodies)))
        outcome = run_limited(
            "leaflets.finish.press.print_pack:print_pack", front, chapters, spots, short, limits=limits
        )
        release()
        if outcome.failure:
            message = f"the leaflets cannot be joined: {outcome.why(limits)}"
            self.diagnostics.error(Place(str(out)), message, "unreadable", "build them again")
            return Packed(self.diagnostics)
        body: bytes = outcome.value
        if not self._write(out, body):
            return Packed(self.diagnostics)
        pages = where.front + where.begins[-1] - 1 + lengths[-1]
        return Packed(self.diagnostics, len(found), pages, where.blanks, hashlib.sha256(body).hexdigest())

    def _read(self) -> list[Edition]:
        """Load and check the articles, and plan the editions; empty after an error."""
        self.engine.refresh({})
        known = article_ids(self.project)
        asked = [name for name in self.choice.article if name in known]
        self.materials: Materials = self.engine.materials(asked, self.diagnostics, self.choice.locale)
        planned = plan(self.materials.articles(), self.choice, self.diagnostics, known)
        found = [edition for edition in planned if edition.layout in ON_PAPER and for_patients(edition.layout)]
        if WEB in self.choice.layout:
            self.diagnostics.error(COMMAND_LINE, "a pack is of PDF files: a web page is not in it", "not-offered")
        if not found and not self.diagnostics.errors:
            self.diagnostics.error(COMMAND_LINE, "no edition fits what was asked for", "nothing-fits")
        if self.clinic and (details := read_details(self.clinic, self.diagnostics)):
            check_clinic(details, found, self.diagnostics)
            self.materials = replace(self.materials, details=details)
        return [] if self.diagnostics.errors else found

    def _built(self, source: Path) -> Mapping[str, Made]:
        """Editions of the build folder's manifest by name; none when it cannot be read."""
        try:
            return read_state(LocalStore(source), self.diagnostics).editions
        except OSError:
            return {}

    def _entry(self, source: Path, edition: Edition, there: Mapping[str, CatalogueEntry]) -> CatalogueEntry | None:
        """The catalogue entry of the file to print of an edition; None, with a diagnostic, if it is not built."""
        path = edition.print_path if LAYOUTS[edition.layout].imposition else edition.path
        found = there.get(path)
        if found is None:
            hint = f"build it first: leaflets build --out {source}"
            self.diagnostics.error(Place(str(source / path)), "this leaflet is not built", "not-built", hint)
        return found

    def _body(self, source: Path, entry: CatalogueEntry) -> bytes:
        """The bytes of a finished file with the SHA-256 of the catalogue, whose page numbers the contents use; empty,
        with a diagnostic, for another file."""
        try:
            body = read_regular(inside(source, entry.path), READERS["pdf"])
        except OSError as error:
            self.diagnostics.error(Place(str(source / entry.path)), f"it cannot be read: {why(error)}", "not-built")
            return b""
        if hashlib.sha256(body).hexdigest() != entry.sha256:
            message = "it is not the file that the catalogue names"
            self.diagnostics.error(Place(str(source / entry.path)), message, "not-built", "build it again")
            return b""
        if not self._readable(source, entry, body):
            return b""
        return self._for_clinic(source, entry, body) if self.materials.details else body

    def _readable(self, source: Path, entry: CatalogueEntry, body: bytes) -> bool:
        """Whether a file can be read as the PDF of so many pages as the catalogue says; else a diagnostic."""
        limits = pdf_limits(len(body))
        outcome = run_limited("leaflets.finish.press.print_pack:page_count", body, limits=limits)
        message = ""
        if outcome.failure:
            message = f"it cannot be read as a PDF: {outcome.why(limits)}"
        elif outcome.value != entry.pages:
            message = f"it has {outcome.value} pages, and the catalogue says {entry.pages}"
        if message:
            self.diagnostics.error(Place(str(source / entry.path)), message, "unreadable", "build it again")
        return not message

    def _for_clinic(self, source: Path, entry: CatalogueEntry, body: bytes) -> bytes:
        """A finished file with the clinic's details: as it is if it was built with them, else stamped; empty, with a
        diagnostic, if they do not fit."""
        from leaflets.builder.stamp_clinic import stamp_one
        from leaflets.finish.stamping.label_layout import LabelFitError
        from leaflets.finish.stamping.template import StampBaseError

        details, place = self.materials.details, Place(str(source / entry.path))
        assert details is not None
        made = self.built.get(entry.edition.name)
        if made is not None and made.inputs.get("clinic") == details.sha256:
            return body
        try:
            return stamp_one(details, body, entry)
        except LabelFitError as error:
            hint = f"build it for the clinic, which makes room: leaflets build --clinic {self.clinic} --out …"
            self.diagnostics.error(place, f"{error.field} does not fit its room: {error}", "clinic-room", hint)
        except StampBaseError as error:
            message = f"the details of {details.clinic.name} cannot be put on it: {error}"
            hint = f"build it for this clinic: leaflets build --clinic {self.clinic} --out {source}"
            self.diagnostics.error(place, message, "no-room", hint)
        return b""

    def _same_paper(self, rows: Sequence[tuple[Material, str]]) -> None:
        """Report an error when the files have different papers."""
        papers = {paper: f"{row.edition.layout} {row.edition.locale}" for row, paper in reversed(rows)}
        if len(papers) > 1:
            shown = ", ".join(f"{paper} ({first})" for paper, first in sorted(papers.items()))
            message = f"a pack has one paper, and these leaflets have {len(papers)}: {shown}"
            self.diagnostics.error(COMMAND_LINE, message, "mixed-paper", "choose by --layout and --locale")

    def _joined(self, materials: Sequence[Material]) -> tuple[bytes, int]:
        """Typeset all editions with continuous page numbers, also in their contents and footers, and join them; returns
        the bytes and the number of pages."""
        trials, begins, total = [], [], 0
        for number, material in enumerate(materials, 1):
            begins.append(str(total + 1))
            trials.append(self._settled(replace(material, before=total), number))
            total += len(trials[-1].pages)
        parts = [self._document(*row, total) for row in zip(materials, trials, strict=True)]
        cover = self._cover(materials, begins)
        with collect_warnings(NAME) as said, typesetting_errors(_model(materials).edition):
            body = join(cover, parts)
        self.diagnostics.extend(said)
        return body, total + len(cover.pages)

    def _settled(self, material: Material, number: int) -> TrialLayout:
        with collect_warnings(material.edition.name) as said:
            settled = self.toolchain.settle(material, lambda html: with_unique_ids(html, number, material.before))
        self.diagnostics.extend(said)
        check_pages(settled, material, self.project, self.diagnostics)
        return settled.trial

    def _document(self, material: Material, trial: TrialLayout, total: int) -> Document:
        with collect_warnings(material.edition.name) as said, typesetting_errors(material.edition):
            document = trial.document(total)
        self.diagnostics.extend(said)
        return document

    def _cover(
        self, materials: Sequence[Material], begins: Sequence[str], landscape: bool = False, own: bool = False
    ) -> Document:
        """Typeset the cover and contents in the style of the leaflet with the largest type. `begins`: first pages of
        the leaflets; `own`: as for `pack_view`."""
        model = _model(materials)
        views = [self.toolchain.renderer.view(material, PagePlan()) for material in materials]
        view = pack_view(model, materials, views, self.title, begins, own)
        html = self.toolchain.renderer.pack(model, view, landscape)
        fonts = {material.localised.locale.font for material in materials}
        if missing := set.intersection(*(set(missing_characters(font, html.text)) for font in fonts)):
            shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in sorted(missing)[:8])
            self.diagnostics.error(COMMAND_LINE, f"the font of the cover has no glyph for {shown}", "missing-glyph")
        with collect_warnings(NAME) as said, typesetting_errors(model.edition):
            document = self.toolchain.typesetter.lay_out(html)
        self.diagnostics.extend(said)
        return document

    def _write(self, out: Path, body: bytes) -> bool:
        if self.diagnostics.errors:
            return False
        try:
            stopping.heed()  # WeasyPrint catches KeyboardInterrupt
            write_whole(out, body)
        except OSError as error:
            cannot_write(out, error, self.diagnostics)
            return False
        return True


def _model(materials: Sequence[Material]) -> Material:
    """The material whose style the cover has: the first of those with the largest type."""
    largest = max(row.layout.floor_pt for row in materials)
    return next(row for row in materials if row.layout.floor_pt == largest)


def _page(material: Material) -> str:
    page = material.page
    return f"{page.id} {page.width:g} x {page.height:g} mm"


def _sheet(material: Material) -> str:
    sheet = PAPERS[material.region.paper]
    return f"{sheet.id} {sheet.width:g} x {sheet.height:g} mm"


def _spots(cover: Document) -> list[Any]:
    """Remove the internal links from the cover and return them: their targets are not in its file."""
    from leaflets.finish.press.print_pack import CoverLink

    found = []
    px = MM_PER_PX / MM_PER_PT
    for number, page in enumerate(cover.pages):
        for kind, target, rectangle, _ in list(page.links):
            if kind == "internal":
                x0, y0, x1, y1 = (edge * px for edge in rectangle)
                height = page.height * px
                chapter = int(target.removeprefix(anchor(0)[:-1])) - 1
                found.append(CoverLink(number, (x0, height - y1, x1, height - y0), chapter))
        page.links.clear()
        for box in page._page_box.descendants():
            box.link_annotation = None
    return found
