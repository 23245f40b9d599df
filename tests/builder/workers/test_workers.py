"""Worker processes: one that dies or never ends costs its edition at the most, never the build."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from leaflets.base import limited
from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.store import LocalStore
from leaflets.builder.build import build
from leaflets.builder.edition.make import Order, Result
from leaflets.builder.materials import gather
from leaflets.builder.request import BuildRequest, Machine
from leaflets.builder.state.destinations import Destinations
from leaflets.builder.watch import Watcher
from leaflets.builder.workers import forking, pool, worker
from leaflets.builder.workers.child import Child, WorkersError
from leaflets.builder.workers.limits import LEAST, machine, worker_share
from leaflets.builder.workers.pool import BuildInterruptedError, Workers
from leaflets.cli.main import main
from leaflets.editions.choice import Choice
from leaflets.editions.edition import Edition
from leaflets.editions.plan import plan
from leaflets.html.render import Renderer
from tests.builder.state.test_incremental import Silent
from tests.conftest import PROJECTS, ROOT

ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
GROW = "{% set n = namespace(x=[]) %}{% for a in range(9999) %}{% set n.x = [n.x, range(90000) | list] %}{% endfor %}"
"""The sandbox looks at the lengths of texts and of single lists, not at how many lists there are."""
WILD = "hand-washing.overview.easy.standard.en-GB"
ONE = Choice(["hand-washing"], ["overview"], ["easy"], ["standard"], ["en-GB"])
AT_ONCE = 0.2
"""Seconds for what never ends: the load of the machine makes no difference to it."""


def request(folder: Path) -> BuildRequest:
    """A build of that one edition."""
    return BuildRequest(ONE, folder / "out", evidence=False)


LONG = 300.0
"""Seconds in which anything has happened, on a machine where much else goes on."""


def died(memory: int) -> str:
    said = f"it crashed, was killed, or needed more than {memory} MB of memory"
    return f"the process that made it died, twice: {said}"


def orders(project: Project, leaflets: Sequence[str] = ()) -> list[Order]:
    diagnostics = Diagnostics()
    found = gather(project, ["hand-washing"], diagnostics)
    assert not diagnostics.errors
    choice = Choice(["hand-washing"], leaflets, ["plain", "easy"], ["standard"], ["en-GB"])
    editions = plan(found.articles(), choice, diagnostics)
    return [Order(replace(found.of(edition), evidence=False)) for edition in editions]


def test_a_killed_worker_costs_nothing_but_time(tmp_path: Path) -> None:
    project = Project(PROJECTS / "hand-washing")
    wanted = orders(project)
    with Workers(project, Destinations.at(tmp_path / "alone"), 1) as workers:
        alone = {result.edition: result.sha256 for result in workers.run(wanted)}
    assert list(alone) == [order.edition for order in wanted]  # one process keeps the order
    killed, found = False, {}
    with Workers(project, Destinations.at(tmp_path / "two"), 2) as workers:
        for result in workers.run(wanted):
            found[result.edition] = result.sha256
            if not killed:
                workers._children[0].process.kill()
                killed = True
    assert found == alone
    assert len(list((tmp_path / "two").rglob("*.pdf"))) == len(wanted)
    assert not list((tmp_path / "two").rglob("*.part"))


def with_a_wild_edition(folder: Path, template: str) -> Project:
    """The second article with a template for the end of its overview in easy words."""
    project = Path(shutil.copytree(PROJECTS / "hand-washing", folder / "project"))
    put_at_its_end(project, template)
    return Project(project)


def put_at_its_end(project: Path, template: str) -> None:
    path = project / "templates" / "parts" / "closing.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    one = "leaflet.level == 'easy' and 'overview' in leaflet.control[0].value"
    path.write_text(f"{{% if {one} %}}{template}{{% endif %}}\n")


def only_one_is_lost(results: Mapping[Edition, Result], memory: int) -> None:
    """The wild edition, with the words that are the same for every death."""
    (lost,) = [edition for edition, result in results.items() if result.failed]
    assert lost.name == WILD
    (diagnostic,) = results[lost].diagnostics
    assert (diagnostic.rule, diagnostic.message, diagnostic.hint) == (
        "worker", died(memory), "--memory MB allows it more",
    )  # fmt: skip


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_edition_that_eats_memory_is_reported_and_the_others_are_built(tmp_path: Path, jobs: int) -> None:
    project = with_a_wild_edition(tmp_path, GROW)
    wanted = orders(project, ["overview"])
    with Workers(project, Destinations.at(tmp_path / "out"), jobs, memory=500) as workers:
        results = {result.edition: result for result in workers.run(wanted)}
    assert len(results) == len(wanted)
    only_one_is_lost(results, 500)
    assert len(list((tmp_path / "out").rglob("*.pdf"))) == len(wanted) - 1


@pytest.mark.parametrize("how", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL], ids=lambda how: how.name)
def test_what_is_told_does_not_depend_on_how_a_process_died(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    """A crash in Pango, an `abort` in GLib, the system that is out of memory: the same words as for a MemoryError."""
    assign, struck = Child.assign, []

    def assign_and_strike(child: Child, task: str, order: Order, *rest: Any) -> None:
        assign(child, task, order, *rest)
        if order.edition.name == WILD:
            assert child.process.pid is not None
            os.kill(child.process.pid, how)
            struck.append(how)

    monkeypatch.setattr(Child, "assign", assign_and_strike)
    project = Project(PROJECTS / "hand-washing")
    wanted = orders(project, ["overview"])
    with Workers(project, Destinations.at(tmp_path), 2, memory=500) as workers:
        results = {result.edition: result for result in workers.run(wanted)}
    assert len(results) == len(wanted) == 2
    only_one_is_lost(results, 500)
    assert struck == [how, how]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_whole_build_survives_it(tmp_path: Path, capsys: pytest.CaptureFixture[str], jobs: str) -> None:
    project = with_a_wild_edition(tmp_path, GROW)
    arguments = ["build", "--project", str(project.folder), "--out", str(tmp_path / "out"), "--memory", "600"]
    choice = ["--article", "hand-washing", "--leaflet", "overview", "--layout", "standard", "--locale", "en-GB"]
    assert main([*arguments, *choice, "--no-evidence", "--jobs", jobs]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("2 built (")
    assert f"failed: {WILD}: {died(600)}" in said.err


def test_a_process_that_lives_on_is_not_limited_and_typesets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may hold more already than an edition may take, and no library survives an allocation that fails anywhere."""
    done: list[str] = []
    for place, name in (
        (resource, "setrlimit"), (signal, "setitimer"), (signal, "alarm"), (Renderer, "both_ways"), (Renderer, "html"),
    ):  # fmt: skip
        monkeypatch.setattr(place, name, lambda *_, name=name: done.append(name))
    held = bytearray(600 << 20)
    project = with_a_wild_edition(tmp_path, "")
    for look in (False, True):  # what was built before is looked at first
        put_at_its_end(project.folder, "<p>Goodbye</p>" if look else "")
        built = build(Project(project.folder), request(tmp_path), Machine(1, 500), Silent())
        assert [result.failed for result in built.results] == [False]
    assert len(held) == 600 << 20
    assert done == []


@pytest.mark.parametrize(
    ("template", "why"), [(ENDLESS, f"it was not done after {AT_ONCE} seconds, twice"), (GROW, died(600))]
)
def test_a_page_that_cannot_be_looked_at_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str, why: str
) -> None:
    project = with_a_wild_edition(tmp_path, "")
    assert not build(project, request(tmp_path), Machine(1), Silent()).diagnostics.errors
    put_at_its_end(project.folder, template)
    if template == ENDLESS:
        monkeypatch.setattr(pool, "LONGEST", AT_ONCE)
        monkeypatch.setattr(pool, "PATIENCE", AT_ONCE)
    done = build(Project(project.folder), request(tmp_path), Machine(1, 600), Silent())
    assert [result.edition.name for result in done.failed] == [WILD]
    assert [item.message for item in done.diagnostics.errors] == [why]
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_watching_goes_on_after_an_edition_that_never_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = with_a_wild_edition(tmp_path, "")
    turns = Watcher(project, ONE, LocalStore(tmp_path / "out"), Silent()).turns()
    with closing(turns):
        assert [result.failed for result in next(turns).built.results] == [False]
        with monkeypatch.context() as patch:
            patch.setattr(pool, "LONGEST", AT_ONCE)
            patch.setattr(pool, "PATIENCE", AT_ONCE)
            put_at_its_end(project.folder, ENDLESS)
            assert [result.failed for result in next(turns).built.results] == [True]
        put_at_its_end(project.folder, "<p>Mended</p>")
        assert [result.failed for result in next(turns).built.results] == [False]
    assert not workers_left()


def test_the_memory_of_a_worker_is_a_share_of_the_machine() -> None:
    assert LEAST <= worker_share(4) <= max(LEAST, machine() // 4)
    assert worker_share(10_000) == LEAST


def test_an_edition_that_never_ends_is_reported_and_the_others_are_built(tmp_path: Path) -> None:
    project = with_a_wild_edition(tmp_path, ENDLESS)
    wanted, results = orders(project), {}
    with Workers(project, Destinations.at(tmp_path / "out"), 2) as workers:
        for result in workers.run(wanted):
            results[result.edition] = result
            if len(results) == len(wanted) - 1:  # nothing is left but what never ends
                workers.patience = AT_ONCE
    assert len(results) == len(wanted)
    (lost,) = [result for result in results.values() if result.failed]
    assert lost.edition.name == WILD
    (diagnostic,) = lost.diagnostics
    assert (diagnostic.rule, diagnostic.message) == ("worker", f"it was not done after {AT_ONCE} seconds, twice")
    assert "a loop without an end" in diagnostic.hint


def workers_left() -> list[str]:
    """Child processes of this one but for the one that reads files from elsewhere, which waits for its next file."""
    return [child.name for child in multiprocessing.active_children() if child.name != limited.NAME]


def leave_off(workers: Workers, order: Order) -> None:
    """Leave a build off while a child is at an edition."""
    workers._gather(1)
    workers._children[0].answer()
    workers._children[0].assign("make", order, workers.places, workers.memory)
    raise BuildInterruptedError


def test_what_is_left_off_for_something_urgent_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "GRACE", 3600.0)  # for a build that is stopped
    project = with_a_wild_edition(tmp_path, ENDLESS)
    (wild,) = [order for order in orders(project) if order.edition.name == WILD]
    with pytest.raises(BuildInterruptedError), Workers(project, Destinations.at(tmp_path / "out"), 1) as workers:
        leave_off(workers, wild)
    assert not workers_left()


def dies(*_: object) -> None:
    """What a child does that dies before it is ready."""
    os._exit(1)


def test_children_that_die_while_they_start_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "serve", dies)
    project = Project(PROJECTS / "hand-washing")
    with (
        Workers(project, Destinations.at(tmp_path), 2) as workers,
        pytest.raises(WorkersError, match="worker processes die while they start"),
    ):
        list(workers.run(orders(project, ["overview"])))


class Broken(LocalStore):
    """A place for files with a fault in its program."""

    def write_together(self, files: Mapping[str, bytes]) -> None:
        raise ValueError("no such luck")


def test_a_fault_of_the_program_is_raised_with_its_traceback(tmp_path: Path) -> None:
    project = Project(PROJECTS / "hand-washing")
    with (
        Workers(project, Destinations.at(Broken(tmp_path)), 1) as workers,
        pytest.raises(RuntimeError, match=r"(?s)a worker process failed.*write_together.*ValueError: no such luck"),
    ):
        list(workers.run(orders(project, ["overview"])[:1]))


def test_where_processes_cannot_be_forked_they_make_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(PROJECTS / "hand-washing")
    wanted = orders(project, ["overview"])[:1]
    hashes = []
    for forked in (True, False):
        monkeypatch.setattr(forking, "FORKED", forked)
        with Workers(project, Destinations.at(tmp_path / str(forked)), 1) as workers:
            hashes += [result.sha256 for result in workers.run(wanted)]
    assert len(hashes) == 2
    assert len(set(hashes)) == 1


@pytest.mark.usefixtures("own_fork_server")
def test_a_fork_server_is_ended_and_started_anew() -> None:
    """`forking.end` uses what is private in `multiprocessing`: this says when a Python has changed it."""
    servers = []
    for _ in range(2):
        forking.get_ready()
        servers.append(fork_server(os.getpid()))
        forking.end()
        assert not fork_servers(os.getpid())
        gone(servers)
    assert servers[0] != servers[1]
    forking.end()  # once more does no harm


def children(process: int) -> list[int]:
    """The processes that a process has started and that are there."""
    return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def fork_servers(process: int) -> list[int]:
    return [pid for pid in children(process) if "forkserver" in Path(f"/proc/{pid}/cmdline").read_text()]


def fork_server(process: int) -> int:
    """The one that a process has started; it may not have come to its program yet."""
    deadline = time.monotonic() + LONG
    while not (found := fork_servers(process)):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    (only,) = found
    return only


def gone(processes: Sequence[int]) -> None:
    """Wait until they are."""
    deadline = time.monotonic() + LONG
    while any(Path(f"/proc/{pid}").exists() for pid in processes):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.usefixtures("own_fork_server")
def test_a_fork_server_that_is_killed_costs_nothing_but_time(tmp_path: Path) -> None:
    project = Project(PROJECTS / "hand-washing")
    wanted = orders(project)
    with Workers(project, Destinations.at(tmp_path), 2) as workers:
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
    script = "from leaflets.builder.workers import forking; forking.get_ready(); print(flush=True); input()"
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


CHOICE = ["--article", "hand-washing", "--leaflet", "overview", "--level", "plain", "--locale", "en-GB"]
CHOICE += ["--layout", "standard", "--layout", "large-print", "--layout", "summary", "--layout", "web"]


def begun(out: Path, jobs: int) -> tuple[subprocess.Popen[str], list[str], list[int]]:
    """A build of which one edition is done, how to go on with it, and its processes."""
    asked = ["build", "--project", str(PROJECTS / "hand-washing"), *CHOICE, "--no-evidence", "--jobs", str(jobs)]
    asked += ["--out", str(out)]
    process = subprocess.Popen(
        [sys.executable, "-c", SAVING_ALWAYS, *asked], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    while not process.stderr.readline().startswith("[1/4]"):
        assert process.poll() is None
    server = fork_server(process.pid)
    workers = children(server)
    assert len(workers) == jobs
    return process, asked, [server, *workers]


def test_workers_end_with_a_parent_that_was_killed_and_the_next_build_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    process, asked, processes = begun(tmp_path, 2)
    process.kill()
    process.communicate()
    gone(processes)
    for path in tmp_path.rglob("*.pdf"):
        assert path.read_bytes().rstrip().endswith(b"%%EOF")
    assert not (tmp_path / "catalogue.json").exists()
    assert main(asked) == 0
    fresh = re.search(r", (\d+) up to date, 0 failed", capsys.readouterr().out)
    assert fresh is not None
    assert int(fresh[1]) >= 1
    rows = json.loads((tmp_path / "catalogue.json").read_text())["editions"]
    assert [row["kind"] for row in rows].count("read") == 3
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith((".part", ".lock"))]


def test_a_build_in_one_process_is_stopped_with_it(tmp_path: Path) -> None:
    process, _, processes = begun(tmp_path, 1)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=LONG)[1]
    assert process.returncode == 1
    assert "nothing is left half-written" in said
    gone(processes)
    assert (tmp_path / "catalogue.json").exists()
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith((".part", ".lock"))]
