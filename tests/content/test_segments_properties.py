"""Segments, for any words: what is put in comes out under the same ids, and the first words can be put back."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from leaflets.base.diagnostics import Diagnostics
from leaflets.content.article import Article
from leaflets.content.load import read_article
from leaflets.content.segments import segments, with_words
from tests.tools.articles import KEY_CONTENT, project


@cache
def article() -> Article:
    """The article *mini*. No fixture, as Hypothesis writes out the arguments of each example."""
    diagnostics = Diagnostics()
    with TemporaryDirectory() as folder:
        found = read_article(project(Path(folder), KEY_CONTENT), "mini", diagnostics)
    assert found is not None, list(map(str, diagnostics))
    return found


@given(words=st.lists(st.text(min_size=1), min_size=1, max_size=7))
def test_a_round_trip(words: list[str]) -> None:
    before = {segment.id: segment for segment in segments(article())}
    assert len(before) > 15
    new = {id_: words[number % len(words)] for number, id_ in enumerate(before)}
    changed = with_words(article(), lambda id_, old: new[id_] if old == before[id_].words else "")
    assert [(segment.id, segment.words) for segment in segments(changed)] == list(new.items())
    for segment in segments(changed):
        old = before[segment.id]
        assert (segment.level, segment.place, segment.regions) == (old.level, old.place, old.regions)
    assert with_words(changed, lambda id_, _: before[id_].words) == article()
