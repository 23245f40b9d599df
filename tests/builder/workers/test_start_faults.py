"""A worker that cannot start tells why to its parent, and prints nothing."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from leaflets.base.project import Project
from leaflets.builder.workers import worker


def test_a_fault_at_the_start_is_the_first_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(_: Project) -> None:
        raise ZeroDivisionError("at the start")

    monkeypatch.setattr(worker, "Worker", broken)
    monkeypatch.setattr(worker.signal, "signal", lambda *_: None)
    monkeypatch.setattr(os, "chdir", lambda _: None)
    ours, theirs = multiprocessing.Pipe()
    worker.serve(theirs, Project(tmp_path), str(tmp_path))
    failed, said = ours.recv()
    assert failed
    assert "ZeroDivisionError: at the start" in said
    assert capfd.readouterr().err == ""
