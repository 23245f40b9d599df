"""Whether an edition is up to date: the hashes of everything it is made of, held against those of the last build.

The parts of an edition are its page (the HTML with all its words), its style sheets, each picture it names, its fonts,
the program and the tools. One word changed in one level of one language changes the page of exactly the editions that
show it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from leaflets.base.project import Project
from leaflets.build.state import Made
from leaflets.editions.edition import Edition
from leaflets.html.material import Fit, Material
from leaflets.html.render import Renderer
from leaflets.l10n.fonts import FONTS

_ASSET = re.compile(r"asset:([\w./-]+)")
_PLAN = Fit(flags_apart=True, contents=True)
"""The plan that shows every word an edition can have: the pointer and the contents too."""


@dataclass
class Freshness:
    """Finds the parts of editions. `files` has the SHA-256 of every file of the project by its path."""

    project: Project
    files: Mapping[str, tuple[int, int, str]]
    tools: Mapping[str, str]
    renderer: Renderer

    def parts(self, material: Material) -> dict[str, str]:
        """The parts of an edition by name, each with a hash or a version."""
        html = self.renderer.html(material, _PLAN)
        sheets = self.renderer.sheets(material)
        found = {"page": _hash(html.text), "program": self._program, **{f"tool {k}": v for k, v in self.tools.items()}}
        found |= {f"style {name}": self._file(f"templates/css/{name}") for name in sheets}
        found["style page"] = _hash(html.css)
        for name in sorted({*_ASSET.findall(html.text), *_ASSET.findall(html.css)}):
            found[f"picture {name}"] = self._file(f"assets/{name}")
        font = material.localised.locale.font
        found |= {f"font {name}": self._font(name) for name in (font, *FONTS[font].then)}
        return found

    @cached_property
    def _program(self) -> str:
        package = str(Path(__file__).resolve().parent.parent)
        rows = sorted((name, row[2]) for name, row in self.files.items() if name.startswith(package))
        return _hash("\n".join(digest for _, digest in rows))

    def _file(self, name: str) -> str:
        path = self.project.find(name)
        row = self.files.get(str(path)) if path else None
        return row[2] if row else "missing"

    def _font(self, name: str) -> str:
        rows = [f"{path.name} {path.stat().st_size}" for path in sorted(FONTS[name].folder.glob("*.ttf"))]
        return _hash("\n".join(rows))


def reasons(made: Made | None, parts: Mapping[str, str], out: Path, edition: Edition) -> list[str]:
    """Why an edition is out of date, in words; none when it is fresh."""
    if made is None:
        return ["it was never built"]
    try:
        size = (out / edition.path).stat().st_size
    except OSError:
        return ["its file is not there"]
    found = ["its file was changed by somebody else"] if size != made.size else []
    for name in sorted({*parts, *made.parts}):
        if parts.get(name) != made.parts.get(name):
            what = "is new" if name not in made.parts else "is gone" if name not in parts else "has changed"
            found.append(f"{name} {what}")
    return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
