"""PDF objects and streams serialised to bytes."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from typing import Any

from leaflets.base.units import MM_PER_PT

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
ENTRY = struct.Struct(">BIH")
"""An entry of a cross-reference stream with /W [1 4 2] (ISO 32000-1, 7.5.8.3): type, then byte offset or number of the
object stream, then generation or index in it."""


def dump(value: Any) -> bytes:
    """Serialise an object of pypdf, without its number."""
    out = io.BytesIO()
    value.write_to_stream(out)
    return out.getvalue()


def indirect_object(number: int, body: bytes) -> bytes:
    """An indirect object of generation 0."""
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def stream(entries: bytes, data: bytes) -> bytes:
    """A stream object, compressed with Flate. `entries`: those of its dictionary beside the filter and length."""
    return b"".join(stream_parts(entries, data))


def stream_parts(entries: bytes, data: bytes) -> tuple[bytes, bytes]:
    """The same as `stream` in two parts: the dictionary, and what follows it."""
    body = zlib.compress(data, 6)
    head = b"<<%s /Filter /FlateDecode /Length %d>>" % (entries, len(body))
    return head, b"\nstream\n%s\nendstream" % body


def object_stream(packed: Sequence[tuple[int, bytes]]) -> bytes:
    """An object stream (ISO 32000-1, 7.5.7) of objects, each with its number and serialised body."""
    places, data = [], bytearray()
    for number, body in packed:
        places.append(b"%d %d" % (number, len(data)))
        data += body + b"\n"
    head = b" ".join(places) + b"\n"
    return stream(b"/Type /ObjStm /N %d /First %d" % (len(packed), len(head)), head + bytes(data))


def mm(points: float) -> float:
    """Points to millimetres."""
    return points * MM_PER_PT
