"""A Dask cluster builds the same bytes, and whatever happens to a worker costs no edition that can be built."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import distributed
import pytest

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, Severity
from leaflets.base.open_store import open_store
from leaflets.base.project import Project
from leaflets.builder.edition.make import Order, Result
from leaflets.builder.materials import gather
from leaflets.builder.state.destinations import Destinations
from leaflets.builder.state.manifest import tools
from leaflets.builder.workers import dask_cluster as cluster
from leaflets.builder.workers import project_bundle as kit_module
from leaflets.builder.workers.child import WorkersError
from leaflets.builder.workers.dask_cluster import ANSWER, ClusterWorkers
from leaflets.builder.workers.pool import Workers
from leaflets.builder.workers.project_bundle import UnpackedBundle, differences, pack
from leaflets.cli.main import main
from leaflets.editions.choice import Choice
from leaflets.editions.plan import plan
from tests.conftest import PROJECTS, ROOT
from tests.tools.cluster import dask_cluster

HAND_WASHING = PROJECTS / "hand-washing"
TWO_ASKED = ["--article", "hand-washing", "--level", "plain", "--layout", "standard", "--locale", "en-GB"]

FATAL = """
import os, signal, time
from leaflets.builder.edition.make import Toolchain
make = getattr(Toolchain, "make_before", Toolchain.make)  # this may run twice in a process
Toolchain.make_before = make
def fatal(self, material):
    if material.edition.locale == "ar-GB" and material.edition.level == "easy":
        os.kill(os.getpid(), signal.SIGKILL)
    while material.edition.locale == "ar-GB" and material.edition.level == "detailed":
        time.sleep(1)
    return make(self, material)
Toolchain.make = fatal
"""
"""On these workers easy Arabic is fatal, and detailed Arabic never ends."""


@pytest.fixture(scope="module")
def scheduler(bucket: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Three workers, whose environment says how to reach the bucket."""
    with dask_cluster(tmp_path_factory.mktemp("cluster"), 3, preload=FATAL) as address:
        yield address


@pytest.fixture(autouse=True)
def a_slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scheduler may be slow to answer where other work goes on."""
    monkeypatch.setattr(cluster, "ANSWER", 60.0)


def orders(level: list[str], locale: str = "en-GB", **choice: list[str]) -> list[Order]:
    diagnostics = Diagnostics()
    found = gather(Project(HAND_WASHING), ["hand-washing"], diagnostics)
    editions = plan(found.articles(), Choice(level=level, locale=[locale], layout=["standard"], **choice), diagnostics)
    assert not diagnostics.errors
    return [Order(found.of(edition)) for edition in editions]


def hashes(results: list[Result]) -> dict[str, str]:
    assert not any(result.failed for result in results), [result.diagnostics for result in results]
    return {result.edition.path: result.sha256 for result in results}


def test_a_worker_killed_in_mid_build_changes_nothing(scheduler: str, tmp_path: Path) -> None:
    wanted, project = orders(["plain", "easy"]), Project(HAND_WASHING)
    with Workers(project, Destinations.at(tmp_path / "serial"), 1) as serial:
        alone = hashes(list(serial.run(wanted)))
    found: list[Result] = []
    with (
        ClusterWorkers(project, Destinations.at(tmp_path / "cluster"), scheduler) as workers,
        distributed.Client(scheduler, set_as_default=False) as client,
    ):
        processes = client.run(os.getpid)
        for result in workers.run(wanted):
            if not found:
                busy = next(worker for worker, keys in client.processing().items() if keys)
                os.kill(processes[busy], signal.SIGKILL)
            found.append(result)
    assert hashes(found) == alone
    for path in alone:
        assert (tmp_path / "cluster" / path).read_bytes() == (tmp_path / "serial" / path).read_bytes()


@pytest.mark.heavy
def test_what_kills_every_worker_is_reported_and_the_others_are_built(scheduler: str, tmp_path: Path) -> None:
    wanted = [*orders(["easy"], "ar-GB", leaflet=["overview"]), *orders(["plain"])]
    with ClusterWorkers(Project(HAND_WASHING), Destinations.at(tmp_path), scheduler) as workers:
        results = list(workers.run(wanted))
    assert len(results) == 3
    (failed,) = [result for result in results if result.failed]
    (said,) = failed.diagnostics
    assert str(said).startswith("hand-washing.overview.easy.standard.ar-GB:1:1: error: worker after worker died at it")


@pytest.mark.heavy
def test_what_never_ends_is_reported_and_its_worker_started_anew(scheduler: str, tmp_path: Path) -> None:
    (endless,) = orders(["detailed"], "ar-GB", leaflet=["overview"])
    wanted, results = [endless, *orders(["plain"])], list[Result]()
    with ClusterWorkers(Project(HAND_WASHING), Destinations.at(tmp_path), scheduler) as workers:
        for result in workers.run(wanted):
            results.append(result)
            if len(results) == len(wanted) - 1:  # nothing is left but what never ends, whatever the load
                workers.patience = 0.5
    (failed,) = [result for result in results if result.failed]
    assert failed.edition == endless.edition
    assert failed.diagnostics[0].message == "it was not done after 0.5 seconds"
    assert len(results) == len(wanted) == 3


@pytest.mark.heavy
def test_workers_write_into_a_bucket_themselves_and_share_its_cache(
    scheduler: str, bucket: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = f"{bucket}/{tmp_path.name}"
    arguments = ["build", "--project", str(HAND_WASHING), "--cluster", scheduler, *TWO_ASKED]
    assert main([*arguments, "--out", f"{place}/out", "--cache", f"{place}/cache"]) == 0
    store = open_store(f"{place}/out")
    editions = json.loads(store.read("catalogue.json"))["editions"]
    assert len(editions) == 2
    local = tmp_path / "local"
    assert main([*arguments[:3], "--out", str(local), "--cache", f"{place}/cache", "--jobs", "1", *TWO_ASKED]) == 0
    for entry in editions:
        assert (local / entry["path"]).read_bytes() == store.read(entry["path"])


@pytest.mark.heavy
def test_a_larger_sheet_reaches_the_workers(scheduler: str, tmp_path: Path) -> None:
    asked = ["--article", "hand-washing", "--level", "plain", "--layout", "tri-fold", "--locale", "ar-GB"]
    arguments = ["build", "--project", str(HAND_WASHING), *asked, "--print-sheet", "SRA4", "--out"]
    assert main([*arguments, str(tmp_path / "cluster"), "--cluster", scheduler]) == 0
    assert main([*arguments, str(tmp_path / "alone"), "--jobs", "1"]) == 0
    (alone,) = (tmp_path / "alone").rglob("*.print.pdf")
    (there,) = (tmp_path / "cluster").rglob("*.print.pdf")
    assert there.read_bytes() == alone.read_bytes()


@pytest.mark.heavy
def test_workers_made_with_something_else_are_refused(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit_module, "tools", lambda: {**tools(), "pango": "1"})
    with pytest.raises(WorkersError) as refused:
        ClusterWorkers(Project(HAND_WASHING), Destinations.at(tmp_path), scheduler)
    assert str(refused.value).startswith("other bytes would come out on tcp://127.0.0.1:")
    assert str(refused.value).endswith(f": pango ({tools()['pango']} there, 1 here)")


@pytest.mark.heavy
def test_a_worker_that_comes_later_is_held_to_the_kit(scheduler: str, tmp_path: Path) -> None:
    with ClusterWorkers(Project(HAND_WASHING), Destinations.at(tmp_path), scheduler) as workers:
        workers._here = {**workers._here, "pango": "1"}
        with pytest.raises(WorkersError, match="other bytes would come out on tcp://"):
            list(workers.run(orders(["plain"])))


def test_no_scheduler_is_told_within_seconds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ANSWER <= 5.0
    monkeypatch.setattr(cluster, "ANSWER", 0.5)
    begun = time.monotonic()
    arguments = ["build", "--project", str(HAND_WASHING), "--out", str(tmp_path / "out"), *TWO_ASKED]
    assert main([*arguments, "--cluster", "tcp://127.0.0.1:9"]) == 1
    assert time.monotonic() - begun < 25  # without a time of ours it would be 30 and more
    assert "tcp://127.0.0.1:9:1:1: error: no scheduler answers here" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_missing_package_is_told_with_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['distributed'] = None; from leaflets.cli.main import main\n"
        f"sys.exit(main(['build', '--cluster', 'tcp://127.0.0.1:9', '--out', {str(tmp_path / 'out')!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "pip install 'leaflets[cluster]'" in done.stderr


@pytest.mark.heavy
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_builder_leaves_nothing_queued(scheduler: str, tmp_path: Path, how: signal.Signals) -> None:
    asked = ["--project", str(HAND_WASHING), "--article", "hand-washing", "--locale", "en-GB"]
    command = [sys.executable, "generate.py", "build", "--out", str(tmp_path), "--cluster", scheduler, *asked]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    while not process.stderr.readline().startswith("[1/"):
        assert process.poll() is None
    process.send_signal(how)
    said = process.communicate(timeout=60)[1]
    stopped = how == signal.SIGINT
    assert process.returncode == (1 if stopped else -how)
    assert ("nothing is left half-written" in said) == stopped
    with distributed.Client(scheduler, set_as_default=False) as client:
        deadline = time.monotonic() + 60
        while any(client.processing().values()):
            assert time.monotonic() < deadline
            time.sleep(0.1)
    assert not (stopped and list(tmp_path.rglob("*.part")))


def test_a_kit_is_the_project_elsewhere(tmp_path: Path) -> None:
    project = Project(HAND_WASHING)
    kit = pack(project, {})
    assert kit == pack(project, {})
    laid = UnpackedBundle.of(pickle.loads(pickle.dumps(kit)), tmp_path)
    for name in ("assets/drawings/hand.svg", "templates/css/base.css", "templates/booklet/leaflet.html"):
        assert laid.project.read_bytes(name) == project.read_bytes(name)
    for folder in ("assets/pictograms", "assets/drawings"):
        assert laid.project.names(folder) == project.names(folder)


def test_an_order_names_no_folder_of_the_builder() -> None:
    assert all(str(ROOT).encode() not in pickle.dumps(order) for order in orders(["plain", "easy"]))


def test_what_is_wrong_with_a_template_points_to_the_builders_file(tmp_path: Path) -> None:
    laid = UnpackedBundle.of(replace(pack(Project(HAND_WASHING), {}), roots=("clinic/", "/srv/leaflets/")), tmp_path)
    there = str(tmp_path.resolve() / "0" / "templates" / "a.html")
    found = Diagnostic(Place(there, 3, 1), Severity.ERROR, "broken", "template")
    assert laid.at_home(found).place == Place("clinic/templates/a.html", 3, 1)
    elsewhere = replace(found, place=Place("hand-washing.overview"))
    assert laid.at_home(elsewhere) == elsewhere


def test_what_differs_is_named() -> None:
    assert differences({"pango": "1", "program": "a"}, {"pango": "1", "program": "a"}) == []
    assert differences({"zlib": "1.3"}, {}) == ["zlib (none there, 1.3 here)"]
