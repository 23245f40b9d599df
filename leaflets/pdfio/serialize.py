"""PDF objects as bytes."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from typing import Any

from leaflets.base.units import MM_PER_PT

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
ENTRY = struct.Struct(">BIH")
"""Of a cross-reference stream with /W [1 4 2]: kind, place or object stream, index in it."""


def dump(value: Any) -> bytes:
    """An object as it is written, without number."""
    out = io.BytesIO()
    value.write_to_stream(out)
    return out.getvalue()


def numbered(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def stream(entries: bytes, data: bytes) -> bytes:
    """A stream object, compressed."""
    return b"".join(packed(entries, data))


def packed(entries: bytes, data: bytes) -> tuple[bytes, bytes]:
    """The same in two: its entries, and what follows them."""
    body = zlib.compress(data, 6)
    head = b"<<%s /Filter /FlateDecode /Length %d>>" % (entries, len(body))
    return head, b"\nstream\n%s\nendstream" % body


def bag(packed: Sequence[tuple[int, bytes]]) -> bytes:
    """An object stream."""
    places, data = [], bytearray()
    for number, body in packed:
        places.append(b"%d %d" % (number, len(data)))
        data += body + b"\n"
    head = b" ".join(places) + b"\n"
    return stream(b"/Type /ObjStm /N %d /First %d" % (len(packed), len(head)), head + bytes(data))


def mm(points: float) -> float:
    return points * MM_PER_PT
