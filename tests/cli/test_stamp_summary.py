"""The end of `stamp`: the telephone numbers as they are printed, for somebody to compare."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.builder.stamp_all import Stamped
from leaflets.builder.stamp_clinic import StampedClinic
from leaflets.cli.clinics.stamp import MOST_SHOWN, StampBar


def test_numbers_of_the_clinics_that_were_served_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = Diagnostics()
    wrong.error(Place("clinics.csv", 4), "no room", "no-room")
    served = (StampedClinic("a", 1), StampedClinic("b", 1), StampedClinic("c", diagnostics=tuple(wrong)))
    phones = {"a": "0113 496 0000", "c": "0113 496 0001"}
    with StampBar() as bar:
        pass
    bar.end(Stamped(served, wrong, phones=phones), Path("out"))
    said = capsys.readouterr().out
    assert said.endswith("telephone numbers on the leaflets; please compare:\n  a: 0113 496 0000\n")


def test_of_many_the_first_are_shown_and_the_rest_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"clinic-{number:03}" for number in range(MOST_SHOWN + 3)]
    phones = dict.fromkeys(names, "111")
    with StampBar() as bar:
        pass
    bar.end(Stamped(tuple(StampedClinic(name, 1) for name in names), Diagnostics(), phones=phones), Path("out"))
    lines = capsys.readouterr().out.splitlines()
    assert sum("111" in line for line in lines) == MOST_SHOWN
    assert lines[-1] == "  and 3 more"
