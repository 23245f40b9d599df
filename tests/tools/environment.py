"""A fresh Python environment with exactly the locked packages, taken from the environment that the tests run in."""

from __future__ import annotations

import re
import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

from tests.conftest import ROOT


def locked(name: str = "run.txt") -> Iterator[Requirement]:
    """The packages of a lock file that this machine takes."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    for row in re.findall(r"^[A-Za-z][^\\\n]*", text, re.MULTILINE):
        wanted = Requirement(row.strip())
        if wanted.marker is None or wanted.marker.evaluate():
            yield wanted


def environment(folder: Path, wheel: Path) -> Path:
    """A virtual environment with the wheel and the packages of `requirements/run.txt`; returns its folder of programs.

    `make` has installed these packages with their hashes already; here their files are linked, which takes a second
    where pip takes half a minute. Nothing else can be imported there, and pip compares them with what the wheel asks
    for.
    """
    venv.create(folder, with_pip=False)
    (packages,) = folder.glob("lib/python*/site-packages")
    for wanted in locked():
        found = distribution(wanted.name)
        assert wanted.specifier.contains(found.version), f"{wanted} is locked, {found.version} is installed"
        for file in found.files or ():
            if ".." not in file.parts and "__pycache__" not in file.parts:
                link = packages / file
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(Path(str(file.locate())).absolute())
    pip = [sys.executable, "-m", "pip", "--python", str(folder), "--disable-pip-version-check"]
    for command in (["install", "--quiet", "--no-deps", "--no-index", str(wheel)], ["check"]):
        subprocess.run([*pip, *command], check=True, capture_output=True)
    return folder / "bin"
