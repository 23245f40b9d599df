"""Safe names: checks of file names that come from data, their paths in a folder, and text from data for a terminal.

A name that comes from a file, a catalogue or a cache is checked twice: by its reader, and by the store that opens it.
"""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

LONGEST_PART, LONGEST_NAME = 200, 800
"""Most bytes, as UTF-8, of one part of a name and of a whole name: with the suffix of a temporary file they stay below
the 255 bytes of most file systems and the 1,024 bytes of a key in S3."""
_REFUSED = re.compile(r'[\\:*?"<>|]')
"""Characters with a special meaning in Windows: a backslash separates folders, a colon ends a drive."""
_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode categories of characters that a name must not contain: controls, formats, surrogates, line and paragraph
ends."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)
_SHOWN_AS_CODE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters such as ESC, line and paragraph separators, directional overrides, lone surrogates."""


class UnsafeNameError(OSError):
    """A name that is not allowed, or whose path leaves its folder. `strerror`: the reason in words."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(number, reason)


def relative_name(text: str) -> str:
    """Return the text if it is a normalised relative name with forward slashes; else raise UnsafeNameError.

    Such a name has no empty part, no `.` or `..`, no drive, no backslash, no control or other invisible character, and
    no part that Windows does not allow, so that it names the same file on every system.
    """
    parts = (_wrong_part(part) for part in text.split("/"))
    if reason := _wrong_name(text) or next(filter(None, parts), ""):
        shown = printable(text if len(text) <= 80 else f"{text[:80]}…")
        raise UnsafeNameError(errno.EPERM, f"“{shown}” cannot be the name of a file here: {reason}")
    return text


def _wrong_name(text: str) -> str:
    """Fault of a name as a whole; empty: none."""
    if not text or text.startswith("/"):
        return "it is absolute" if text else "it is empty"
    if bad := next((char for char in text if unicodedata.category(char) in _INVISIBLE), ""):
        return f"it holds U+{ord(bad):04X}"
    if found := _REFUSED.search(text):
        return f"it holds {found[0]}"
    if not unicodedata.is_normalized("NFC", text):
        return "its letters are not composed (NFC)"
    return "it is too long" if len(text.encode()) > LONGEST_NAME else ""


def _wrong_part(part: str) -> str:
    """Fault of one part of a name; empty: none."""
    if part in ("", ".", ".."):
        return f"it has the part “{part}”"
    if part[-1] in ". ":
        return "a part of it ends in a dot or a space"
    if is_device(part):
        return f"“{part}” is a device in Windows"
    return "a part of it is too long" if len(part) > LONGEST_PART or len(part.encode()) > LONGEST_PART else ""


@lru_cache(10_000)
def is_relative_name(text: str) -> bool:
    """Whether `relative_name` accepts the text."""
    try:
        relative_name(text)
    except UnsafeNameError:
        return False
    return True


def is_device(part: str) -> bool:
    """Whether a file or folder of that name is a device in Windows, with any ending: `con`, `nul.pdf`, `COM1`."""
    return bool(_DEVICE.fullmatch(part.partition(".")[0].rstrip(" ")))


def inside(folder: Path, name: str, follow: bool = True) -> Path:
    """Path of a file in a folder. UnsafeNameError if the name is not allowed, or if a link leads out of the folder.

    `follow`: the file itself may be a link too, whose target must lie in the folder; without it, only the folders above
    the file are resolved, which is right for a file that is replaced or deleted.
    """
    path = folder / relative_name(name)
    root, real = os.path.realpath(folder), os.path.realpath(path if follow else path.parent)
    if os.path.commonpath((root, real)) != root:
        raise UnsafeNameError(errno.EPERM, f"“{name}” is a link that leads out of its folder")
    return path


def printable(text: str) -> str:
    """Text for a terminal: characters that move the cursor, end the line or change the direction are replaced by
    codes."""
    return _SHOWN_AS_CODE.sub(_code, text)


def _code(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
