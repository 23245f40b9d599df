"""TOML and CSV with places: each value points to where it is written."""

from __future__ import annotations

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.tables import read_csv, read_toml

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
