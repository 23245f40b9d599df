"""A finished edition taken apart once, so that a thousand clinics can be stamped on it.

What no clinic changes is kept as bytes, ready to be written: PDF's objects, those without a stream packed into one
object stream. What changes is little: the page's (or, in a file for the printer, the form's) content and resources, the
structure of the room, and the page's entry in the parent tree. pypdf reads; to write through it would cost a copy of
every object for every file.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NumberObject, StreamObject

from leaflets.pdfio.serialize import ENTRY, HEADER, bag, dump, numbered
from leaflets.pdfio.trees import ancestors, bookmarks, number_tree_entry, number_tree_keys

PX = 0.75
"""pt; WeasyPrint draws in px from the upper left corner of the page."""
SLACK = 1.5
"""px that a baseline may lie outside the room."""
MOST_LINKS = 100
"""Lines with links that a label may have."""
_MARKED = re.compile(rb"^<</MCID (\d+)\b")
_PLACED = re.compile(rb"^[-\d. ]+ ([-\d.]+) ([-\d.]+) Tm$")


class StockError(ValueError):
    """The file cannot be stamped; says why."""


@dataclass(frozen=True)
class StampArea:
    """The box for the clinic's details: its lower left corner on the page, its size in pt, how words are set there."""

    x: float
    y: float
    width: float
    height: float
    size: float
    """pt; type of the clinic's name."""
    small: float
    """pt; type of all else."""
    leading: float
    rtl: bool
    layout: str
    font: str
    labels: Mapping[str, str]

    @property
    def top(self) -> float:
        return self.y + self.height

    @property
    def key(self) -> tuple[Any, ...]:
        """Rooms with the same key and height look the same when they are filled."""
        shown = (self.width, self.size, self.small, self.leading, self.rtl, self.font)
        return (*shown, *sorted(self.labels.items()))


@dataclass(frozen=True)
class Structure:
    """What of the structure of a file a stamp changes, by the numbers of the objects."""

    page: int
    tags: tuple[bytes, ...]
    """The page's entries in the parent tree."""
    parents: int
    """The array of these."""
    section: int
    """The element of the room."""
    section_entries: bytes
    """The same without its kids."""
    annotations: int
    """The array of the page's annotations."""
    annotated: tuple[bytes, ...]
    """Those that it has already, such as fields."""
    tree: int
    """The root of the parent tree."""
    leaf: bytes
    """What it held already."""
    next_key: int
    """The first key that is free in it."""


@dataclass(frozen=True)
class Stock:
    """An edition ready to be stamped."""

    room: StampArea
    sha256: str
    fixed: bytes
    """The beginning of each file: the objects that stay."""
    table: bytes
    """Cross-reference entries of `ENTRY` for the numbers below `free`."""
    free: int
    """The first free object number; those of `content` and what follows are in `table`, without a place."""
    trailer: Mapping[str, int]
    identifier: bytes
    code: bytes
    """The content, without what stood in the room."""
    form: bytes
    """In a file for the printer: the entries of the form's dictionary."""
    content: int
    resources: int
    others: bytes
    """Entries of the resources that stay."""
    fonts: Mapping[str, bytes]
    pictures: Mapping[str, bytes]
    structure: Structure | None = None
    """None: the file is not tagged."""
    bookmark: int = 0
    bookmark_entries: bytes = b""
    """The bookmark of the room, without its title."""


def stock(body: bytes) -> Stock:
    """Take a finished edition apart. Raises StockError where it has no empty room."""
    try:
        return _Taking(body).stock()
    except (PyPdfError, LookupError, TypeError, AttributeError, StopIteration) as error:
        raise StockError(f"it is not as a leaflet is: {type(error).__name__}: {error}") from error


@dataclass
class _Taking:
    """One file while it is taken apart. Objects of the reader are changed in place before they are written."""

    body: bytes
    dropped: set[int] = field(default_factory=set)

    def stock(self) -> Stock:
        self.reader = PdfReader(io.BytesIO(self.body))
        self.numbers = sorted({*self.reader.xref.get(0, {}), *self.reader.xref_objStm} - {0})
        self.next = max(self.numbers) + 1
        page, holder, kept = self._holder()
        room = _room(kept)
        content, resources = self._new(), self._new()
        height = float(holder["/BBox" if "/BBox" in holder else "/MediaBox"][3])  # a sheet may be higher than its pages
        code, removed = without(self._code(holder), room, height)
        if not removed:
            raise StockError("the words in the room for the clinic are not found")
        for key in ("/PieceInfo", "/LastModified"):
            holder.pop(key, None)
        found = DictionaryObject(holder["/Resources"].get_object())
        fonts, pictures = (self._named(found.pop(key, None)) for key in ("/Font", "/XObject"))
        form = b""
        variable = {content, resources}
        if holder is page:
            page[NameObject("/Contents")] = self._ref(content)
            page[NameObject("/Resources")] = self._ref(resources)
        else:
            content = self._number(holder)
            variable.add(content)
            skipped = ("/Resources", "/Length", "/Filter", "/DecodeParms")
            form = _entries({key: holder.raw_get(key) for key in holder if key not in skipped})
        structure = self._structure(page, removed) if holder is page else None
        if structure:
            variable |= {structure.parents, structure.section, structure.annotations, structure.tree}
        bookmark, bookmark_entries = self._bookmark(room.labels.get("title", ""))
        variable |= {bookmark} - {0}
        fixed, table, free = self._write(variable)
        return Stock(
            room, hashlib.sha256(self.body).hexdigest(), fixed, table, free, self._trailer(), self._identifier(), code,
            form, content, resources, _entries(found), fonts, pictures, structure, bookmark, bookmark_entries,
        )  # fmt: skip

    def _holder(self) -> tuple[Any, Any, Any]:
        """The page, what on it holds the room (itself or a form), and what is kept of it."""
        for found in self.reader.pages:
            page = self._object(self._number(found))  # pypdf's page is a copy
            forms = [form.get_object() for form in page["/Resources"].get("/XObject", {}).values()]
            for holder in (page, *forms):
                kept = holder.get("/PieceInfo", {}).get("/Leaflets")
                if kept is not None:
                    return page, holder, kept["/Private"]
        raise StockError("it has no empty room: it has a clinic's details, or was built before there was stamping")

    def _code(self, holder: Any) -> bytes:
        if isinstance(holder, StreamObject):
            return bytes(holder.get_data())
        found = holder["/Contents"]
        return b"\n".join(
            part.get_object().get_data() for part in (found if isinstance(found, ArrayObject) else [found])
        )

    def _named(self, value: Any) -> dict[str, bytes]:
        found: Any = value.get_object() if value is not None else {}
        return {key: dump(found.raw_get(key)) for key in found}

    def _structure(self, page: Any, removed: set[int]) -> Structure:
        """The section whose kids the stamp replaces, and what leads from the page to it."""
        root: Any = self.reader.root_object["/StructTreeRoot"]
        parents, annotations, tree = self._new(), self._new(), self._new()
        nums, at = number_tree_entry(root["/ParentTree"], int(page["/StructParents"]))
        array = nums[at].get_object()
        chains = [ancestors(array[mcid]) for mcid in sorted(removed)]
        section = next(ref for ref in chains[0] if all(ref in chain for chain in chains))
        element: Any = section.get_object()
        self._drop(element["/K"])
        tags = tuple(b"null" if index in removed else dump(ref) for index, ref in enumerate(array))
        nums[at] = self._ref(parents)
        annotated = tuple(dump(ref) for ref in page.get("/Annots", ArrayObject()).get_object())
        page[NameObject("/Annots")] = self._ref(annotations)
        leaf, next_key = self._leaf(root, tree)
        return Structure(
            self._number(page), tags, parents, section.idnum,
            _entries({key: element.raw_get(key) for key in element if key != "/K"}),
            annotations, annotated, tree, leaf, next_key,
        )  # fmt: skip

    def _leaf(self, root: Any, tree: int) -> tuple[bytes, int]:
        """What was the root of the parent tree as a kid of a new one, and the first key that is free."""
        keys = number_tree_keys(root["/ParentTree"])
        old = root.raw_get("/ParentTree")
        old.get_object()[NameObject("/Limits")] = ArrayObject(NumberObject(key) for key in (min(keys), max(keys)))
        root[NameObject("/ParentTree")] = self._ref(tree)
        root[NameObject("/ParentTreeNextKey")] = NumberObject(max(keys) + 1 + MOST_LINKS)
        return dump(old), max(keys) + 1

    def _drop(self, kids: Any) -> None:
        for kid in kids if isinstance(kids, ArrayObject) else [kids]:
            if isinstance(kid, IndirectObject):
                self.dropped.add(kid.idnum)
                element: Any = kid.get_object()
                if "/K" in element:
                    self._drop(element.raw_get("/K"))

    def _bookmark(self, title: str) -> tuple[int, bytes]:
        """The bookmark called as the room is, which gets the clinic's name."""
        for item in bookmarks(self.reader.root_object.get("/Outlines")):
            if title and item.get("/Title") == title:
                return self._number(item), _entries({key: item.raw_get(key) for key in item if key != "/Title"})
        return 0, b""

    def _write(self, variable: set[int]) -> tuple[bytes, bytes, int]:
        """Everything that stays, and the cross-reference entries up to the first free number."""
        box, free = self._new(), self.next
        entries = [(0, 0, 65535 if number == 0 else 0) for number in range(free)]
        out, packed = bytearray(HEADER), list[tuple[int, bytes]]()
        for number in self.numbers:
            if number in variable or number in self.dropped:
                continue
            item = self._object(number)
            if item is None or (isinstance(item, StreamObject) and item.get("/Type") in ("/ObjStm", "/XRef")):
                continue
            if isinstance(item, StreamObject):
                entries[number] = (1, len(out), 0)
                out += numbered(number, dump(item))
            else:
                entries[number] = (2, box, len(packed))
                packed.append((number, dump(item)))
        entries[box] = (1, len(out), 0)
        out += numbered(box, bag(packed))
        return bytes(out), b"".join(ENTRY.pack(*entry) for entry in entries), free

    def _object(self, number: int) -> Any:
        return IndirectObject(number, 0, self.reader).get_object()

    def _number(self, item: Any) -> int:
        return int(item.indirect_reference.idnum)

    def _ref(self, number: int) -> IndirectObject:
        return IndirectObject(number, 0, self.reader)

    def _new(self) -> int:
        number: int = self.next
        self.next += 1
        return number

    def _trailer(self) -> dict[str, int]:
        trailer: Any = self.reader.trailer
        return {key: int(trailer.raw_get(key).idnum) for key in ("/Root", "/Info") if key in trailer}

    def _identifier(self) -> bytes:
        return hashlib.sha256(self.body).digest()[:16]


def without(code: bytes, room: StampArea, height: float) -> tuple[bytes, set[int]]:
    """A page's content without the words in the room, and the marks (MCID) of these; -1 stands for words unmarked."""
    left, right = room.x / PX - SLACK, (room.x + room.width) / PX + SLACK
    top, bottom = (height - room.y - room.height) / PX - SLACK, (height - room.y) / PX + SLACK
    kept: list[bytes] = []
    removed: set[int] = set()
    begun, mark, inside = -1, -1, False
    for line in code.split(b"\n"):
        if line == b"BDC" and (marked := _MARKED.match(kept[-1])):
            begun, mark = len(kept) - 2, int(marked[1])  # the name of the mark stands in a line of its own
        elif line == b"BT" and begun < 0:
            begun = len(kept)
        elif placed := _PLACED.match(line):
            inside |= left <= float(placed[1]) <= right and top <= float(placed[2]) <= bottom
        kept.append(line)
        if line == b"EMC" or (line == b"ET" and mark < 0):
            if inside and begun >= 0:
                removed.add(mark)
                del kept[begun:]
            begun, mark, inside = -1, -1, False
    return b"\n".join(kept), removed


def _room(kept: Any) -> StampArea:
    x0, y0, x1, y1 = (float(edge) for edge in kept["/Rect"])
    return StampArea(
        x0, y0, round(x1 - x0, 3), round(y1 - y0, 3),
        float(kept["/Size"]), float(kept["/Small"]), float(kept["/Leading"]), kept["/Direction"] == "/rtl",
        str(kept["/Layout"]), str(kept["/Font"]), {key[1:]: str(value) for key, value in kept["/Labels"].items()},
    )  # fmt: skip


def _entries(found: Mapping[str, Any]) -> bytes:
    return b" ".join(dump(NameObject(key)) + b" " + dump(value) for key, value in found.items())
