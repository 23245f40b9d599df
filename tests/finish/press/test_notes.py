"""Notes for the printer that cannot be printed are errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.builder.edition.make import Order, Result, Toolchain
from leaflets.builder.state.destinations import Destinations
from leaflets.builder.state.destinations import make as make_and_deliver
from leaflets.finish.press.marks import Area, Drawing, NoteError, PrinterNote, draw_note
from tests.tools.articles import KEY_CONTENT, material, project


def make(tmp_path: Path, layout: str, words: str) -> Result:
    made = project(tmp_path / "project", KEY_CONTENT, files={"templates/words.yaml": words}, shipped=True)
    order = Order(material(made, layout=layout))
    return make_and_deliver(Toolchain(made), order, Destinations.at(tmp_path / "out")).result


def test_a_note_that_has_no_room_is_an_error_and_neither_file_is_written(tmp_path: Path) -> None:
    words = " ".join(["Print on both sides."] * 20)
    result = make(tmp_path, "tri-fold", f'print-tri-fold: {{text: "{words}"}}\n')
    (found,) = result.diagnostics
    assert found.rule == "print-note"
    assert found.message.startswith("there is no room for “Print on both sides.")
    assert found.message.endswith("in 79 x 6.0 mm")
    assert "“print-…”" in found.hint
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_a_note_with_a_character_that_its_font_has_not_is_an_error_that_names_it(tmp_path: Path) -> None:
    (found,) = make(tmp_path, "booklet", 'print-booklet: {text: "Print 手 on both sides"}\n').diagnostics
    assert found.rule == "print-note"
    assert found.message == "the font has no glyph for 手 (U+624B) in “Print 手 on both sides”"


def test_a_note_has_one_direction() -> None:
    with Drawing(["arabic"]).page(297, 210) as canvas:
        for words in ("اطبع على الوجهين", "Print at 100%"):  # not translated yet
            draw_note(canvas, PrinterNote(words, "arabic", True, Area(10, 10, 100, 20)))
        with pytest.raises(NoteError, match="“100” runs from left to right"):
            draw_note(canvas, PrinterNote("اطبع بحجم 100%", "arabic", True, Area(10, 10, 100, 20)))
