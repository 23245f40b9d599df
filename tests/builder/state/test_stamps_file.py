"""`.stamps.json` is read as it was written; a broken one is an empty list of stamps, and that is said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.open_store import open_store
from leaflets.builder.state.stamps_file import StampedFile, read_stamps, stamps_json
from leaflets.editions.edition_files import file_at
from tests.tools.json_fuzz import JSON, WHERE, changed

PATH = "en-GB/a.hands.plain.booklet.en-GB.pdf"
MADE = {PATH: StampedFile("of", 3, "0" * 64), PATH.replace(".pdf", ".print.pdf"): StampedFile("of", 4, "1" * 64)}
WHOLE = json.loads(stamps_json(MADE))


def read(text: str) -> tuple[dict[str, StampedFile], list[str]]:
    store, diagnostics = open_store("memory://stamps"), Diagnostics()
    store.write_whole("leeds/.stamps.json", text.encode())
    return read_stamps(store, "leeds", diagnostics), [str(item) for item in diagnostics]


def test_what_is_written_is_read() -> None:
    assert read(stamps_json(MADE)) == (MADE, [])
    assert read_stamps(open_store("memory://stamps"), "york", Diagnostics()) == {}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"../../victim.txt": WHOLE[PATH]}, "“../../victim.txt” is not the file of an edition"),
        ({PATH.replace(".pdf", ".evidence.json"): WHOLE[PATH]}, "is not the file of an edition"),
        ({PATH: {}}, f"{PATH}: the key “of” is missing"),
        ({PATH: {**WHOLE[PATH], "size": None}}, f"{PATH}.size: null is not a whole number"),
        ({PATH: {**WHOLE[PATH], "sha256": "x"}}, f"{PATH}: its sha256 cannot be meant"),
        ([], "[…] is not keys with values"),
        (None, "null is not keys with values"),
    ],
)
def test_a_broken_list_is_an_empty_one_and_that_is_said(found: Any, said: str) -> None:
    stamps, (told,) = read(json.dumps(found))
    assert stamps == {}
    assert "/leeds/.stamps.json:1:1: warning: what the last stamping wrote down cannot be used: " in told
    assert said in told


@given(WHERE, JSON)
def test_whatever_stands_in_it_nothing_is_raised_and_no_path_leads_out(where: list[int], value: Any) -> None:
    stamps, said = read(json.dumps(changed(WHOLE, where, value)))
    assert not stamps or not said
    assert all(file_at(path) for path in stamps)
    stamps_json(stamps).encode()
