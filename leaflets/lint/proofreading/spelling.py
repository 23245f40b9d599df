"""Spelling: words that the locale's dictionary does not know.

A word that is one slip away from a right one is an error. Another, which may be a name or a term, is a warning: it is
looked up by a person, and listed.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaflets.base.diagnostics import Severity
from leaflets.content.inline import SOFT_HYPHEN
from leaflets.lint.proofreading.line import PrintedLine, Slip
from leaflets.lint.wording import is_foreign

_MOST_NEAR = 3
"""Right words that a hint names."""
_LIST = "if it is right, list it under “words” in article.yaml"


def misspelt(line: PrintedLine) -> Iterator[Slip]:
    """Words that the dictionary does not know; words of another region and capitals have rules of their own."""
    if line.dictionary is None:
        return
    for written in line.words:
        if line.dictionary.knows(written):
            continue
        word = written.replace(SOFT_HYPHEN, "")
        if len(word) < 2 or _capitals(word) or line.dictionary.knows(word) or is_foreign(line.locale, word):
            continue
        near = line.dictionary.near(word) if word[:1].islower() or word[1:].islower() else []
        if near:
            hint = f"did you mean {' or '.join(f'“{other}”' for other in near[:_MOST_NEAR])}? Else, {_LIST}"
            yield Slip(written, f"“{word}” is misspelt", hint)
        else:
            yield Slip(written, f"no dictionary knows “{word}”", f"look it up; {_LIST}", Severity.WARNING, once=True)


def _capitals(word: str) -> bool:
    """Whether a word is an abbreviation or in capitals, its plural too: MRI, NSAIDs."""
    return len(word) > 1 and word.removesuffix("s").isupper()
