"""Folders that several test processes share: the first process that asks for one makes it, the others wait and read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of the whole test run. Below pytest-xdist each worker has a folder of its own in it."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name`, which `make` filled once in this test run, in whichever worker asked for it first.

    Tests must not write into it. When `make` fails, each later test that asks for the folder fails as well.
    """
    folder = shared_folder(factory) / f"once-{name}"
    done = folder.with_suffix(".done")
    with FileLock(folder.with_suffix(".lock")):
        if not done.exists():
            if folder.exists():
                pytest.fail(f"the shared folder “{name}” could not be made; the first test that asked for it says why")
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
