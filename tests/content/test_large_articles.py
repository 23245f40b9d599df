"""Large articles: four times as many sections are about four times the work, whatever is wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from tests.tools.articles import FILES, project, said

pytestmark = pytest.mark.builds

FEW, MANY = 20, 80
MOST = 6.0
"""Most times of the calls for four times the sections; a loop in a loop over sections takes sixteen times."""


def calls(work: Callable[[], object]) -> int:
    """Number of calls of functions, of Python and of C, while `work` runs."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def checked(folder: Path, count: int, old: str, new: str) -> int:
    """Calls while an article of so many sections is checked; in each of them `old` becomes `new`."""
    section = FILES["sections/wash"].replace(old, new)
    names = [f"wash{number}" for number in range(count)]
    files = {
        f"articles/mini/sections/{name}.yaml": section.replace("id: wash\n", f"id: {name}\n").replace("NAME", name)
        for name in names
    }
    leaflet = FILES["leaflets/hands"].replace("[wash]", f"[wash, {', '.join(names)}]")
    made = project(folder, files={**files, "articles/mini/leaflets/hands.yaml": leaflet})
    return calls(lambda: said(made))


@pytest.mark.parametrize(
    ("old", "new"),
    [("", ""), ("germs-spread", "germs-NAME"), ("picture: hand", "picture: NAME"), ("heading:", "headng:")],
    ids=["nothing", "claims", "pictures", "keys"],
)
def test_four_times_the_sections_are_about_four_times_the_work(tmp_path: Path, old: str, new: str) -> None:
    checked(tmp_path / "first", 1, "", "")  # what is read once in a process
    few, many = checked(tmp_path / "few", FEW, old, new), checked(tmp_path / "many", MANY, old, new)
    assert few > 10_000
    assert many / few < MOST
