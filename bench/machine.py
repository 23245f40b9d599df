"""What machine it was, and which versions."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.command import ROOT

PACKAGES = {"WeasyPrint": "weasyprint", "Typst": "typst", "Playwright": "playwright"}


@dataclass(frozen=True)
class Machine:
    """A machine in words."""

    hardware: str
    system: str
    versions: str
    patches: str = ""
    """Which parts of the typesetter's patches were in."""


def this_machine() -> Machine:
    """The machine this runs on."""
    from bench.loops.chromium_loop import chromium

    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    cores = len(os.sched_getaffinity(0))
    versions = [f"{name} {version(package)}" for name, package in PACKAGES.items()]
    if browser := chromium():
        said = subprocess.run([browser, "--version"], capture_output=True, text=True, check=False)
        versions.append(" ".join(said.stdout.split()[:2]))
    return Machine(
        f"{_field('/proc/cpuinfo', 'model name', ':')}, {cores} cores, {memory:.0f} GiB",
        f"{_field('/etc/os-release', 'PRETTY_NAME', '=')}, Python {platform.python_version()}",
        ", ".join(versions),
        _patches(),
    )


def _patches() -> str:
    """Asked of the command line, so that nothing of the typesetter is loaded here."""
    done = subprocess.run(
        [sys.executable, "generate.py", "doctor"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    found = [line for line in done.stdout.splitlines() if " WeasyPrint: " in line]
    return found[0].partition("; ")[2] if found else "unknown"


def _field(file: str, name: str, sign: str) -> str:
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(sign)
        if key.strip() == name:
            return value.strip().strip('"')
    return "unknown"
