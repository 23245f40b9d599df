"""The content stream of a page or a drawing, split into operators with their operands.

pypdf's parser makes an object of every number and takes thirty times as long; most operators of a leaflet draw
pictures and have about four numbers each. So operands stay bytes, and the caller converts those it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaflets.pdfio.object_streams import STRING

_TOKEN = re.compile(
    rb"%[^\r\n]*"  # a comment
    rb"|BI\s[\s\S]*?\sID\s[\s\S]*?\sEI(?=\s|$)"  # an inline image, as one operator
    rb"|" + STRING + rb"|<<|>>|<[0-9A-Fa-f\s]*>|\[[0-9A-Fa-f\s<>.+-]*\]|[\[\]]"
    rb"|/[^\s/<>\[\]()%{}]*|[^\s/<>\[\]()%{}]+"
)
_OPERATOR = re.compile(rb"[A-Za-z'\"][A-Za-z0-9*'\"]*")
_WORDS = frozenset((b"true", b"false", b"null"))
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\s\S]))")
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}

_ITEM = re.compile(rb"<[0-9A-Fa-f\s]*>|[0-9.+-]+")
_LETTER = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'\"%")
"""First bytes of operators and of comments."""

INLINE_PICTURE = b"BI"
_OPERAND, _NAME, _PICTURE, _COMMENT = range(4)


def operators(stream: bytes) -> Iterator[tuple[bytes, list[bytes]]]:
    """Yield each operator with its operands as written (ISO 32000-1, 7.8.2).

    An array of numbers and hexadecimal strings alone is one operand (`items` splits it); brackets of other arrays and
    of dictionaries are operands of their own. An inline image is one operator, `BI`, whose operand is the whole image.
    """
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
    """Split an array that is one operand into its numbers and strings."""
    found: list[bytes] = _ITEM.findall(array)
    return found


def string_bytes(token: bytes) -> bytes:
    """Decode a string as written, hexadecimal or literal, into its bytes (ISO 32000-1, 7.3.4)."""
    if token.startswith(b"<"):
        digits = b"".join(token[1:-1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    return _ESCAPED.sub(_unescape, token[1:-1])


def text_of(token: bytes) -> str:
    """Decode a text string as written (ISO 32000-1, 7.9.2.2).

    With a byte order mark it is UTF-16BE; else it is PDFDocEncoding, read as Latin-1, which is the same for ASCII.
    """
    found = string_bytes(token)
    return found[2:].decode("utf-16-be") if found.startswith(b"\xfe\xff") else found.decode("latin-1")


def _unescape(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes((int(match[1], 8) & 255,))
    return _LETTERS.get(match[2], match[2])
