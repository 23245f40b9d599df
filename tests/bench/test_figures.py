"""Figures of the benchmark, worked out from numbers that are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import aims, results, slope
from bench.contestants import CHROMIUM, EVERYTHING_2, NAIVE, NAIVE_UA, OURS_2, PER_FILE, TYPST, WARM_2
from bench.machine import Machine
from bench.memory import POINTS, worker
from bench.report import outcomes, page
from bench.results import Contest, LongRun, Occasion, Reading, Results, Standing, Worker

OCCASION = Occasion("2026-01-02", 3.5, (0.1, 1.9), Machine("a machine, 2 cores, 8 GiB", "a system", "WeasyPrint 70.0"))


def standing(name: str, *rates: float, compliant: int = 36) -> Standing:
    walls = tuple(36 / rate for rate in rates)
    return Standing(name, "somehow", 36, 360, 36_000, compliant, 0 if compliant else 8, walls, walls)


CONTEST = Contest(
    3,
    (
        standing(OURS_2, 4, 2, 8),
        standing(PER_FILE, 0.5, 0.2, 1),  # 8, 10, 8 times
        standing(NAIVE, 2, 1, 2, compliant=0),  # 2, 2, 4 times
        standing(NAIVE_UA, 1, 2, 2),  # 4, 1, 4 times
        standing(WARM_2, 6, 2, 10),  # 0.3, 0.1, 0.5 times Typst
        standing(TYPST, 20, 20, 20),  # 0.2, 0.1, 0.4 times
        standing(EVERYTHING_2, 3),
    ),
    (CHROMIUM,),
)


def growing(per_thousand: float, level: float = 200.0) -> Worker:
    """A worker that fills its caches in the first fifth, and after that grows steadily, with some noise."""
    done = tuple(range(0, 2001, 40))
    full = (min(1.0, each / 400) * level + per_thousand * each / 1000 for each in done)
    megabytes = tuple(mb + (3 if number % 2 else -3) for number, mb in enumerate(full))
    return Worker(done, megabytes, max(megabytes))


def test_a_ratio_is_taken_within_its_round_and_the_median_counts() -> None:
    assert aims.ratio(CONTEST, PER_FILE) == pytest.approx(8)
    assert aims.ratio(CONTEST, NAIVE) == pytest.approx(2)
    assert aims.ratio(CONTEST, NAIVE_UA) == pytest.approx(4)
    assert aims.ratio(CONTEST, CHROMIUM) is None


def test_aims_are_met_or_not_and_what_is_not_measured_is_not_met() -> None:
    found = aims.of_contest(CONTEST)
    assert [row.met for row in found] == [True, False, True, False, True, True]
    measured = ["8.00 times", "2.00 times", "4.00 times", "not measured", "0.20 times", "0.30 times"]
    assert [row.measured for row in found] == measured


@pytest.mark.parametrize(("seconds", "editions", "met"), [(0.4, 504, True), (0.6, 504, False), (0.4, 24, False)])
def test_an_aim_in_seconds_is_met_in_time_and_for_enough_editions(seconds: float, editions: int, met: bool) -> None:
    reading = Reading("nothing", (9.0, seconds, 0.1), editions, aim=0.5, least_editions=500)
    (outcome,) = aims.of_readings((reading, Reading("no aim", (1.0,), 1)))
    assert outcome.met is met
    assert f"{seconds:.2f} s" in outcome.measured


def test_memory_that_stays_is_flat_and_memory_that_grows_is_not() -> None:
    assert slope.flat(growing(0))
    assert slope.growth(growing(0)) == pytest.approx(0, abs=1)
    assert slope.flat(growing(-20))
    assert not slope.flat(growing(20))
    assert slope.growth(growing(20)) == pytest.approx(20, abs=3)


@pytest.mark.parametrize(
    ("editions", "rates", "met"), [(2004, (0, 0), True), (2004, (0, 40), False), (504, (0, 0), False)]
)
def test_memory_is_flat_when_every_worker_is_over_a_long_run(
    editions: int, rates: tuple[float, float], met: bool
) -> None:
    run = LongRun(editions, 60.0, tuple(map(growing, rates)), Reading("nothing", (0.1,), editions))
    assert [row.met for row in aims.of_memory(run)] == [met]


def test_samples_are_put_down_to_editions_and_thinned_out() -> None:
    ends = tuple(float(second) for second in range(1, 1001))
    row = [(at / 2, 100.0 + (at == 1500)) for at in range(2, 2001)]
    found = worker(row, ends)
    assert len(found.done) <= POINTS
    assert found.done[-1] == 1000
    assert found.peak == 101.0
    assert set(found.megabytes) == {100.0}


@pytest.fixture
def measured() -> Results:
    readings = (Reading("`watch`", (1.6, 1.4, 1.7), 1, "a note", aim=1.5),)
    run = LongRun(504, 60.0, (growing(0), growing(40)), Reading("nothing to do", (0.2,), 504, "a note", 0.5, 500))
    return Results((OCCASION, CONTEST), (OCCASION, readings), (OCCASION, run))


def test_the_page_says_who_did_how_and_what_was_not_met(measured: Results) -> None:
    text = page(measured)
    assert f"| {NAIVE} | somehow | 36 | 360 | 2.00 |" in text
    assert "| 0 of 36 (8 rules broken) |" in text
    assert f"it would not run here: {CHROMIUM}." in text
    assert "| at or above warm Chromium | not measured | **no** |" in text
    assert "| `watch`: at most 1.5 s | 1.60 s" in text
    assert "| flat |" in text
    assert "| **growing** |" in text
    assert "A run this short" in text
    assert text.count("**no**") == sum(not row.met for row in outcomes(measured))


def test_a_table_is_not_cut_by_an_empty_line(measured: Results) -> None:
    lines = page(measured).splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith("|---")]
    assert len(heads) == 5
    assert all(lines[number - 1].startswith("|") and lines[number + 1].startswith("|") for number in heads)
    for number in heads:
        assert lines[number - 1].count("|") == lines[number].count("|") == lines[number + 1].count("|")


def test_the_page_holds_what_was_measured_so_far(measured: Results) -> None:
    text = page(Results(memory=measured.memory))
    assert "## Memory" in text
    assert "## The same leaflets" not in text


def test_results_are_kept(measured: Results, tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    assert results.load(file) == Results()
    results.save(measured, file)
    assert results.load(file) == measured
