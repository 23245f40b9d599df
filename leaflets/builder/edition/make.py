"""One edition from its material to a finished file: html, then pdf, or a page for screens."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, Severity
from leaflets.base.project import Project
from leaflets.builder.disk_space import DISK_FULL
from leaflets.builder.edition.clinic_fit import too_high, too_wide
from leaflets.builder.edition.evidence_file import evidence
from leaflets.builder.edition.page_inputs import Shown, shown
from leaflets.builder.edition.print_file import impose
from leaflets.builder.edition.shared_pickle import pack, unpack
from leaflets.builder.edition.sidecar import Sidecar
from leaflets.builder.edition.webpage import BrokenPageError, PageMaker
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import LAYOUTS
from leaflets.editions.material import Material
from leaflets.editions.page_plan import PagePlan
from leaflets.html.environment import template_diagnostic
from leaflets.html.render import Html, Renderer
from leaflets.l10n.breaks import BREAK
from leaflets.l10n.fonts import missing_characters
from leaflets.pdf.pagination.attempt import Settled
from leaflets.pdf.pagination.settle import LEAST_LAST_PAGE, settle
from leaflets.pdf.typesetter import Typesetter, heard

if TYPE_CHECKING:
    from leaflets.pdf.pagination.draft import Draft


@dataclass(frozen=True)
class Result:
    """What became of one edition."""

    edition: Edition
    pages: int = 0
    sha256: str = ""
    title: str = ""
    fit: PagePlan = field(default_factory=PagePlan)
    last_page: float = 0.0
    """How full the last page is, 0 to 1."""
    diagnostics: tuple[Diagnostic, ...] = ()
    seconds: float = 0.0
    """How long it took; not where its worker died."""
    size: int = 0
    """Bytes of the file."""
    cached: bool = False
    """It came from the cache."""
    cache_fault: str = ""
    """Why it could not be put into the cache."""
    beside: tuple[Sidecar, ...] = ()
    """The files that were made with it, such as that for the printer."""
    page: Shown | None = None
    """What its page can show, where the order asked for it and the page could be made ahead."""

    @property
    def disk_full(self) -> bool:
        """It could not be written since the disk is full."""
        return any(item.rule == DISK_FULL for item in self.diagnostics)

    @property
    def failed(self) -> bool:
        return any(item.severity is Severity.ERROR for item in self.diagnostics)

    @property
    def extent(self) -> str:
        """How much there is of it, in words."""
        return f"{self.pages} pages" if LAYOUTS[self.edition.layout].on_paper else "a web page"


@dataclass(frozen=True)
class Order:
    """An edition that is to be built, and its name in the cache (empty: it is not looked for there)."""

    material: Material
    key: str = ""
    anew: bool = False
    """Build it even if the cache has it."""
    look: bool = False
    """Tell what its page can show (`Result.page`): nobody has looked yet."""

    @property
    def edition(self) -> Edition:
        return self.material.edition

    def __reduce__(self) -> tuple[Callable[..., Order], tuple[Any, ...]]:
        """To another process: what many orders share is packed once."""
        made_of = {item.name: getattr(self.material, item.name) for item in fields(Material)}
        packed = pack(*(made_of.pop(name) for name in SHARED))
        return _opened, (packed, made_of, self.key, self.anew, self.look)


SHARED = ("localised", "region", "words", "source_words", "details")
"""Of the material: the same for all editions of an article in a locale."""


def _opened(packed: bytes, made_of: dict[str, Any], key: str, anew: bool, look: bool) -> Order:
    shared = dict(zip(SHARED, unpack(packed), strict=True))
    return Order(Material(**shared, **made_of), key, anew, look)


@dataclass(frozen=True)
class MadeEdition:
    """What became of one edition, with the bytes of its file, and of those made with it, in the order of
    `result.beside`."""

    result: Result
    body: bytes = b""
    key: str = ""
    others: tuple[bytes, ...] = ()

    @property
    def files(self) -> dict[str, bytes]:
        """The files by their paths in the build folder."""
        others = (file.path for file in self.result.beside)
        return {self.result.edition.path: self.body, **dict(zip(others, self.others, strict=True))}


@dataclass
class Toolchain:
    """The tools of one process, kept between editions: templates, style sheets, fonts, pictures."""

    project: Project

    def __post_init__(self) -> None:
        self.renderer = Renderer(self.project)
        self.typesetter = Typesetter(self.project)
        self.pages = PageMaker(self.project, self.renderer)

    def warm_up(self) -> None:
        """Load what the first edition would wait for."""
        self.typesetter.warm_up()

    def forget_pictures(self) -> None:
        """Pictures changed: load them anew."""
        self.typesetter.forget_pictures()
        self.pages.forget_pictures()

    def forget_template(self, name: str) -> None:
        """The template or style sheet `name`, or something that all style sheets depend on, changed."""
        self.renderer.forget(name)
        if name.endswith((".css", ".j2")):
            self.typesetter.forget_sheets()

    def make(self, material: Material) -> MadeEdition:
        """Build one edition; nothing is written anywhere."""
        return self._pdf(material) if material.layout.on_paper else self._web(material)

    def look(self, material: Material) -> Shown | None:
        """What the page of an edition can show; None when it cannot be made ahead, which `make` complains of."""
        try:
            return shown(self.renderer, material)
        except MemoryError:
            raise
        except Exception:
            return None

    def _web(self, material: Material) -> MadeEdition:
        """A page for screens, with its other forms."""
        edition, begun = material.edition, time.monotonic()
        try:
            made = self.pages.make(material)
        except BrokenPageError as broken:
            return MadeEdition(Result(edition, diagnostics=(broken.diagnostic,), seconds=time.monotonic() - begun))
        result = Result(
            edition,
            sha256=hashlib.sha256(made.body).hexdigest(),
            title=made.title,
            seconds=time.monotonic() - begun,
            size=len(made.body),
            beside=tuple(file for file, _ in made.others),
        )
        return MadeEdition(result, made.body, others=tuple(found for _, found in made.others))

    def _pdf(self, material: Material) -> MadeEdition:
        edition, begun = material.edition, time.monotonic()
        try:
            with heard(edition.name) as said:
                settled = self.settle(material)
                with faults_told(edition):
                    document = settled.draft.document()
                body = self.typesetter.write(document, edition.layout, material.localised.locale.font)
        except BrokenEditionError as broken:
            return MadeEdition(Result(edition, diagnostics=(broken.diagnostic,), seconds=time.monotonic() - begun))
        finally:
            self.typesetter.release()
        diagnostics = Diagnostics(list(dict.fromkeys(said)))
        look_at_pages(settled, material, diagnostics)
        pages, title = len(settled.measured.pages), document.metadata.title or ""
        made = None if diagnostics.errors else impose(material, body, pages, title, diagnostics)
        others = [made] if made else []
        if material.evidence and not diagnostics.errors:
            others.append(evidence(material, body, title, others, diagnostics))
        result = Result(
            edition,
            pages=pages,
            sha256=hashlib.sha256(body).hexdigest(),
            title=title,
            fit=settled.fit,
            last_page=settled.measured.last_share,
            diagnostics=tuple(diagnostics),
            seconds=time.monotonic() - begun,
            size=len(body),
            beside=tuple(file for file, _ in others),
        )
        return MadeEdition(result, body, others=tuple(found for _, found in others))

    def settle(self, material: Material, dress: Callable[[Html], Html] = lambda html: html) -> Settled:
        """The pages of an edition. `dress` may change its HTML. BrokenEditionError when it cannot be set."""

        def set_pages(fit: PagePlan, start: Draft | None) -> Draft:
            try:
                html = dress(self.renderer.html(material, fit))
            except MemoryError:  # the worker's limit: it ends, and the edition is tried once more
                raise
            except Exception as error:  # a template may fail in any way; it is reported where it stands
                raise BrokenEditionError(template_diagnostic(error, self.renderer.templates)) from error
            own = f"{material.details.clinic.words()}،؛{BREAK}" if material.details else ""  # has fonts of its own
            missing = [
                char for char in missing_characters(material.localised.locale.font, html.text) if char not in own
            ]
            if missing:
                shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing[:8])
                raise BrokenEditionError(
                    _error(material.edition, f"the font has no glyph for {shown}", "missing-glyph")
                )
            with faults_told(material.edition):
                return self.typesetter.draft(html, start)

        return settle(set_pages, material.layout)


class BrokenEditionError(Exception):
    """One edition cannot be made."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


@contextmanager
def faults_told(edition: Edition) -> Iterator[None]:
    """What WeasyPrint fails of costs this edition, not the build."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as error:
        raise BrokenEditionError(_error(edition, str(error), "unknown-picture")) from error
    except MemoryError:
        raise
    except Exception as error:
        said = f"WeasyPrint failed: {type(error).__name__}: {error}"
        raise BrokenEditionError(_error(edition, said, "typeset")) from error


def look_at_pages(settled: Settled, material: Material, diagnostics: Diagnostics) -> None:
    """Complain of what does not fit: a panel that runs over, too many pages, words that stick out of the text area, a
    nearly empty last page."""
    place, layout, measured = Place(material.edition.name), material.layout, settled.measured
    for over in settled.overflows:
        if too_high(over, measured, material, diagnostics):
            continue
        where = f"the panel “{over.page}”" if over.page else "the page"
        parts = f"; what sticks out: {', '.join(over.parts)}" if over.parts else ""
        message = f"{where} is {over.by:.0f} mm too short{parts}"
        key = f"choose less under “{layout.holds}”, or shorten it" if layout.holds else "shorten it"
        diagnostics.error(place, message, "panel-overflow", key)
    pages = len(measured.pages)
    if layout.most_pages and pages > layout.most_pages and not settled.overflows:
        message = f"{pages} pages, and a {layout.id} holds {layout.most_pages}"
        diagnostics.error(place, message, "page-budget", "shorten it, or leave a section out")
    for sticking in measured.outside:
        if too_wide(sticking, measured, material, diagnostics):
            continue
        message = f"page {sticking.page + 1}: “{sticking.words}” sticks out by {sticking.by:.1f} mm"
        diagnostics.error(place, message, "overflow", "shorten it, or allow it to break")
    last = measured.last_share
    if pages > 1 and last < LEAST_LAST_PAGE and not layout.holds:
        message = f"the last page is only {last:.0%} full"
        diagnostics.warning(place, message, "last-page", "cut a few lines, or add some")


def _error(edition: Edition, message: str, rule: str) -> Diagnostic:
    return Diagnostic(Place(edition.name), Severity.ERROR, message, rule)
