"""Words are compared without what only breaks lines."""

from __future__ import annotations

import pytest

from leaflets.check.evidence.text_index import folded


@pytest.mark.parametrize(
    "read", ["Hydroxy\u2010 chloroquine", "Hydroxy\u00adchloroquine", "Hydroxy\u200bchloroquine", "Hydroxychloroquine"]
)
def test_a_word_is_found_where_it_was_broken(read: str) -> None:
    assert folded(read) == folded("Hydroxy\u00adchloroquine")


def test_a_hyphen_that_is_printed_counts() -> None:
    assert folded("follow-up") != folded("followup")
