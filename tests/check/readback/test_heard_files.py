"""What is heard of twelve editions, kept in `tests/heard/`: a change of word, role or order is a difference to read.

`pytest --update-references` writes them anew; the difference is reviewed like any other.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.check.expected import edition_of
from leaflets.check.readback.heard import heard, heard_text
from leaflets.check.readback.structure_tree import Element, StructureTree, Target
from leaflets.editions.layouts import ON_PAPER
from tests.conftest import Built

FOLDER = Path(__file__).resolve().parents[2] / "heard"
KEPT = (
    "fibromyalgia-leg-pain.overview.plain.handout.en-GB",
    "fibromyalgia-leg-pain.overview.plain.standard.en-GB",
    "fibromyalgia-leg-pain.overview.detailed.booklet.en-GB",
    "fibromyalgia-leg-pain.overview.easy.standard.en-GB",
    "fibromyalgia-leg-pain.restless-legs-self-care.plain.large-print.en-GB",
    "fibromyalgia-leg-pain.restless-legs-self-care.plain.tri-fold.en-US",
    "fibromyalgia-leg-pain.treatment-options.easy.giant-print.en-GB",
    "fibromyalgia-leg-pain.treatment-options.detailed.clinician.en-GB",
    "fibromyalgia-leg-pain.treatment-options.plain.summary.en-GB",
    "hand-washing.overview.plain.standard.ar-GB",
    "hand-washing.options-and-diary.plain.large-print.ar-GB",
    "hand-washing.overview.plain.booklet.ar-GB",
)


@pytest.mark.builds
@pytest.mark.parametrize("name", KEPT)
def test_what_is_heard_is_what_was_reviewed(
    name: str, shipped: Built, second: Built, pytestconfig: pytest.Config
) -> None:
    built = second if name.startswith("hand-washing") else shipped
    said = heard_text(built.folder / name.rpartition(".")[2] / f"{name}.pdf")
    kept = FOLDER / f"{name}.txt"
    if pytestconfig.getoption("--update-references"):
        kept.write_text(said, encoding="utf-8")
    assert said.splitlines() == kept.read_text(encoding="utf-8").splitlines(), "meant? pytest --update-references"


def test_kept_files_are_of_each_layout_level_and_direction() -> None:
    editions = [edition for name in KEPT if (edition := (edition_of(f"{name}.pdf") or (None,))[0])]
    assert {edition.layout for edition in editions} == set(ON_PAPER)
    assert {edition.level for edition in editions} == {"easy", "plain", "detailed"}
    assert {edition.locale for edition in editions} == {"en-GB", "en-US", "ar-GB"}
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(KEPT)


def element(role: str, *kids: Element | Target | str, **more: object) -> Element:
    return Element(role, str(more.pop("lang", "en-GB")), str(more.pop("alt", "")), 0, kids, **more)  # type: ignore[arg-type]


def said(*kids: Element | Target | str) -> list[str]:
    """The lines after title and language."""
    return heard(StructureTree(element("Document", *kids), (), ()), "Hands")[2:]


def test_the_title_and_the_language_are_heard_first() -> None:
    tree = StructureTree(element("Document", element("P", "Wash.")), (), ())
    assert heard(tree, "Hands · Plain") == ["document, Hands · Plain", "language, en-GB", "Wash."]


def test_headings_pictures_and_captions_say_what_they_are() -> None:
    assert said(element("H2", "Soap")) == ["heading level 2, Soap"]
    assert said(element("Figure", alt="A hand")) == ["graphic, A hand"]
    assert said(element("Caption", "The palm")) == ["caption, The palm"]


def test_a_list_says_how_many_and_where_it_ends() -> None:
    points = [element("LI", element("Lbl", "•"), element("LBody", words)) for words in ("Wet,", "Soap.")]
    assert said(element("L", *points)) == ["list with 2 items", "  bullet Wet,", "  bullet Soap.", "out of list"]
    nested = element("L", element("LI", element("Lbl", "1."), element("LBody", "Wet", element("L", points[1]))))
    assert said(nested) == [
        "list with 1 item", "  1. Wet", "  list with 1 item", "    bullet Soap.", "  out of list", "out of list",
    ]  # fmt: skip


def test_a_link_and_another_language_are_told_within_the_line() -> None:
    link = element("Link", Target("Link", "Call 999", "tel:999"), "999")
    assert said(element("P", "Help: ", link, ".")) == ["Help: [link, Call 999]."]
    foreign = element("Span", "صابون", lang="ar")
    assert said(element("P", "Say ", foreign, ".")) == ["Say [language ar] صابون [language en-GB]."]


def test_fields_say_their_kind_state_and_name() -> None:
    tick = Target("Widget", "", "", "t", "Wet them", "check box")
    lines = Target("Widget", "", "", "l", "Notes", "edit, multi-line")
    assert said(element("P", element("Form", tick), "Wet them")) == ["check box, not checked, Wet them", "Wet them"]
    assert said(element("P", element("Form", lines))) == ["edit, multi-line, blank, Notes"]
    buttons = [
        element("Form", Target("Widget", "", "", "", str(number), "radio button", "Monday", on=number == 1))
        for number in range(3)
    ]
    assert said(element("P", *buttons)) == ["group, Monday: 3 radio buttons, one checked: 0, 1 checked, 2"]


def test_cells_say_row_column_and_whether_they_are_headers() -> None:
    rows = [
        element("TR", element("TH", "Day", scope="Column"), element("TH", "Soap", scope="Column")),
        element("TR", element("TH", "Monday", scope="Row"), element("TD")),
    ]
    assert said(element("Table", element("TBody", *rows))) == [
        "table with 2 rows and 2 columns",
        "  row 1, column 1, column header, Day",
        "  row 1, column 2, column header, Soap",
        "  row 2, column 1, row header, Monday",
        "  row 2, column 2, blank",
        "out of table",
    ]
