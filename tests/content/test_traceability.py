"""What an edition rests on: the claims, facts and references of the parts that it prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.content.traceability import printed, sources
from tests.tools.articles import edit, project, read


def test_an_edition_rests_on_the_claims_and_facts_of_its_parts(tmp_path: Path) -> None:
    assert printed(read(project(tmp_path)), "hands", "plain", "GB") == ({"germs-spread"}, {"soap-helps", "cut-help"})


@pytest.mark.parametrize(
    ("level", "region", "facts"),
    [
        ("plain", "GB", {"soap-helps", "cut-help"}),
        ("plain", "US", {"cut-help"}),
        ("easy", "GB", {"cut-help"}),
        ("easy", "US", {"cut-help"}),
    ],
)
def test_a_part_that_is_not_printed_gives_no_basis(tmp_path: Path, level: str, region: str, facts: set[str]) -> None:
    only = "\n    levels: [plain, detailed]\n    regions: [GB]"
    made = project(
        tmp_path,
        edit("sections/wash", "id: when", f"id: when{only}"),
        edit("sections/wash", "id: front", f"id: front{only}"),
    )
    assert printed(read(made), "hands", level, region)[1] == facts


def test_a_section_that_is_not_printed_gives_no_basis(tmp_path: Path) -> None:
    made = project(tmp_path, edit("sections/wash", "id: wash\n", "id: wash\nregions: [US]\n"))
    assert printed(read(made), "hands", "plain", "GB")[1] == {"cut-help"}
    assert printed(read(made), "hands", "plain", "US")[1] == {"cut-help", "soap-helps"}


def test_references_come_in_the_order_of_their_file(tmp_path: Path) -> None:
    article = read(project(tmp_path))
    assert sources(article, "hands", "plain", "GB") == ["soap-study", "first-aid"]
    assert list(article.references) == ["soap-study", "first-aid"]


def test_references_of_what_is_not_printed_are_left_out(tmp_path: Path) -> None:
    made = project(
        tmp_path,
        edit("sections/wash", "id: when", "id: when\n    regions: [GB]"),
        edit("sections/wash", "id: front", "id: front\n    regions: [GB]"),
    )
    assert sources(read(made), "hands", "plain", "US") == ["first-aid"]
