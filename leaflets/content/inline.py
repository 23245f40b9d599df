"""Inline markup: **bold**, backslash escapes and {placeholders}, nothing else.

markdown-it-py parses it with all rules off but emphasis and escape. Broken markup is an error, so no stray asterisk
reaches paper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt

SOFT_HYPHEN = "\u00ad"
"""Where a long word may break; seen only at the end of a line."""
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9-]*)\}")
_READER = MarkdownIt("zero").enable(["emphasis", "escape"])
_STRICT = MarkdownIt("zero").enable(["emphasis", "escape"]).disable("text_join")
"""Parser that leaves escaped characters in tokens of their own."""


_MARKS = re.compile(r"[*_\\\r\n\0]")
"""A line without any of these characters has no markup and is not parsed."""


_BOLD_ONLY = re.compile(r"(?:[^*_\\\r\n\0]|(?<=[^\W_])_(?=[^\W_])|\*\*)+")
"""A line whose only markup is pairs of `**`; a `_` inside a word is none."""


def _pairs(line: str) -> list[str]:
    """Parts of a line outside and inside bold, by turns: an odd `**` opens and an even one closes. Empty where the line
    has other markup, or bold words that are empty or begin or end with a blank.

    The rule of CommonMark asks what stands beside the marks, and finds no end in “**...。**过” (commonmark-spec 650).
    """
    if not _BOLD_ONLY.fullmatch(line) or "***" in line:
        return []
    parts = line.split("**")
    bold = parts[1::2]
    return parts if len(parts) % 2 and all(words and words == words.strip() for words in bold) else []


@dataclass(frozen=True)
class Run:
    """Consecutive words with the same weight."""

    words: str
    bold: bool = False


@dataclass(frozen=True)
class Fault:
    """Broken markup: the fragment of the text, the message, rule and hint."""

    fragment: str
    message: str
    rule: str
    hint: str = ""


@lru_cache(maxsize=20_000)
def runs(line: str) -> tuple[Run, ...]:
    """Parse one line of text to runs."""
    if not _MARKS.search(line):
        return (Run(line),) if line else ()
    if parts := _pairs(line):
        return tuple(Run(part, number % 2 > 0) for number, part in enumerate(parts) if part)
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
    """Non-empty lines of a text, stripped; each is a paragraph."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace placeholders. KeyError for an unknown one, which the checks have reported before."""
    return PLACEHOLDER.sub(lambda match: values[match[1]], text) if "{" in text else text


def bare(text: str) -> str:
    """Text without markup and soft hyphens, in one line: for measuring and for alternative texts."""
    if text.isprintable() and not _MARKS.search(text):  # one line of words
        return text.strip()
    joined = " ".join("".join(run.words for run in runs(line)) for line in lines(text))
    return joined.replace(SOFT_HYPHEN, "")


def faults(text: str) -> list[Fault]:
    """Find broken markup in a text."""
    found: list[Fault] = []
    for line in lines(text):
        tokens = (_STRICT.parseInline(line)[0].children or []) if _MARKS.search(line) and not _pairs(line) else []
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
