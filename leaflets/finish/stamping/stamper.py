"""Stamper: assembles a file from a stamp base and a clinic's label, drawn and tagged in the stamp area."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence

from pypdf.generic import TextStringObject

from leaflets.finish.stamping.label_parts import Label, Piece, code_piece
from leaflets.finish.stamping.label_tags import role, tag
from leaflets.finish.stamping.resources import named
from leaflets.finish.stamping.template import StampBase
from leaflets.pdfio.serialize import ENTRY, dump, indirect_object, stream


def stamped(base: StampBase, label: Label, name: str, address: str = "", shown: str = "") -> bytes:
    """The bytes of an edition's file with a label.

    `name`: name of the clinic, for the outline entry; `address`: address of the clinic's copy, for the QR code (empty:
    none); `shown`: the same address as people read it.
    """
    pieces = list(label.pieces)
    if label.code is not None and address:
        pieces.append(code_piece(address, label.code, base.area.labels, shown))
    first = base.free
    objects = dict(enumerate(label.resources.serialize(first), first))
    objects[base.content] = indirect_object(base.content, stream(base.form + _form(base), _code(base, pieces)))
    fonts = b"/Font " + named(base.fonts, label.resources.fonts, first)
    pictures = b" /XObject " + named(base.pictures, label.resources.pictures, first)
    objects[base.resources] = indirect_object(base.resources, b"<<%s %s%s>>" % (base.others, fonts, pictures))
    if base.structure:
        objects |= tag(base.structure, base.area, pieces, first + len(label.resources.objects))
    if base.bookmark:
        title = dump(TextStringObject(name))
        objects[base.bookmark] = indirect_object(base.bookmark, b"<<%s /Title %s>>" % (base.bookmark_entries, title))
    return _written(base, objects)


def _form(base: StampBase) -> bytes:
    return b" /Resources %d 0 R" % base.resources if base.form else b""


def _code(base: StampBase, pieces: Sequence[Piece]) -> bytes:
    """The content stream of the page followed by the pieces, in marked content if the file is tagged."""
    parts = [b"q", base.code, b"Q", b"q 1 0 0 1 %.3f %.3f cm" % (base.area.x, base.area.top)]
    rows = [(role(piece, part), part.code) for piece in pieces for part in piece.parts]
    for number, (name, code) in enumerate(rows, len(base.structure.tags) if base.structure else 0):
        marked = b"/%s <</MCID %d>> BDC\n%s\nEMC" % (name.encode(), number, code)
        parts.append(marked if base.structure else code)
    return b"\n".join([*parts, b"Q"])


def _written(base: StampBase, objects: dict[int, bytes]) -> bytes:
    """The whole file: the fixed objects, the new ones, and the cross-reference stream of both."""
    last = max(*objects, base.free - 1) + 1
    table = bytearray(base.table) + bytes(ENTRY.size * (last + 1 - base.free))
    parts, length = [base.fixed], len(base.fixed)
    for number, body in sorted(objects.items()):
        ENTRY.pack_into(table, number * ENTRY.size, 1, length, 0)
        parts.append(body)
        length += len(body)
    ENTRY.pack_into(table, last * ENTRY.size, 1, length, 0)
    packed = zlib.compress(bytes(table), 6)
    same = hashlib.sha256(b"".join(parts[1:])).digest()[:16]
    keys = b" ".join(b"%s %d 0 R" % (key.encode(), number) for key, number in base.trailer.items())
    ids = b"/ID [<%s> <%s>]" % (base.identifier.hex().encode(), same.hex().encode())
    entries = b"/Type /XRef /Size %d /W [1 4 2] %s %s /Filter /FlateDecode /Length %d" % (
        last + 1, keys, ids, len(packed),
    )  # fmt: skip
    parts.append(indirect_object(last, b"<<%s>>\nstream\n%s\nendstream" % (entries, packed)))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % length)
    return b"".join(parts)
