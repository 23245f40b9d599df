"""The parts of the benchmark: what was measured is kept, whatever fails after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bench.__main__ as main
from bench.command import CommandError
from bench.memory import workers
from bench.results import Reading

READING = Reading("one", (1.0,), 1)


def test_each_part_is_kept_as_soon_as_it_is_measured_and_a_failure_costs_no_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    kept: list[tuple[str, Any]] = []

    def fails(_: Path) -> Iterator[str]:
        yield "half"
        raise CommandError("a command failed")

    def breaks(_: Path) -> Iterator[str]:
        assert kept[-1][0] == "fails"
        raise ZeroDivisionError
        yield "never"

    parts = {"first": lambda _: iter(["a", "b"]), "fails": fails, "breaks": breaks, "last": lambda _: iter(["c"])}
    failed = main.measure_parts(parts, lambda part, found: kept.append((part, found[1])))
    assert failed == ["fails", "breaks"]
    assert kept == [("first", "a"), ("first", "b"), ("fails", "half"), ("last", "c")]
    said = capsys.readouterr().err
    assert "fails: a command failed" in said
    assert "ZeroDivisionError" in said


def test_a_change_that_cannot_be_measured_costs_no_other(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def slow(_: Path) -> Reading:
        raise TimeoutError("timed out")

    monkeypatch.setattr(main, "MEASUREMENTS", (slow, lambda _: READING))
    found = main.changes(tmp_path)
    assert next(found) == (READING,)
    with pytest.raises(CommandError, match="not measured: slow"):
        next(found)


def test_results_and_page_are_written_with_each_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pages = []
    monkeypatch.setattr("bench.results.FILE", tmp_path / "results.json")
    monkeypatch.setattr("bench.results.load.__defaults__", (tmp_path / "results.json",))
    monkeypatch.setattr("bench.results.save.__defaults__", (tmp_path / "results.json",))
    monkeypatch.setattr(main, "write", pages.append)
    ((occasion, _),) = main.on_occasion(lambda _: iter([(READING,)]))
    main.keep("changes", (occasion, (READING,)))
    assert main.results.load().changes == (occasion, (READING,))
    assert pages == [main.results.load()]


def test_the_fork_server_is_no_worker() -> None:
    """It has no child, and so looks like one, before the first edition and after the last."""
    ends = (1.0, 2.0, 3.0, 4.0, 5.0)
    fork_server = [(0.5, 90.0), (5.2, 95.0)]
    helper = [(at / 2, 20.0) for at in range(12)]
    second_try = [(4.0, 100.0), (4.5, 100.0)]
    a_worker = [(at / 2, 100.0 + at) for at in range(12)]
    (found,) = workers({1: fork_server, 2: helper, 3: second_try, 4: a_worker}, ends)
    assert (found.done[0], found.done[-1]) == (1, 5)
    assert found.peak == 110.0
