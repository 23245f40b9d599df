"""Toolchain of a process: makes one edition from its material, as a PDF with its sidecars or as a web page."""

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
from leaflets.builder.edition.page_inputs import PageInputs, page_inputs
from leaflets.builder.edition.print_file import impose
from leaflets.builder.edition.shared_pickle import pickled, unpickled
from leaflets.builder.edition.side_fit import budgeted, report_sides
from leaflets.builder.edition.sidecar import Sidecar
from leaflets.builder.edition.webpage import BrokenPageError, PageMaker
from leaflets.editions.edition import Edition
from leaflets.editions.layouts import LAYOUTS
from leaflets.editions.material import Material
from leaflets.editions.page_plan import PagePlan
from leaflets.html.environment import template_diagnostic
from leaflets.html.imprint import leaflet_title
from leaflets.html.render import Html, Renderer
from leaflets.l10n.breaks import BREAK
from leaflets.l10n.fonts import missing_characters
from leaflets.l10n.open_tables import open_tables
from leaflets.pdf.pagination.attempt import Settled
from leaflets.pdf.pagination.settle import LEAST_LAST_PAGE, settle
from leaflets.pdf.sheet_faults import in_own_template
from leaflets.pdf.typesetter import Typesetter, collect_warnings

if TYPE_CHECKING:
    from leaflets.pdf.pagination.trial_layout import TrialLayout


COVER = "cover"
"""Name of the panel or page that holds the title."""


@dataclass(frozen=True)
class Result:
    """The result of one edition, without the bytes of its files."""

    edition: Edition
    pages: int = 0
    sha256: str = ""
    title: str = ""
    page_plan: PagePlan = field(default_factory=PagePlan)
    last_page: float = 0.0
    """Filled share of the last page, 0 to 1."""
    diagnostics: tuple[Diagnostic, ...] = ()
    seconds: float = 0.0
    """Duration; 0 when its worker died."""
    size: int = 0
    """Size of the file in bytes."""
    cached: bool = False
    """It came from the cache."""
    cache_fault: str = ""
    """Why it could not be written to the cache; empty: no fault."""
    beside: tuple[Sidecar, ...] = ()
    """Its sidecars, such as the print file."""
    page: PageInputs | None = None
    """Inputs of its page, if the order requested them and the page could be rendered."""

    @property
    def disk_full(self) -> bool:
        """Whether it could not be written because the disk is full."""
        return any(item.rule == DISK_FULL for item in self.diagnostics)

    @property
    def failed(self) -> bool:
        """Whether a diagnostic is an error."""
        return any(item.severity is Severity.ERROR for item in self.diagnostics)

    @property
    def extent(self) -> str:
        """Its number of pages in words, or “a web page”."""
        return f"{self.pages} pages" if LAYOUTS[self.edition.layout].on_paper else "a web page"


@dataclass(frozen=True)
class Order:
    """An edition to build, and its key in the cache (empty: do not search there)."""

    material: Material
    key: str = ""
    anew: bool = False
    """Build it even if the cache has it."""
    with_inputs: bool = False
    """Compute also the inputs of its page (`Result.page`)."""

    @property
    def edition(self) -> Edition:
        """The edition of the material."""
        return self.material.edition

    def __reduce__(self) -> tuple[Callable[..., Order], tuple[Any, ...]]:
        """Pickle for another process; values that many orders share are pickled once."""
        made_of = {item.name: getattr(self.material, item.name) for item in fields(Material)}
        packed = pickled(*(made_of.pop(name) for name in SHARED))
        return _opened, (packed, made_of, self.key, self.anew, self.with_inputs)


SHARED = ("localised", "region", "words", "source_words", "details")
"""Attributes of a material that are the same for all editions of an article in a locale."""


def _opened(packed: bytes, made_of: dict[str, Any], key: str, anew: bool, with_inputs: bool) -> Order:
    shared = dict(zip(SHARED, unpickled(packed), strict=True))
    return Order(Material(**shared, **made_of), key, anew, with_inputs)


@dataclass(frozen=True)
class MadeEdition:
    """The result of one edition with the bytes of its file, and of its sidecars in the order of `result.beside`."""

    result: Result
    body: bytes = b""
    key: str = ""
    others: tuple[bytes, ...] = ()

    @property
    def files(self) -> dict[str, bytes]:
        """The bytes of its files by path in the build folder."""
        others = (file.path for file in self.result.beside)
        return {self.result.edition.path: self.body, **dict(zip(others, self.others, strict=True))}


@dataclass
class Toolchain:
    """The renderer, typesetter and page maker of one process, with caches of templates, style sheets, fonts, pictures.

    They are reused for all editions.
    """

    project: Project

    def __post_init__(self) -> None:
        open_tables(self.project)
        self.renderer = Renderer(self.project)
        self.typesetter = Typesetter(self.project)
        self.pages = PageMaker(self.project, self.renderer)

    def warm_up(self) -> None:
        """Load what the first edition needs."""
        self.typesetter.warm_up()

    def forget_pictures(self) -> None:
        """Drop cached pictures, because some have changed."""
        self.typesetter.forget_pictures()
        self.pages.forget_pictures()

    def forget_template(self, name: str) -> None:
        """Drop the cached template or style sheet `name`, because it has changed; empty: something that all style
        sheets depend on."""
        self.renderer.forget(name)
        if name.endswith((".css", ".j2")):
            self.typesetter.forget_sheets()

    def make(self, material: Material) -> MadeEdition:
        """Make one edition in memory; nothing is written. Errors are in the result, except MemoryError."""
        return self._pdf(material) if material.layout.on_paper else self._web(material)

    def page_inputs(self, material: Material) -> PageInputs | None:
        """The inputs of an edition's page; None when it cannot be rendered, which `make` reports."""
        try:
            return page_inputs(self.renderer, material)
        except MemoryError:
            raise
        except Exception:
            return None

    def _web(self, material: Material) -> MadeEdition:
        """Make a web page with its other formats."""
        edition, begun = material.edition, time.monotonic()
        try:
            made = self.pages.make(material)
        except BrokenPageError as broken:
            return MadeEdition(Result(edition, diagnostics=(broken.diagnostic,), seconds=time.monotonic() - begun))
        result = Result(
            edition,
            sha256=hashlib.sha256(made.body).hexdigest(),
            title=made.title,
            diagnostics=made.diagnostics,
            seconds=time.monotonic() - begun,
            size=len(made.body),
            beside=tuple(file for file, _ in made.others),
        )
        return MadeEdition(result, made.body, others=tuple(found for _, found in made.others))

    def _pdf(self, material: Material) -> MadeEdition:
        edition, begun = material.edition, time.monotonic()
        try:
            with collect_warnings(edition.name) as said:
                settled = self.settle(material)
                with typesetting_errors(edition):
                    document = settled.trial.document()
                    body = self.typesetter.write(document, edition.layout, material.localised.locale.font)
        except BrokenEditionError as broken:
            return MadeEdition(Result(edition, diagnostics=(broken.diagnostic,), seconds=time.monotonic() - begun))
        finally:
            self.typesetter.release()
        diagnostics = Diagnostics(list(dict.fromkeys(in_own_template(item, self.project) for item in said)))
        check_pages(settled, material, self.project, diagnostics)
        pages, title, window = len(settled.measured.pages), leaflet_title(material), document.metadata.title or ""
        made = None if diagnostics.errors else impose(material, body, pages, window, diagnostics)
        others = [made] if made else []
        if material.evidence and not diagnostics.errors:
            others.append(evidence(material, body, title, others, diagnostics, budgeted(settled, material)))
        result = Result(
            edition,
            pages=pages,
            sha256=hashlib.sha256(body).hexdigest(),
            title=title,
            page_plan=settled.page_plan,
            last_page=settled.measured.last_share,
            diagnostics=tuple(diagnostics),
            seconds=time.monotonic() - begun,
            size=len(body),
            beside=tuple(file for file, _ in others),
        )
        return MadeEdition(result, body, others=tuple(found for _, found in others))

    def settle(self, material: Material, dress: Callable[[Html], Html] = lambda html: html) -> Settled:
        """Typeset an edition until its page plan is settled. `dress` can change its HTML. Raises BrokenEditionError
        when it cannot be typeset."""

        def set_pages(page_plan: PagePlan, start: TrialLayout | None) -> TrialLayout:
            try:
                html = dress(self.renderer.html(material, page_plan))
            except MemoryError:  # the worker's limit: the worker ends, and the edition is tried once more
                raise
            except Exception as error:  # a template can raise any exception
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
            with typesetting_errors(material.edition):
                return self.typesetter.lay_out_trial(html, start)

        return settle(set_pages, material.layout)


class BrokenEditionError(Exception):
    """One edition cannot be made; `diagnostic` has the reason."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


@contextmanager
def typesetting_errors(edition: Edition) -> Iterator[None]:
    """Turn exceptions of WeasyPrint into BrokenEditionError, so that they fail this edition, not the build."""
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


def check_pages(settled: Settled, material: Material, project: Project, diagnostics: Diagnostics) -> None:
    """Report what does not fit: overflowing panels, too many pages, words outside the text area, a nearly empty last
    page."""
    place, layout, measured = Place(material.edition.name), material.layout, settled.measured
    too_long = [over for over in settled.overflows if not too_high(over, measured, material, diagnostics)]
    if layout.page_map:
        report_sides(settled, too_long, material, project, diagnostics)
    for over in too_long if not layout.page_map else ():
        where = f"the panel “{over.page}”" if over.page else "the page"
        parts = f"; what sticks out: {', '.join(over.parts)}" if over.parts else ""
        message = f"{where} is {over.by:.0f} mm too short{parts}"
        hint = f"choose less under “{layout.holds}”, or shorten it" if layout.holds else "shorten it"
        if over.page == COVER:
            hint = "the title has the most room there: shorten it, in the leaflet’s file"
        diagnostics.error(place, message, "panel-overflow", hint)
    pages = len(measured.pages)
    if layout.most_pages and pages > layout.most_pages and not settled.overflows:
        message = f"{pages} pages, and a {layout.id} holds {layout.most_pages}"
        diagnostics.error(place, message, "page-budget", "shorten it, or leave a section out")
    for overhang in measured.overhangs:
        if too_wide(overhang, measured, material, diagnostics):
            continue
        message = f"page {overhang.page + 1}: “{overhang.words}” sticks out by {overhang.by:.1f} mm"
        hint = "shorten it, or put a soft hyphen (U+00AD) where a long word may break"
        diagnostics.error(place, message, "overflow", hint)
    last = measured.last_share
    if pages > 1 and last < LEAST_LAST_PAGE and not layout.holds:
        message = f"the last page is only {last:.0%} full"
        diagnostics.warning(place, message, "last-page", "cut a few lines, or add some")


def _error(edition: Edition, message: str, rule: str) -> Diagnostic:
    return Diagnostic(Place(edition.name), Severity.ERROR, message, rule)
