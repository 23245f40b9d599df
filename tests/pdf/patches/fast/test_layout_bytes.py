"""Blocks of every kind come out as WeasyPrint alone puts them, whatever was set before."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from leaflets.base.project import Project
from leaflets.builder.edition.make import Toolchain
from leaflets.editions.page_plan import PagePlan
from leaflets.html.render import Html
from tests.pdf.patches.fast.test_quick import printed_both_ways
from tests.tools.articles import KEY_CONTENT, material, project

FIRST = PagePlan(flags_apart=True, contents=True)

SHEET = """
body { font: 10pt "Noto Sans", sans-serif; margin: 0 } p, li, h2 { margin: 0 0 2mm } h2 { break-after: avoid }
.whole { break-inside: avoid } .frame { border: 1mm solid #000; padding: 2mm; margin: 5mm 0 } .up { margin-top: -3mm }
.tall { height: 31mm } .least { min-height: 22mm } .most { max-height: 9mm } .auto { margin: 3mm auto; width: 40mm }
.new { break-before: page } .own { page: own } .odd { break-before: right } .side { float: left; width: 12mm }
.far { float: right; margin-bottom: 12mm } .under { clear: both } .moved { position: relative; top: 1mm; left: 2mm }
.on { position: absolute; bottom: 0; right: 0 } .cut { overflow: hidden } .two { columns: 2 } .row { display: flex }
.clone { box-decoration-break: clone } .few { orphans: 3; widows: 3 } .stop { max-lines: 1; continue: discard }
.root { display: flow-root } .keep { margin-break: keep } .empty { margin: 4mm 0 } .big::first-letter { font-size: 2em }
.pill b { border: 1px solid #000; padding: 0 1mm } .end { text-align: end } .mid b { vertical-align: middle }
ol { list-style: upper-roman } .leader a::after { content: leader('.') target-counter('#z', page) }
.number a::after { content: ' (page ' target-counter('#z', page) ')' } .in { display: inline-block; width: 9mm }
.note { float: footnote } td { padding: 1mm } table { width: 100% } .off { margin-inline-start: 7%; text-indent: 5% }
"""
KINDS = (
    *("whole", "frame", "up", "tall", "least", "most", "auto", "new", "own", "odd", "under", "moved", "cut", "two"),
    *("row", "clone", "few", "stop", "root", "keep", "whole frame", "whole few up", "off", "moved cut", "pill end mid"),
)
INSIDE = (
    "<h2>Heading</h2><p>{words}<p class=few>{words} {words}",
    "<p class=side>Side<p>{words}<p>{words}<p class=far>Far<br>away<br>far<br>off<p>{words}<p class=under>{words}"
    "<p>last</p>",
    "<div class=empty></div><div class=empty><div class=empty></div></div><p class=big>{words}<p class=pill>a <b>b</b>",
    "<ol><li>{words}<li><p>one<p class=up>two</ol><p class=on>on</p><p class='number off'><a href=#z>z</a>{words}",
    "<p class=leader><a href=#z>place</a><p>{words}<span class=note>note</span><p><b class=in>x</b> {words} <b>y</b>",
    "<div class=off><div class=off><p>{words} <b>bold {words}</b> <i><b>x</b> y</i></div></div><table><tr><td>{words}"
    "<td><p>b</table>",
)
WORDS = "Some words, 46\u00a0of\u00a0100, that go on for a line or two."
ARABIC = "\u0627\u063a\u0633\u0644 <b>\u064a\u062f\u064a\u0643</b> 20 \u062b\u0627\u0646\u064a\u0629 " * 4


def blocks() -> list[tuple[list[str], str]]:
    """All kinds of blocks round all kinds of content, cut into pages of several heights, twice with the first."""
    found = []
    for height, far in ((70, "5mm"), (71, "9mm"), (113, "5mm"), (70, "5mm")):
        page = f"@page {{ size: 90mm {height}mm; margin: 6mm {far} }} @page own {{ margin: 9mm }}"
        rows = [
            f"<div class='{kind}'>{inside.format(words=WORDS)}</div>" for kind, inside in product(KINDS, INSIDE)
        ] + [f"<div dir=rtl lang=ar class='{kind}'><p>{ARABIC}<p>{WORDS}<ul><li>{ARABIC}</ul></div>" for kind in KINDS]
        found.append(([SHEET, page], f"<html lang=en><title>t</title><body>{''.join(rows)}<p id=z>End"))
    return found


@pytest.mark.patch_bytes
def test_blocks_of_every_kind_are_put_where_weasyprint_puts_them() -> None:
    own, quick = printed_both_ways(blocks())
    assert len(own) == 4
    assert own[0].split()[0] == own[3].split()[0] != own[1].split()[0]
    assert own == quick


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return project(tmp_path_factory.mktemp("again") / "project", KEY_CONTENT, shipped=True)


@pytest.fixture
def bench(made: Project) -> Toolchain:
    return Toolchain(made)


def html(bench: Toolchain, fit: PagePlan, layout: str = "standard") -> Html:
    return bench.renderer.html(material(bench.project, layout=layout), fit)


def body(bench: Toolchain, page: Html) -> bytes:
    return bench.typesetter.write(bench.typesetter.lay_out_trial(page).document())


def test_a_closer_plan_is_as_it_would_be_alone(bench: Toolchain) -> None:
    close = html(bench, replace(FIRST, close=True))
    alone = body(bench, close)
    bench.typesetter.release()
    assert body(bench, html(bench, FIRST)) != alone
    assert body(bench, close) == alone


def test_what_was_set_before_makes_no_difference(bench: Toolchain) -> None:
    pages = [html(bench, FIRST, layout) for layout in ("standard", "large-print", "booklet", "tri-fold")]
    alone = []
    for page in pages:
        alone.append(body(bench, page))
        bench.typesetter.release()
    assert [body(bench, page) for page in (*pages, *reversed(pages))] == [*alone, *reversed(alone)]


def test_other_words_in_the_same_place_are_not_taken_for_those_before(bench: Toolchain) -> None:
    before = html(bench, FIRST)
    after = replace(before, text=before.text.replace("soap", "foam"))
    assert before.text != after.text
    was = body(bench, before)
    is_now = body(bench, after)
    bench.typesetter.release()
    assert is_now == body(bench, after) != was
