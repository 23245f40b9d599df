"""Engine: what the builds of a project read and loaded, cached in memory from one build to the next.

A single build makes an engine and drops it. `watch` and the desk reuse one: templates, style sheets, fonts, pictures
and checked articles stay loaded, and `refresh` drops only what depends on changed files.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder.materials import Materials, ReadingCache, gather
from leaflets.builder.signing.signature_file import has_signatures
from leaflets.builder.state.manifest import hashed
from leaflets.builder.workers import forking
from leaflets.builder.workers.child import WarmChild
from leaflets.content.load import article_ids
from leaflets.html.render import Renderer
from leaflets.lint.plain_words import NAME as PLAIN_WORDS

KINDS = {
    "regions": ("article",),
    "locales": ("tables", "article", "words"),
    "fonts.yaml": ("tables", "article", "words"),
}
"""Kinds of cached values that depend on the files of a folder, or on a file, of the project."""
Files = dict[str, tuple[int, int, str]]
"""Size, time of change and SHA-256 of each file by its path."""


@dataclass
class Engine:
    """The loaded articles, renderer and file hashes of one project, and the warm child process, if it is reused."""

    project: Project
    kept: ReadingCache = field(default_factory=ReadingCache)
    files: Files = field(default_factory=dict)
    clinic: tuple[str, ...] = ()
    """Files of the clinic that the leaflets are for; they are read anew for each build."""
    reused: bool = False
    """It is reused by many builds, with a child process in which everything is loaded. `close` ends that process."""

    def __post_init__(self) -> None:
        self.renderer = Renderer(self.project)
        self.warm = WarmChild(self.project) if self.reused else None
        self._program: Files | None = None

    def refresh(self, known: Files) -> None:
        """Hash the project's files and drop what depends on changed ones. `known`: hashes from the last build.

        Hashes of the program's own files are those of the first call, since that program is the one loaded here.
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
        """Articles, regions and words, loaded and checked unless they are cached."""
        return gather(self.project, articles, diagnostics, locales, self.kept, self.renderer.templates)

    def rest(self) -> None:
        """Work between builds: load what the next one needs, and collect garbage, so that it starts and runs faster."""
        if self.warm:
            self.warm.rest()
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def close(self) -> None:
        """End the child process and the fork server of a reused engine."""
        if self.warm:
            self.warm.close()
            forking.end()

    def _forget(self, before: Files, now: Files) -> None:
        listed = before.keys() ^ now.keys()
        changed = {name for name in before.keys() & now.keys() if before[name][2] != now[name][2]}
        for name in sorted(changed | listed):
            self._forget_one(self._inside(name), new_or_gone=name in listed)

    def _forget_one(self, name: str, new_or_gone: bool) -> None:
        """Drop what depends on a file. `name`: its path in the project's folder; `new_or_gone`: it was added or
        deleted."""
        folder, _, rest = name.partition("/")
        if folder == "articles":
            self.kept.forget("article", rest.partition("/")[0])
            return
        for kind in KINDS.get(folder, ()):
            self.kept.forget(kind)
        if folder == "assets":
            if new_or_gone or name.endswith(".yaml"):  # checks depend on the pictures there are and on their points
                self.kept.forget("article")
        elif name.startswith("templates/words"):
            self.kept.forget("words")
        elif name.startswith(PLAIN_WORDS.rpartition("/")[0]):
            self.kept.forget("article")
        elif folder == "templates":
            self.kept.forget("templates")
        if folder in ("assets", "templates"):
            self._forget_signed()
        template = rest if folder == "templates" else ""
        self.renderer.forget(template)
        if self.warm:
            self.warm.forget([template], pictures=folder == "assets")

    def _forget_signed(self) -> None:
        """Drop the articles with signatures: these are for pictures and words of the templates too."""
        for article in article_ids(self.project):
            if has_signatures(self.project, article):
                self.kept.forget("article", article)

    def _inside(self, path: str) -> str:
        """The path of a file in the project's folder that contains it; empty outside all of them."""
        for root in self.project.roots:
            if Path(path).is_relative_to(root):
                return Path(path).relative_to(root).as_posix()
        return ""
