"""Freshness of editions: the hashes of all inputs compared with those of the last build.

The inputs of an edition are its page (the HTML with all its words), its style sheets, each picture it names, its fonts,
the program and the tools. A changed word in one level of one language changes the page of exactly the editions that
print it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from leaflets.base.project import Project
from leaflets.builder.edition.evidence_file import KIND as EVIDENCE
from leaflets.builder.edition.evidence_file import evidence_words
from leaflets.builder.edition.page_inputs import PageInputs, hashed
from leaflets.builder.edition.print_file import print_words
from leaflets.builder.state.cache import key_of
from leaflets.builder.state.manifest import BRAILLE, UNDER_WAY, Made, Row, program
from leaflets.editions.edition import WEB
from leaflets.editions.material import Material
from leaflets.finish.formats.alternatives import beyond_the_page
from leaflets.html.render import Renderer
from leaflets.l10n.font_table import FONTS
from leaflets.l10n.fonts import spans

TEMPLATES = (".html", ".j2")


@dataclass
class Freshness:
    """Computes the inputs of editions. `files`: size, time and SHA-256 of every file of the project by path."""

    project: Project
    files: Mapping[str, Row]
    tools: Mapping[str, str]
    renderer: Renderer
    _fonts: dict[str, str] = field(default_factory=dict)

    def inputs(self, material: Material, page: PageInputs) -> dict[str, str]:
        """The inputs of an edition by name, each as a hash or a version. `page`: those of its page."""
        sheets = self.renderer.sheets(material)
        found = {
            "page": page.page,
            "program": self._program,
            **{f"tool {k}": v for k, v in self.tools.items() if k != BRAILLE},
        }
        if material.edition.layout == WEB:
            found |= beyond_the_page(material)
        found |= {f"style {name}": self._file(f"templates/css/{name}") for name in sheets}
        found["style page"] = page.style
        for name in page.pictures:
            found[f"picture {name}"] = self._file(f"assets/{name}")
        if said := print_words(material):
            found["printer's note"] = hashed(said)
            found["printer's sheet"] = material.sheet or material.region.paper
        if material.evidence and material.layout.on_paper:
            found[EVIDENCE] = hashed(evidence_words(material))
        font = material.localised.locale.font
        fonts = {font, *FONTS[font].then}
        found["locale"] = hashed(repr((material.localised.locale, *(FONTS[name] for name in sorted(fonts)))))
        if material.details:
            found["clinic"] = material.details.sha256
            words = material.details.clinic.words()
            fonts |= {span.font for line in words.splitlines() for span in spans(line, font, words) or ()}
        found |= {f"font {name}": self._font(name) for name in sorted(fonts)}
        return found

    def same(self, made: Made, material: Material) -> bool:
        """Whether an edition was built for the same clinic, says the same of its review, and has evidence if the
        material requests it: inputs that are not among the files and tools. False if its inputs are not known."""
        clinic = material.details.sha256 if material.details else None
        if not made.inputs or made.inputs.get("clinic") != clinic or made.expired != material.review.expired:
            return False
        return made.measured or not material.evidence

    def key(self, material: Material, inputs: Mapping[str, str]) -> str:
        """The edition's key in a shared cache: the hash of its inputs, and of all templates and their words.

        Nothing may be missing from it, so templates and words count even if no page plan so far prints them.
        """
        words = {**material.words.table, **{f"source {id_}": said for id_, said in material.source_words.table.items()}}
        more = {"edition": material.edition.name, "templates": self._templates, "words": hashed(json.dumps(words))}
        return key_of({**inputs, **more})

    @cached_property
    def _program(self) -> str:
        return program(self.files)

    @cached_property
    def _templates(self) -> str:
        """The hash of all templates with their paths in the project."""
        found: dict[str, str] = {}
        for root in reversed(self.project.roots):
            folder = f"{root / 'templates'}{os.sep}"
            rows = ((name.removeprefix(folder), row[2]) for name, row in self.files.items() if name.startswith(folder))
            found.update((name.replace(os.sep, "/"), digest) for name, digest in rows if name.endswith(TEMPLATES))
        return hashed(json.dumps(sorted(found.items())))

    def _file(self, name: str) -> str:
        path = self.project.find(name)
        row = self.files.get(str(path)) if path else None
        return row[2] if row else "missing"

    def _font(self, name: str) -> str:
        if name not in self._fonts:
            rows = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in FONTS[name].files]
            self._fonts[name] = hashed("\n".join(rows))
        return self._fonts[name]


def reasons(made: Made | None, inputs: Mapping[str, str], sizes: Mapping[str, int]) -> list[str]:
    """The reasons why an edition is stale, in words; none when it is fresh. `sizes`: of the existing files."""
    if made is None:
        return ["it was never built"]
    there = {path: sizes.get(path) for path in made.files}
    if None in there.values():
        return ["its file is not there"]
    found = []
    if there != made.files:
        under_way = UNDER_WAY in made.files.values()
        found.append("a build was stopped at it" if under_way else "its file was changed by somebody else")
    for name in sorted({*inputs, *made.inputs}):
        if name == EVIDENCE and name not in inputs:
            continue  # evidence that was not requested does no harm
        if inputs.get(name) != made.inputs.get(name):
            what = "is new" if name not in made.inputs else "is gone" if name not in inputs else "has changed"
            found.append(f"{name} {what}")
    return found
