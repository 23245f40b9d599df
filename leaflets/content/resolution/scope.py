"""What the checks of a whole article know: the article, what its project has, and the part they are in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.source import Source
from leaflets.content.article import Article
from leaflets.content.model.text import LEVEL_IDS, Model


@dataclass(frozen=True)
class Inherited:
    """What the current part inherits from the parts above it."""

    source: Source
    levels: tuple[str, ...] = LEVEL_IDS
    regions: tuple[str, ...] | None = None
    """Regions that the parts above name; None: all."""
    based: bool = False
    in_checklist: bool = False
    some_levels: bool = False
    """A text may be given for some of the levels only."""


class Scope:
    """An article with the names that its project has; collects diagnostics."""

    def __init__(self, project: Project, article: Article, diagnostics: Diagnostics) -> None:
        self.project, self.article, self.diagnostics = project, article, diagnostics
        self.regions = tuple(project.names("regions", ".yaml"))
        self.offered = [region for region in article.info.offered_in if region in self.regions]
        self.unprinted: set[str] = set()
        self.pictures = set(project.names("assets/pictograms", ".svg"))
        self.drawings = set(project.names("assets/drawings", ".svg"))
        self.stamps = set(project.names("assets/stamps", ".svg"))

    def section_ids(self) -> set[str]:
        """Ids of the sections that are there, also of those that could not be read."""
        unread = {file.removeprefix("sections/") for file in self.article.gaps.files if file.startswith("sections/")}
        return {*self.article.sections, *unread}

    def in_a_gap(self, file: str, name: str) -> bool:
        """Whether a name may stand in what could not be read of a file."""
        gaps = self.article.gaps
        return file in gaps.lost or (file in gaps.partly and name in gaps.names)

    def unprint(self, part: Model) -> None:
        """A reported fault keeps what the part names from being printed."""
        self.unprinted |= set(_ids_named(part))


def _ids_named(node: Model) -> Iterator[str]:
    """Ids of the claims, facts and red flags that a model and everything inside it names."""
    yield from (*getattr(node, "claims", ()), *getattr(node, "facts", ()))
    if flag := getattr(node, "flag", None):
        yield flag
    for name in type(node).model_fields:
        value = getattr(node, name)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Model):
                yield from _ids_named(child)
