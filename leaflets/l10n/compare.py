"""Comparison of a message with its source: placeholders, numbers and bold words must be the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.content import inline

_NUMBER = re.compile(r"\d+(?:[.,٫٬]\d+)*")


def compare(id_: str, source: str, words: str, place: Place, diagnostics: Diagnostics) -> None:
    """Report differences in placeholders, numbers or count of bold words, and broken markup."""
    for fault in inline.faults(words):
        diagnostics.error(place, f"“{id_}”: {fault.message}", fault.rule, fault.hint)
    for what, rule, found in (
        ("placeholders", "message-placeholders", _placeholders),
        ("numbers", "message-numbers", _numbers),
        ("words in bold", "message-markup", _bold),
    ):
        wanted, given = found(source), found(words)
        if wanted != given:
            message = f"“{id_}”: the {what} are not those of the source"
            diagnostics.error(place, message, rule, f"source: {_shown(wanted)}; here: {_shown(given)}")


def _placeholders(text: str) -> Counter[str]:
    return Counter(inline.PLACEHOLDER.findall(text))


def _numbers(text: str) -> Counter[str]:
    """Numbers converted to Western digits."""
    return Counter(
        "".join(str(unicodedata.digit(char)) if char.isdigit() else "." for char in number)
        for number in _NUMBER.findall(inline.PLACEHOLDER.sub("", text))
    )


def _bold(text: str) -> Counter[str]:
    return Counter("bold" for line in inline.lines(text) for run in inline.runs(line) if run.bold)


def _shown(found: Counter[str]) -> str:
    return ", ".join(sorted(found.elements())) or "none"
