"""The desk while files are written: a save is told and shown, a fault is told and goes, and it ends as it should."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from leaflets.base.project import Project
from leaflets.base.store import LocalStore
from leaflets.builder.edition.make import Result
from leaflets.builder.watch import Turn, Watcher
from leaflets.editions.choice import Choice
from leaflets.editions.edition import Edition
from tests.conftest import PROJECTS
from tests.tools.desk import PLAIN, layouts, running

PICTURE = f"/pages/en-GB/{PLAIN}/1.png"
ONE = ("--leaflet", "overview", "--level", "plain", "--locale", "en-GB", *layouts("standard", "summary"))


def until(events: Iterator[dict[str, Any]], kind: str, **wanted: Any) -> dict[str, Any]:
    return next(
        event for event in events if event["kind"] == kind and all(event[key] == value for key, value in wanted.items())
    )


def test_a_save_is_told_and_shown_and_a_fault_is_told_until_it_is_mended(tmp_path: Path) -> None:
    with running(tmp_path, *ONE) as desk:
        desk.settled()
        with desk.events() as told:
            until(told, "work", left=0)
            before, begun = desk.ask(PICTURE).body, time.monotonic()
            desk.change("leaflets/overview.yaml", "  plain: ", "  plain: Really ")
            event = until(told, "edition", name=PLAIN)
            after = desk.ask(f"{PICTURE}?{event['bytes']}").body
            assert after != before
            assert time.monotonic() - begun < 10  # bench/changes.py has the figure; this says that it is no minute
            assert not event["failed"]
            until(told, "work", left=0, wrong=False)
            listed = desk.ask("/leaflets.json").json["editions"][PLAIN]
            assert listed["bytes"] == event["bytes"]

            desk.change("leaflets/overview.yaml", "stamp: leaflet", "stamp: leaflte")
            (fault,) = until(told, "faults")["errors"]
            line = (desk.article / "leaflets/overview.yaml").read_text().partition("stamp:")[0].count("\n") + 1
            assert fault["place"].endswith(f"overview.yaml:{line}:8:")
            assert fault["message"] == "there is no stamp “leaflte”"
            assert fault["hint"] == "did you mean “leaflet”?"
            assert desk.ask(PICTURE).body == after  # as it was before the fault
            with desk.events() as late:  # who comes now is told too
                assert until(late, "faults")["errors"] == [fault]
            desk.change("leaflets/overview.yaml", "stamp: leaflte", "stamp: leaflet")
            until(told, "faults", errors=[])
            until(told, "work", left=0, wrong=False)
        assert desk.stop(signal.SIGINT) == 0
    assert "".join(desk.log).endswith("\nstopped; nothing is left half-written\n")
    assert "Traceback" not in "".join(desk.log)
    assert not [path for path in desk.out.rglob("*") if path.name.endswith((".part", ".lock"))]


def test_it_is_stopped_in_the_middle_of_a_build_with_pages_open(tmp_path: Path) -> None:
    with running(tmp_path, "--leaflet", "overview") as desk:
        with desk.events() as told:
            until(told, "edition")  # others are to come
            assert desk.stop(signal.SIGTERM) == 0
            assert not [event for event in told if event["kind"] == "work" and event["left"] == 0]  # it has an end
        assert "Traceback" not in "".join(desk.log)
    assert not [path for path in desk.out.rglob("*") if path.name.endswith((".part", ".lock"))]


class Recorded:
    """Notes in which order editions are built; and may look at another one after one of them."""

    def __init__(self) -> None:
        self.built: list[str] = []
        self.planned_for: list[int] = []
        self.looks: dict[int, str] = {}
        self.looked_at: set[Edition] = set()

    def planned(self, stale: int, fresh: int) -> None:
        self.planned_for.append(stale)

    def done(self, result: Result, done: int, total: int) -> None:
        self.built.append(result.edition.name)
        if len(self.built) in self.looks:
            self.looked_at = {Edition(*self.looks[len(self.built)].split("."))}


def test_what_is_looked_at_is_built_first_and_the_others_are_left_off_for_it(tmp_path: Path) -> None:
    names = [f"hand-washing.overview.plain.{layout}.en-GB" for layout in ("standard", "large-print", "summary", "web")]
    choice = Choice(
        ("hand-washing",), ("overview",), ("plain",), ("standard", "large-print", "summary", "web"), ("en-GB",)
    )
    told = Recorded()
    told.looked_at, told.looks = {Edition(*names[2].split("."))}, {2: names[3]}
    watching = Watcher(
        Project(PROJECTS / "hand-washing"), choice, LocalStore(tmp_path), told, looked_at=lambda: told.looked_at
    )
    turns: list[Turn] = []
    for turn in watching.turns():
        turns.append(turn)
        if turn.edition is None:
            break
    first, left_off, urgent, *rest = told.built
    assert first == names[2]
    assert left_off in names[:2]
    assert urgent == names[3]
    assert {left_off, *rest} == set(names[:2])  # each was built once
    assert [turn.edition.name for turn in turns if turn.edition] == [names[2], names[3]]
    assert told.planned_for == [1, 3, 1, 1]
    assert turns[-1].built.fresh == 3


class Lost:
    """Is told to stop while garbage is collected, where no exception comes out."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def test_ctrl_c_while_garbage_is_collected_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lost: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lost.append)
    choice = Choice(("hand-washing",), ("overview",), ("plain",), ("web",), ("en-GB",))
    watching = Watcher(Project(PROJECTS / "hand-washing"), choice, LocalStore(tmp_path), Recorded())
    monkeypatch.setattr(watching.engine, "rest", lambda: bool(Lost()))
    before = signal.getsignal(signal.SIGINT)
    turns = watching.turns()
    assert not next(turns).built.diagnostics.errors
    with pytest.raises(KeyboardInterrupt):
        next(turns)
    assert lost == []
    assert signal.getsignal(signal.SIGINT) is before
