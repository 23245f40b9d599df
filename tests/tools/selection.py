"""Which tests run, and in which order.

Markers: `builds` (typesets, starts processes or a browser: not in `make check`), `heavy` (only in `make test-all`),
`patch_bytes` (compares the bytes of patched WeasyPrint with its own: left out while the proof holds).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, TypeVar

import pytest

from tests.tools import proven

BUILT = frozenset(("shipped", "second", "bucket"))
"""Fixtures that build or start something; each test that uses one gets the marker `builds`."""
BUILDING = ("tests/bench/", "tests/builder/", "tests/desk/", "tests/pdf/")
"""Folders whose tests typeset, start processes or a browser: all of these get the marker `builds`."""
LONGEST_FIRST: tuple[str, ...] = (
    "tests/pdf/tags/test_heard.py",
    "tests/finish/stamping/test_stamps.py",
    "tests/finish/press/test_packs.py",
    "tests/builder/state/test_incremental.py",
    "tests/builder/workers/test_workers.py",
    "tests/pdf/test_clinic_pages.py",
    "tests/builder/test_engine.py",
    "tests/builder/signing/test_judge.py",
    "tests/builder/test_clinic_build.py",
    "tests/builder/test_release.py",
    "tests/pdf/forms/test_fields.py",
    "tests/builder/test_build.py",
    "tests/builder/workers/test_dask_cluster.py",
    "tests/builder/edition/test_print_file.py",
    "tests/check/preflight/test_shipped_files.py",
    "tests/builder/test_confined.py",
    "tests/builder/state/test_cache.py",
    "tests/finish/formats/test_web_pages.py",
    "tests/builder/edition/test_webpage.py",
    "tests/check/evidence/test_evidence.py",
    "tests/finish/formats/test_epub.py",
    "tests/builder/test_disk_space.py",
    "tests/pdf/test_shipped.py",
)
"""Files that take longest, in this order, before all others: with pytest-xdist no process is left with a long one at
the end. Any order is right; a good one is quicker."""


HEAVY = pytest.mark.heavy

T = TypeVar("T")


def sampled(cases: Iterable[T], kept: Collection[T], several: bool = False) -> list[Any]:
    """Cases for `parametrize`: those in `kept` run always, the others are heavy. Each of `kept` must be a case.
    `several`: a case is a tuple with a value for each of several parameters."""
    found = list(cases)
    assert all(case in found for case in kept), f"not a case: {[case for case in kept if case not in found]}"
    return [case if case in kept else pytest.param(*(case if several else [case]), marks=HEAVY) for case in found]


def always_built(level: str, locale: str) -> bool:
    """Whether `shipped` has an edition also without the heavy tests: all in en-GB; at the other levels those in en-US
    take a third of the pages and differ in paper and region alone, as at the plain level."""
    return locale == "en-GB" or level == "plain"


def mark(items: Iterable[pytest.Item]) -> None:
    """Give the marker `builds` to tests by their folder and their fixtures, and to those that are heavy."""
    for item in items:
        heavy = item.get_closest_marker("heavy") or item.get_closest_marker("patch_bytes")
        if heavy or item.nodeid.startswith(BUILDING) or BUILT.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("builds")


def left_out(items: Iterable[pytest.Item], everything: bool, proof_holds: bool) -> set[pytest.Item]:
    """The tests that need not run."""
    if everything:
        return set()
    return {
        item
        for item in items
        if item.get_closest_marker("heavy") or (proof_holds and item.get_closest_marker("patch_bytes"))
    }


def in_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """Tests of the longest files first; in each file as they are written."""
    ranks = {name: rank for rank, name in enumerate(LONGEST_FIRST)}
    return sorted(items, key=lambda item: ranks.get(item.nodeid.partition("::")[0], len(ranks)))


def heading(everything: bool) -> str:
    """What is said before the tests run."""
    if everything:
        return "heavy tests: run; byte tests of the patches: run"
    if why := proven.outdated():
        more = f" and {len(why) - 1} more" if len(why) > 1 else ""
        return f"heavy tests: left out; byte tests of the patches: run, as {why[0]}{more}"
    return "heavy tests: left out; byte tests of the patches: left out but for a sample, as they passed for these files"
