"""Message files: what of a real PO file may be printed, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.project import Project
from leaflets.l10n.messages import read_messages, usable
from tests.tools.articles import printed, write

HEAD = """\
# A message file.
msgid ""
msgstr ""
"Language: ar-GB\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

"""

SOURCE = {"a": ("Use soap.", Place("a.yaml", 3, 5)), "b": ("Wash well.", Place("a.yaml", 4, 5))}


def entry(id_: str, source: str, words: str, flag: str = "") -> str:
    return f'{flag}msgctxt "{id_}"\nmsgid "{source}"\nmsgstr "{words}"\n\n'


A, B = entry("a", "Use soap.", "استخدم الصابون."), entry("b", "Wash well.", "اغسل جيدًا.")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def words(text: str, complete: bool = True) -> tuple[dict[str, str], str]:
    """What may be printed of a message file, and what is said of it."""
    write(Path(), {"ar.po": text})
    diagnostics = Diagnostics()
    found = usable(read_messages(Project(Path(), Path()), "ar.po", diagnostics), SOURCE, complete, diagnostics)
    return found, printed(diagnostics)


def test_a_complete_message_file_is_printed_as_it_is() -> None:
    assert words(HEAD + A + B) == ({"a": "استخدم الصابون.", "b": "اغسل جيدًا."}, "")


def test_the_order_of_entries_does_not_matter() -> None:
    assert words(HEAD + B + A) == words(HEAD + A + B)


def test_long_words_may_be_wrapped_over_lines_and_quote_quotes() -> None:
    text = HEAD + A + 'msgctxt "b"\nmsgid ""\n"Wash "\n"well."\nmsgstr ""\n"say \\"well\\" "\n"or not"\n'
    assert words(text) == ({"a": "استخدم الصابون.", "b": 'say "well" or not'}, "")


WRAPPED = """\
msgctxt "a"
msgid ""
"Use "
"soap."
msgstr ""
"Use some "
"soap.\\nThen wa"
"sh well.\\n"
"And dry."

"""


def test_each_word_has_its_place_over_wrapped_lines_and_line_ends() -> None:
    write(Path(), {"ar.po": HEAD + WRAPPED + B})
    found = read_messages(Project(Path(), Path()), "ar.po", Diagnostics())
    assert found is not None
    assert found["a"].words.split() == ["Use", "some", "soap.", "Then", "wash", "well.", "And", "dry."]
    places = [found["a"].word_place(number) for number in range(9)]
    assert [(place.line, place.column) for place in places[:8]] == [
        (12, 2), (12, 6), (13, 2), (13, 9), (13, 14), (14, 5), (15, 2), (15, 6),
    ]  # fmt: skip
    assert places[8] == found["a"].place
    assert found["b"].word_place(0) == Place("ar.po", 19, 9)


def test_a_translation_whose_source_has_changed_is_not_printed() -> None:
    assert words(HEAD + A + entry("b", "Wash.", "اغسل.")) == (
        {"a": "استخدم الصابون."},
        "a.yaml:4:5: error: “b” is not translated [missing-message]\n"
        "ar.po:11:1: error: the source of “b” has changed [stale-message]\n"
        "  hint: translate it anew, and copy the source's words to msgid\n",
    )


def test_a_translation_for_no_segment_names_the_nearest() -> None:
    source_words, said = words(HEAD + A + B + entry("sections.wash", "Wash.", "اغسل."), complete=False)
    assert set(source_words) == {"a", "b"}
    assert (
        said == "ar.po:15:1: error: there is no segment “sections.wash” [unknown-segment]\n  hint: known here: a, b\n"
    )


@pytest.mark.parametrize("flag", ["#, fuzzy\n", "#. a note\n#: a.yaml:4\n#, fuzzy, no-wrap\n"])
def test_a_fuzzy_translation_is_not_printed(flag: str) -> None:
    found, said = words(HEAD + A + entry("b", "Wash well.", "اغسل.", flag))
    assert found == {"a": "استخدم الصابون."}
    assert said == "a.yaml:4:5: error: “b” is not translated [missing-message]\n"


def test_a_variant_may_leave_words_out_and_keeps_silent_about_them() -> None:
    assert words(HEAD + A, complete=False) == ({"a": "استخدم الصابون."}, "")
    assert words(HEAD + A + entry("b", "Wash well.", ""), complete=False) == ({"a": "استخدم الصابون."}, "")


def test_an_entry_that_waits_for_its_words_is_told_once_even_if_its_source_changed() -> None:
    assert words(HEAD + A + entry("b", "Wash.", ""))[1] == (
        "a.yaml:4:5: error: “b” is not translated [missing-message]\n"
    )


def test_obsolete_entries_are_passed_over() -> None:
    assert words(HEAD + A + B + '#~ msgctxt "old"\n#~ msgid "Old."\n#~ msgstr "قديم."\n')[1] == ""


def test_an_id_twice_is_told_and_the_first_one_counts() -> None:
    found, said = words(HEAD + A + B + entry("a", "Use soap.", "صابون."))
    assert found["a"] == "استخدم الصابون."
    assert said.splitlines() == [
        "ar.po:15:1: error: the segment “a” stands here twice [duplicate-id]",
        "  hint: delete one of the two entries",
    ]


def test_an_entry_without_an_id_is_told() -> None:
    assert words(HEAD + A + B + 'msgid "Wash."\nmsgstr "اغسل."\n')[1] == (
        "ar.po:15:1: error: an entry without msgctxt, the segment's id [message-file]\n"
    )


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ('msgctxt "b"\nmsgid "Wash well."\nmsgstr "a "quote" inside"\n', 13),
        ('msgctxt "b"\nmsgid "Wash well.\nmsgstr "x"\n', 12),
        ('msgctxt "b"\nmsgid "Wash well."\nmsgstr "x\n', 13),
        ('msgctxt "b"\nmsgid "Wash well."\nmsgstr x\n', 13),
        ("<<<<<<< HEAD\n", 11),
    ],
)
def test_a_broken_line_is_told_with_its_number_and_nothing_is_printed(broken: str, line: int) -> None:
    found, said = words(HEAD + A + broken, complete=False)
    assert found == {}
    assert said == (
        f"ar.po:{line}:1: error: this is not a PO file: this line is neither a comment nor words in closed quotes "
        "[message-file]\n"
    )


def test_keywords_in_the_wrong_order_are_told_with_their_line() -> None:
    found, said = words(HEAD + A + 'msgctxt "b"\nmsgstr "x"\nmsgid "Wash well."\n', complete=False)
    assert found == {}
    assert said == "ar.po:12:1: error: this is not a PO file: Syntax error in po file (line 12) [message-file]\n"


def test_no_message_file_says_nothing_of_itself() -> None:
    diagnostics = Diagnostics()
    assert read_messages(Project(Path(), Path()), "nowhere.po", diagnostics) == {}
    assert len(diagnostics) == 0


def test_an_empty_message_file_leaves_everything_to_translate() -> None:
    assert words("")[1] == (
        "a.yaml:3:5: error: “a” is not translated [missing-message]\n"
        "a.yaml:4:5: error: “b” is not translated [missing-message]\n"
    )


def test_a_byte_order_mark_does_no_harm() -> None:
    assert words("\ufeff" + HEAD + A + B) == words(HEAD + A + B)


def test_a_fuzzy_message_of_a_variant_is_told_since_the_sources_words_are_printed() -> None:
    found, said = words(HEAD + entry("a", "Use soap.", "Soap up.", "#, fuzzy\n"), complete=False)
    assert found == {}
    assert said.splitlines()[0].endswith(
        "warning: “a” is marked fuzzy, so the source's words are printed [fuzzy-message]"
    )
