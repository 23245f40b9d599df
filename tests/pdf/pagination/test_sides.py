"""Sides of a page map: what gives way and in which order, what never does, and by how much a side is over."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from leaflets.builder.edition.make import Order, Result, Toolchain
from leaflets.builder.edition.side_fit import budgeted
from leaflets.builder.state.destinations import Destinations
from leaflets.builder.state.destinations import make as make_and_deliver
from leaflets.editions.page_map import GIVES, HANDOUT
from leaflets.editions.page_plan import PagePlan
from leaflets.pdf.pagination.attempt import Settled
from leaflets.pdf.pagination.measure import Marker, MeasuredPages, PageFill
from leaflets.pdf.pagination.sides import PART, settle_sides, used_sides
from tests.tools.articles import Edit, edit, material, project
from tests.tools.pdf import plain, reader, squeezed
from tests.tools.some import some

pytestmark = pytest.mark.builds

CHOSEN = edit(
    "leaflets/hands",
    "sections: [wash]\n",
    """sections: [wash]
handout:
  turn: {plain: what to do}
  act:
    - {block: wash/first, mm: 30}
  show:
    - {block: wash/why, mm: 20}
    - {block: wash/more, mm: 20, gives: second}
    - {block: wash/ways, mm: 40}
    - {block: wash/ask, mm: 40}
""",
)
BLOCKS = edit(
    "sections/wash",
    "  - kind: list\n",
    """\
  - kind: callout
    id: first
    basis: practical
    picture: tap
    title: {all: Take time}
    text: {all: Long words of the full leaflet.}
    short: {plain: "First sentence.\\nSecond sentence."}
  - kind: paragraph
    id: more
    basis: practical
    picture: tap
    text: {all: The second evidence.}
  - kind: options
    id: ways
    options:
      - {id: gel, basis: practical, picture: tap, support: some, name: {all: Hand gel}, what: {all: A gel}, help:
         {all: "**Some:** it helps"}, harm: {all: It stings}, ask: {all: Is it for me?}}
  - kind: checklist
    id: ask
    basis: practical
    items:
      - {id: soap, text: {all: Which soap?}}
    lines: 2
  - kind: list
""",
)
GUARDED = ("First sentence.", "Take time", "It stings", "it helps", "A cut does not stop to bleed", "999", "Draft")
"""What never gives way: red flags, titles, first sentences, harms, status."""


def long_lines(count: int) -> Edit:
    """The first paragraph of the section in so many lines."""
    words = " ".join(["Wash your hands with soap to get the germs off, and dry them."] * count)
    return edit("sections/wash", "plain: Wash your hands with soap to get the germs off.", f"plain: {words}")


def handout(folder: Path, *edits: Edit) -> tuple[Result, Path]:
    made = project(folder / "project", CHOSEN, BLOCKS, *edits, shipped=True)
    out = folder / "out"
    done = make_and_deliver(Toolchain(made), Order(material(made, layout="handout")), Destinations.at(out))
    return done.result, out / done.result.edition.path


def test_what_fits_is_laid_out_once_and_nothing_gives_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = project(tmp_path, CHOSEN, BLOCKS, shipped=True)
    toolchain, counted = Toolchain(made), []
    lay_out = toolchain.typesetter.lay_out_trial
    monkeypatch.setattr(toolchain.typesetter, "lay_out_trial", lambda *made: counted.append(1) or lay_out(*made))
    settled = toolchain.settle(material(made, layout="handout"))
    assert len(counted) == 1
    assert (len(settled.measured.pages), dict(settled.page_plan.gave), settled.overflows) == (2, {}, ())
    toolchain.typesetter.release()


def test_a_side_that_is_over_gives_way_step_by_step_and_the_other_side_stays(tmp_path: Path) -> None:
    result, path = handout(tmp_path, long_lines(36))
    assert not result.failed
    assert result.pages == 2
    assert list(result.page_plan.gave) == ["side-2"]
    assert 0 < result.page_plan.gave["side-2"] < len(GIVES)
    first, second = (plain(page.extract_text()) for page in reader(path).pages)
    assert "Second sentence." in first
    assert "The second evidence." not in second


def test_a_side_that_is_still_over_is_an_error_by_so_many_mm_at_the_text(tmp_path: Path) -> None:
    result, path = handout(tmp_path, long_lines(60))
    (found,) = [item for item in result.diagnostics if item.rule == "side-over"]
    assert result.failed
    assert not path.exists()
    assert found.place.path.endswith("articles/mini/sections/wash.yaml")
    assert (found.place.line, found.place.column) == (5, 5)  # the paragraph, not the callout
    side, _, over = found.message.partition(": ")
    assert side == "side 2"
    assert 20 < float(over.partition(" mm over")[0]) < 400
    assert "“wash/why” takes " in found.hint
    assert "Shorten it, or choose less under “handout”" in found.hint


def test_what_may_never_give_way_is_printed_when_all_else_has(tmp_path: Path) -> None:
    made = project(tmp_path, CHOSEN, BLOCKS, shipped=True)
    made_of = material(made, layout="handout")
    toolchain = Toolchain(made)
    text = toolchain.renderer.html(made_of, PagePlan(gave=dict.fromkeys(("side-1", "side-2"), len(GIVES)))).text
    for word in some(GUARDED):
        assert word in re.sub(r"<[^>]*>", "", text).replace("\N{NO-BREAK SPACE}", " ")
    css = (Path("templates") / "css" / "handout.css").read_text()
    hidden = [line for line in css.splitlines() if line.startswith(".gave-") and "display: none" in line]
    names = {name for line in some(hidden) for name in line.partition(" {")[0].replace(",", "").split()}
    assert names <= {
        ".gave-aside", ".lead", ".own", ".gave-second", ".give-second", ".gave-sentence", ".more", ".is",
        ".gave-picture", ".across", ".picture", "br", ".gave-question", ".question",
    }  # fmt: skip


def test_every_step_is_in_the_style_sheet() -> None:
    css = (Path("templates") / "css" / "handout.css").read_text()
    assert [name for name in GIVES if f".gave-{name} " not in css] == []


def test_no_type_is_set_below_the_floor_when_all_has_given_way(tmp_path: Path) -> None:
    from leaflets.check.readback.document import read_body

    made = project(tmp_path, CHOSEN, BLOCKS, shipped=True)
    made_of, toolchain = material(made, layout="handout"), Toolchain(made)
    html = toolchain.renderer.html(made_of, PagePlan(gave=dict.fromkeys(("side-1", "side-2"), len(GIVES))))
    body = toolchain.typesetter.write(toolchain.typesetter.lay_out(html), "handout", "latin")
    sizes = [words.size for page in read_body(body, "x.pdf", None).pages for words in page.words]
    assert min(some(sizes)) >= 12 - 0.01


def pages(*used: tuple[str, float]) -> MeasuredPages:
    return MeasuredPages(tuple(PageFill(271, height, name) for name, height in used), (), ())


def test_each_side_gives_way_alone_and_in_order_until_nothing_is_left() -> None:
    plans: list[dict[str, int]] = []

    def attempt(plan: PagePlan, start: Settled | None = None) -> Settled:
        plans.append(dict(plan.gave))
        over = [("side-2", 40.0)] if plan.gave.get("side-2", 0) < 2 else []
        measured = pages(("side-1", 271), ("side-1", 5.0), ("side-2", 271), *over)
        return Settled(None, plan, measured)  # type: ignore[arg-type]

    settled = settle_sides(attempt, HANDOUT)
    assert plans[:4] == [{}, {"side-1": 1, "side-2": 1}, {"side-1": 2, "side-2": 2}, {"side-1": 3, "side-2": 2}]
    assert dict(settled.page_plan.gave) == {"side-1": len(GIVES), "side-2": 2}
    assert [(row.page, row.by) for row in settled.overflows] == [("side-1", 5.0)]


def test_parts_are_measured_with_the_space_above_them_and_over_the_end_of_a_page() -> None:
    def marker(part: str, page: int, top: float, bottom: float) -> Marker:
        return Marker(PART, page, top, bottom, None, part)

    found = MeasuredPages(
        (PageFill(271, 265, "side-1"), PageFill(271, 30, "side-1")),
        (marker("head", 0, 0, 25), marker("a/b", 0, 30, 265), marker("a/b", 1, 0, 20), marker("turn", 1, 22, 30)),
        (),
    )
    (side,) = used_sides(found, HANDOUT)
    assert side.parts == {"head": 25, "a/b": 260, "turn": 10}
    assert side.used == 295


def test_budgets_are_those_of_the_page_map_and_of_the_leaflets_file(tmp_path: Path) -> None:
    made = project(tmp_path, CHOSEN, BLOCKS, shipped=True)
    made_of, toolchain = material(made, layout="handout"), Toolchain(made)
    first, second = budgeted(toolchain.settle(made_of), made_of)
    toolchain.typesetter.release()
    assert list(first.budgets) == ["head", "key", "wash/first", "red-flags", "turn"] == list(first.side.parts)
    assert second.budgets == {"again": 6, "wash/why": 20, "wash/more": 20, "wash/ways": 40, "wash/ask": 40, "foot": 46}
    assert second.over < 0
    assert replace(second, budgets=second.budgets | {"wash/why": 1}).excess("wash/why") > 1


def test_the_handout_prints_short_forms_and_the_full_leaflet_does_not(tmp_path: Path) -> None:
    _, path = handout(tmp_path)
    words = squeezed("".join(page.extract_text() for page in reader(path).pages))
    assert squeezed("First sentence. Second sentence.") in words
    assert squeezed("Long words") not in words
    made = project(tmp_path / "other", CHOSEN, BLOCKS, shipped=True)
    html = Toolchain(made).renderer.html(material(made)).text
    assert "Long words" in html
    assert "First sentence." not in html
