"""TOML and CSV with places: each value points to where it is written."""

from __future__ import annotations

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.tables import decoded, read_csv, read_toml

TOML = """\
# a comment
name = "Example Clinic"
address = [
  "1 Example Street",
  "Exampletown",  # the town
]
"""


def test_a_value_of_toml_has_a_line_and_a_column() -> None:
    source = read_toml("c.toml", TOML, Diagnostics())
    assert source is not None
    assert source.data["address"] == ["1 Example Street", "Exampletown"]
    assert [str(source.place(path)) for path in (("name",), ("address", 0), ("address", 1))] == [
        "c.toml:2:8",
        "c.toml:4:4",
        "c.toml:5:4",
    ]
    assert str(source.key_place(("address",))) == "c.toml:3:1"


def test_broken_toml_is_told_with_its_line() -> None:
    diagnostics = Diagnostics()
    assert read_toml("c.toml", "name = Example\n", diagnostics) is None
    assert [str(item.place) for item in diagnostics] == ["c.toml:1:8"]
    assert "this is not TOML: Invalid value" in str(diagnostics.items[0])


def test_rows_of_csv_know_their_line_also_after_a_cell_of_two_lines() -> None:
    rows = read_csv("c.csv", 'id,name\na,"One\nTwo"\n\nb,Three\n', Diagnostics())
    assert rows is not None
    assert [(row.data, row.place(("name",)).line) for row in rows] == [
        ({"id": "a", "name": "One\nTwo"}, 2),
        ({"id": "b", "name": "Three"}, 5),
    ]


def test_a_spreadsheet_may_write_semicolons() -> None:
    rows = read_csv("c.csv", "id;name\na;One, and more\n", Diagnostics())
    assert rows is not None
    assert rows[0].data == {"id": "a", "name": "One, and more"}


def test_a_row_with_too_many_cells_is_told_and_left_out() -> None:
    diagnostics = Diagnostics()
    rows = read_csv("c.csv", "id,name\na,One,Two\n,,\nb,Three,\nc,Four\n", diagnostics)
    assert [str(item.place) for item in diagnostics] == ["c.csv:2:1", "c.csv:4:1"]
    assert [row.data for row in rows or ()] == [{"id": "c", "name": "Four"}]


def test_two_columns_of_one_name_are_told() -> None:
    diagnostics = Diagnostics()
    assert read_csv("c.csv", "id,phone,phone,,\na,1,2,,\n", diagnostics) is None
    assert "there are two columns “phone”" in str(diagnostics.items[0])


def test_an_open_quote_is_told() -> None:
    diagnostics = Diagnostics()
    assert read_csv("c.csv", 'id,name\na,"One\n', diagnostics) is None
    assert "this is not CSV" in str(diagnostics.items[0])


KNOWN = ("id", "name", "phone")


def columns_of(text: str) -> tuple[list[dict[str, str]] | None, list[str]]:
    diagnostics = Diagnostics()
    rows = read_csv("c.csv", text, diagnostics, KNOWN, ("id", "name"))
    return None if rows is None else [row.data for row in rows], [str(item) for item in diagnostics]


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\nid;name\na;One, two\n",
        '"sep=;"\r\nid;name\r\na;One, two\r\n',
        "id\tname\na\tOne, two\n",
        'ID,Name\na,"One, two"\n',
        ' Id , NAME \na,"One, two"\n',
    ],
)
def test_the_delimiter_and_capitals_are_those_of_the_spreadsheet(text: str) -> None:
    assert columns_of(text) == ([{"id": "a", "name": "One, two"}], [])


def test_lines_are_counted_from_the_one_that_names_the_delimiter() -> None:
    rows = read_csv("c.csv", "sep=;\nid;name\na;One\n", Diagnostics())
    assert rows is not None
    assert str(rows[0].place(("name",))) == "c.csv:3:1"


def test_a_wrong_column_is_one_error_at_the_first_line_and_not_one_a_row() -> None:
    rows, said = columns_of("id,name,phnoe,map\na,One,1,\nb,Two,2,\n")
    assert rows is None
    assert said == [
        "c.csv:1:1: error: unknown column “map” [unknown-key]\n  hint: known here: phone",
        "c.csv:1:1: error: unknown column “phnoe” [unknown-key]\n  hint: did you mean “phone”?",
    ]


def test_a_column_that_is_needed_is_missed_at_the_first_line() -> None:
    assert columns_of("id,phone\na,1\nb,2\n")[1] == [
        "c.csv:1:1: error: the column “name” is missing [missing-key]\n  hint: add the column “name” to the first line"
    ]


def test_a_first_line_that_names_no_columns_is_told_as_that() -> None:
    assert columns_of("leeds\nhull\n")[1] == [
        "c.csv:1:1: error: the first line does not name the columns [csv]\n"
        "  hint: the first line names the columns: id, name, phone"
    ]


def test_a_cell_without_end_is_told_with_its_line() -> None:
    assert columns_of(f"id,name\na,{'x' * 3000}\n")[1] == [
        "c.csv:2:1: error: a cell has more than 2000 characters [csv]\n  hint: is a quote before it not closed?"
    ]
    assert "a cell has more than 2000 characters" in columns_of(f"id,name\na,{'x' * 300_000}\n")[1][0]
    assert "there are 1001 columns, and 100 are the most" in columns_of("id," + "," * 999 + "\n")[1][0]


def test_a_null_character_is_told_where_it_stands() -> None:
    assert "c.csv:2:3: error: the character U+0000" in columns_of("id,name\na,\0\n")[1][0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_utf_16_are_read(encoding: str) -> None:
    assert decoded("c.csv", "id,name\na,Żary\n".encode(encoding), Diagnostics()) == "id,name\na,Żary\n"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "id,name\na,Café Royal\n".encode("cp1252"),
            "c.csv:2:6: error: the file is not UTF-8; it seems to be Windows-1252, as older spreadsheets save it "
            "(“Café”)",
        ),
        (
            "id,name\na,Żé\n".encode("utf-16-le"),
            "the file is not UTF-8; it seems to be UTF-16 without its mark",
        ),
        (b"\xff\xfea", "c.csv:1:1: error: the file is broken UTF-16"),
    ],
)
def test_another_encoding_is_named(body: bytes, said: str) -> None:
    diagnostics = Diagnostics()
    assert decoded("c.csv", body, diagnostics) is None
    (item,) = diagnostics
    assert said in str(item)


def test_dotted_keys_and_long_numbers_of_toml_end_before_they_are_parsed() -> None:
    diagnostics = Diagnostics()
    assert read_toml("c.toml", "a." * 40_000 + "b = 1\n", diagnostics) is None
    assert [str(item).partition(": error")[0] for item in diagnostics] == ["c.toml:1:22"]
    words = '# 1.2.3.4.5.6.7.8.9.10.11.12\nname = "1.2.3.4.5.6.7.8.9.10.11.12 [[[[[[[[[[[[ 1234567890123456789"\n'
    assert read_toml("c.toml", words, Diagnostics()) is not None
