"""How a build is shown: on a terminal (a real one, as far as the program can tell), in a pipe, and at its end."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.builder.build import Built
from leaflets.builder.edition.make import Result
from leaflets.cli import progress
from leaflets.cli.main import main
from leaflets.cli.progress import Pace
from leaflets.editions.edition import WEB, Edition
from leaflets.finish.formats import liblouis
from tests.conftest import PROJECTS, ROOT

pytestmark = pytest.mark.builds

CHOICE = ["--article", "hand-washing", "--leaflet", "overview", "--level", "plain", "--locale", "en-GB", "--jobs", "1"]
TWO = [*CHOICE, "--layout", "standard", "--layout", "large-print"]


def on_a_terminal(arguments: list[str]) -> str:
    """All that a command writes to a terminal 120 columns wide."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120"}
    process = subprocess.Popen(
        [sys.executable, "generate.py", *arguments], cwd=ROOT, env=environment, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says EIO when the last writer is gone
            break
        if not part:
            break
        said += part
    os.close(ours)
    assert process.wait() == 0
    return said.decode()


def test_a_terminal_shows_a_bar_with_count_rate_time_left_and_the_edition(tmp_path: Path) -> None:
    said = on_a_terminal(["build", "--project", str(PROJECTS / "hand-washing"), "--out", str(tmp_path), *TWO])
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", said)
    assert "\x1b[2K" in said  # the line is drawn over and taken away at the end
    assert "reading and checking" in plain
    assert re.search(r"1/2 \d+\.\d\d editions a second, [\d.]+ s left overview plain \S+ en-GB", plain)
    assert "[1/2]" not in plain
    assert re.search(r"2 built \(\d+ pages\), 0 up to date, 0 failed, [\d.]+ s; in ", plain)


def test_elsewhere_there_is_a_line_an_edition_with_rate_and_time_left_now_and_then(
    tmp_path, capsys, monkeypatch
) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.0)
    arguments = ["build", "--project", str(PROJECTS / "hand-washing"), "--out", str(tmp_path), *TWO]
    assert main(arguments) == 0
    first, pace, second = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"\[1/2\] overview plain standard en-GB: \d+ pages", first)
    assert re.fullmatch(r"\d+\.\d\d editions a second, \d+\.\d s left", pace)
    assert re.fullmatch(r"\[2/2\] overview plain large-print en-GB: \d+ pages", second)


def test_the_summary_counts_and_names_what_failed_with_the_reason(tmp_path, capsys) -> None:
    project = Path(shutil.copytree(PROJECTS / "hand-washing", tmp_path / "project"))
    arguments = ["build", "--project", str(project), "--out", str(tmp_path / "out"), *CHOICE]
    assert main([*arguments, "--layout", "standard"]) == 0
    template = project / "templates" / "summary" / "leaflet.html"
    template.parent.mkdir()
    template.write_text("{{ leaflet.tilte }}")
    capsys.readouterr()
    assert main([*arguments, "--layout", "standard", "--layout", "summary", "--layout", "large-print"]) == 1
    said = capsys.readouterr()
    assert re.match(r"1 built \(\d+ pages\), 1 up to date, 1 failed, \d+\.\d s; in ", said.out)
    name = "hand-washing.overview.plain.summary.en-GB"
    assert re.search(rf"^failed: {name}: .*tilte", said.err, re.MULTILINE)


@pytest.mark.parametrize(("left", "said"), [(3, "0.50 editions a second, 6.0 s left"), (400, "13 min 20 s left")])
def test_the_time_left_is_reckoned_from_the_rate(left: int, said: str) -> None:
    pace = Pace()
    pace.start(left + 1)
    pace._times[0] -= 2.0
    pace.step()
    assert said in str(pace)


def test_the_summary_says_once_that_braille_is_missing(monkeypatch) -> None:
    page, paper = (
        Built((Result(Edition("hands", "wash", "easy", layout, "en-GB")),) * 2, 0, Diagnostics())
        for layout in (WEB, "standard")
    )
    assert progress._no_braille(page) == ""
    monkeypatch.setattr(liblouis, "library", lambda: None)
    assert "apt-get install liblouis20" in progress._no_braille(page)
    assert progress._no_braille(paper) == ""
