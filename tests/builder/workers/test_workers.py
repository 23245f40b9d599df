"""Worker processes: one that dies or never ends costs its edition at the most, never the build."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.builder import tasks
from leaflets.builder.build import build
from leaflets.builder.edition.make import Order
from leaflets.builder.materials import gather
from leaflets.builder.request import BuildRequest, Machine
from leaflets.builder.state.destinations import Places
from leaflets.builder.workers import pool
from leaflets.builder.workers.limits import LEAST, limit_now, machine, worker_share
from leaflets.builder.workers.pool import Workers
from leaflets.cli.main import main
from leaflets.editions.choice import Choice
from leaflets.editions.plan import plan
from tests.builder.state.test_incremental import Silent
from tests.conftest import PROJECTS, ROOT

ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
GROW = "{% set it = namespace(x='0123456789') %}{% for a in range(60) %}{% set it.x = it.x ~ it.x %}{% endfor %}"


def orders(project: Project) -> list[Order]:
    diagnostics = Diagnostics()
    found = gather(project, ["hand-washing"], diagnostics)
    assert not diagnostics.errors
    choice = Choice(level=["plain", "easy"], layout=["standard"], locale=["en-GB"])
    return [Order(found.of(edition)) for edition in plan(found.articles(), choice, diagnostics)]


def test_a_killed_worker_costs_nothing_but_time(tmp_path: Path) -> None:
    project = Project(PROJECTS / "hand-washing")
    wanted = orders(project)
    with Workers(project, Places.at(tmp_path / "alone"), 1) as workers:
        alone = {result.edition: result.sha256 for result in workers.run(wanted)}
    killed, found = False, {}
    with Workers(project, Places.at(tmp_path / "two"), 2) as workers:
        for result in workers.run(wanted):
            found[result.edition] = result.sha256
            if not killed:
                multiprocessing.active_children()[0].kill()
                killed = True
    assert found == alone
    assert len(list((tmp_path / "two").rglob("*.pdf"))) == len(wanted)
    assert not list((tmp_path / "two").rglob("*.part"))


def with_a_wild_edition(folder: Path, template: str) -> Project:
    """The second article with a template for the end of its overview in easy words."""
    project = Path(shutil.copytree(PROJECTS / "hand-washing", folder / "project"))
    path = project / "templates" / "parts" / "closing.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    one = "leaflet.level == 'easy' and 'overview' in leaflet.control[0].value"
    path.write_text(f"{{% if {one} %}}{template}{{% endif %}}\n")
    return Project(project)


def test_an_edition_that_eats_memory_is_reported_and_the_others_are_built(tmp_path: Path) -> None:
    project = with_a_wild_edition(tmp_path, GROW)
    wanted = orders(project)
    with Workers(project, Places.at(tmp_path / "out"), 2, memory=500) as workers:
        results = {result.edition: result for result in workers.run(wanted)}
    assert len(results) == len(wanted)
    lost = [edition for edition, result in results.items() if result.failed]
    assert [(edition.leaflet, edition.level) for edition in lost] == [("overview", "easy")]
    (diagnostic,) = results[lost[0]].diagnostics
    assert diagnostic.message == "it took more than 500 MB of memory, twice"
    assert diagnostic.hint == "--memory MB allows it more"
    assert len(list((tmp_path / "out").rglob("*.pdf"))) == len(wanted) - 1


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_whole_build_survives_it_in_the_parent_and_in_a_worker(tmp_path: Path, capsys, jobs: str) -> None:
    project = with_a_wild_edition(tmp_path, GROW)
    arguments = ["build", "--project", str(project.folder), "--out", str(tmp_path / "out"), "--memory", "600"]
    choice = ["--article", "hand-washing", "--leaflet", "overview", "--layout", "standard", "--locale", "en-GB"]
    assert main([*arguments, *choice, "--jobs", jobs]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("2 built (")
    assert "failed: hand-washing.overview.easy.standard.en-GB: it took more than 600 MB of memory" in said.err
    assert limit_now() == -1


def test_what_never_ends_in_this_process_is_ended_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "LONGEST", 1.0)
    monkeypatch.setattr(pool, "PATIENCE", 5.0)
    project = with_a_wild_edition(tmp_path, ENDLESS)
    choice = Choice(["hand-washing"], ["overview"], ["plain", "easy"], ["standard"], ["en-GB"])
    done = build(project, BuildRequest(choice, tmp_path / "out"), Machine(1), Silent())
    assert [result.edition.level for result in done.failed] == ["easy"]
    assert [item.message for item in done.diagnostics.errors] == ["it was not done after 5 seconds"]
    assert len(list((tmp_path / "out").rglob("*.pdf"))) == 1


def test_the_memory_of_a_worker_is_a_share_of_the_machine() -> None:
    assert LEAST <= worker_share(4) <= max(LEAST, machine() // 4)
    assert worker_share(10_000) == LEAST


def test_an_edition_that_never_ends_is_reported_and_the_others_are_built(tmp_path: Path) -> None:
    project = with_a_wild_edition(tmp_path, ENDLESS)
    wanted = orders(project)
    results = {}
    with Workers(project, Places.at(tmp_path / "out"), 2, patience=60) as workers:
        for result in workers.run(wanted):
            results[result.edition] = result
            workers.patience = 6.0  # from here on both are loaded, and an edition takes a second
    assert len(results) == len(wanted)
    lost = [edition for edition, result in results.items() if result.failed]
    assert [(edition.leaflet, edition.level) for edition in lost] == [("overview", "easy")]
    (diagnostic,) = results[lost[0]].diagnostics
    assert diagnostic.rule == "worker"
    assert "twice" in diagnostic.message


def children(process: int) -> list[int]:
    """The processes that a process has started and that are there."""
    return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def fork_servers(process: int) -> list[int]:
    return [pid for pid in children(process) if "forkserver" in Path(f"/proc/{pid}/cmdline").read_text()]


def fork_server(process: int) -> int:
    """The one that a process has started; it may not have come to its program yet."""
    deadline = time.monotonic() + 60
    while not (found := fork_servers(process)):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    (only,) = found
    return only


def gone(processes: Sequence[int]) -> None:
    """Wait until they are."""
    deadline = time.monotonic() + 60
    while any(Path(f"/proc/{pid}").exists() for pid in processes):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_fork_server_that_is_killed_costs_nothing_but_time(tmp_path: Path) -> None:
    project = Project(PROJECTS / "hand-washing")
    wanted = orders(project)
    with Workers(project, Places.at(tmp_path), 2) as workers:
        first = fork_server(os.getpid())
        os.kill(first, signal.SIGKILL)  # while it loads
        results = workers.run(wanted)
        found = {(result := next(results)).edition: result}
        server = fork_server(os.getpid())
        assert server != first
        lost = children(server)
        os.kill(server, signal.SIGKILL)  # in the middle of the build
        found |= {result.edition: result for result in results}
        gone(lost)
    assert not [result for result in found.values() if result.failed]
    assert len(found) == len(wanted) == len(list(tmp_path.rglob("*.pdf")))
    assert not fork_servers(os.getpid())


def test_what_is_loaded_before_the_fork_has_no_threads_and_no_fonts() -> None:
    loaded = "import os, leaflets.builder.workers.preloaded, leaflets.builder.workers.preloaded_evidence"
    threads = "print(len(os.listdir('/proc/self/task')))"
    script = f"{loaded}; {threads}; print(any('.ttf' in line for line in open('/proc/self/maps')))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "False"]


def test_a_fork_server_ends_with_a_builder_that_is_killed_while_it_loads(tmp_path: Path) -> None:
    script = "from leaflets.build import forking; forking.get_ready(); print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        server = fork_server(process.pid)
        hears = Path(f"/proc/{server}/status").read_text()
        process.kill()
    gone([server])
    blocked = int(re.search(r"SigBlk:\s*(\w+)", hears)[1], 16)  # type: ignore[index]
    assert blocked >> (signal.SIGINT - 1) & 1  # Ctrl-C is the parent's to handle, from the first


SAVING_ALWAYS = """
import sys
from leaflets.builder.state import record
from leaflets.cli.main import main
record.EVERY, record.COST = 0.0, float("inf")
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""


def test_workers_end_with_a_parent_that_was_killed_and_the_next_build_goes_on(tmp_path: Path, capsys) -> None:
    choice = ["--article", "hand-washing", "--level", "plain", "--locale", "en-GB", "--jobs", "2"]
    asked = ["build", "--project", str(PROJECTS / "hand-washing"), *choice, "--out", str(tmp_path)]
    process = subprocess.Popen(
        [sys.executable, "-c", SAVING_ALWAYS, *asked], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    while not process.stderr.readline().startswith("[3/12]"):
        assert process.poll() is None
    server = fork_server(process.pid)
    workers = children(server)
    assert len(workers) == 2
    process.kill()
    process.wait()
    process.stderr.close()
    gone([server, *workers])
    for path in tmp_path.rglob("*.pdf"):
        assert path.read_bytes().rstrip().endswith(b"%%EOF")
    assert not (tmp_path / "catalogue.json").exists()
    assert main(asked) == 0
    fresh = re.search(r", (\d+) up to date, 0 failed", capsys.readouterr().out)
    assert fresh is not None
    assert int(fresh[1]) >= 3
    rows = json.loads((tmp_path / "catalogue.json").read_text())["editions"]
    assert [row["kind"] for row in rows].count("read") == 10
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith((".part", ".lock"))]
