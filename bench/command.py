"""A command that is run and timed, line by line."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class CommandError(Exception):
    """A command that was to be timed failed."""


@dataclass(frozen=True)
class Line:
    """A line that a command printed, and when: seconds from its start."""

    text: str
    wall: float


@dataclass(frozen=True)
class Timed:
    """What a command printed on both its outputs, and the time it took to its end, seconds. `cpu`: with all that it
    started and waited for."""

    lines: tuple[Line, ...]
    wall: float
    cpu: float


def run(arguments: Sequence[str], started: Callable[[int], None] = lambda _: None) -> Timed:
    """Run a command in the checkout. CommandError when it fails. `started` is told its process id."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    started(process.pid)
    assert process.stdout is not None
    with process.stdout as said:
        lines = [Line(text.rstrip("\n"), time.perf_counter() - begin) for text in said]
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        last = "\n".join(line.text for line in lines[-10:])
        raise CommandError(f"{' '.join(arguments)}: exit status {process.returncode}\n{last}")
    return Timed(tuple(lines), wall, used.ru_utime + used.ru_stime)
