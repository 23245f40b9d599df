"""Reader tests: what counts for a drawing, and what is said of a faulty file."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.drawings.reader_tests import FILE, ReaderTests, drawn, read_reader_tests, tried
from tests.tools.articles import printed, write

SHIPPED = Project()
NOW, OLD = drawn(SHIPPED, "stretch"), "0" * 64
ROUND = """\
  - id: {id}
    on: 2026-12-01
    locale: en-GB
    readers: {readers}
    who: 10 adults
    pictures:
"""


def rounds(tmp_path: Path, *pictures: str, readers: int = 10) -> tuple[ReaderTests, str]:
    """The rounds in a file with one round for each row, and what is said of it."""
    text = "tests:\n" + "".join(
        ROUND.format(id=f"round-{number}", readers=readers) + f"      - {row}\n" for number, row in enumerate(pictures)
    )
    write(tmp_path, {FILE: text})
    diagnostics = Diagnostics()
    return read_reader_tests(Project(tmp_path), diagnostics), printed(diagnostics)


def test_nobody_has_tried_the_shipped_pictures_and_the_file_says_so() -> None:
    diagnostics = Diagnostics()
    assert read_reader_tests(SHIPPED, diagnostics) == ReaderTests()
    assert SHIPPED.find(FILE) is not None
    assert not diagnostics.errors
    (row,) = tried(SHIPPED, ["stretch"], ReaderTests())
    assert (row.state, row.readers, row.before) == ("not tried", 0, 0)


@pytest.mark.parametrize(
    ("rows", "state", "counted"),
    [
        (["{{picture: stretch, sha256: {now}, right: 7, wrong: 3}}"], "passed", (10, 7, 0)),
        (["{{picture: stretch, sha256: {now}, right: 6, wrong: 1}}"], "misread", (10, 6, 0)),
        (["{{picture: stretch, sha256: {now}, right: 9, opposite: 1}}"], "misread", (10, 9, 0)),
        (["{{picture: stretch, sha256: {old}, right: 9}}"], "not tried", (0, 0, 10)),
        (
            ["{{picture: stretch, sha256: {now}, right: 5}}", "{{picture: stretch, sha256: {now}, right: 10}}"],
            "passed",
            (20, 15, 0),
        ),
        (["{{picture: massage, sha256: {old}, right: 9}}"], "not tried", (0, 0, 0)),
    ],
)
def test_answers_count_for_the_drawing_that_was_shown(
    tmp_path: Path, rows: list[str], state: str, counted: tuple[int, int, int]
) -> None:
    tests, said = rounds(tmp_path, *(row.format(now=NOW, old=OLD) for row in rows))
    assert said == ""
    (row,) = tried(SHIPPED, ["stretch"], tests)
    assert (row.state, (row.readers, row.right, row.before)) == (state, counted)


def test_few_readers_do_not_let_a_picture_pass(tmp_path: Path) -> None:
    tests, _ = rounds(tmp_path, f"{{picture: stretch, sha256: {NOW}, right: 5}}", readers=5)
    (row,) = tried(SHIPPED, ["stretch"], tests)
    assert row.state == "too few readers"


def test_each_fault_of_the_file_is_told_and_nothing_of_it_counts(tmp_path: Path) -> None:
    tests, said = rounds(
        tmp_path,
        f"{{picture: strech, sha256: {NOW}, right: 1}}",
        f"{{picture: stretch, sha256: {NOW}, right: 8, wrong: 3}}",
    )
    assert tests == ReaderTests()
    assert said.replace(f"{tmp_path}/assets/", "") == (
        "reader-tests.yaml:8:19: error: there is no pictogram “strech” [unknown-picture]\n"
        "  hint: did you mean “stretch”?\n"
        "reader-tests.yaml:15:9: error: 11 answers, but the round had 10 readers [reader-test]\n"
        "  hint: count each reader once\n"
    )
    tests, said = rounds(tmp_path, "{picture: stretch, sha256: abc, right: -1}")
    assert tests == ReaderTests()
    assert said.count("[wrong-value]") == 2
