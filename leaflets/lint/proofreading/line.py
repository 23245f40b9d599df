"""PrintedLine: what a rule of words looks at, and Slip: what it finds there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from leaflets.base.diagnostics import Severity
from leaflets.content import inline
from leaflets.l10n.dictionaries import Dictionary

WORD = re.compile(r"[^\W\d_]+(?:[’'\u00ad-][^\W\d_]+)*")
_MAY_BE_ADDRESS = re.compile(r"[@/]|\.\w")
_ADDRESS = re.compile(r"\S*[@/]\S*|\S+\.(?:com|gov|net|org|uk|html)\b\S*")


@dataclass(frozen=True)
class Slip:
    """Something wrong in a line: the fragment, what is wrong, and what to do."""

    fragment: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    once: bool = False
    """The same doubt, wherever it stands: told at its first place."""


@dataclass(frozen=True)
class PrintedLine:
    """One line of a text in a locale, as it stands in the file."""

    written: str
    level: str
    """Reading level, or `all`."""
    locale: str
    dictionary: Dictionary | None
    """None: the project has none for the locale."""

    @cached_property
    def words(self) -> list[str]:
        """Words without markup, placeholders, numbers and addresses."""
        plain = inline.PLACEHOLDER.sub(" ", "".join(run.words for run in inline.runs(self.written)))
        return WORD.findall(_ADDRESS.sub(" ", plain) if _MAY_BE_ADDRESS.search(plain) else plain)


Find = Callable[[PrintedLine], Iterator[Slip]]
