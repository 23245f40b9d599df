"""A path is that of an edition's file, or it is none: nothing else can stand in a catalogue."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.content.levels import LEVELS
from leaflets.editions.edition import Edition
from leaflets.editions.edition_files import edition_files, edition_from, edition_paths, file_at
from leaflets.editions.layouts import LAYOUTS

EDITIONS = [Edition("a-b", "overview", level, layout, "en-GB") for level, layout in product(LEVELS, LAYOUTS)]
NAME = "a.overview.plain.standard.en-GB"


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_each_file_of_an_edition_leads_back_to_it(edition: Edition) -> None:
    assert edition_from(edition.name) == edition
    found = edition_files(edition)
    assert len(found) in (2, 3, 4)
    assert {file_at(path) for path in found.values()} == {(edition, kind) for kind in found}
    assert edition_paths(edition)[0] == edition.path


@pytest.mark.parametrize(
    "path",
    [
        "", "index.html", f"{NAME}.pdf", f"../{NAME}.pdf", f"/en-GB/{NAME}.pdf", f"en-GB/../en-GB/{NAME}.pdf",
        f"en-US/{NAME}.pdf", f"en-GB/{NAME}.html", f"en-GB/{NAME}.print.pdf", f"en-GB/{NAME}.evidence.pdf",
        f"en-GB/{NAME}", f"en-GB//{NAME}.pdf", f"en-GB\\{NAME}.pdf", f"en-GB/{NAME}.pdf/", f"en-GB/x.{NAME}.pdf",
        f"en-GB/{NAME.replace('plain', 'plan')}.pdf", f"en-GB/{NAME.replace('standard', 'poster')}.pdf",
        "en-GB/a\x1b.overview.plain.standard.en-GB.pdf", "con/a.overview.plain.standard.con.pdf",
        "en-GB/con.overview.plain.standard.en-GB.pdf", "/a.overview.plain.standard./.pdf",
    ],
)  # fmt: skip
def test_any_other_path_is_none(path: str) -> None:
    assert file_at(path) is None


@pytest.mark.parametrize("name", ["", "a", "a.b.plain.standard", f"{NAME}.x", "a..plain.standard.en-GB", "../x"])
def test_any_other_name_is_none(name: str) -> None:
    assert edition_from(name) is None


def test_a_locale_is_one_folder() -> None:
    assert edition_from("a.overview.plain.standard.x/y") is None


WORDS = st.sampled_from([*"./\\\0 ", "a", "..", "plain", "standard", "web", "en-GB", "pdf"])


@given(st.text() | st.lists(WORDS).map("".join))
def test_no_path_is_taken_that_no_edition_gives(path: str) -> None:
    found = file_at(path)
    assert found is None or edition_files(found[0])[found[1]] == path
