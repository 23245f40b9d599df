"""Stamp base: a finished edition split once into fixed and variable objects, to be stamped for many clinics.

Fixed objects are serialised, those without a stream in one object stream. A stamp changes only few objects: content and
resources of the page (in a print file, of the form), the section of the stamp area, annotations, the page's entry in
the parent tree, and an outline entry. pypdf parses the file; writing through it would copy every object for every
clinic.
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

from leaflets.pdfio.active_content import active_content
from leaflets.pdfio.serialize import ENTRY, HEADER, dump, indirect_object, object_stream
from leaflets.pdfio.trees import ancestors, bookmarks, number_tree_entry, number_tree_keys

PX = 0.75
"""Points of a px; WeasyPrint draws in px from the upper left corner of the page."""
SLACK = 1.5
"""Tolerance of baselines at the edges of the stamp area, px."""
MOST_LINKS = 100
"""Keys reserved in the parent tree for link annotations of a label."""
_MARKED = re.compile(rb"^<</MCID (\d+)\b")
_PLACED = re.compile(rb"^[-\d. ]+ ([-\d.]+) ([-\d.]+) Tm$")


class StampBaseError(ValueError):
    """The file cannot be stamped; the message has the reason."""


@dataclass(frozen=True)
class StampArea:
    """The empty box for the clinic's details: lower left corner on the page and size, pt; and how text is set in it."""

    x: float
    y: float
    width: float
    height: float
    size: float
    """Type size of the clinic's name, pt."""
    small: float
    """Type size of all else, pt."""
    leading: float
    rtl: bool
    layout: str
    font: str
    labels: Mapping[str, str]

    @property
    def top(self) -> float:
        """Height of the upper edge on the page, pt."""
        return self.y + self.height

    @property
    def key(self) -> tuple[Any, ...]:
        """Stamp areas with equal keys and heights have the same label."""
        shown = (self.width, self.size, self.small, self.leading, self.rtl, self.font)
        return (*shown, *sorted(self.labels.items()))


@dataclass(frozen=True)
class Structure:
    """The structure objects that a stamp changes: numbers of objects (int) and serialised values (bytes)."""

    page: int
    tags: tuple[bytes, ...]
    """Elements of the page's marked content, by MCID, from the parent tree (ISO 32000-1, 14.7.4.4)."""
    parents: int
    """Number of the array of `tags` and those of the label."""
    section: int
    """Number of the element of the stamp area."""
    section_entries: bytes
    """Its entries without /K."""
    annotations: int
    """Number of the array of the page's annotations."""
    annotated: tuple[bytes, ...]
    """Annotations that the page has already, such as form fields."""
    tree: int
    """Number of the root of the parent tree."""
    leaf: bytes
    """Its former root, which becomes a kid."""
    next_key: int
    """Its first free key."""


@dataclass(frozen=True)
class StampBase:
    """An edition prepared for stamping: serialised values (bytes) and numbers of objects (int)."""

    area: StampArea
    sha256: str
    fixed: bytes
    """The beginning of each stamped file: header and fixed objects."""
    table: bytes
    """Cross-reference entries (`ENTRY`) of the numbers below `free`; those of variable objects have no offset yet."""
    free: int
    """The first free object number."""
    trailer: Mapping[str, int]
    identifier: bytes
    code: bytes
    """The content stream without the words in the stamp area."""
    form: bytes
    """Dictionary entries of the form in a print file; else empty."""
    content: int
    resources: int
    others: bytes
    """Entries of the resource dictionary other than fonts and images."""
    fonts: Mapping[str, bytes]
    pictures: Mapping[str, bytes]
    structure: Structure | None = None
    """None: the file is not tagged."""
    bookmark: int = 0
    bookmark_entries: bytes = b""
    """Entries of the outline entry for the stamp area, without /Title."""


def prepare(body: bytes) -> StampBase:
    """Prepare a finished edition for stamping. Raises StampBaseError for a file without an empty stamp area, or with
    another structure than files of this program."""
    try:
        return _Preparation(body).prepare()
    except (PyPdfError, LookupError, TypeError, AttributeError, StopIteration) as error:
        raise StampBaseError(f"it is not as a leaflet is: {type(error).__name__}: {error}") from error


@dataclass
class _Preparation:
    """Preparation of one file. Objects of the reader are changed in place before they are serialised."""

    body: bytes
    dropped: set[int] = field(default_factory=set)

    def prepare(self) -> StampBase:
        self.reader = PdfReader(io.BytesIO(self.body))
        if active := active_content(self.reader):
            raise StampBaseError(f"it holds {', '.join(active)}, which no leaflet has")
        self.numbers = sorted({*self.reader.xref.get(0, {}), *self.reader.xref_objStm} - {0})
        self.next = max(self.numbers) + 1
        page, holder, kept = self._holder()
        room = _room(kept)
        content, resources = self._new(), self._new()
        height = float(holder["/BBox" if "/BBox" in holder else "/MediaBox"][3])  # a sheet can be higher than its pages
        code, removed = without(self._code(holder), room, height)
        if not removed:
            raise StampBaseError("the words in the room for the clinic are not found")
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
        return StampBase(
            room, hashlib.sha256(self.body).hexdigest(), fixed, table, free, self._trailer(), self._identifier(), code,
            form, content, resources, _entries(found), fonts, pictures, structure, bookmark, bookmark_entries,
        )  # fmt: skip

    def _holder(self) -> tuple[Any, Any, Any]:
        """Find the stamp area: its page, the page or form with the area, and the dictionary in /PieceInfo."""
        for found in self.reader.pages:
            page = self._object(self._number(found))  # pypdf's page is a copy
            forms = [form.get_object() for form in page["/Resources"].get("/XObject", {}).values()]
            for holder in (page, *forms):
                kept = holder.get("/PieceInfo", {}).get("/Leaflets")
                if kept is not None:
                    return page, holder, kept["/Private"]
        raise StampBaseError("it has no empty room: it has a clinic's details, or was built before there was stamping")

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
        """Prepare the section whose kids the stamp replaces, the page's annotations and the parent tree. `removed`:
        MCIDs of the words removed from the stamp area."""
        root: Any = self.reader.root_object["/StructTreeRoot"]
        parents, annotations, tree = self._new(), self._new(), self._new()
        nums, at = number_tree_entry(root["/ParentTree"], int(page["/StructParents"]))
        array = nums[at].get_object()
        chains = [ancestors(array[mcid]) for mcid in sorted(removed)]
        section = next(ref for ref in chains[0] if _groups(ref) and all(ref in chain for chain in chains))
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
        """Make the root of the parent tree a kid of a new one; returns the reference to it, and the first free key."""
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
        """The outline entry of the stamp area, found by its title, which gets the clinic's name; 0: none."""
        for item in bookmarks(self.reader.root_object.get("/Outlines")):
            if title and item.get("/Title") == title:
                return self._number(item), _entries({key: item.raw_get(key) for key in item if key != "/Title"})
        return 0, b""

    def _write(self, variable: set[int]) -> tuple[bytes, bytes, int]:
        """Serialise the fixed objects; returns them, the cross-reference entries below the first free number, and that
        number."""
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
                out += indirect_object(number, dump(item))
            else:
                entries[number] = (2, box, len(packed))
                packed.append((number, dump(item)))
        entries[box] = (1, len(out), 0)
        out += indirect_object(box, object_stream(packed))
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
    """Remove the words in a stamp area from a content stream of WeasyPrint; returns it and the MCIDs of the words, -1
    for words outside marked content. `height`: of the page, pt."""
    left, right = room.x / PX - SLACK, (room.x + room.width) / PX + SLACK
    top, bottom = (height - room.y - room.height) / PX - SLACK, (height - room.y) / PX + SLACK
    kept: list[bytes] = []
    removed: set[int] = set()
    begun, mark, inside = -1, -1, False
    for line in code.split(b"\n"):
        if line == b"BDC" and (marked := _MARKED.match(kept[-1])):
            begun, mark = len(kept) - 2, int(marked[1])  # tag and properties are on lines of their own
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


def _groups(ref: IndirectObject) -> bool:
    """True if an element holds blocks. A heading, or a span of it, that stands alone in the area holds no details."""
    element: Any = ref.get_object()
    return element["/S"] in ("/Div", "/Sect", "/Part", "/Document")
