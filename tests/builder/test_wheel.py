"""The wheel carries everything: installed in a fresh environment, it builds from an empty folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.conftest import PROJECTS, ROOT
from tests.tools.environment import environment


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """The `leaflets` command of an environment into which the wheel was installed with its locked dependencies."""
    return environment(wheel.parent / "env", wheel) / "leaflets"


def run(command: Path, folder: Path, *arguments: str) -> list[dict[str, str]]:
    clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "FONTCONFIG_FILE")}
    subprocess.run([str(command), "build", *arguments], check=True, capture_output=True, cwd=folder, env=clean)
    return json.loads((folder / "build" / "catalogue.json").read_text())["editions"]


def test_it_builds_the_shipped_article_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    entries = run(installed, tmp_path, "--leaflet", "overview", "--level", "plain", "--layout", "standard")
    assert [entry["locale"] for entry in entries] == ["en-GB", "en-US"]
    assert all((tmp_path / "build" / entry["path"]).is_file() for entry in entries)
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


def test_licences_and_notices_travel_with_it(wheel: Path) -> None:
    sources = [ROOT / "LICENSE", ROOT / "NOTICE", *(ROOT / "LICENSES").iterdir()]
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        headers = message_from_bytes(archive.read(metadata))
        folder = metadata.removesuffix("METADATA") + "licenses/"
        for source in sources:
            name = source.relative_to(ROOT).as_posix()
            assert archive.read(folder + name) == source.read_bytes(), name
            assert name in headers.get_all("License-File", [])
    assert headers["License-Expression"] == "BSD-3-Clause AND CC-BY-4.0"


@pytest.mark.heavy
def test_a_clinics_folder_adds_its_own_article(installed: Path, tmp_path: Path) -> None:
    choice = ("--level", "plain", "--layout", "standard", "--locale", "en-GB")
    entries = run(installed, tmp_path, "--project", str(PROJECTS / "hand-washing"), *choice)
    assert {entry["article"] for entry in entries} == {"hand-washing", "fibromyalgia-leg-pain"}
