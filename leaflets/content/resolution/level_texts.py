"""Texts: each level that is printed has words, with sound markup and a basis."""

from __future__ import annotations

from leaflets.base.source import Path
from leaflets.content import inline
from leaflets.content.model.text import LEVEL_IDS, Text
from leaflets.content.resolution.scope import Inherited, Scope


def check_text(scope: Scope, text: Text, path: Path, context: Inherited) -> None:
    """A text has the levels that are printed, each with words and sound markup, and rests on something."""
    source = context.source
    given = [level for level in (*LEVEL_IDS, "all") if getattr(text, level) is not None]
    _text_levels(scope, given, path, context)
    for level in given:
        words = getattr(text, level)
        if not words.strip():
            scope.diagnostics.error(source.place((*path, level)), "there are no words here", "missing-level")
        for fault in inline.faults(words):
            place = source.place_of((*path, level), fault.fragment)
            scope.diagnostics.error(place, fault.message, fault.rule, fault.hint)
    if not context.based:
        message = "this rests on no claim and no fact"
        hint = "name them, or write “basis: practical” where it only says how to use the leaflet"
        scope.diagnostics.error(source.place(path), message, "no-basis", hint)


def _text_levels(scope: Scope, given: list[str], path: Path, context: Inherited) -> None:
    """A text is given for all levels at once, or for each level that is printed and no other."""
    source = context.source
    if "all" in given:
        if len(given) > 1:
            message = "“all” stands alone, without levels beside it"
            scope.diagnostics.error(source.place(path), message, "wrong-level")
        return
    for level in context.levels if not context.some_levels else ():
        if level not in given:
            hint = f"write it, or give the part above it “levels: [{', '.join(given)}]”"
            scope.diagnostics.error(source.place(path), f"the level “{level}” is missing", "missing-level", hint)
    for level in given:
        if level not in context.levels:
            place = source.place((*path, level))
            scope.diagnostics.error(place, f"the level “{level}” is not printed here", "wrong-level")
