"""The content stream of a page or a drawing, split into operators with their operands.

pypdf's parser makes an object of every number, which takes thirty times as long; most of a leaflet's operators draw
pictures and need four numbers each. So operands stay bytes until somebody wants them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflets.pdfio.object_streams import STRING

_TOKEN = re.compile(
    rb"%[^\r\n]*"  # a comment
    rb"|BI\s[\s\S]*?\sID\s[\s\S]*?\sEI(?=\s|$)"  # a picture inside the stream, as one operator
    rb"|" + STRING + rb"|<<|>>|<[0-9A-Fa-f\s]*>|\[[0-9A-Fa-f\s<>.+-]*\]|[\[\]]"
    rb"|/[^\s/<>\[\]()%{}]*|[^\s/<>\[\]()%{}]+"
)
_OPERATOR = re.compile(rb"[A-Za-z'\"][A-Za-z0-9*'\"]*")
_WORDS = frozenset((b"true", b"false", b"null"))
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\s\S]))")
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}

_ITEM = re.compile(rb"<[0-9A-Fa-f\s]*>|[0-9.+-]+")
_LETTER = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'\"%")
"""What an operator begins with, or a comment."""

INLINE_PICTURE = b"BI"
_OPERAND, _NAME, _PICTURE, _COMMENT = range(4)


def operators(stream: bytes) -> Iterator[tuple[bytes, list[bytes]]]:
    """Each operator with its operands as they are written. An array of nothing but numbers and hexadecimal strings is
    one operand (`items` has its parts); else brackets of arrays and dictionaries are operands too."""
    operands: list[bytes] = []
    kinds: dict[bytes, int] = {}
    known, letter = kinds.get, _LETTER
    for token in _TOKEN.findall(stream):
        if token[0] not in letter:
            operands.append(token)
            continue
        kind = known(token)
        if kind is None:
            kind = kinds[token] = _kind(token)
        if kind == _OPERAND:
            operands.append(token)
        elif kind == _NAME:
            yield token, operands
            operands = []
        elif kind == _PICTURE:
            yield INLINE_PICTURE, [token]
            operands = []


def _kind(token: bytes) -> int:
    if _OPERATOR.fullmatch(token) is not None and token not in _WORDS:
        return _NAME
    if token.startswith(b"BI") and len(token) > 3:
        return _PICTURE
    return _COMMENT if token.startswith(b"%") else _OPERAND


def items(array: bytes) -> list[bytes]:
    """The numbers and strings of an array that is one operand."""
    found: list[bytes] = _ITEM.findall(array)
    return found


def string_bytes(token: bytes) -> bytes:
    """The bytes of a string, written as hexadecimal digits or in brackets."""
    if token.startswith(b"<"):
        digits = b"".join(token[1:-1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    return _ESCAPED.sub(_unescape, token[1:-1])


def text_of(token: bytes) -> str:
    """The text of a string (ISO 32000-1, 7.9.2.2): UTF-16 where it says so, else PDFDocEncoding, of which ASCII will
    do here."""
    found = string_bytes(token)
    return found[2:].decode("utf-16-be") if found.startswith(b"\xfe\xff") else found.decode("latin-1")


def _unescape(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes((int(match[1], 8) & 255,))
    return _LETTERS.get(match[2], match[2])
