"""Whatever goes wrong: one line, an exit status, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import leaflets.cli.authors.check
from leaflets.cli.main import COMMANDS, DONE, FAULT, PIPE_CLOSED, PROBLEMS, WRONG_USE, main
from tests.conftest import ROOT

GENERATE = str(ROOT / "generate.py")


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [sys.executable, GENERATE, *arguments], cwd=cwd, capture_output=True, env={**os.environ, **environment}
    )
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    return done


def test_a_fault_of_the_program_is_one_line_with_a_file_of_details(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(_: object) -> int:
        raise ZeroDivisionError("nothing to\nshare")

    monkeypatch.setattr(leaflets.cli.authors.check, "run", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert [main(["check"]), main(["check"])] == [FAULT, FAULT] == [3, 3]
    files = sorted(tmp_path.iterdir())
    assert len(files) == 2  # none is written over
    said = capsys.readouterr().err.splitlines()
    begins = "leaflets: a fault of the program, not of your files (ZeroDivisionError: nothing to); the details are in "
    assert sorted(said) == [f"{begins}{path}" for path in files]
    assert "in broken" in files[0].read_text()
    assert files[0].stat().st_mode & 0o077 == 0


def test_a_fault_without_a_place_for_its_details_is_still_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(leaflets.cli.authors.check, "run", lambda _: [][0])
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    assert main(["check"]) == FAULT
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "the details are in nowhere: No such file" in said


def test_a_folder_that_cannot_be_written_is_no_fault_of_the_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def read_only(_: object) -> int:
        raise OSError(30, "Read-only file system", "there/article.yaml")

    monkeypatch.setattr(leaflets.cli.authors.check, "run", read_only)
    assert main(["check"]) == PROBLEMS
    assert capsys.readouterr().err == "leaflets: error: there/article.yaml cannot be used: Read-only file system\n"


@pytest.mark.parametrize("value", ["abc", "999999999999999", "-1", "1e9", "9" * 5_000])
def test_a_date_that_is_none_is_told(value: str, tmp_path: Path) -> None:
    done = run("list", cwd=tmp_path, SOURCE_DATE_EPOCH=value)
    assert done.returncode == WRONG_USE
    assert done.stderr.decode().startswith(f"leaflets: error: SOURCE_DATE_EPOCH is “{value[:40]}”; write seconds")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("encoding", ["ascii", "cp850", "latin-1", "cp1252"])
def test_help_and_messages_are_shown_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    for command in ([], *([name] for name in COMMANDS)):
        done = run(*command, "--help", cwd=tmp_path, PYTHONIOENCODING=encoding)
        assert done.returncode == DONE
        assert b"U+" not in done.stdout
    done = run("bild", cwd=tmp_path, PYTHONIOENCODING=encoding)
    assert "did you mean" in done.stderr.decode(encoding)
    assert b"\\u" not in done.stderr


def test_an_output_that_is_full_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, GENERATE, "list"], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == PROBLEMS
    assert done.stderr == b"leaflets: error: the output cannot be used: No space left on device\n"


def test_a_reader_that_has_enough_is_no_fault(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, GENERATE, "list"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == PIPE_CLOSED


def test_a_current_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    call = f"sys.exit(subprocess.call([sys.executable, {GENERATE!r}, 'list']))"
    code = f"import os, subprocess, sys; os.rmdir(os.getcwd()); {call}"
    done = subprocess.run([sys.executable, "-c", code], cwd=gone, capture_output=True)
    assert done.returncode == WRONG_USE
    assert done.stderr == b"leaflets: error: the current folder is gone; go to another one: cd\n"


@pytest.mark.parametrize("what", [("article", "foo"), ("schema",)])
def test_a_project_that_cannot_be_written_is_told(
    what: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("articles", "schema"):
        (tmp_path / name).write_text("a file where a folder belongs")
    assert main(["new", *what, "--project", str(tmp_path)]) == PROBLEMS
    assert "cannot be written: Not a directory" in capsys.readouterr().err


HIDDEN = """
import sys, threading
from leaflets.cli.output import tell_hidden_faults
tell_hidden_faults()
threading.Thread(target=lambda: [][0]).start()

class Broken:
    def __del__(self):
        raise ValueError("late")

class Stopped:
    def __del__(self):
        raise KeyboardInterrupt

Broken(), Stopped()
"""


def test_faults_of_threads_and_clean_ups_are_one_line_each() -> None:
    done = subprocess.run([sys.executable, "-c", HIDDEN], cwd=ROOT, capture_output=True, text=True)
    begins = "leaflets: a fault of the program, not of your files"
    lines = sorted(line.partition("; the details")[0] for line in done.stderr.splitlines())
    assert lines == [f"{begins} (IndexError: list index out of range)", f"{begins} (ValueError: late)"]
    assert done.returncode == 0
