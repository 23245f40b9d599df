"""Worker processes: one that dies or never ends costs its edition at the most, never the build."""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import sys
import time
from pathlib import Path

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.build.materials import gather
from leaflets.build.runner import Workers
from leaflets.cli.main import main
from leaflets.editions.plan import Choice, plan
from leaflets.html.material import Material
from tests.conftest import PROJECTS, ROOT


def materials(project: Project) -> list[Material]:
    diagnostics = Diagnostics()
    found = gather(project, ["hand-washing"], diagnostics)
    assert not diagnostics.errors
    choice = Choice(level=["plain", "easy"], layout=["standard"], locale=["en-GB"])
    return [found.of(edition) for edition in plan(found.articles(), choice, diagnostics)]


def test_a_killed_worker_costs_nothing_but_time(tmp_path: Path) -> None:
    project = Project(PROJECTS / "hand-washing")
    wanted = materials(project)
    with Workers(project, tmp_path / "alone", 1) as workers:
        alone = {result.edition: result.sha256 for result in workers.run(wanted)}
    killed, found = False, {}
    with Workers(project, tmp_path / "two", 2) as workers:
        for result in workers.run(wanted):
            found[result.edition] = result.sha256
            if not killed:
                multiprocessing.active_children()[0].kill()
                killed = True
    assert found == alone
    assert len(list((tmp_path / "two").rglob("*.pdf"))) == len(wanted)
    assert not list((tmp_path / "two").rglob("*.part"))


def test_an_edition_that_never_ends_is_reported_and_the_others_are_built(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PROJECTS / "hand-washing", tmp_path / "project"))
    template = folder / "templates" / "parts" / "closing.html"
    template.parent.mkdir(parents=True, exist_ok=True)
    endless = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    one = "leaflet.level == 'easy' and 'overview' in leaflet.control[0].value"
    template.write_text(f"{{% if {one} %}}{endless}{{% endif %}}\n")
    project = Project(folder)
    wanted = materials(project)
    with Workers(project, tmp_path / "out", 2, patience=20) as workers:
        results = {result.edition: result for result in workers.run(wanted)}
    assert len(results) == len(wanted)
    lost = [edition for edition, result in results.items() if result.failed]
    assert [(edition.leaflet, edition.level) for edition in lost] == [("overview", "easy")]
    (diagnostic,) = results[lost[0]].diagnostics
    assert diagnostic.rule == "worker"
    assert "twice" in diagnostic.message


def test_workers_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    command = [sys.executable, "generate.py", "build", "--article", "fibromyalgia-leg-pain", "--jobs", "2"]
    process = subprocess.Popen([*command, "--out", str(tmp_path)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    while not process.stderr.readline().startswith("[1/"):
        assert process.poll() is None
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    workers = [pid for pid in children if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()]
    assert len(workers) == 2
    process.kill()
    process.wait()
    process.stderr.close()
    deadline = time.monotonic() + 60
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    for path in tmp_path.rglob("*.pdf"):
        assert path.read_bytes().rstrip().endswith(b"%%EOF")
    assert main(["build", "--article", "fibromyalgia-leg-pain", "--leaflet", "overview", "--out", str(tmp_path)]) == 0
    assert not list(tmp_path.rglob("*.trial"))
