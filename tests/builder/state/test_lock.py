"""One build at a time in a folder; what a dead build left neither blocks nor stays."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.builder.state.lock import OLD, _busy, locked
from leaflets.cli.main import main
from tests.conftest import PROJECTS, ROOT

HOLD = """
import sys
from pathlib import Path
from leaflets.base.diagnostics import Diagnostics
from leaflets.builder.state.lock import locked
with locked(Path(sys.argv[1]), Diagnostics()) as ours:
    print(ours, flush=True)
    sys.stdin.read()
"""


def holder(out: Path) -> subprocess.Popen[str]:
    """Another process that has the folder until its input ends."""
    command = [sys.executable, "-c", HOLD, str(out)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "True\n"
    return process


def test_a_second_build_into_the_folder_is_told_who_is_there_and_a_killed_one_does_not_block(tmp_path, capsys) -> None:
    out = tmp_path / "out"
    choice = ["--article", "hand-washing", "--leaflet", "overview", "--level", "plain", "--layout", "standard"]
    build = ["build", "--project", str(PROJECTS / "hand-washing"), "--out", str(out), "--jobs", "1", *choice]
    with holder(out) as other:
        assert main([*build, "--locale", "en-GB"]) == 1
        said = capsys.readouterr().err
        who = rf"another build is at work in this folder \(process {other.pid} on .+, since \d\d:\d\d:\d\d\) \[busy\]\n"
        assert re.search(who + "  hint: wait for it to end, or build into another folder with --out", said)
        assert os.listdir(out) == [".lock"]
        other.kill()
    assert (out / ".lock").exists()
    assert main([*build, "--locale", "en-GB"]) == 0
    assert not (out / ".lock").exists()


def test_the_folder_is_free_when_the_build_ends_and_gone_when_nothing_was_written(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with holder(out) as other:
        other.communicate("")
    assert not out.exists()
    with locked(out, Diagnostics()) as ours:
        assert ours


def test_half_written_files_of_the_dead_go_and_those_of_the_living_stay(tmp_path: Path) -> None:
    folder = tmp_path / "en-GB"
    folder.mkdir()
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    gone, stays = folder / f"a.pdf.{dead.pid}.part", folder / f"b.pdf.{os.getppid()}.part"
    old, foreign = folder / f"c.pdf.{os.getppid()}.part", folder / "film.part"
    for path in (gone, stays, old, foreign):
        path.write_bytes(b"%PDF")
    os.utime(old, (old.stat().st_atime, old.stat().st_mtime - OLD - 1))
    with locked(tmp_path, Diagnostics()) as ours:
        assert ours
        assert sorted(folder.iterdir()) == sorted([stays, foreign])


def test_a_link_in_place_of_the_lock_is_replaced_and_its_target_left_alone(tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("precious")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".lock").symlink_to(victim)
    with locked(tmp_path / "out", Diagnostics()) as ours:
        assert ours
        assert victim.read_text() == "precious"
    assert victim.read_text() == "precious"


@pytest.mark.parametrize(
    "note", [b"", b"[" * 4096, b'{"pid": 1, "host": "a", "since": 1e300}', b'{"since": NaN}', b"\xff"]
)
def test_a_lock_that_says_nothing_sound_is_told_as_one(tmp_path: Path, note: bytes) -> None:
    said = Diagnostics()
    _busy(tmp_path, note, said)
    assert [item.message for item in said] == ["another build is at work in this folder (it has just begun)"]
