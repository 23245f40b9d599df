"""What the repository says of itself is so: licences, make targets, hooks, Python versions, packages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

NAMING = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    ".ci/run",
    ".pre-commit-config.yaml",
    "Makefile",
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DEPENDENCIES = (ROOT / "docs" / "dependencies.md").read_text()


def targets() -> set[str]:
    """What `make` can be asked for."""
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def plain(requirement: str) -> str:
    """The name of a package in a requirement, as PyPI compares names."""
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize("name", NAMING)
def test_make_targets_that_are_named_exist(name: str) -> None:
    words = (ROOT / name).read_text()
    if name.endswith(".md"):  # in prose “make” is a verb: only code counts
        words = "\n".join(re.findall(r"```.*?```|`[^`]+`", words, re.DOTALL))
    else:
        words = "\n".join(re.findall(r"^(?:# |\s*entry: )?make [a-z-]+|make [a-z-]+$", words, re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", words))
    assert named <= targets()


def test_contributing_names_every_target_of_a_days_work() -> None:
    words = (ROOT / "CONTRIBUTING.md").read_text()
    missing = {name for name in targets() if not re.search(rf"\bmake {name}(?![a-z-])", words)}
    assert missing <= {"clean", "tools"}  # what others need first, and throwing everything away


def test_every_folder_and_licence_that_the_notice_names_is_there() -> None:
    words = (ROOT / "NOTICE").read_text()
    named = re.findall(r"(?<![\w/])(?:[\w.-]+/)+[\w.-]*", words)
    assert len(named) > 8
    assert [path for path in named if not (ROOT / path.rstrip(".")).exists()] == []
    folder = {path.name for path in (ROOT / "LICENSES").iterdir()}
    assert {path.removeprefix("LICENSES/") for path in named if path.startswith("LICENSES/")} == folder


def test_a_font_in_the_repository_has_its_licence_beside_it() -> None:
    folders = ("articles", "assets", "docs", "leaflets", "templates", "tests")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    fonts = [path for path in files if path.suffix in (".ttf", ".otf", ".ttc", ".woff", ".woff2")]
    assert [font for font in fonts if not any("OFL" in path.name for path in font.parent.iterdir())] == []


def test_python_versions_that_are_named_are_those_that_were_run() -> None:
    """One row of the table for each classifier, and one for the oldest that is allowed."""
    section = DEPENDENCIES.partition("## Python versions")[2].partition("\n## ")[0]
    run = {match[1] for match in re.finditer(r"^\| (3\.\d+)\.\d+ \|", section, re.MULTILINE)}
    named = {line.rpartition(" ")[2] for line in PROJECT["classifiers"] if line.startswith("Programming Language")}
    assert run == named
    assert PROJECT["requires-python"].removeprefix(">=") in run


def test_every_package_is_explained() -> None:
    """What for, licence, what else was considered: a row in docs/dependencies.md."""
    extras = PROJECT["optional-dependencies"]
    wanted = {plain(line) for group in (PROJECT["dependencies"], *extras.values()) for line in group}
    rows = "".join(line.partition(" | ")[0] for line in DEPENDENCIES.splitlines() if line.startswith("| "))
    known = {plain(word) for word in re.findall(r"[\w.-]+", rows)}
    assert sorted(wanted - known) == []


def test_hooks_use_the_projects_own_tools_and_download_nothing() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    locked = {plain(line) for line in (ROOT / "requirements" / "dev.txt").read_text().splitlines()}
    for hook in config["repos"][0]["hooks"]:
        assert hook["language"] == "system"
        command = Path(hook["entry"].split()[0])
        assert command.name == "make" or (command.parent == Path(".venv/bin") and command.name in locked), hook["id"]
