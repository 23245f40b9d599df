"""Markup inside a line of text: **bold**, backslash escapes and {placeholders}; nothing else.

markdown-it-py reads it with everything but emphasis switched off; what looks like markup and is none is an error, so
that no stray asterisk reaches paper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9-]*)\}")
_READER = MarkdownIt("zero").enable(["emphasis", "escape"])
_STRICT = MarkdownIt("zero").enable(["emphasis", "escape"]).disable("text_join")
"""Keeps what is escaped apart from the words around it."""


_MARKS = re.compile(r"[*_\\\r\n\0]")
"""Without any of these a line is words alone, and need not be read."""


@dataclass(frozen=True)
class Run:
    """Some words, bold or not."""

    words: str
    bold: bool = False


@dataclass(frozen=True)
class Fault:
    """A piece of a text that is broken, with what to do."""

    fragment: str
    message: str
    rule: str
    hint: str = ""


@lru_cache(maxsize=20_000)
def runs(line: str) -> tuple[Run, ...]:
    """The runs of one line of text."""
    if not _MARKS.search(line):
        return (Run(line),) if line else ()
    found: list[Run] = []
    bold = 0
    for token in _READER.parseInline(line)[0].children or ():
        if token.type == "strong_open":
            bold += 1
        elif token.type == "strong_close":
            bold -= 1
        elif token.content:
            found.append(Run(token.content, bold > 0))
    return tuple(found)


def lines(text: str) -> list[str]:
    """The lines of a text: paragraphs of their own."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled. KeyError for an unknown one: the checks have complained by then."""
    return PLACEHOLDER.sub(lambda match: values[match[1]], text)


def bare(text: str) -> str:
    """The text without its markup, for measuring and for alternative texts."""
    return " ".join("".join(run.words for run in runs(line)) for line in lines(text))


def faults(text: str) -> list[Fault]:
    """What is broken in the markup of a text."""
    found: list[Fault] = []
    for line in lines(text):
        tokens = (_STRICT.parseInline(line)[0].children or []) if _MARKS.search(line) else []
        if any(token.type == "em_open" for token in tokens):
            single = r"(?<![*\\])\*(?!\*)|(?<![\w\\])_"
            found.append(Fault(_around(line, single), "italics are not used on paper", "markup", "use **bold**"))
        for token in tokens:
            stray = r"\*|(?<!\w)_|_(?!\w)"
            if token.type == "text" and re.search(stray, token.content):
                hint = "close it with **, or write \\* for an asterisk"
                fragment = _around(token.content, stray)
                found.append(Fault(fragment, "bold is opened and never closed", "markup", hint))
        if match := re.search(r"</?[a-zA-Z][^>]*>", line):
            found.append(Fault(match[0], "HTML is not allowed in a text", "markup", "only **bold** is"))
        if match := re.search(r"\[[^\]]*\]\([^)]*\)", line):
            found.append(Fault(match[0], "links are not allowed in a text", "markup", "paper cannot be clicked"))
        if match := re.search(r"[{}]", PLACEHOLDER.sub("", line)):
            found.append(Fault(match[0], "a placeholder is broken", "markup", "write {name}, lower case, with hyphens"))
    return found


def _around(line: str, pattern: str) -> str:
    match = re.search(pattern, line)
    start = match.start() if match else 0
    return line[start : start + 20].strip()
