"""Slips that a proofreader stops: letters of a wrong encoding, words in capitals, pasted bullets, lines too full."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflets.base.diagnostics import Severity
from leaflets.content import inline
from leaflets.l10n.dictionaries import Dictionary
from leaflets.lint.proofreading.line import PrintedLine, Slip

_HIGH = re.compile(r"[^\x00-\x7f]{2,}")
_WAS = re.compile("[\u00a0-\u017f\u2000-\u22ff\ufeff]+")
"""What is damaged so: letters with accents, quotes, dashes, signs."""
_CAPITALS = re.compile(r"\b[A-Z][A-Z’-]*[A-Z]\b")
_CAPITAL_RUN = re.compile(rf"{_CAPITALS.pattern}(?: [A-Z][A-Z’-]*\b)*")
_SHOUTED = 4
"""Letters of a word in capitals that no list has and that the dictionary knows: an abbreviation is shorter."""
_BULLET = re.compile(r"^(?:[•·▪◦‣●○■□–—*-]|\(?\d{1,2}[.)])\s+\S+")
_INLINE_BULLETS = re.compile(r"(?:^|\s)[-–•*]\s+\S+[^-–•*]*\s[-–•*]\s+\S+")
_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]+)((?:\s+\1(?![\w’'-]))+)", re.IGNORECASE)
_RIGHT_TWICE = frozenset(("had", "that"))
"""Words that can stand twice in a right sentence: all that she had had."""
_SENTENCE_END = re.compile(r"[.!?…][”’)*]*\s+(?=[“‘(*]*[A-Z])")


def mojibake(line: PrintedLine) -> Iterator[Slip]:
    """Letters that were read in a wrong encoding: UTF-8 taken for Windows-1252, as in “cafÃ©”."""
    for match in _HIGH.finditer(line.written):
        for start in range(len(match[0]) - 1):
            repaired = _repaired(match[0][start:])
            if repaired:
                hint = f"it was “{repaired}” once; open the original as UTF-8 and copy it anew"
                yield Slip(match[0][start:], f"the letters “{match[0][start:]}” come from a wrong encoding", hint)
                break


def _repaired(run: str) -> str:
    """What a run of letters was before it was read in a wrong encoding; empty when it was nothing else."""
    try:
        made = b"".join(_byte(char) for char in run).decode("utf-8")
    except (UnicodeError, ValueError):
        return ""
    return made if len(made) < len(run) and _WAS.fullmatch(made) else ""


def _byte(char: str) -> bytes:
    """The byte of a character in Windows-1252, where the five undefined ones stand for themselves."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


def capitals(line: PrintedLine) -> Iterator[Slip]:
    """Words in capitals that are no known abbreviation, those in a row together. Words in capitals are hard to read,
    and screen readers spell them."""
    if line.dictionary is None:
        return
    for run in _CAPITAL_RUN.finditer(inline.PLACEHOLDER.sub("", line.written)):
        words = [word for word in _CAPITALS.findall(run[0]) if not _is_listed(word, line.dictionary)]
        known = [word for word in words if line.dictionary.knows(word.lower())]
        shouted = [word for word in known if len(word) >= _SHOUTED]
        if shouted and len(words) > 1 and known == words:
            yield Slip(run[0], f"“{run[0]}” is in capitals", "write it in small letters; for weight, between ** and **")
            continue
        yield from _single_capitals(words, shouted)


def _is_listed(word: str, dictionary: Dictionary) -> bool:
    return word in dictionary.words or all(part in dictionary.words for part in word.split("-"))


def _single_capitals(words: list[str], shouted: list[str]) -> Iterator[Slip]:
    for word in words:
        if word in shouted:
            yield Slip(word, f"“{word}” is in capitals", f"write “{word.lower()}”; for weight, **{word.lower()}**")
        else:
            hint = "write it out where it first stands, and list it under “words” in article.yaml"
            message = f"“{word}” is no abbreviation that is known"
            yield Slip(word, message, hint, Severity.WARNING, once=True)


def bullets(line: PrintedLine) -> Iterator[Slip]:
    """Bullets and numbers of a list that were typed or pasted."""
    written = line.written.strip()
    match = _BULLET.search(written) or _INLINE_BULLETS.search(written)
    if match:
        shown = match[0].strip().split()[0]
        hint = "make it a block of the kind list or steps, with an item for each point"
        yield Slip(match[0].strip(), f"“{shown}” begins a point of a list that was typed", hint)


def repeated(line: PrintedLine) -> Iterator[Slip]:
    """A word that stands twice in a row, in English; a name may, as in Walla Walla."""
    if not line.locale.startswith("en"):
        return
    for match in _TWICE.finditer("".join(run.words for run in inline.runs(line.written))):
        first, *rest = match[0].split()
        if first.lower() in _RIGHT_TWICE or all(word[0].isupper() for word in (first, *rest)):
            continue
        yield Slip(match[0], f"“{first}” stands here {len(rest) + 1} times in a row", "take one out")


def full_line(line: PrintedLine) -> Iterator[Slip]:
    """More than one sentence on a line at the easy level, where each has a line of its own."""
    found = list(_SENTENCE_END.finditer(line.written))
    if line.level == "easy" and found:
        rest = line.written[found[0].end() :]
        message = f"{len(found) + 1} sentences stand on one line, and the easy level has a line for each"
        yield Slip(" ".join(rest.split()[:3]), message, "write the text as “|-”, a sentence to a line")
