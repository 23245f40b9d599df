"""Telephone numbers that are written out, and numbers that only look like one."""

from __future__ import annotations

import pytest

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.content.segments import Segment
from leaflets.lint.wording import check_typography


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Call 01632 960 001 now", True),
        ("Call 0808 808 8000 now", True),
        ("Call 1 800 222 1222 now", True),
        ("Call 1-800-222-1222 now", True),
        ("Call 116 123 now", True),
        ("Call 08088088000 now", True),
        ("About 1 500 000 people", False),
        ("About 250 000 people", False),
        ("In 2026 100 people", True),  # two numbers that stand together read as one
        ("46 of 100", False),
    ],
)
def test_a_telephone_number_is_a_placeholder_and_thousands_are_not(words: str, told: bool) -> None:
    diagnostics = Diagnostics()
    segment = Segment("a", words, "plain", Place("a.yaml"))
    check_typography([segment], {"116 123": "samaritans"}, ["GB"], diagnostics)
    assert ("literal-number" in {item.rule for item in diagnostics}) is told
