"""A disk that is full: a real small file system, on which the kernel itself says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from leaflets.editions.layouts import ON_PAPER, for_patients
from tests.conftest import PROJECTS, ROOT

PAPER = (word for layout in ON_PAPER if for_patients(layout) for word in ("--layout", layout))
CHOICE = ("--article", "hand-washing", "--level", "plain", "--locale", "en-GB", *PAPER)
SCRIPT = """
import json, subprocess, sys
from pathlib import Path
disk, size, *command = sys.argv[1:]

def editions(path):
    return json.loads(path.read_text())["editions"] if path.exists() else []

def build():
    done = subprocess.run(command, capture_output=True, text=True)
    files = {str(path.relative_to(disk)): path.read_bytes()[-6:] for path in Path(disk).rglob("*") if path.is_file()}
    catalogue, state = Path(disk, "out/catalogue.json"), Path(disk, "out/.state.json")
    return {
        "status": done.returncode, "said": done.stderr, "summary": done.stdout, "files": sorted(files),
        "broken": [name for name, end in files.items() if name.endswith(".pdf") and b"%%EOF" not in end],
        "catalogue": [row["path"] for row in editions(catalogue)], "state": list(editions(state)),
        "read": [row["path"] for row in editions(catalogue) if row["kind"] == "read"],
    }

subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", disk], check=True)
found = [build()]
subprocess.run(["mount", "-o", "remount,size=50m", disk], check=True)
print(json.dumps([*found, build()]))
"""
"""Mounts a disk of so many kB where only this process and its children see it, builds, makes room, builds again."""


def on_a_disk_of(kilobytes: int, folder: Path, jobs: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """What two builds did: on the small disk, and after room was made."""
    options = ["--project", str(PROJECTS / "hand-washing"), "--out", str(folder / "out"), "--jobs", str(jobs)]
    command = [sys.executable, "generate.py", "build", *options, *CHOICE]
    own_mounts = ["unshare", "--mount" if os.geteuid() == 0 else "-Urm"]
    script = [*own_mounts, sys.executable, "-c", SCRIPT, str(folder), str(kilobytes), *command]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    first, second = json.loads(done.stdout)
    return first, second


def test_a_disk_that_runs_full_stops_the_build_which_then_goes_on_where_it_was(tmp_path: Path) -> None:
    full, then = on_a_disk_of(900, tmp_path, jobs=2)
    assert full["status"] == 1
    assert full["said"].count("No space left on device") == 1
    assert (
        "pdf:1:1: error: it cannot be written: No space left on device [disk-full]\n  hint: make room" in full["said"]
    )
    built = len(full["read"])  # not all files: which came first is a matter of chance, and a booklet has two
    assert 0 < built < 12
    assert f"stopped: the disk is full; {12 - built} are still to be built" in full["said"]
    assert full["broken"] == []
    assert not [name for name in full["files"] if name.endswith((".part", ".lock"))]
    assert {Path(path).stem for path in full["read"]} == set(full["state"])
    assert {f"out/{path}" for path in full["catalogue"]} <= set(full["files"])
    assert then["status"] == 0, then["said"]
    assert f"{12 - built} built" in then["summary"]
    assert f", {built} up to date, 0 failed" in then["summary"]


@pytest.mark.heavy
def test_a_disk_that_is_full_from_the_start_is_told_before_any_work(tmp_path: Path) -> None:
    full, then = on_a_disk_of(40, tmp_path, jobs=1)
    assert full["status"] == 1
    assert "kB for catalogue and state: No space left on device [disk-full]\n  hint: make room" in full["said"]
    assert full["files"] == []
    assert "12 built" in then["summary"]
