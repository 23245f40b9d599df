"""A region's file: the user's over the shipped one, key by key."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.region import Region, read_region
from tests.tools.articles import printed, write

SHIPPED = """\
id: GB
name: United Kingdom
paper: A4
large_print: ukaaf
contacts: {emergency: "999", urgent: "111"}
medicines: {paracetamol: {en: paracetamol}}
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def region(folder: Path, own: str) -> tuple[Region | None, str]:
    write(folder, {"shipped/regions/GB.yaml": SHIPPED, "own/regions/GB.yaml": own})
    diagnostics = Diagnostics()
    found = read_region(Project(folder / "own", folder / "shipped"), "GB", diagnostics)
    return found, printed(diagnostics)


def test_what_a_clinic_does_not_say_is_as_it_is_shipped(tmp_path: Path) -> None:
    found, said = region(tmp_path, 'contacts: {urgent: "01632 960 001", helpline: "01632 960 002"}\n')
    assert said == ""
    assert found is not None
    assert found.contacts == {"emergency": "999", "urgent": "01632 960 001", "helpline": "01632 960 002"}
    assert found.medicines == {"paracetamol": {"en": "paracetamol"}}
    assert found.name == "United Kingdom"


def test_a_fault_is_told_in_the_clinics_file(tmp_path: Path) -> None:
    found, said = region(tmp_path, "name: Ours\npaper: A5\ncontact: {}\n")
    assert found is None
    assert said == (
        "own/regions/GB.yaml:2:8: error: paper: “A5” is not known here [wrong-value]\n  hint: known here: A4, Letter\n"
        "own/regions/GB.yaml:3:1: error: unknown key “contact” [unknown-key]\n  hint: known here: call\n"
    )


def test_a_region_of_a_clinics_own_stands_alone(tmp_path: Path) -> None:
    write(tmp_path, {"shipped/regions/GB.yaml": SHIPPED, "own/regions/IE.yaml": "id: IE\nname: Ireland\n"})
    diagnostics = Diagnostics()
    assert read_region(Project(tmp_path / "own", tmp_path / "shipped"), "IE", diagnostics) is None
    assert printed(diagnostics).count("is missing [missing-key]") == 3


@pytest.mark.parametrize("hidden", ["\u00ad", "\u202e", "\u2066"])
def test_a_number_to_call_has_no_hidden_characters(tmp_path: Path, hidden: str) -> None:
    found, said = region(tmp_path, f'contacts:\n  urgent: "01632 {hidden}960 001"\n')
    assert found is None
    assert said == (
        f"own/regions/GB.yaml:2:11: error: urgent: the character U+{ord(hidden):04X} cannot be printed; "
        "type the words anew [wrong-value]\n"
    )


def test_only_what_is_named_as_a_number_to_call_is_dialled(tmp_path: Path) -> None:
    contacts = 'contacts: {urgent: "0113 496 0000", relay: "18001", hours: 24-48}\n'
    found, said = region(tmp_path, f"{contacts}call: [emergency, urgent]\n")
    assert said == ""
    assert found is not None
    assert found.numbers == {"emergency", "urgent"}
    found, said = region(tmp_path, contacts)
    assert found is not None
    assert found.numbers == {"emergency", "urgent", "relay"}  # without the list: what is exactly one number


SEVERAL = "0113 496 0000 or 0113 496 0001"


@pytest.mark.parametrize("value", ["24-48", "999/112", SEVERAL, "call us", "0113 49", "+44 (0)"])
def test_what_is_not_exactly_one_number_cannot_be_called(tmp_path: Path, value: str) -> None:
    _, said = region(tmp_path, f'contacts:\n  urgent: "{value}"\ncall: [urgent, urgnt]\n')
    assert said == (
        f"own/regions/GB.yaml:2:11: error: “{value}” is not exactly one number that a telephone in GB dials "
        "[not-a-number]\n"
        "  hint: write one number as it is dialled there, or take its name out of “call”\n"
        "own/regions/GB.yaml:3:16: error: there is no contact “urgnt” [unknown-contact]\n"
        "  hint: did you mean “urgent”?\n"
    )
