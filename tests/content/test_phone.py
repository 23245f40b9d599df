"""What is printed of a telephone number, what its link dials, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.content.clinic import Clinic, Details, read_clinic, read_clinics
from leaflets.content.phone import PhoneError, check_written, fault_in, phone
from leaflets.editions.edition import Edition
from leaflets.lint.clinic import check_clinic

DIALLED = [
    # value, region, what the link dials ("" for no link)
    ("0113 496 0000", "GB", "01134960000"),
    ("(0113) 496 0000", "GB", "01134960000"),
    ("01632 960001", "GB", "01632960001"),
    ("0800 1111", "GB", "08001111"),
    ("0808 808 8000", "GB", "08088088000"),
    ("+44 (0)20 7946 0958", "GB", "+442079460958"),
    ("+44 (0)20 7946 0958", "US", "+442079460958"),
    ("00 44 20 7946 0958", "GB", "+442079460958"),
    ("+39 (0)6 1234 5678", "GB", "+390612345678"),
    ("020 7946 0958 ext. 12", "GB", "02079460958;ext=12"),
    ("020 7946 0958 x12", "GB", "02079460958;ext=12"),
    ("020 7946 0958, press 2", "GB", "02079460958"),
    ("999", "GB", "999"),
    ("111", "GB", "111"),
    ("116 123", "GB", "116123"),
    ("911", "US", "911"),
    ("988", "US", "988"),
    ("988, then press 1", "US", "988"),
    ("1-800-222-1222", "US", "18002221222"),
    ("1-800-LEG-PAIN", "US", "18005347246"),
    ("030/123456", "DE", "030123456"),
    ("1-800-LEG-PAIN", "GB", ""),
    ("0113 496 0000", "US", ""),
    ("1134960000", "GB", ""),
    ("496 0000", "GB", ""),
    ("999/112", "GB", ""),
    ("999 or 112", "GB", ""),
    ("0113 496 0000 / 0113 496 0001", "GB", ""),
    ("24-48", "GB", ""),
    ("24-48", "US", ""),
    ("5-10", "GB", ""),
    ("1 500 000", "GB", ""),
    ("2026", "GB", ""),
    ("0345 123", "GB", ""),
    ("0113 496 ٠٠٠٠", "GB", ""),
    ("(0113 496 0000", "GB", ""),
    ("0113 496 0000", "XX", ""),
    ("paracetamol", "GB", ""),
    ("javascript:alert(1)", "GB", ""),
    ("", "GB", ""),
]


@pytest.mark.parametrize(("value", "region", "dialled"), DIALLED)
def test_a_link_dials_the_number_that_is_printed_or_there_is_none(value: str, region: str, dialled: str) -> None:
    found = phone(value, region)
    assert found.text == value
    assert found.target == (f"tel:{dialled}" if dialled else "")


REFUSED = {
    "call me": "“call me” is not a telephone number",
    "javascript:alert(1)": "“javascript:alert(1)” is not a telephone number",
    "O113 496 OOOO": "“O113 496 OOOO” is not a telephone number",
    "0113 496 OOOO": "“0113 496 OOOO” is not a telephone number",
    "1.13E+09": "“1.13E+09” is what a spreadsheet makes of a number",
    "1.134960000E+09": "“1.134960000E+09” is what a spreadsheet makes of a number",
    "1,13E+09": "“1,13E+09” is what a spreadsheet makes of a number",
    "1134960000.0": "“1134960000.0” is what a spreadsheet makes of a number",
    "=+441134960000": "“=+441134960000” is what a spreadsheet makes of a number",
    "'01134960000": "“'01134960000” is what a spreadsheet makes of a number",
    "０１１３ ４９６": "“０” (U+FF10) is not a digit that telephones show",
    "0113 496 ٠٠٠٠": "“٠” (U+0660) is not a digit that telephones show",
    "(0113 496 0000": "“(0113 496 0000” has a bracket without its other half",
    "12": "“12” has 2 digits, a telephone number 3 to 15",
    "1": "“1” has 1 digit, a telephone number 3 to 15",
    "0113 496 0000 0113 496 0001": "“0113 496 0000 0113 496 0001” has 22 digits, a telephone number 3 to 15",
    "020 7946 0958 / 59": "“59” has 2 digits, a telephone number 3 to 15",
}


@pytest.mark.parametrize("value", REFUSED)
def test_what_is_no_number_is_refused_with_its_place_and_a_hint(value: str, tmp_path: Path) -> None:
    with pytest.raises(PhoneError) as refused:
        check_written(value)
    assert str(refused.value) == REFUSED[value]
    assert refused.value.hint
    toml, csv = tmp_path / "clinic.toml", tmp_path / "clinics.csv"
    toml.write_text(f'name = "A"\nphone = "{value}"\n', encoding="utf-8")
    csv.write_text(f'id,name,phone\na,One,0113 496 0000\nb,Two,"{value}"\n', encoding="utf-8")
    diagnostics = Diagnostics()
    assert read_clinic(toml, diagnostics) is None
    assert [clinic.id for clinic, _ in read_clinics(csv, diagnostics)] == ["a"]
    said = f"error: phone: {REFUSED[value]} [wrong-value]\n  hint: {refused.value.hint}"
    assert [str(item) for item in diagnostics] == [f"{toml}:2:9: {said}", f"{csv}:3:1: {said}"]


@pytest.mark.parametrize(("value", "region"), [row[:2] for row in DIALLED if row[2]])
def test_what_dials_is_never_refused(value: str, region: str) -> None:
    check_written(value)
    assert fault_in(value, region) is None


def test_a_number_of_toml_is_told_to_stand_in_quotes(tmp_path: Path) -> None:
    path, diagnostics = tmp_path / "clinic.toml", Diagnostics()
    path.write_text('name = "A"\nphone = 1134960000\n')
    assert read_clinic(path, diagnostics) is None
    assert str(diagnostics.items[0]).startswith(f"{path}:2:9: error: phone: a telephone number stands in quotes")


def said(number: str, *locales: str, **other: str) -> list[str]:
    """What the check of a clinic's details says, for editions of locales."""
    diagnostics = Diagnostics()
    details = Details(Clinic(name=other.get("name", "A"), phone=number), None, {}, (Path("clinic.toml"),))
    editions = [Edition("a", "b", "plain", "standard", locale) for locale in locales]
    check_clinic(details, editions, diagnostics)
    return [str(item).partition("\n")[0] for item in diagnostics]


def test_a_number_without_its_first_nought_is_an_error_of_its_region() -> None:
    assert said("1134960000", "en-GB", "ar-GB") == [
        "clinic.toml:1:1: error: phone: “1134960000” lacks the 0 at its beginning [phone]"
    ]
    assert "too many digits" in said("0113 496 00001", "en-GB")[0]
    assert "too many digits" in said("01632 960001", "en-US")[0]


def test_a_number_of_one_of_the_regions_passes() -> None:
    assert said("0113 496 0000", "en-GB", "en-US") == []
    assert said("0113 496 0000") == []
    assert said("496 0000", "en-GB") == []  # dialled within the town


def test_letters_that_only_look_alike_are_a_warning() -> None:
    assert said("0113 496 0000", "en-GB", name="Clinic Варшава") == []
    assert said("0113 496 0000", "en-GB", name="St М\u0430ry's M\u0430rket") == [
        "clinic.toml:1:1: warning: name: “M\u0430rket” mixes Cyrillic and Latin letters, such as \u0430 (U+0430) "
        "[mixed-scripts]",
        "clinic.toml:1:1: warning: name: “М\u0430ry” mixes Cyrillic and Latin letters, such as М (U+041C) "
        "[mixed-scripts]",
    ]


@pytest.mark.parametrize("char", ["\u00ad", "\u2060", "\u115f", "\u206a", "\ufe0f", "\U000e0041", "\u200d"])
@pytest.mark.parametrize("field", ["name", "phone", "address"])
def test_invisible_characters_are_refused(char: str, field: str, tmp_path: Path) -> None:
    words = {"name": "Clinic", "phone": "0113 496 0000", "address": "1 Street"} | {field: f"01{char}13"}
    path, diagnostics = tmp_path / "clinics.csv", Diagnostics()
    path.write_text(f"id,name,phone,address\na,{words['name']},{words['phone']},{words['address']}\n", "utf-8")
    assert read_clinics(path, diagnostics) == []
    assert f"error: {'address' if field == 'address' else field}: the character U+{ord(char):04X}" in str(
        diagnostics.items[0]
    ) or f"error: 0: the character U+{ord(char):04X}" in str(diagnostics.items[0])


def test_joiners_between_letters_of_their_scripts_are_letters_too() -> None:
    assert Clinic(name="می\u200cخواهم").name == "می\u200cخواهم"


def test_a_name_of_nothing_is_refused(tmp_path: Path) -> None:
    path, diagnostics = tmp_path / "clinic.toml", Diagnostics()
    path.write_text('name = "\\u200B"\n')
    assert read_clinic(path, diagnostics) is None
    assert "name: there is nothing that can be seen" in str(diagnostics.items[0])
