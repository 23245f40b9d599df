"""Own templates: which templates, style sheets and icons of a project's own, over the shipped ones, a layout uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import jinja2
from jinja2 import meta

from leaflets.base.project import Project
from leaflets.editions.layouts import Layout, sheets_of
from leaflets.html.render import COMMON_STYLE

TEMPLATES, ICONS = "templates", "assets/icons"
_ASSET = re.compile(r"asset:([\w./-]+)")
"""A picture that a template or a style sheet names."""


def own_files(project: Project) -> dict[str, Path]:
    """Files by name that a project has of its own below `templates/` and `assets/`; those below `templates/` without
    the name of that folder, as templates call each other."""
    found: dict[str, Path] = {}
    for root in reversed(project.roots[:-1]):
        for folder, before in ((TEMPLATES, ""), ("assets", "assets/")):
            for path in sorted((root / folder).rglob("*")):
                if path.is_file():
                    found[before + path.relative_to(root / folder).as_posix()] = path
    return found


def used_files(project: Project, layout: Layout, own: Mapping[str, Path]) -> list[str]:
    """Names of the own files that the templates of a layout print, include, import or extend, with the templates of
    the shared folder and of the layout's, and the icons. All templates, where a name is worked out while a template
    runs."""
    if not own:
        return []
    common = COMMON_STYLE if layout.on_paper else ()
    sheets = {f"css/{name}" for name in ("tokens.css", *common, *sheets_of(layout.id))}
    found = dict.fromkeys(name for name in own if _named(name, layout) or name in sheets)
    waiting = [f"{layout.template}/leaflet.html", f"{layout.template}/page.css.j2", *found]
    seen: set[str] = set()
    while waiting:
        if (name := waiting.pop()) in seen:
            continue
        seen.add(name)
        if name in own:
            found[name] = None
        waiting += _references(project, name, own)
    return [name for name in own if name in found]


def _named(name: str, layout: Layout) -> bool:
    """Whether a file is one of the layout's by its place alone."""
    folder, _, file = name.rpartition("/")
    if folder == ICONS:
        return name.endswith(".svg")
    return folder in ("parts", layout.template) and file.endswith((".html", ".j2"))


def _references(project: Project, name: str, own: Mapping[str, Path]) -> Iterator[str]:
    """Names of the files that a template or a style sheet names."""
    path = project.find(f"{TEMPLATES}/{name}")
    if path is None or not path.is_file():
        return
    try:
        text = path.read_text(encoding="utf-8")
        called = _called(text)
    except (OSError, UnicodeDecodeError, jinja2.TemplateSyntaxError):  # which is reported where templates are checked
        return
    if name in own:
        yield from (f"assets/{asset}" for asset in _ASSET.findall(text))
    for reference in called:
        yield from [reference] if reference else [other for other in own if not other.startswith("assets/")]


@lru_cache(maxsize=256)
def _called(text: str) -> tuple[str | None, ...]:
    """Names of the templates that a template includes, imports or extends; None: a name that is worked out. Layouts
    share templates, and each text is parsed once."""
    return tuple(meta.find_referenced_templates(jinja2.Environment().parse(text)))
