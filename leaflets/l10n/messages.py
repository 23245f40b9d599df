"""Message files (PO), one for each article and locale, read with positions.

`msgctxt` is the segment's id, `msgid` the source words, `msgstr` the words in the locale. Messages are matched by id
only, never by similarity: a message whose source words have changed is stale and is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polib

from leaflets.base.diagnostics import Diagnostics, Place, did_you_mean
from leaflets.base.project import Project
from leaflets.base.reader_limits import READERS
from leaflets.base.source import WORD
from leaflets.l10n.compare import compare

LIMITS = READERS["po"]
_LINE = re.compile(r'\s*(#.*|(msg[a-z]+(\[\d+\])?\s*)?"([^"\\]|\\.)*"\s*)?\Z')
"""A valid line: a comment, or closed quotes with or without a keyword. polib silently skips all others."""


@dataclass(frozen=True)
class Message:
    """One entry of a message file."""

    source: str
    words: str
    fuzzy: bool
    place: Place
    rows: tuple[tuple[int, int, str], ...] = ()
    """The quoted strings of `words` as written in the file: line and column of the first character, from 1, text."""

    def word_place(self, number: int) -> Place:
        """Position of a word of `words`, counted from 0 and divided by white space."""
        open_word = False  # the string before ended inside a word
        for line, column, text in self.rows:
            found = [match.start() for match in WORD.finditer(text)]
            if open_word and found[:1] == [0]:
                found = found[1:]
            if number < len(found):
                return Place(self.place.path, line, column + found[number])
            number -= len(found)
            open_word = not text.endswith(" ") if text else open_word
        return self.place


def read_messages(project: Project, name: str, diagnostics: Diagnostics) -> dict[str, Message] | None:
    """Read the message file `name`: messages by segment id. Empty when there is no file; None, after a diagnostic, when
    it is not PO."""
    if not project.find(name):
        return {}
    shown = project.shown(name)
    text = project.read_checked(name, diagnostics)
    if text is None:
        return None
    if refused := _refused_line(text):
        diagnostics.error(Place(shown, refused[0]), refused[1], "message-file")
        return None
    try:
        entries = polib.pofile(text, encoding="utf-8", check_for_duplicates=False)
    except (OSError, ValueError) as error:
        line, message = _where(str(error))
        diagnostics.error(Place(shown, line), f"this is not a PO file: {message}", "message-file")
        return None
    found: dict[str, Message] = {}
    lines = text.splitlines()
    for entry in entries:
        if entry.obsolete:
            continue
        place = Place(shown, entry.linenum or 1)
        if entry.msgctxt is None:
            diagnostics.error(place, "an entry without msgctxt, the segment's id", "message-file")
        elif entry.msgctxt in found:
            diagnostics.error(
                place,
                f"the segment “{entry.msgctxt}” stands here twice",
                "duplicate-id",
                "delete one of the two entries",
            )
        else:
            rows = _rows(lines, place.line)
            found[entry.msgctxt] = Message(entry.msgid, entry.msgstr, entry.fuzzy, place, rows)
    return found


def usable(
    messages: Mapping[str, Message] | None,
    source: Mapping[str, tuple[str, Place]],
    complete: bool,
    diagnostics: Diagnostics,
    gaps: bool = False,
) -> dict[str, str]:
    """Words that may be printed, by segment id. Unknown and stale messages are reported; fuzzy ones are not used.

    `source`: words and position of every segment that the locale prints; `gaps`: not all of them could be read.
    `complete`: every segment must have a message (a translation); otherwise a missing message means that the source's
    words are used (a variant), and a fuzzy one is reported.
    """
    if messages is None:  # already reported; missing segments would only repeat it
        return {}
    found: dict[str, str] = {}
    for id_, message in messages.items():
        if id_ in source:
            if _fits(id_, message, source[id_][0], complete, diagnostics):
                found[id_] = message.words
        elif not gaps:
            hint = did_you_mean(id_, source) if len(source) < 5000 else ""
            diagnostics.error(message.place, f"there is no segment “{id_}”", "unknown-segment", hint)
    if complete:
        for id_, (_, place) in source.items():
            if id_ not in found:
                diagnostics.error(place, f"“{id_}” is not translated", "missing-message")
    return found


def _rows(lines: Sequence[str], start: int) -> tuple[tuple[int, int, str], ...]:
    """The quoted strings of the msgstr of the entry that begins at line `start`; an escaped line end is two spaces."""
    found: list[tuple[int, int, str]] = []
    for number in range(start, len(lines) + 1):
        row = lines[number - 1]
        if not found and not row.lstrip().startswith("msgstr"):
            continue
        if found and not row.lstrip().startswith('"'):
            break
        begin, end = row.find('"') + 1, row.rfind('"')
        found.append((number, begin + 1, row[begin:end].replace("\\n", "  ")))
    return tuple(found)


def _refused_line(text: str) -> tuple[int, str] | None:
    """Number and fault of the first line that polib would skip, or that is beyond the limit of messages."""
    count = 0
    for number, row in enumerate(text.splitlines(), start=1):
        count += row.startswith("msgctxt")
        if count > LIMITS.entries:
            return number, f"there are more than {LIMITS.entries} messages"
        if not _LINE.match(row):
            return number, "this is not a PO file: this line is neither a comment nor words in closed quotes"
    return None


def _fits(id_: str, message: Message, source: str, complete: bool, diagnostics: Diagnostics) -> bool:
    """Whether a message may be printed; a diagnostic when it has words and may not."""
    if not message.words:
        return False
    if message.source != source:
        hint = "translate it anew, and copy the source's words to msgid"
        diagnostics.error(message.place, f"the source of “{id_}” has changed", "stale-message", hint)
        return False
    if message.fuzzy:
        if not complete:  # a translation reports the missing words at their source
            text = f"“{id_}” is marked fuzzy, so the source's words are printed"
            hint = "look whether its words are right, then take the mark away"
            diagnostics.warning(message.place, text, "fuzzy-message", hint)
        return False
    compare(id_, message.source, message.words, message.place, diagnostics)
    return True


def _where(error: str) -> tuple[int, str]:
    """Line and message of polib's error text, “Syntax error in po file … (line 12): …”."""
    _, _, rest = error.partition("(line ")
    number, _, message = rest.partition(")")
    return (int(number), message.strip(": ") or error) if number.isdigit() else (1, error.splitlines()[0])
