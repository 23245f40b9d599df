"""Objects read in one go are those that pypdf reads; what is not plain is left to it."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from leaflets.pdfio.object_streams import read_objects

PLAIN = (
    b"<</Type/Catalog/Pages 2 0 R/Lang(en-GB)>>",
    b"<</Kids[3 0 R ]/Count 1/Type/Pages>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 -1.5 +.5 100]/UserUnit 1>>",
    rb"<</S(a \(b\) (c) \050\n)/X<4 1 4>/Y<FEFF00410627>/Z[true false null[]<<>>(x)12]/A#20B/C#41/D -7 /E .5>>",
    b"[1 0 R 10 20 R 30 0 /R]",
    b"(alone)",
    b"/Name",
    b"42",
)


def file(objects: tuple[bytes, ...], count: int | None = None) -> bytes:
    """A file with nothing but an object stream, whose objects are numbered from 1."""
    heads, body = [], b""
    for number, thing in enumerate(objects, 1):
        heads.append(f"{number} {len(body)}".encode())
        body += thing + b"\n"
    head = b" ".join(heads) + b" "
    packed = zlib.compress(head + body)
    number = len(objects) + 1
    out = b"%PDF-1.7\n"
    places = [(2, number, index) for index in range(len(objects))]
    places.append((1, len(out), 0))
    entries = (number, count or len(objects), len(head), len(packed))
    out += b"%d 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n" % entries
    out += packed + b"\nendstream\nendobj\n"
    places.append((1, len(out), 0))
    rows = b"".join(bytes([kind]) + at.to_bytes(4, "big") + bytes([index]) for kind, at, index in places)
    start = len(out)
    out += b"%d 0 obj\n<</Type/XRef/Size %d/Index[1 %d]/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % (
        *(number + 1, number + 2, number + 1),
        len(rows),
    )
    return out + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % start


def told(thing: Any) -> Any:
    """An object with the classes of all in it."""
    kind = type(thing).__name__
    if isinstance(thing, dict):
        return kind, [(told(key), told(dict.__getitem__(thing, key))) for key in thing]
    if isinstance(thing, list):
        return kind, [told(item) for item in list.__iter__(thing)]
    if isinstance(thing, IndirectObject):
        return kind, thing.idnum, thing.generation
    return kind, repr(thing)


def read(body: bytes, quickly: bool) -> tuple[PdfReader, dict[int, Any]]:
    reader = PdfReader(BytesIO(body))
    if quickly:
        read_objects(reader)
    else:
        assert reader.root_object
    return reader, {id_: thing for (_, id_), thing in reader.resolved_objects.items() if id_ in reader.xref_objStm}


def test_all_objects_are_what_pypdf_makes_of_them() -> None:
    body = file(PLAIN)
    theirs, ours = read(body, quickly=False)[1], read(body, quickly=True)[1]
    assert sorted(theirs) == sorted(ours) == list(range(1, len(PLAIN) + 1))
    for number, thing in theirs.items():
        assert told(ours[number]) == told(thing), number
        assert ours[number].indirect_reference.idnum == number


ODD = [
    b"<</A 1 /A 2>>",  # a key twice
    b"<</A [1 2>>",
    b"<</A 1>> 2",
    b"<</A 1 % a remark\n/B 2>>",
]


@pytest.mark.parametrize("thing", ODD)
def test_what_is_not_plain_is_left_to_pypdf(thing: bytes) -> None:
    reader, found = read(file((*PLAIN[:3], thing)), quickly=True)
    assert found == {}
    assert len(reader.pages) == 1


def test_a_stream_that_says_another_number_of_objects_is_left_to_pypdf() -> None:
    assert read(file(PLAIN, count=3), quickly=True)[1] == {}


def test_scalars_are_shared_but_not_with_objects_that_have_a_number() -> None:
    reader, found = read(file((*PLAIN[:3], b"[/Name 42]", b"/Name", b"42")), quickly=True)
    assert reader.get_object(5) == "/Name"
    assert [getattr(item, "indirect_reference", None) for item in list.__iter__(found[4])] == [None, None]
