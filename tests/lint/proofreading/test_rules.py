"""The rules of words over a whole article: places, locales, what is told once, what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.articles import Edit, edit, project, said

AFF = "SET UTF-8\nICONV 1\nICONV ’ '\n"
WORDS = (
    "wash your hands with soap to get the germs off as spread from hand rub them for a short time before you eat after "
    "play front of too when help now look at page call cut does not stop bleed clean how keep well use colour"
)
DICTIONARY = {
    f"assets/spelling/en-{region}.{ending}": text
    for region, words in (("GB", WORDS), ("US", WORDS.replace("colour", "color")))
    for ending, text in (("aff", AFF), ("dic", f"{len(words.split())}\n" + "\n".join(words.split()) + "\n"))
}
PLAIN = "with soap to get the germs off."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(folder: Path, *edits: Edit, **files: str) -> str:
    more = {f"articles/mini/{name.replace('__', '/')}": text for name, text in files.items()}
    return said(project(folder, *edits, files={**DICTIONARY, **more})).replace("articles/mini/", "")


def test_right_words_are_not_told(tmp_path: Path) -> None:
    assert told(tmp_path) == ""


def test_a_slip_is_told_once_for_all_locales_where_it_stands(tmp_path: Path) -> None:
    assert told(tmp_path, edit("sections/wash", PLAIN, "with saop to get the germs off.")) == (
        "sections/wash.yaml:11:35: error: “saop” is misspelt [spelling]\n"
        "  hint: did you mean “soap” or “stop”? Else, if it is right, list it under “words” in article.yaml\n"
    )


def test_a_slip_of_one_locale_names_it(tmp_path: Path) -> None:
    found = told(tmp_path, edit("sections/wash", PLAIN, "with soap to get the germs colour."))
    assert "“colour” is foreign to en-US [foreign-word]" in found
    assert "spelling" not in found
    found = told(tmp_path, edit("sections/wash", PLAIN, "with soap to get the germs color."))
    assert "“color” is foreign to en-GB [foreign-word]" in found


def test_a_word_in_doubt_is_told_at_its_first_place_with_the_count_of_the_others(tmp_path: Path) -> None:
    edits = (
        edit("sections/wash", PLAIN, "with Tonmya."),
        edit("sections/wash", "all: Before you eat.", "all: Before Tonmya."),
        edit("sections/wash", "all: After you play.", "all: After Tonmya."),
    )
    assert told(tmp_path, *edits) == (
        "sections/wash.yaml:11:35: warning: no dictionary knows “Tonmya”, here and in 2 other places [spelling]\n"
        "  hint: look it up; if it is right, list it under “words” in article.yaml\n"
    )
    listed = edit("article", "leaflets: [hands]", "leaflets: [hands]\nwords: [Tonmya]")
    assert told(tmp_path / "listed", *edits, listed) == ""


def test_words_of_the_projects_list_are_right(tmp_path: Path) -> None:
    made = project(
        tmp_path,
        edit("sections/wash", PLAIN, "with Tonmya."),
        files={**DICTIONARY, "assets/spelling/words.txt": "# names\nTonmya # a medicine\n"},
    )
    assert said(made) == ""


def test_a_slip_that_is_pending_is_a_warning(tmp_path: Path) -> None:
    pending = "pending: [{rule: spelling, at: [sections.wash.why.text.plain]}]"
    edits = (
        edit("sections/wash", PLAIN, "with saop to get the germs off."),
        edit("article", "leaflets: [hands]", f"leaflets: [hands]\n{pending}"),
    )
    assert told(tmp_path, *edits).startswith(
        "sections/wash.yaml:11:35: warning: “saop” is misspelt (pending) [spelling]"
    )


def test_what_is_still_to_be_written_is_counted_and_not_proofread(tmp_path: Path) -> None:
    edits = (
        edit("sections/wash", f"Wash your hands {PLAIN}", "TODO teh words"),
        edit("claims", "text: Germs", "text: TODO germs"),
    )
    assert told(tmp_path, *edits) == (
        "claims.yaml:3:11: error: still to be written, 1 of 2: germs spread from hand to hand. [todo]\n"
        "  hint: write it, and take “TODO” away\n"
        "sections/wash.yaml:11:14: error: still to be written, 2 of 2: teh words [todo]\n"
        "  hint: write it, and take “TODO” away\n"
    )
    assert told(tmp_path / "comment", edit("claims", "claims:", "claims: # TODO later")) == ""


def test_words_after_a_hash_are_told(tmp_path: Path) -> None:
    assert told(tmp_path, edit("sections/wash", PLAIN, "with soap #1 tip")) == (
        "sections/wash.yaml:11:40: warning: “#1 tip” is a comment and is not printed [lost-words]\n"
        "  hint: put the text in quotes if it is meant; write a comment on a line of its own\n"
    )
    assert told(tmp_path / "key", edit("sections/wash", "id: why", "id: why # a comment")) == ""
    assert (
        told(
            tmp_path / "quoted",
            edit("sections/wash", f"plain: Wash your hands {PLAIN}", 'plain: "Wash your hands #1."'),
        )
        == ""
    )


def test_an_unsafe_abbreviation_in_capitals_is_told_as_one(tmp_path: Path) -> None:
    found = told(tmp_path, edit("sections/wash", PLAIN, "with 5 mg QD, 10 IU PRN, 10 U BID."))
    assert found.count("error") == found.count("[unsafe-abbreviation]") == 5
    assert "[capitals]" not in found


def test_letters_of_a_wrong_encoding_are_not_misspelt_too(tmp_path: Path) -> None:
    found = told(tmp_path, edit("sections/wash", PLAIN, "with soapâ€™s to get the germsÂ\u00a0off."))
    assert found.count("[mojibake]") == 2
    assert "[spelling]" not in found


def test_a_fault_of_one_letter_hides_no_other_that_has_it(tmp_path: Path) -> None:
    found = told(tmp_path, edit("sections/wash", PLAIN, "with 10u to get the germs off, cutt."))
    assert "“u” has been mistaken" in found
    assert "“cutt” is misspelt" in found


def test_what_a_leaflet_rests_on_loses_no_words_and_has_the_right_letters(tmp_path: Path) -> None:
    edits = (
        edit("references", "short: Soap study, 2020", "short: Soap study # 12, 2020"),
        edit("article", "publisher: Test article", "publisher: CafÃ© test"),
    )
    assert told(tmp_path, *edits) == (
        "article.yaml:13:17: error: the letters “Ã©” come from a wrong encoding [mojibake]\n"
        "  hint: it was “é” once; open the original as UTF-8 and copy it anew\n"
        "references.yaml:3:23: warning: “# 12, 2020” is a comment and is not printed [lost-words]\n"
        "  hint: put the text in quotes if it is meant; write a comment on a line of its own\n"
    )
    right = edit("references", "rank: main", "rank: main # printed at plain and detailed")
    assert told(tmp_path / "right", right) == ""
