"""A child process with limits: what it answers, and that it ends when a function does not."""

from __future__ import annotations

import os
import signal
import time

import pytest

from leaflets.base.limited import LimitedChild, limited_map
from leaflets.base.reader_limits import ReaderLimits

pytestmark = pytest.mark.builds

LIMITS = ReaderLimits("a file", 1, seconds=1, memory=400)


def here(name: str) -> str:
    return f"{__name__}:{name}"


def twice(number: int) -> int:
    return 2 * number


def raises() -> None:
    raise ValueError("it is broken")


def endless() -> None:
    while True:
        try:
            sum(range(1000))
        except BaseException:
            continue


def asleep() -> None:
    time.sleep(3600)


def large() -> int:
    taken = [bytearray(10_000_000) for _ in range(100)]
    return len(taken)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def fails_at(number: int) -> int:
    if number == 2:
        killed()
    if number == 3:
        raises()
    return number


def test_one_child_does_many_calls_and_survives_what_a_function_raises() -> None:
    child = LimitedChild()
    try:
        pids = {child.call("os:getpid", limits=LIMITS).value for _ in range(3)}
        assert len(pids) == 1
        outcome = child.call(here("raises"), limits=LIMITS)
        assert (outcome.failure, outcome.why(LIMITS)) == ("raised", "it is broken")
        assert child.call(here("twice"), 4, limits=LIMITS).value == 8
        assert child.call("os:getpid", limits=LIMITS).value in pids
    finally:
        child.close()


@pytest.mark.parametrize(
    ("function", "failure", "said"),
    [
        ("endless", "time", "it takes more than 1 seconds"),
        ("large", "died", "it needs more than 400 MB of memory, or crashes the program that reads it"),
        ("killed", "died", "it needs more than 400 MB of memory, or crashes the program that reads it"),
    ],
)
def test_a_function_beyond_a_limit_ends_its_child_and_the_next_call_has_another(
    function: str, failure: str, said: str
) -> None:
    child = LimitedChild()
    try:
        outcome = child.call(here(function), limits=LIMITS)
        assert (outcome.failure, outcome.why(LIMITS)) == (failure, said)
        assert child.call(here("twice"), 5, limits=LIMITS).value == 10
    finally:
        child.close()


def test_a_function_that_waits_is_ended_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leaflets.base.limited.STARTING", 5.0)
    monkeypatch.setattr("leaflets.base.limited.WALL", 1.0)
    child = LimitedChild()
    try:
        assert child.call(here("asleep"), limits=LIMITS).failure == "time"
    finally:
        child.close()


def test_a_row_that_fails_costs_no_other_row() -> None:
    rows = [(1,), (2,), (3,), (4,)]
    found = dict(limited_map(here("twice"), rows, [LIMITS] * 4, jobs=2))
    assert [found[number].value for number in range(4)] == [2, 4, 6, 8]
    mixed = dict(limited_map(here("fails_at"), rows, [LIMITS] * 4, jobs=2))
    assert [mixed[number].failure for number in range(4)] == ["", "died", "raised", ""]


def test_no_child_is_left_when_the_rows_are_done() -> None:
    pids = [outcome.value for _, outcome in limited_map("os:getpid", [(), ()], [LIMITS] * 2, jobs=2)]
    assert pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
