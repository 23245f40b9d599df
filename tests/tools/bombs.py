"""PDF files that take the time or the memory of who reads them, by what is wrong with them."""

from __future__ import annotations

import functools
import zlib

_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>"
_ROOT, _TREE, _NOTHING = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
    b"<</Length 3>>\nstream\nq Q\nendstream",
)


def pdf(*objects: bytes) -> bytes:
    """A file with these objects, numbered from 1; the first is its root."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))


def stream(body: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(body), body)


def _packed_spaces(size: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * 10_000_000) for _ in range(size // 10_000_000)) + packer.flush()


def _page(**changes: bytes) -> bytes:
    body = _PAGE
    for old, new in ((b"595 842", changes.get("size")), (b"<<>>", changes.get("resources"))):
        body = body.replace(old, new) if new else body
    return body


@functools.cache
def bombs() -> dict[str, bytes]:
    """The files by name."""
    levels = [b"<</Type/Pages/Count 1000000000000/Kids[%s]>>" % (b"%d 0 R " % (3 + level) * 10) for level in range(12)]
    chain = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 3) for number in range(20_000)]
    form = stream(b"/A Do /A Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>")
    return {
        "a page ten times, in each of twelve trees": pdf(_ROOT, *levels, b"<</Type/Page/MediaBox[0 0 9 9]>>"),
        "a tree of pages that holds itself": pdf(_ROOT, b"<</Type/Pages/Count 1/Kids[2 0 R]>>"),
        "a tree of pages of 20,000 levels": pdf(_ROOT, *chain, b"<</Type/Page/MediaBox[0 0 9 9]>>"),
        "a stream of 2 GB": pdf(_ROOT, _TREE, _PAGE, stream(_packed_spaces(2_000_000_000), b"/Filter/FlateDecode")),
        "2,000,000 states": pdf(_ROOT, _TREE, _PAGE, stream(b"q " * 2_000_000)),
        "lists in lists": pdf(b"<</Type/Catalog/Pages 2 0 R/X %s%s>>" % (b"[" * 90_000, b"]" * 90_000), _TREE, _PAGE),
        "a form that draws itself": pdf(
            _ROOT, _TREE, _page(resources=b"<</XObject<</A 5 0 R>>>>"), stream(b"/A Do"), form
        ),
        "a page of 70 m": pdf(_ROOT, _TREE, _page(size=b"200000 200000"), _NOTHING),
        "a page like a thread": pdf(_ROOT, _TREE, _page(size=b"1 14000"), _NOTHING),
        "a page of no width": pdf(_ROOT, _TREE, _page(size=b"0 842"), _NOTHING),
        "a structure that holds itself": pdf(
            b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 5 0 R>>", _TREE, _PAGE, _NOTHING,
            b"<</Type/StructTreeRoot/K 6 0 R/ParentTree<</Kids[7 0 R]>>>>", b"<</S/P/P 5 0 R/K[6 0 R 6 0 R]>>",
            b"<</Kids[7 0 R 7 0 R]>>",
        ),
    }  # fmt: skip
