"""Fixtures: the shipped leaflets, built once for the whole test run through the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from leaflets.cli.main import main
from tests.tools.bucket import s3_server

ROOT = Path(__file__).resolve().parent.parent
PROJECTS = Path(__file__).resolve().parent / "projects"


@dataclass(frozen=True)
class Built:
    """A build folder and its catalogue."""

    folder: Path
    entries: tuple[dict[str, Any], ...]
    """Files to read."""
    twins: tuple[dict[str, Any], ...] = ()
    """Files for the printer."""

    def path(self, **wanted: str) -> Path:
        """The one file whose catalogue entry has these values."""
        (entry,) = self.all(**wanted)
        return self.folder / entry["path"]

    def all(self, **wanted: str) -> list[dict[str, Any]]:
        return [entry for entry in self.entries if all(entry[key] == value for key, value in wanted.items())]


def build(folder: Path, *arguments: str) -> Built:
    """Run `leaflets build` into `folder` and read its catalogue; fails when the build does."""
    assert main(["build", "--out", str(folder), *arguments]) == 0
    rows = json.loads((folder / "catalogue.json").read_text())["editions"]
    read, twins = ([row for row in rows if row["kind"] == kind] for kind in ("read", "print"))
    return Built(folder, tuple(read), tuple(twins))


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Every edition of the shipped article."""
    return build(tmp_path_factory.mktemp("shipped"), "--article", "fibromyalgia-leg-pain")


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Every edition of the second article, which keeps the engine honest; in English and Arabic."""
    folder = tmp_path_factory.mktemp("second")
    return build(folder, "--project", str(PROJECTS / "hand-washing"), "--article", "hand-washing")


@pytest.fixture(scope="session")
def bucket() -> Iterator[str]:
    """The address of a bucket on an S3 server of our own."""
    with s3_server() as address:
        yield address
