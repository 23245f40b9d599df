"""Accessibility lint of style sheets and of the HTML of editions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, Severity
from leaflets.base.project import Project
from leaflets.builder.lint_sample import sampled, shortened, telling_sections
from leaflets.builder.materials import Materials
from leaflets.editions.edition import WEB, Edition
from leaflets.editions.layouts import LAYOUTS, sheets_of
from leaflets.html.accessibility_rules import AccessibilityFault, lint_html, lint_style
from leaflets.html.environment import template_diagnostic
from leaflets.html.render import COMMON_STYLE, Renderer
from leaflets.lint.overrides.drawings import check_drawings
from leaflets.lint.overrides.style_sheets import TOKENS, check_style_sheets


def lint(project: Project, materials: Materials, editions: Sequence[Edition], diagnostics: Diagnostics) -> None:
    """Report faults of style sheets, drawings and the editions' HTML; a fault of many editions once, at the first.

    A sample of the editions is looked at (`lint_sample.py`), and all of them as soon as one of these has a fault.
    """
    before = len(diagnostics.errors)
    check_overrides(project, diagnostics)
    if len(diagnostics.errors) > before:
        return
    for name in _sheets(project):
        for fault in lint_style(project.read_text(name)):
            diagnostics.items.append(_diagnostic(Place(project.shown(name), fault.line), fault))
    on_paper = [row for row in editions if row.layout != WEB]  # a web page's accessibility is tested in a browser
    renderer = Renderer(project)
    try:
        whole, parts = _by_content(sampled(project, on_paper))
        if not (_faults(renderer, _short(materials, whole), whole) or _faults(renderer, materials, parts)):
            return
        found = _faults(renderer, materials, on_paper)
    except Exception as error:  # a template can raise any exception
        diagnostics.items.append(template_diagnostic(error, renderer.templates))
        return
    for fault, names in found.items():
        more = f", and {len(names) - 1} more" if len(names) > 1 else ""
        diagnostics.items.append(_diagnostic(Place(names[0]), fault, more))


def lint_whole(project: Project, materials: Materials, editions: Sequence[Edition]) -> list[AccessibilityFault]:
    """Faults of the HTML of all editions. Raises whatever a template raises."""
    return list(_faults(Renderer(project), materials, [row for row in editions if row.layout != WEB]))


def _faults(
    renderer: Renderer, materials: Materials, editions: Iterable[Edition]
) -> dict[AccessibilityFault, list[str]]:
    """Faults of the HTML of editions, each with the names of the editions that have it."""
    found: dict[AccessibilityFault, list[str]] = {}
    for edition in editions:
        html, other = renderer.both_ways(materials.of(edition))
        for fault in dict.fromkeys((*lint_html(html.text), *lint_html(other))):
            found.setdefault(fault, []).append(edition.name)
    return found


def _by_content(editions: Iterable[Edition]) -> tuple[list[Edition], list[Edition]]:
    """Editions of whole leaflets, and those that hold chosen blocks."""
    rows = list(editions)
    return [row for row in rows if not LAYOUTS[row.layout].holds], [row for row in rows if LAYOUTS[row.layout].holds]


def _short(materials: Materials, editions: Sequence[Edition]) -> Materials:
    """The materials with shortened articles."""
    leaflets: dict[str, dict[str, None]] = {}
    for row in editions:
        leaflets.setdefault(row.article, {})[row.leaflet] = None
    articles = materials.articles()
    sections = {name: telling_sections(articles[name], rows) for name, rows in leaflets.items()}
    localised = {
        (name, tag): replace(found, article=shortened(found.article, sections.get(name, {})))
        for (name, tag), found in materials.localised.items()
    }
    return replace(materials, localised=localised)


def check_overrides(project: Project, diagnostics: Diagnostics) -> None:
    """Report faults of the style sheets and drawings in the user's own folder; quick where there are none."""
    layouts = {name for layout in LAYOUTS for name in sheets_of(layout)}
    check_style_sheets(project, {TOKENS, "pack.css", *COMMON_STYLE, *layouts}, diagnostics)
    check_drawings(project, diagnostics)


def _sheets(project: Project) -> list[str]:
    """Paths of the style sheets for paper in the project; those of the web page are exempt."""
    names = (f"{name}.css" for name in project.names("templates/css", ".css"))
    return [f"templates/css/{name}" for name in names if name not in sheets_of(WEB)]


def _diagnostic(place: Place, fault: AccessibilityFault, more: str = "") -> Diagnostic:
    return Diagnostic(place, Severity.ERROR, f"{fault.message}{more}", fault.rule, fault.hint)
