"""A clinic's details: what is read, and what is told at once with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.content.clinic import (
    PLACEHOLDERS,
    Clinic,
    logo_path,
    read_all_details,
    read_clinic,
    read_clinics,
    read_details,
)

WHOLE = """\
name = "Example Clinic"
address = ["1 Example Street", "Exampletown"]
phone = "01632 960001"
hours = ["Monday to Friday: 8:30 to 18:00"]
website = "https://www.example.org/"
logo = "logo.png"
leaflets = "https://www.example.org/leaflets/{path}?l={level}"
"""


def toml(tmp_path: Path, text: str) -> tuple[Clinic | None, list[str]]:
    path, diagnostics = tmp_path / "clinic.toml", Diagnostics()
    path.write_text(text, encoding="utf-8")
    found = read_clinic(path, diagnostics)
    return found[0] if found else None, [str(item).replace(f"{tmp_path}/", "") for item in diagnostics]


def csv(tmp_path: Path, text: str) -> tuple[list[Clinic], list[str]]:
    path, diagnostics = tmp_path / "clinics.csv", Diagnostics()
    path.write_text(text, encoding="utf-8")
    found = [clinic for clinic, _ in read_clinics(path, diagnostics)]
    return list(found), [str(item).replace(f"{tmp_path}/", "") for item in diagnostics]


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    clinic, said = toml(tmp_path, WHOLE)
    assert said == []
    assert clinic == Clinic(
        name="Example Clinic",
        address=("1 Example Street", "Exampletown"),
        phone="01632 960001",
        hours=("Monday to Friday: 8:30 to 18:00",),
        website="www.example.org",
        logo="logo.png",
        leaflets="https://www.example.org/leaflets/{path}?l={level}",
    )
    assert clinic.words().splitlines() == [
        "Example Clinic",
        "01632 960001",
        "www.example.org",
        "1 Example Street",
        "Exampletown",
        "Monday to Friday: 8:30 to 18:00",
    ]


def test_a_name_is_enough_and_empty_values_are_none(tmp_path: Path) -> None:
    assert toml(tmp_path, 'name = " Example  Clinic "\nphone = ""\naddress = []\n') == (
        Clinic(name="Example Clinic"),
        [],
    )


def test_places_where_a_line_may_end_go() -> None:
    assert Clinic(name="គ្លីនិក\u200bសុខភាព").name == "គ្លីនិកសុខភាព"


def test_the_address_of_a_copy_is_filled_in() -> None:
    clinic = Clinic(name="A", leaflets="https://example.org/" + "/".join(f"{{{name}}}" for name in PLACEHOLDERS))
    assert clinic.copy_of({name: name.upper() for name in PLACEHOLDERS}) == (
        "https://example.org/PATH/WEB/NAME/LOCALE/LEAFLET/LEVEL/LAYOUT"
    )
    assert Clinic(name="A").copy_of({}) == ""


WRONG = {
    "hours = []": "clinic.toml:1:1: error: the key “name” is missing [missing-key]",
    'name = "A"\nfone = "1"': "clinic.toml:2:1: error: unknown key “fone” [unknown-key]\n  hint: did you mean “phone”?",
    'name = "A"\nid = "a"': "clinic.toml:2:1: error: unknown key “id” [unknown-key]",
    'name = "A"\naddress = [\n "a",\n "%s",\n]' % ("x" * 46): "clinic.toml:4:3: error: address: “xxxxxx",
    'name = "A"\nhours = ["1", "2", "3", "4", "5"]': "clinic.toml:2:9: error: hours: 5 lines, and there is room for 4",
    'name = "A\\u202eB"': "clinic.toml:1:8: error: name: the character U+202E cannot be printed",
    'name = "A"\nwebsite = "http://example.org"': "clinic.toml:2:11: error: website: write it as www.example.org",
    'name = "A"\nwebsite = "example"': "clinic.toml:2:11: error: website: write it as www.example.org",
    'name = "A"\nleaflets = "http://example.org/{path}"': "clinic.toml:2:12: error: leaflets: write an address that",
    'name = "A"\nleaflets = "https://example.org/{pth}"': "clinic.toml:2:12: error: leaflets: {pth} is not known",
    'name = "A"\nleaflets = "https://example.org/{path"': "clinic.toml:2:12: error: leaflets: write an address that",
    'name = "A"\nleaflets = "https://{path}"': "clinic.toml:2:12: error: leaflets: write an address that",
    'name = "A"\nleaflets = "https://www.example.org/\\t{path}"': "clinic.toml:2:12: error: leaflets: write an address",
    'name = "A"\nwebsite = "www.example.org/\\na"': "clinic.toml:2:11: error: website: write it as www.example.org",
    'name = "A"\nlogo = "/etc/logo.png"': "clinic.toml:2:8: error: logo: “/etc/logo.png” cannot be the name of a file",
    'name = "A"\nlogo = "../logo.png"': "clinic.toml:2:8: error: logo: “../logo.png” cannot be the name of a file here",
    'name = "A"\nlogo = "a\\\\b.png"': "clinic.toml:2:8: error: logo: “a\\b.png” cannot be the name of a file here",
    'name = "A"\nlogo = "a\\u0000.png"': "clinic.toml:2:8: error: logo: “a\\x00.png” cannot be the name of a file",
    "name = inf": "clinic.toml:1:8: error: name: inf is a value of its own here and no words",
    "name = 24": "clinic.toml:1:8: error: name: 24 is a value of its own here and no words",
    "name = true": "clinic.toml:1:8: error: name: True is a value of its own here and no words",
    "name = 2026-01-01": "clinic.toml:1:8: error: name: 2026-01-01 is a value of its own here and no words",
    'name = "A"\nhours = [24]': "clinic.toml:2:9: error: hours: 24 is a value of its own here and no words",
    'name = "=HYPERLINK(1)"': "clinic.toml:1:8: error: name: “=HYPERLINK(1)” begins with “=”, as a formula of a",
    'name = ["A"]': "clinic.toml:1:8: error: name: a list does not fit here",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    clinic, said = toml(tmp_path, text)
    assert clinic is None
    assert len(said) == 1
    assert said[0].startswith(WRONG[text])


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    assert read_clinic(tmp_path / "none.toml", diagnostics) is None
    assert "No such file" in str(diagnostics.items[0])


def test_a_file_of_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_bytes(b'# x\nname = "\xe9"\n')
    diagnostics = Diagnostics()
    assert read_clinic(tmp_path / "c.toml", diagnostics) is None
    assert str(diagnostics.items[0].place).endswith("c.toml:2:9")


def test_rows_are_clinics(tmp_path: Path) -> None:
    clinics, said = csv(
        tmp_path, 'id,name,address,phone\na,One,1 Street | Town,0113 496 0000\nb,مركز,"1 Street\nTown",\n'
    )
    assert said == []
    assert [(clinic.name, clinic.address) for clinic in clinics] == [
        ("One", ("1 Street", "Town")),
        ("مركز", ("1 Street", "Town")),
    ]


def test_a_wrong_row_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    text = "\ufeffid,name,phone\na,One,111\na,Two,112\nB b,Three,113\n,Four,114\nc,,115\nd,Six,116\n"
    clinics, said = csv(tmp_path, text)
    assert [clinic.name for clinic in clinics] == ["One", "Six"]
    assert [line.partition(" error")[0] for line in said] == [f"clinics.csv:{line}:1:" for line in (3, 4, 5, 6)]


def test_an_id_that_windows_cannot_hold_is_told(tmp_path: Path) -> None:
    clinics, said = csv(tmp_path, "id,name\nnul,One\nlpt1,Two\nconwy,Three\n")
    assert [clinic.id for clinic in clinics] == ["conwy"]
    assert [line.partition(";")[0] for line in said] == [
        "clinics.csv:2:1: error: id: Windows cannot hold a folder “nul”",
        "clinics.csv:3:1: error: id: Windows cannot hold a folder “lpt1”",
    ]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1+2", "@SUM(1)", "  =1", "＝1", "\u200b=1"])
def test_a_formula_of_a_spreadsheet_is_no_name_and_no_line(tmp_path: Path, name: str) -> None:
    clinics, said = csv(tmp_path, f"id,name,address\na,{name},\nb,Two,{name}\nc,Three – east,1 Street\n")
    assert [clinic.id for clinic in clinics] == ["c"]
    assert len(said) == 2
    assert all("begins with “" in line and "as a formula of a spreadsheet" in line for line in said)


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    assert "there is no clinic in it" in csv(tmp_path, "id,name\n")[1][0]


def test_a_logo_lies_beside_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "clinic.toml").write_text('name = "A"\nlogo = "pictures/logo.png"\n')
    found = read_clinic(tmp_path / "clinic.toml", Diagnostics())
    assert found is not None
    assert logo_path(*found) == tmp_path / "pictures/logo.png"
    assert logo_path(Clinic(name="A"), found[1]) is None


def test_a_logo_that_is_a_link_to_another_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "secret.png").write_bytes(b"")
    (tmp_path / "theirs" / "logo.png").symlink_to(tmp_path / "secret.png")
    (tmp_path / "theirs" / "clinic.toml").write_text('name = "A"\nlogo = "logo.png"\n')
    (tmp_path / "theirs" / "clinics.csv").write_text("id,name,logo\na,A,logo.png\n")
    for read, name in ((read_details, "clinic.toml"), (read_all_details, "clinics.csv")):
        diagnostics = Diagnostics()
        assert not read(tmp_path / "theirs" / name, diagnostics)
        assert "“logo.png” is a link that leads out of its folder" in str(diagnostics.items[0])
