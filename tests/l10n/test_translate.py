"""An article and its message files make the article in a locale."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.content.segments import segments
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.translate import Localised, localise
from tests.tools.articles import Edit, edit, printed, project, read
from tests.tools.articles import said as told


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def po(words: dict[str, tuple[str, str]]) -> str:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return head + "\n".join(f'msgctxt "{id_}"\nmsgid "{a}"\nmsgstr "{b}"\n' for id_, (a, b) in words.items())


def translation(folder: Path, *edits: Edit) -> dict[str, tuple[str, str]]:
    """A translation of every segment that prints in GB."""
    found = segments(read(project(folder, *edits)))
    return {part.id: (part.words, f"ع {part.words}") for part in found if part.regions in (None, ("GB",))}


def localised(folder: Path, tag: str, messages: dict[str, str], *edits: Edit) -> tuple[Localised, str]:
    files = {f"articles/mini/l10n/{name}.po": text for name, text in messages.items()}
    made = project(folder, *edits, files=files)
    diagnostics = Diagnostics()
    return localise(made, read(made), LOCALES[tag], diagnostics), printed(diagnostics)


def words(found: Localised) -> dict[str, str]:
    return {part.id: part.words for part in segments(found.article)}


def test_the_language_it_was_written_in_needs_no_translation(tmp_path: Path) -> None:
    found, said = localised(tmp_path, "en-GB", {})
    assert not found.translated
    assert said == ""
    assert found.article == read(project(tmp_path))


def test_a_variant_says_what_its_source_says_where_it_is_silent(tmp_path: Path) -> None:
    messages = {"en-US": po({"leaflets.hands.key.soap.text.all": ("Use soap.", "Soap up.")})}
    found, said = localised(tmp_path, "en-US", messages)
    source = words(localised(tmp_path, "en-GB", {})[0])
    assert said == ""
    assert words(found) == source | {"leaflets.hands.key.soap.text.all": "Soap up."}


def test_a_variant_is_no_translation(tmp_path: Path) -> None:
    assert not localised(tmp_path, "en-US", {})[0].translated


def test_a_complete_translation_replaces_every_word(tmp_path: Path) -> None:
    every = translation(tmp_path)
    found, said = localised(tmp_path, "ar-GB", {"ar-GB": po(every)})
    assert said == ""
    assert words(found) == {id_: target for id_, (_, target) in every.items()}
    assert found.translated
    assert found.original == read(project(tmp_path))
    assert found.locale.direction == "rtl"


def test_a_missing_translation_is_told_at_the_source_words(tmp_path: Path) -> None:
    every = translation(tmp_path)
    del every["sections.wash.why.text.plain"]
    assert localised(tmp_path, "ar-GB", {"ar-GB": po(every)})[1] == (
        "articles/mini/sections/wash.yaml:11:14: error: “sections.wash.why.text.plain” is not translated"
        " [missing-message]\n"
    )


def test_a_changed_source_makes_its_translation_stale(tmp_path: Path) -> None:
    every = translation(tmp_path)
    change = edit("sections/wash", "with soap to get", "with warm soap to get")
    found, said = localised(tmp_path, "ar-GB", {"ar-GB": po(every)}, change)
    assert [line.split("error: ")[1] for line in said.splitlines() if "error: " in line] == [
        "the source of “sections.wash.why.text.plain” has changed [stale-message]",
        "“sections.wash.why.text.plain” is not translated [missing-message]",
    ]
    assert words(found)["sections.wash.why.text.plain"] == "Wash your hands with warm soap to get the germs off."


def test_a_change_at_one_level_leaves_the_others_translated(tmp_path: Path) -> None:
    every = translation(tmp_path)
    change = edit("sections/wash", "easy: Wash your hands with soap.", "easy: Wash your hands.")
    found, _ = localised(tmp_path, "ar-GB", {"ar-GB": po(every)}, change)
    assert words(found)["sections.wash.why.text.plain"].startswith("ع ")


def test_only_what_the_region_prints_has_to_be_translated(tmp_path: Path) -> None:
    change = edit("sections/wash", "id: after-play", "id: after-play\n        regions: [US]")
    every = translation(tmp_path, change)
    assert "sections.wash.when.after-play.text.all" not in every
    assert localised(tmp_path, "ar-GB", {"ar-GB": po(every)}, change)[1] == ""


def test_a_translation_without_a_message_file_is_told_once(tmp_path: Path) -> None:
    found, said = localised(tmp_path, "ar-GB", {}, edit("article", "[en-GB, en-US]", "[en-GB, ar-GB]"))
    assert found.unread
    assert said == (
        f"articles/mini/article.yaml:8:18: error: “ar-GB” has no message file: none of its {len(words(found))} texts "
        "is translated [missing-message]\n"
        "  hint: write articles/mini/l10n/ar-GB.po, with an entry for each text, or take the locale out\n"
    )


def test_a_message_file_that_cannot_be_read_is_all_that_is_told_of_its_locale(tmp_path: Path) -> None:
    british = edit("sections/wash", "with soap to get the germs off.", "with soap of any colour.")
    assert "“colour” is foreign to en-US" in told(project(tmp_path, british))
    broken = {"articles/mini/l10n/en-US.po": 'msgctxt "sections.wash.why.text.plain"\nmsgid "with\n'}
    assert told(project(tmp_path, british, files=broken)) == (
        "articles/mini/l10n/en-US.po:2:1: error: this is not a PO file: this line is neither a comment nor words in "
        "closed quotes [message-file]\n"
    )
