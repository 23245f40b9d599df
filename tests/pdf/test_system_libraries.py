"""A machine without Pango: said in one line before anything starts, by every command that typesets."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leaflets.pdf.patches.originals import source
from leaflets.pdf.system_libraries import APT, NEEDED, SUBSETTER
from tests.conftest import ROOT

WITHOUT_PANGO = """
import ctypes
import cffi

def gone(name):
    return any(part in str(name or "") for part in ("gobject", "pango", "glib"))

class CDLL(ctypes.CDLL):
    def __init__(self, name, *more, **options):
        if gone(name):
            raise OSError(f"{name}: cannot open shared object file: No such file or directory")
        super().__init__(name, *more, **options)

def dlopen(self, name, flags=0, load=cffi.FFI.dlopen):
    if gone(name):
        raise OSError(f"cannot load library '{name}'")
    return load(self, name, flags)

ctypes.CDLL = CDLL
cffi.FFI.dlopen = dlopen
"""
"""As `sitecustomize`: Python imports it at its start, in worker processes too."""
LONGEST = 2.0
"""Processor time, s, in which it must be said."""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "without").mkdir(exist_ok=True)
    (folder / "without" / "sitecustomize.py").write_text(WITHOUT_PANGO)
    environment = {**os.environ, "PYTHONPATH": str(folder / "without")}
    command = [sys.executable, str(ROOT / "generate.py"), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, timeout=60)


@pytest.mark.parametrize(
    "command",
    [
        ["build"],
        ["build", "--jobs", "1"],
        ["watch"],
        ["desk", "--no-open", "--port", "0"],
        ["pack", "--out", "pack.pdf"],
        ["stamp", "--clinics", "clinics.csv"],
        ["explain"],
    ],
    ids=" ".join,
)
def test_a_command_that_typesets_says_in_one_line_what_is_missing(command: list[str], tmp_path: Path) -> None:
    before = os.times()
    done = run(tmp_path, *command)
    after = os.times()
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.fullmatch(r"leaflets: error: Pango is missing; .*\n", done.stderr)
    assert sys.platform == "darwin" or APT in done.stderr
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < LONGEST
    assert sorted(path.name for path in tmp_path.iterdir()) == ["without"]  # nothing was begun


@pytest.mark.parametrize("command", [["list"], ["check"], ["testsheet"], ["new", "clinic"]], ids=" ".join)
def test_a_command_that_does_not_need_it_does_its_work(command: list[str], tmp_path: Path) -> None:
    assert run(tmp_path, *command).returncode == 0


def test_doctor_names_the_packages_and_shows_no_banner(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor")
    assert done.returncode == 1
    missing = [line for line in done.stderr.splitlines() if line]
    assert [line.partition(":")[0] for line in missing] == ["missing  Pango", "missing  WeasyPrint"]
    assert sys.platform == "darwin" or APT in missing[0]
    for word in ("KeyError", "Traceback", "-----", "courtbouillon"):
        assert word not in done.stdout + done.stderr


def test_the_file_names_are_those_that_weasyprint_tries() -> None:
    loads = re.findall(r"_dlopen\(\s*ffi,\s*((?:'[^']*',?\s*)+)(allow_fail=True)?\)", source("weasyprint.text.ffi"))
    tried = {tuple(re.findall(r"'([^']*)'", names)): bool(optional) for names, optional in loads}
    assert {names for names, optional in tried.items() if not optional} == set(NEEDED.values())
    assert SUBSETTER in tried


def test_with_the_libraries_it_is_quick() -> None:
    code = "from leaflets.pdf.system_libraries import check_libraries; check_libraries()"
    begun = time.process_time()
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
    assert time.process_time() - begun < LONGEST
