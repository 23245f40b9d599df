"""SIGINT and SIGTERM end every command soon, without a traceback and with nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leaflets.builder import stopping
from leaflets.cli.main import COMMANDS
from tests.conftest import PROJECTS, ROOT, build
from tests.tools.selection import sampled

pytestmark = pytest.mark.builds

LONGEST = 10.0
"""Seconds from the signal to the end of the command."""
ONE = ["--article", "hand-washing", "--leaflet", "overview", "--level", "plain", "--locale", "en-GB"]
PROJECT = ["--project", str(PROJECTS / "hand-washing")]
ARGUMENTS = {
    "build": [*PROJECT, "--out", "out"],
    "check": [*PROJECT],
    "desk": [*PROJECT, "--out", "out", "--no-open", "--port", "0"],
    "doctor": [],
    "explain": [*PROJECT, "--out", "made"],
    "find": ["hands", "--from", "made"],
    "history": ["hand-washing", *PROJECT],
    "list": [*PROJECT],
    "new": ["schema"],
    "pack": [*PROJECT, "--out", "pack.pdf", "--level", "plain", "--layout", "standard", "--locale", "en-GB"],
    "publish": ["public", "--from", "made", "--drafts", *PROJECT],
    "records": ["--from", "made", "--drafts", "--port", "0", *PROJECT],
    "stamp": ["--from", "made", "--out", "stamped", "--clinics", "clinics.csv", "--jobs", "2"],
    "testsheet": [],
    "verify": ["made"],
    "watch": [*PROJECT, "--out", "out"],
}
"""Command -> its arguments, so that it would take a while where it can."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stopped")
    build(folder / "made", *PROJECT, *ONE, "--layout", "summary", "--jobs", "1")
    rows = "".join(f"clinic-{number},Clinic {number}\n" for number in range(3_000))
    (folder / "clinics.csv").write_text(f"id,name\n{rows}")
    return folder


@pytest.fixture
def session(made: Path, tmp_path: Path) -> Path:
    for path in made.iterdir():
        (tmp_path / path.name).symlink_to(path)
    return tmp_path


def wait_for_handler(process: subprocess.Popen[str]) -> None:
    """Wait until a process handles SIGTERM (proc(5), SigCgt), or has ended: on a busy machine its start takes long."""
    caught = 1 << (signal.SIGTERM - 1)
    until = time.monotonic() + 60.0
    while process.poll() is None and time.monotonic() < until:
        status = Path(f"/proc/{process.pid}/status").read_text()
        if int(status.partition("SigCgt:")[2].split()[0], 16) & caught:
            return
        time.sleep(0.02)


def test_every_command_is_tried() -> None:
    assert set(COMMANDS) - set(ARGUMENTS) <= {"sign"}


BOTH = [(command, name) for command in ARGUMENTS for name in ("SIGINT", "SIGTERM")]
ALWAYS = (("build", "SIGINT"), ("build", "SIGTERM"), ("desk", "SIGTERM"), ("stamp", "SIGINT"), ("watch", "SIGINT"))


@pytest.mark.parametrize("asked", sampled(BOTH, ALWAYS), ids="-".join)
def test_a_command_ends_soon(asked: tuple[str, str], session: Path) -> None:
    command, number = asked[0], signal.Signals[asked[1]]
    line = [sys.executable, str(ROOT / "generate.py"), command, *ARGUMENTS[command]]
    process = subprocess.Popen(
        line, cwd=session, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    wait_for_handler(process)
    time.sleep(2.0)  # work is under way
    try:
        sent = time.monotonic()
        if number is signal.SIGINT:
            os.killpg(process.pid, number)  # a terminal sends it to all processes of the command
        else:
            process.send_signal(number)
        said, _ = process.communicate(timeout=LONGEST)
        assert time.monotonic() - sent < LONGEST
    except ProcessLookupError:
        said, _ = process.communicate()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    assert "Traceback" not in said
    at_work = command in ("watch", "build", "desk", "stamp")
    # Python takes its handlers back when it ends: a signal at this moment ends a command that has done its work
    assert process.returncode in ((0, 1) if at_work else (0, 1, -number))
    if process.returncode == 1:
        assert "stopped; nothing is left half-written" in said
    if command == "records":  # which writes nothing
        assert process.returncode == 0
        assert said.endswith("\nstopped\n")
    if at_work:
        assert "stopped; nothing is left half-written" in said
    left = [path.name for path in session.rglob("*") if path.is_file() and path.suffix in (".part", ".tmp")]
    assert left == []


STUBBORN = """
import time
from leaflets.builder import stopping
stopping.LONGEST = 0.5
stopping.install()
while True:
    try:
        print("begun", flush=True)
        time.sleep(100)
    except BaseException:
        pass
"""
"""As a library that catches everything, and goes on."""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_what_catches_the_interrupt_is_ended_all_the_same(number: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", STUBBORN], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    begun = time.monotonic()
    process.send_signal(number)
    _, said = process.communicate(timeout=LONGEST)
    assert time.monotonic() - begun < LONGEST
    assert process.returncode == 1
    assert said.decode().strip() == stopping.STOPPED.strip()


def test_what_was_made_meanwhile_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    stopping.heed()
    monkeypatch.setattr(stopping, "_asked", stopping.threading.Event())
    stopping._asked.set()
    with pytest.raises(KeyboardInterrupt):
        stopping.heed()
