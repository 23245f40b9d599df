"""Spelling dictionaries of locales: Hunspell's files in `assets/spelling`, and lists of words beside them.

`assets/spelling/<locale>.dic` and `.aff` are a locale's dictionary. `assets/spelling/words.txt` has more words, one a
line, which are right in every locale; a user's own list adds to the shipped one.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.project import Project

FOLDER = "assets/spelling"
WORDS = f"{FOLDER}/words.txt"


@dataclass(frozen=True)
class Dictionary:
    """The dictionary of a locale with the words that an article and a project add."""

    tag: str
    folder: str
    """Folder of the dictionary's files."""
    words: frozenset[str]
    """Added words, as they are written; a word in lower case may have a capital in a text."""

    @lru_cache(maxsize=50_000)  # noqa: B019
    def knows(self, word: str) -> bool:
        """Whether a word is right as it is written; of a compound with hyphens, the whole or each part."""
        if word in self.words or word.lower() in self.words:
            return True
        plain = word.replace("’", "'")
        if any(plain.endswith(ending) and self.knows(plain[:-2]) for ending in ("'s", "s'")):
            return True
        book = _hunspell(self.folder, self.tag)
        if book.spell(plain) or book.spell(plain.lower()):
            return True
        return "-" in word and all(len(part) < 2 or self.knows(part) for part in word.split("-"))

    def near(self, word: str) -> list[str]:
        """Right words that one slip of the finger away from a wrong one would be: two letters swapped, one left out,
        one too many, one wrong. In this order, in lower case, each once."""
        book = _hunspell(self.folder, self.tag)
        return [other for other in dict.fromkeys(_one_slip(word.lower())) if book.spell(other)]


def _one_slip(word: str) -> Iterator[str]:
    cuts = [(word[:index], word[index:]) for index in range(len(word) + 1)]
    yield from (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    yield from (a + letter + b for a, b in cuts for letter in string.ascii_lowercase)
    yield from (a + b[1:] for a, b in cuts if b)
    yield from (a + letter + b[1:] for a, b in cuts if b for letter in string.ascii_lowercase)


@lru_cache
def _hunspell(folder: str, tag: str) -> Any:
    from hunspell import Hunspell  # half a megabyte of words: loaded when a word is looked up

    return Hunspell(tag, hunspell_data_dir=folder)


def read_dictionary(project: Project, tag: str, words: Iterable[str], diagnostics: Diagnostics) -> Dictionary | None:
    """The dictionary of a locale with an article's own `words`. None when the project has none for it, or after a
    diagnostic when its files are no regular files or larger than a dictionary may be."""
    path = project.find(f"{FOLDER}/{tag}.dic")
    if path is None or not Path(path).with_suffix(".aff").exists():
        return None
    for name in (f"{FOLDER}/{tag}.dic", f"{FOLDER}/{tag}.aff"):
        try:
            project.read_bytes(name)  # Hunspell itself opens anything
        except OSError as error:
            diagnostics.error(Place(project.shown(name)), f"the file cannot be read: {error.strerror}", "unreadable")
            return None
    return Dictionary(tag, str(Path(path).parent), frozenset(words) | _listed(project, diagnostics))


def _listed(project: Project, diagnostics: Diagnostics) -> frozenset[str]:
    """The words of the project's list and of the shipped one."""
    found: set[str] = set()
    for layer in (project, Project(None, project.shipped)):
        text = layer.read_checked(WORDS, diagnostics) if layer.find(WORDS) else None
        lines = (line.partition("#")[0].strip() for line in (text or "").splitlines())
        found.update(line for line in lines if line)
    return frozenset(found)
