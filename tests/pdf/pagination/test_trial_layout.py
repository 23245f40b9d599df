"""A draft that is gone on from gives the bytes of a layout of its own, and what it was made of is let go."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from dataclasses import replace

import pytest

from leaflets.base.project import Project
from leaflets.builder.edition.make import Toolchain
from leaflets.editions.layouts import ON_PAPER
from leaflets.editions.page_plan import PagePlan
from leaflets.html.render import Html
from leaflets.pdf.pagination.trial_layout import TrialLayout
from tests.tools.articles import KEY_CONTENT, material, project

FIRST = PagePlan(flags_apart=True, contents=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return project(tmp_path_factory.mktemp("draft") / "project", KEY_CONTENT, shipped=True)


@pytest.fixture
def bench(made: Project) -> Toolchain:
    return Toolchain(made)


def html(bench: Toolchain, page_plan: PagePlan, layout: str = "standard") -> Html:
    return bench.renderer.html(material(bench.project, layout=layout), page_plan)


def long_way(bench: Toolchain, page: Html, layout: str = "", font: str = "") -> bytes:
    return bench.typesetter.write(bench.typesetter.lay_out(page), layout, font)


def both_ways(bench: Toolchain, before: Html, after: Html) -> tuple[bytes, bytes]:
    """The bytes of `after`, from a draft of `before` and as WeasyPrint makes them."""
    first = bench.typesetter.lay_out_trial(before)
    then = bench.typesetter.lay_out_trial(after, first)
    assert then is first
    return bench.typesetter.write(then.document()), long_way(bench, after)


@pytest.mark.parametrize("layout", ON_PAPER)
def test_each_layout_is_what_weasyprint_makes_of_its_last_plan(
    bench: Toolchain, layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    went_on = []
    change = TrialLayout.change

    def heard(self: TrialLayout, *rest: object) -> bool:
        went_on.append(change(self, *rest))  # type: ignore[arg-type]
        return went_on[-1]

    monkeypatch.setattr(TrialLayout, "change", heard)
    wanted = material(bench.project, layout=layout)
    finished = bench.make(wanted)
    page = bench.renderer.html(wanted, finished.result.page_plan)
    assert finished.body == long_way(bench, page, layout, wanted.localised.locale.font)
    gone_on = {
        "booklet": [False, True],
        "tri-fold": [True],
        "summary": [True],
    }  # the clinic moves to the booklet's back
    assert went_on == gone_on.get(layout, [])


def test_other_words_move_what_follows_also_to_other_pages(bench: Toolchain) -> None:
    before = html(bench, PagePlan(contents=True))
    after = replace(before, text=before.text.replace(">Use soap.<", f">{'Use soap. ' * 900}<"))
    short, long = both_ways(bench, before, after)
    assert short == long
    assert short != long_way(bench, before)


def test_a_page_number_in_words(bench: Toolchain) -> None:
    short, long = both_ways(bench, html(bench, FIRST), html(bench, replace(FIRST, flags_page=13)))
    assert short == long


def test_pages_for_notes_and_a_gap_of_a_booklet(bench: Toolchain) -> None:
    first = PagePlan(contents=True, flags_page=8)
    final = replace(first, flags_page=7, blanks=3, springs={"cover": 20.0})
    short, long = both_ways(bench, html(bench, first, "booklet"), html(bench, final, "booklet"))
    assert short == long


def test_what_is_put_in_before_other_pages_moves_them(bench: Toolchain) -> None:
    """Where a page begins is kept by numbers of elements: the page that now begins with the old number is another."""
    first = PagePlan(contents=True, flags_page=8, blanks=3)
    short, long = both_ways(bench, html(bench, first, "booklet"), html(bench, replace(first, rest_lines=14), "booklet"))
    assert short == long


@pytest.mark.parametrize("page_plan", [replace(FIRST, close=True), replace(FIRST, contents=False)])
def test_a_plan_that_differs_in_more_is_laid_out_anew_and_leaves_the_draft_as_it_was(
    bench: Toolchain, page_plan: PagePlan
) -> None:
    before, after = html(bench, FIRST), html(bench, page_plan)
    first = bench.typesetter.lay_out_trial(before)
    then = bench.typesetter.lay_out_trial(after, first)
    assert then is not first
    assert bench.typesetter.write(then.document()) == long_way(bench, after)
    assert bench.typesetter.write(first.document()) == long_way(bench, before)


def test_what_stands_beside_new_pages_keeps_its_style_or_all_is_laid_out_anew(bench: Toolchain) -> None:
    """`p + p` has a gap that a `p` after something else has not."""
    before = html(bench, FIRST)
    more = before.text.replace('<p class="sources">', '<section></section><p class="sources">', 1)
    assert more != before.text
    first = bench.typesetter.lay_out_trial(before)
    assert bench.typesetter.lay_out_trial(replace(before, text=more), first) is not first


@pytest.mark.parametrize(
    "css",
    [
        ".pointer { counter-increment: any }",
        ".pointer::before { content: counter(page) }",
        ".pointer { position: running(head) }",
    ],
)
def test_what_a_style_sheet_counts_or_takes_out_of_the_page_is_laid_out_anew(bench: Toolchain, css: str) -> None:
    before, after = html(bench, FIRST), html(bench, replace(FIRST, flags_page=3))
    styled = [replace(page, styles=(*page.styles, css)) for page in (before, after)]
    first = bench.typesetter.lay_out_trial(styled[0])
    assert bench.typesetter.lay_out_trial(styled[1], first) is not first


def test_what_an_edition_was_made_of_is_gone_without_a_collection(bench: Toolchain) -> None:
    bench.make(material(bench.project))
    gc.collect()
    gc.disable()
    try:
        trial = bench.typesetter.lay_out_trial(html(bench, FIRST))
        bench.typesetter.write(trial.document())
        left = [weakref.ref(part) for part in (trial, trial.root, *trial.pages)]
        del trial
        bench.typesetter.release()
        assert [part() for part in left if part() is not None] == []
    finally:
        gc.enable()


def test_next_to_nothing_of_an_edition_waits_for_the_collector(bench: Toolchain) -> None:
    """Neither of its pages nor of its structure, nor of what its evidence and its file for the printer were read
    from: a booklet, which is set in several plans."""
    of_booklet = replace(material(bench.project, layout="booklet"), evidence=True)
    bench.make(of_booklet)
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        bench.make(of_booklet)
        gc.collect()
        found = Counter(type(thing).__name__ for thing in gc.garbage)
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    for kind in ("PageBox", "BlockBox", "Node", "Dictionary", "DictionaryObject", "IndirectObject", "PdfReader"):
        assert found[kind] < 10, (kind, found.most_common(10))
