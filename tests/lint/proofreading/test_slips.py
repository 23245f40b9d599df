"""What each rule of words finds in a line, and what it lets through."""

from __future__ import annotations

import pytest

from leaflets.base.diagnostics import Diagnostics, Severity
from leaflets.base.project import Project
from leaflets.l10n.dictionaries import read_dictionary
from leaflets.lint.proofreading.abbreviations import UNSAFE, unsafe_abbreviations
from leaflets.lint.proofreading.line import Find, PrintedLine, Slip
from leaflets.lint.proofreading.rules import RULES
from leaflets.lint.proofreading.slips import bullets, capitals, full_line, mojibake, repeated
from leaflets.lint.proofreading.spelling import misspelt
from tests.tools.some import some

DICTIONARIES = {
    tag: read_dictionary(Project(), tag, ("RLS", "TENS", "Tonmya"), Diagnostics())
    for tag in ("en-GB", "en-US", "ar-GB")
}


def slips(find: Find, written: str, level: str = "plain", locale: str = "en-GB") -> list[Slip]:
    return list(find(PrintedLine(written, level, locale, DICTIONARIES[locale])))


def fragments(find: Find, written: str, level: str = "plain", locale: str = "en-GB") -> list[str]:
    return [slip.fragment for slip in slips(find, written, level, locale)]


def test_words_that_are_one_slip_from_a_right_one_are_errors() -> None:
    found = slips(misspelt, "Teh joitn hrts a lott.")
    assert [slip.fragment for slip in found] == ["Teh", "joitn", "hrts", "lott"]
    assert {slip.severity for slip in found} == {Severity.ERROR}
    assert [slip.message for slip in found][1] == "“joitn” is misspelt"
    assert "did you mean “joint”" in found[1].hint
    assert "“hurts”" in found[2].hint


def test_a_word_that_is_near_to_none_is_looked_up_by_a_person() -> None:
    (found,) = slips(misspelt, "Ask about bromocriptazole.")
    assert (found.fragment, found.severity) == ("bromocriptazole", Severity.WARNING)
    assert found.message == "no dictionary knows “bromocriptazole”"


@pytest.mark.parametrize(
    "written",
    [
        "It doesn’t hurt, and you’re well; the doctor’s and doctors’ advice.",
        "RLS and Tonmya are listed; NSAIDs and MRI are capitals.",
        "Call {emergency-number}, or see www.nhs.uk/teh and me@exmaple.org.",
        "**Wash** your hands: 5mg, 20–30 seconds, 3rd week.",
        "A well-known, easy-to-read, X-ray leaflet.",
        "A long word: over\u00adcoming.",
        "“Quoted” words (in brackets) – and dashes—too.",
    ],
)
def test_right_words_pass(written: str) -> None:
    assert fragments(misspelt, written) == []


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Wash the the hands.", ["the the"]),
        ("The the hands.", ["The the"]),
        ("Wash **your** your hands.", ["your your"]),
        ("It is very\u00a0 very very clean.", ["very\u00a0 very very"]),
        ("Rest, rest and rest. Rest more.", []),
        ("All that she had had, and all that that means.", []),
        ("It came from Walla Walla.", []),
        ("A well-known known-good sign; it’s its own.", []),
    ],
)
def test_a_word_twice_in_a_row_is_told(written: str, found: list[str]) -> None:
    assert fragments(repeated, written) == found


def test_other_languages_may_repeat_words() -> None:
    assert list(repeated(PrintedLine("Anak anak mencuci", "plain", "id-ID", None))) == []


def test_each_locale_has_its_own_spelling() -> None:
    assert fragments(misspelt, "An anaesthetic for your paediatrician.") == []
    assert fragments(misspelt, "An anaesthetic.", locale="en-US") == ["anaesthetic"]
    assert fragments(misspelt, "An anesthetic.", locale="en-GB") == ["anesthetic"]
    assert fragments(misspelt, "The colour of a fibre.", locale="en-US") == []  # told as foreign, with what to write


def test_a_locale_without_a_dictionary_is_not_looked_at() -> None:
    assert DICTIONARIES["ar-GB"] is None
    assert fragments(misspelt, "Teh joitn", locale="ar-GB") == []
    assert fragments(capitals, "TAKE THIS", locale="ar-GB") == []


@pytest.mark.parametrize(
    ("written", "fragment", "was"),
    [
        ("It hurtsâ€™s", "â€™", "’"),
        ("cafÃ©", "Ã©", "é"),
        ("5 Âµg", "Âµ", "µ"),
        ("Â£20", "Â£", "£"),
        ("see â€œthisâ€\x9d", "â€œ", "“"),
    ],
)
def test_letters_of_a_wrong_encoding_are_found_with_what_they_were(written: str, fragment: str, was: str) -> None:
    found = slips(mojibake, written)[0]
    assert found.fragment == fragment
    assert found.hint.startswith(f"it was “{was}” once")


@pytest.mark.parametrize(
    "written", ["café’s", "“Zoë”…", "20–30 °C", "½ – ¾", "Straße", "naïve “Ångström”", "É’s", "مركز"]
)
def test_letters_beyond_ascii_pass(written: str) -> None:
    assert fragments(mojibake, written) == []


def test_words_in_capitals_are_errors_and_unknown_abbreviations_warnings() -> None:
    found = slips(capitals, "TAKE this MEDICINE now OR ELSE, and RLS")
    assert [slip.fragment for slip in found if slip.severity is Severity.ERROR] == ["TAKE", "MEDICINE", "OR ELSE"]
    assert [(slip.fragment, slip.severity) for slip in slips(capitals, "Ask about your XQR.")] == [
        ("XQR", Severity.WARNING)
    ]


def test_words_in_capitals_in_a_row_are_one_slip() -> None:
    (found,) = slips(capitals, "Mind: DO NOT STOP A MEDICINE without your doctor.")
    assert (found.fragment, found.severity) == ("DO NOT STOP A MEDICINE", Severity.ERROR)
    assert found.message == "“DO NOT STOP A MEDICINE” is in capitals"
    assert found.hint == "write it in small letters; for weight, between ** and **"
    assert fragments(capitals, "CALL {emergency} TODAY") == ["CALL", "TODAY"]
    assert fragments(capitals, "RLS XQR WARNING") == ["XQR", "WARNING"]


@pytest.mark.parametrize(
    "written", ["RLS, TENS and the NHS", "I am A. B.", "{emergency}", "An MRI in the UK", "Vitamin D"]
)
def test_known_abbreviations_pass(written: str) -> None:
    assert fragments(capitals, written) == []


@pytest.mark.parametrize(
    ("written", "fragment"),
    [
        ("• one", "• one"),
        ("- one", "- one"),
        ("* one", "* one"),
        ("1. Wash", "1. Wash"),
        ("2) Rinse", "2) Rinse"),
        ("- one - two", "- one"),
        ("You need - soap - water", "- soap - water"),
    ],
)
def test_typed_bullets_are_found(written: str, fragment: str) -> None:
    assert fragments(bullets, written) == [fragment]


@pytest.mark.parametrize(
    "written", ["**Bold** words", "A well-known word", "-5 °C", "1.5 litres", "20–30", "One – two", "2 tablets"]
)
def test_what_only_looks_like_a_bullet_passes(written: str) -> None:
    assert fragments(bullets, written) == []


def test_a_line_of_the_easy_level_has_one_sentence() -> None:
    (found,) = slips(full_line, "Wash well. Rinse. Then dry your hands.", "easy")
    assert found.message == "3 sentences stand on one line, and the easy level has a line for each"
    assert found.fragment == "Rinse. Then dry"
    assert fragments(full_line, "Wash well. Rinse.", "plain") == []
    assert fragments(full_line, "Take 0.5 ml, e.g. now.", "easy") == []


@pytest.mark.parametrize(
    ("written", "fragment"),
    [
        ("Take 5 mg b.d.", "b.d."),
        ("Take 5 mg BID", "BID"),
        ("one tablet q.d. with food, 20 mg", "q.d."),
        ("10 U of insulin", "U"),
        ("10U insulin", "U"),
        ("50 µg a day", "µg"),
        ("1.0 mg", "1.0"),
        (".5 mg", ".5"),
        ("2 cc", "cc"),
        ("5 mg PRN", "PRN"),
        ("10 IU", "IU"),
    ],
)
def test_an_unsafe_abbreviation_beside_a_dose_is_an_error(written: str, fragment: str) -> None:
    (found,) = slips(unsafe_abbreviations, written)
    assert (found.fragment, found.severity) == (fragment, Severity.ERROR)
    assert found.hint.startswith("write: ")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Take 5 mg OD.", "“OD” has been mistaken for “right eye”"),
        ("5 mg q6PM", "“q6PM” has been mistaken for every 6 hours"),
        ("Take 5 mg BIW.", "“BIW” has been mistaken for twice a day"),
        ("5 mg of CPZ", "“CPZ” has been mistaken for chlorpromazine"),
        ("5 mg of HCT", "“HCT” has been mistaken for hydrochlorothiazide"),
        ("5 mg of HCTZ", "“HCTZ” has been mistaken for hydrocortisone"),
        ("100000 units", "“100000” has been mistaken for a tenth of it, or ten times"),
        ("<10 mg", "“<” has been mistaken for each other, or “<10” for 40"),
        ("Take 5 mg b.d.", "“b.d.” is not known to most readers"),
        ("Take 5 mg PO.", "“PO” is not known to most readers"),
        ("Take 5 mg QHS.", "“QHS” is not known to most readers"),
    ],
)
def test_it_is_said_what_the_list_says_and_no_more(written: str, said: str) -> None:
    assert [slip.message for slip in slips(unsafe_abbreviations, written)] == [said]


def test_elsewhere_it_is_a_warning() -> None:
    (found,) = slips(unsafe_abbreviations, "Use it b.d. for a week.")
    assert found.severity is Severity.WARNING


@pytest.mark.parametrize(
    "written",
    [
        "Take 0.5 mg in the morning.", "Take 10 units.", "10 mg, every day", "You can stop.", "In A and E",
        "12 ng/mL", "Add salt", "It is on", "He said so. In a day", "US and UK", "2.05 mg", "1,000 mg",
        "Vitamin B, D and E",
    ],
)  # fmt: skip
def test_safe_words_pass(written: str) -> None:
    assert fragments(unsafe_abbreviations, written) == []


def test_every_row_says_what_to_write_and_why() -> None:
    assert 0 < sum(not row.mistaken_for for row in UNSAFE) < 12  # not on the list
    for row in some(UNSAFE):
        assert row.instead


def test_the_rules_have_ids_of_their_own() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES) == 7
