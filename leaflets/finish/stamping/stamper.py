"""Stamper: assembles a file from a stamp base and a clinic's label, drawn and tagged in the stamp area."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence

from pypdf.generic import TextStringObject

from leaflets.finish.stamping.label_parts import Label, Piece, code_piece
from leaflets.finish.stamping.label_tags import role, tag
from leaflets.finish.stamping.resources import named
from leaflets.finish.stamping.template import Stock
from leaflets.pdfio.serialize import ENTRY, dump, numbered, stream


def stamped(stock: Stock, label: Label, name: str, address: str = "", shown: str = "") -> bytes:
    """The bytes of an edition's file with a label.

    `name`: name of the clinic, for the outline entry; `address`: address of the clinic's copy, for the QR code (empty:
    none); `shown`: the same address as people read it.
    """
    pieces = list(label.pieces)
    if label.code is not None and address:
        pieces.append(code_piece(address, label.code, stock.room.labels, shown))
    first = stock.free
    objects = dict(enumerate(label.parcel.written(first), first))
    objects[stock.content] = numbered(stock.content, stream(stock.form + _form(stock), _code(stock, pieces)))
    fonts = b"/Font " + named(stock.fonts, label.parcel.fonts, first)
    pictures = b" /XObject " + named(stock.pictures, label.parcel.pictures, first)
    objects[stock.resources] = numbered(stock.resources, b"<<%s %s%s>>" % (stock.others, fonts, pictures))
    if stock.structure:
        objects |= tag(stock.structure, stock.room, pieces, first + len(label.parcel.objects))
    if stock.bookmark:
        title = dump(TextStringObject(name))
        objects[stock.bookmark] = numbered(stock.bookmark, b"<<%s /Title %s>>" % (stock.bookmark_entries, title))
    return _written(stock, objects)


def _form(stock: Stock) -> bytes:
    return b" /Resources %d 0 R" % stock.resources if stock.form else b""


def _code(stock: Stock, pieces: Sequence[Piece]) -> bytes:
    """The content stream of the page followed by the pieces, in marked content if the file is tagged."""
    parts = [b"q", stock.code, b"Q", b"q 1 0 0 1 %.3f %.3f cm" % (stock.room.x, stock.room.top)]
    rows = [(role(piece, part), part.code) for piece in pieces for part in piece.parts]
    for number, (name, code) in enumerate(rows, len(stock.structure.tags) if stock.structure else 0):
        marked = b"/%s <</MCID %d>> BDC\n%s\nEMC" % (name.encode(), number, code)
        parts.append(marked if stock.structure else code)
    return b"\n".join([*parts, b"Q"])


def _written(stock: Stock, objects: dict[int, bytes]) -> bytes:
    """The whole file: the fixed objects, the new ones, and the cross-reference stream of both."""
    last = max(*objects, stock.free - 1) + 1
    table = bytearray(stock.table) + bytes(ENTRY.size * (last + 1 - stock.free))
    parts, length = [stock.fixed], len(stock.fixed)
    for number, body in sorted(objects.items()):
        ENTRY.pack_into(table, number * ENTRY.size, 1, length, 0)
        parts.append(body)
        length += len(body)
    ENTRY.pack_into(table, last * ENTRY.size, 1, length, 0)
    packed = zlib.compress(bytes(table), 6)
    same = hashlib.sha256(b"".join(parts[1:])).digest()[:16]
    keys = b" ".join(b"%s %d 0 R" % (key.encode(), number) for key, number in stock.trailer.items())
    ids = b"/ID [<%s> <%s>]" % (stock.identifier.hex().encode(), same.hex().encode())
    entries = b"/Type /XRef /Size %d /W [1 4 2] %s %s /Filter /FlateDecode /Length %d" % (
        last + 1, keys, ids, len(packed),
    )  # fmt: skip
    parts.append(numbered(last, b"<<%s>>\nstream\n%s\nendstream" % (entries, packed)))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % length)
    return b"".join(parts)
