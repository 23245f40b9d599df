"""Accessibility lint of style sheets and of the HTML of editions."""

from __future__ import annotations

from collections.abc import Sequence

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, Severity
from leaflets.base.project import Project
from leaflets.builder.materials import Materials
from leaflets.editions.edition import WEB, Edition
from leaflets.editions.layouts import LAYOUTS
from leaflets.html.accessibility_rules import AccessibilityFault, lint_html, lint_style
from leaflets.html.environment import template_diagnostic
from leaflets.html.render import COMMON_STYLE, Renderer
from leaflets.lint.overrides.drawings import check_drawings
from leaflets.lint.overrides.style_sheets import TOKENS, check_style_sheets


def lint(project: Project, materials: Materials, editions: Sequence[Edition], diagnostics: Diagnostics) -> None:
    """Report faults of style sheets, drawings and the editions' HTML; a fault of many editions once, at the first."""
    before = len(diagnostics.errors)
    check_overrides(project, diagnostics)
    if len(diagnostics.errors) > before:
        return
    for name in _sheets(project):
        for fault in lint_style(project.read_text(name)):
            diagnostics.items.append(_diagnostic(Place(project.shown(name), fault.line), fault))
    renderer = Renderer(project)
    seen: dict[AccessibilityFault, list[str]] = {}
    for edition in editions:
        if edition.layout == WEB:  # its accessibility is tested in a browser
            continue
        try:
            html, other = renderer.both_ways(materials.of(edition))
        except Exception as error:  # a template can raise any exception
            diagnostics.items.append(template_diagnostic(error, renderer.templates))
            return
        for fault in dict.fromkeys((*lint_html(html.text), *lint_html(other))):
            seen.setdefault(fault, []).append(edition.name)
    for fault, names in seen.items():
        more = f", and {len(names) - 1} more" if len(names) > 1 else ""
        diagnostics.items.append(_diagnostic(Place(names[0]), fault, more))


def check_overrides(project: Project, diagnostics: Diagnostics) -> None:
    """Report faults of the style sheets and drawings in the user's own folder; quick where there are none."""
    layouts = {name for layout in LAYOUTS.values() for name in layout.style}
    check_style_sheets(project, {TOKENS, "pack.css", *COMMON_STYLE, *layouts}, diagnostics)
    check_drawings(project, diagnostics)


def _sheets(project: Project) -> list[str]:
    """Paths of the style sheets for paper in the project; those of the web page are exempt."""
    names = (f"{name}.css" for name in project.names("templates/css", ".css"))
    return [f"templates/css/{name}" for name in names if name not in LAYOUTS[WEB].style]


def _diagnostic(place: Place, fault: AccessibilityFault, more: str = "") -> Diagnostic:
    return Diagnostic(place, Severity.ERROR, f"{fault.message}{more}", fault.rule, fault.hint)
