"""Project bundle: templates and assets of a project, zipped once and unpacked by workers on other machines.

Articles and words are not in it: each order contains them. The bundle has the versions of the builder's tools, so that
a worker refuses to build if it would make other bytes.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from leaflets.base.diagnostics import Diagnostic
from leaflets.base.project import Project
from leaflets.builder.state.manifest import program, tools

FOLDERS = ("assets", "locales", "regions", "templates")
FILES = ("fonts.yaml",)
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time of all files in the archive, so that the same files give the same bytes."""


def made_with() -> dict[str, str]:
    """The versions of program and tools of this process; equal versions make equal bytes."""
    return {**tools(), "program": program()}


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    """The differences between two sets of versions, in words."""
    found = []
    for name in sorted({*here, *there}):
        if here.get(name) != there.get(name):
            said = f"{there.get(name, 'none')} there, {here.get(name, 'none')} here"
            found.append("another version of leaflets itself" if name == "program" else f"{name} ({said})")
    return found


@dataclass(frozen=True)
class ProjectBundle:
    """Templates and assets of a project as one archive. `roots`: its folders as paths for diagnostics, in order."""

    roots: tuple[str, ...]
    body: bytes
    made_with: Mapping[str, str]

    @property
    def digest(self) -> str:
        """SHA-256 of the archive."""
        return hashlib.sha256(self.body).hexdigest()


def pack(project: Project, here: Mapping[str, str]) -> ProjectBundle:
    """Zip a project; `here`: the versions of this process (`made_with`)."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, root in enumerate(project.roots):
            below = (path for folder in FOLDERS for path in (root / folder).rglob("*"))
            files = sorted(path for path in (*below, *(root / name for name in FILES)) if path.is_file())
            for path in files:
                name = zipfile.ZipInfo(f"{number}/{path.relative_to(root).as_posix()}", _EPOCH)
                archive.writestr(name, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return ProjectBundle(tuple(_shown(root) for root in project.roots), packed.getvalue(), here)


@dataclass(frozen=True)
class UnpackedBundle:
    """A bundle unpacked into a folder, which is the project on that machine."""

    bundle: ProjectBundle
    folder: Path

    @classmethod
    def of(cls, bundle: ProjectBundle, folder: Path) -> UnpackedBundle:
        """Unpack a bundle into an empty folder."""
        for number in range(len(bundle.roots)):
            (folder / str(number)).mkdir()
        with zipfile.ZipFile(io.BytesIO(bundle.body)) as archive:
            archive.extractall(folder)
        return cls(bundle, folder)

    @property
    def project(self) -> Project:
        """The unpacked project."""
        roots = [self.folder / str(number) for number in range(len(self.bundle.roots))]
        return Project(roots[0], roots[-1])

    def at_home(self, found: Diagnostic) -> Diagnostic:
        """A diagnostic with the path of its file on the builder's machine."""
        for number, root in enumerate(self.bundle.roots):
            inside = f"{(self.folder / str(number)).resolve()}/"
            if found.place.path.startswith(inside):
                path = root + found.place.path.removeprefix(inside)
                return replace(found, place=replace(found.place, path=path))
        return found


def _shown(root: Path) -> str:
    """A folder as a path prefix, relative to the current folder if it is inside it."""
    here = Path.cwd()
    if root == here:
        return ""
    return f"{root.relative_to(here) if root.is_relative_to(here) else root}/"
