"""Files of the same name in several folders, merged key by key: the user's file over the shipped one.

Regions, locales and fonts are read so: a project's file holds only what it adds or changes. A complaint has the place
in the file that holds the value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.project import Project, shipped_folder
from leaflets.base.source import Path, Source, read_yaml


@dataclass
class MergedSource(Source):
    """The merged data of several files, the upper ones first."""

    layers: tuple[Source, ...] = field(default_factory=tuple)

    def place(self, path: Path = ()) -> Place:
        """Position of a value in the uppermost file that has it; that of its nearest ancestor if it is missing."""
        return Source.place(self._holder(path), path)

    def key_place(self, path: Path) -> Place:
        """Position of the key of a value in the uppermost file that has it."""
        return Source.key_place(self._holder(path), path)

    def _holder(self, path: Path) -> Source:
        return next((layer for layer in self.layers if path in layer.nodes), self.layers[0])


def layers_of(project: Project) -> Iterator[Project]:
    """Each folder of a project by itself, the user's first."""
    for root in project.roots:
        yield Project(root, root)


def with_shipped(project: Project) -> Project:
    """A project with the folder shipped with the program below it, which has the tables that no project lacks."""
    return replace(project, shipped=shipped_folder()) if project.folder else Project(project.shipped)


def read_merged(project: Project, names: Sequence[str], diagnostics: Diagnostics) -> MergedSource | None:
    """Read the files with these names in all folders of a project: a name over those after it, and for each name the
    user's file over the shipped one.

    None when there is none, or after a diagnostic for one that cannot be read.
    """
    found: list[Source] = []
    for name in names:
        for layer in layers_of(project):
            if layer.find(name) is None:
                continue
            text = layer.read_checked(name, diagnostics)
            source = read_yaml(layer.shown(name), text, diagnostics) if text is not None else None
            if source is None:
                return None
            found.append(source)
    if not found:
        return None
    top = found[0]
    data = top.data
    for lower in found[1:]:
        if isinstance(data, dict) and isinstance(lower.data, dict):
            data = _over(data, lower.data)
    return MergedSource(top.name, top.text, data, top.nodes, top.keys, tuple(found))


def _over(upper: dict[str, Any], lower: dict[str, Any]) -> dict[str, Any]:
    """Keys of `upper` over those of `lower`; where both hold keys, these are merged too."""
    merged = {**lower, **upper}
    for key in upper.keys() & lower.keys():
        if isinstance(upper[key], dict) and isinstance(lower[key], dict):
            merged[key] = _over(upper[key], lower[key])
    return merged
