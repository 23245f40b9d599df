"""The engine of a project: what its builds read and loaded, kept from one build to the next.

A single build makes an engine and drops it. `watch` keeps one: templates, style sheets, fonts, pictures, read and
checked articles stay, and `refresh` forgets only what was made of files that changed since.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.materials import Materials, ReadingCache, gather
from leaflets.builder.state.manifest import hashed
from leaflets.builder.workers import forking
from leaflets.builder.workers.child import WarmChild
from leaflets.html.render import Renderer

Files = dict[str, tuple[int, int, str]]
"""Size, time of change and SHA-256 of each file by its path."""


@dataclass
class Engine:
    """The readings of one project, in this process, and the process that typesets, where it stays."""

    project: Project
    kept: ReadingCache = field(default_factory=ReadingCache)
    files: Files = field(default_factory=dict)
    clinic: tuple[str, ...] = ()
    """The files of the clinic that the leaflets are for: read each time, so nothing is kept of them."""
    stays: bool = False
    """It builds again and again: a child process stays in which everything is loaded. `close` ends it."""

    def __post_init__(self) -> None:
        self.renderer = Renderer(self.project)
        self.warm = WarmChild(self.project) if self.stays else None
        self._program: Files | None = None

    def refresh(self, known: Files) -> None:
        """Look at the files and forget what was made of those that changed. `known`: what the last build knew.

        The program's own files stay as they were at the first look: that is the program which runs here.
        """
        found = hashed(self.project, {**known, **self.files}, self.clinic)
        package = str(Path(__file__).resolve().parent.parent)
        program = {name: row for name, row in found.items() if name.startswith(package) and name.endswith(".py")}
        if self._program is None:
            self._program = program
        found = {name: row for name, row in found.items() if name not in program} | self._program
        if self.files:
            self._forget(self.files, found)
        self.files = found

    def materials(self, articles: Sequence[str], diagnostics: Diagnostics, locales: Sequence[str]) -> Materials:
        """Articles, regions and words, read and checked where that has not been done."""
        return gather(self.project, articles, diagnostics, locales, self.kept, self.renderer.templates)

    def rest(self) -> None:
        """While nobody waits: load what the next build needs, and take garbage away so that it need not look there."""
        if self.warm:
            self.warm.rest()
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def close(self) -> None:
        """End the processes of an engine that stays."""
        if self.warm:
            self.warm.close()
            forking.end()

    def _forget(self, before: Files, now: Files) -> None:
        listed = before.keys() ^ now.keys()
        changed = {name for name in before.keys() & now.keys() if before[name][2] != now[name][2]}
        for name in sorted(changed | listed):
            self._forget_one(self._inside(name), new_or_gone=name in listed)

    def _forget_one(self, name: str, new_or_gone: bool) -> None:
        """Forget what a file, named from the project's folder, went into."""
        folder, _, rest = name.partition("/")
        if folder == "articles":
            self.kept.forget("article", rest.partition("/")[0])
            return
        if folder == "regions":
            self.kept.forget("article")
        elif folder == "assets":
            if new_or_gone:  # checks ask whether a picture is there, and some have a right-to-left variant
                self.kept.forget("article")
        elif name.startswith("templates/words"):
            self.kept.forget("words")
        elif folder == "templates":
            self.kept.forget("templates")
        template = rest if folder == "templates" else ""
        self.renderer.forget(template)
        if self.warm:
            self.warm.forget([template], pictures=folder == "assets")

    def _inside(self, path: str) -> str:
        """The name of a file in the project's folder that it lies in; empty when it is in none."""
        for root in self.project.roots:
            if Path(path).is_relative_to(root):
                return Path(path).relative_to(root).as_posix()
        return ""
