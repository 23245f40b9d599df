"""Options and fixtures: the shipped leaflets, built once for the whole test run through the command line."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from leaflets.builder.workers import forking
from leaflets.cli.main import main
from tests.tools import proven, selection
from tests.tools.bucket import s3_server
from tests.tools.sharing import made_once

ROOT = Path(__file__).resolve().parent.parent
PROJECTS = Path(__file__).resolve().parent / "projects"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("leaflets")
    group.addoption("--heavy", action="store_true", help="run heavy tests and all byte tests of the patches as well")
    group.addoption("--update-references", action="store_true", help="draw the pictures in tests/references anew")


def pytest_configure(config: pytest.Config) -> None:
    """The same examples in each run, however slow the machine; more of them with the heavy tests. Ctrl-C works also
    where the shell has turned it off, as it does for what runs in its background: tests send it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    examples = 2_000 if config.getoption("--heavy") else 100
    hypothesis.settings.register_profile(
        "leaflets", derandomize=True, deadline=None, database=None, max_examples=examples
    )
    hypothesis.settings.load_profile("leaflets")


def pytest_sessionstart(session: pytest.Session) -> None:
    if reporter := session.config.pluginmanager.get_plugin("terminalreporter"):
        reporter.write_line(selection.heading(session.config.getoption("--heavy")))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    selection.mark(items)
    out = selection.left_out(items, config.getoption("--heavy"), not proven.outdated())
    if out:
        config.hook.pytest_deselected(items=[item for item in items if item in out])
    items[:] = selection.in_order([item for item in items if item not in out])


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


def read(folder: Path) -> Built:
    """The build folder's catalogue."""
    rows = json.loads((folder / "catalogue.json").read_text())["editions"]
    read, twins = ([row for row in rows if row["kind"] == kind] for kind in ("read", "print"))
    return Built(folder, tuple(read), tuple(twins))


def build(folder: Path, *arguments: str) -> Built:
    """Run `leaflets build` into `folder` and read its catalogue; fails when the build does."""
    assert main(["build", "--out", str(folder), *arguments]) == 0
    return read(folder)


class OneForkServer:
    """The fork server stays from build to build, as in `watch`: to start one takes a second. A test that changes the
    environment, which workers have from it, gets another."""

    OF_THE_TEST_RUN = ("PYTEST_CURRENT_TEST", "FONTCONFIG_FILE", "LEAFLETS_FONTCONFIG")

    def __init__(self) -> None:
        self.stays = True
        self._get_ready, self._end = forking.get_ready, forking.end
        self._begun_in: dict[str, str] = {}

    def get_ready(self, evidence: bool = True) -> None:
        now = {name: value for name, value in os.environ.items() if name not in self.OF_THE_TEST_RUN}
        if now != self._begun_in:
            self._end()
            self._begun_in = now
        self._get_ready(evidence or self.stays)

    def end(self) -> None:
        if not self.stays:
            self._end()


@pytest.fixture(scope="session", autouse=True)
def one_fork_server() -> Iterator[OneForkServer]:
    one = OneForkServer()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forking, "get_ready", one.get_ready)
        patch.setattr(forking, "end", one.end)
        yield one
        one.stays = False
        one.end()


@pytest.fixture
def own_fork_server(one_fork_server: OneForkServer) -> Iterator[None]:
    """In this test the fork server begins and ends with a build, as in a program of its own."""
    one_fork_server.stays = False
    one_fork_server.end()
    yield
    one_fork_server.end()
    one_fork_server.stays = True


@pytest.fixture(scope="session")
def heavy(request: pytest.FixtureRequest) -> bool:
    """Whether the heavy tests run too: then a test looks at all that it can look at, else at a sample."""
    return bool(request.config.getoption("--heavy"))


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory, heavy: bool) -> Built:
    """Every edition of the shipped article; without the heavy tests those that `selection.always_built` names."""

    def make(folder: Path) -> None:
        article = ("--article", "fibromyalgia-leg-pain")
        if heavy:
            build(folder, *article)
        else:
            build(folder, *article, "--locale", "en-GB")
            build(folder, *article, "--locale", "en-US", "--level", "plain")

    return read(made_once(tmp_path_factory, "shipped", make))


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Every edition of the second article, which keeps the engine honest; in English and Arabic."""
    article = ("--project", str(PROJECTS / "hand-washing"), "--article", "hand-washing")
    return read(made_once(tmp_path_factory, "second", lambda folder: build(folder, *article)))


@pytest.fixture(scope="session")
def bucket() -> Iterator[str]:
    """The address of a bucket on an S3 server of our own."""
    with s3_server() as address:
        yield address
