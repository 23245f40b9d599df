"""Structure of a label: elements in the section of the stamp area, and link annotations on the page (ISO 32000-1,
12.5.6.5 and 14.7.4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pypdf.generic import TextStringObject

from leaflets.finish.stamping.label_parts import Box, LabelPart, Piece
from leaflets.finish.stamping.template import StampArea, Structure
from leaflets.pdfio.serialize import dump, indirect_object


def tag(structure: Structure, room: StampArea, pieces: Sequence[Piece], first: int) -> dict[int, bytes]:
    """The objects of the label's structure, serialised, by number; new ones are numbered from `first`."""
    return _Tagging(structure, room, first).objects_of(pieces)


def role(piece: Piece, part: LabelPart) -> str:
    """The tag of the element that holds the marked content of a part."""
    if piece.alt:
        return "Figure"
    if part.target:
        return "Link"
    return "Span" if part.text and len(piece.parts) > 1 else piece.tag


@dataclass
class _Tagging:
    file: Structure
    room: StampArea
    next: int
    objects: dict[int, bytes] = field(default_factory=dict)
    marks: list[bytes] = field(default_factory=list)
    """References to the elements of the label's marked content, in the order of MCIDs after those of the page."""
    annotations: list[tuple[bytes, bytes]] = field(default_factory=list)
    """References to annotations, each with that of its element."""

    def objects_of(self, pieces: Sequence[Piece]) -> dict[int, bytes]:
        file = self.file
        kids = [self._piece(piece) for piece in pieces]
        self._put(file.section, b"<<%s /K %s>>" % (file.section_entries, _array(kids)))
        self._put(file.parents, _array([*file.tags, *self.marks]))
        self._put(file.annotations, _array([*file.annotated, *(ref for ref, _ in self.annotations)]))
        leaves = [file.leaf]
        if self.annotations:
            rows = [b"%d %s" % row for row in enumerate((element for _, element in self.annotations), file.next_key)]
            limits = b"%d %d" % (file.next_key, file.next_key + len(rows) - 1)
            leaves.append(self._put(self._number(), b"<</Limits [%s] /Nums %s>>" % (limits, _array(rows))))
        self._put(file.tree, b"<</Kids %s>>" % _array(leaves))
        return self.objects

    def _piece(self, piece: Piece) -> bytes:
        if piece.alt:
            return self._figure(piece, piece.parts[0])
        number = self._number()
        if role(piece, piece.parts[0]) == piece.tag and len(piece.parts) == 1:
            return self._element(piece.tag, number, self.file.section, [self._mark(number)], _text(piece.parts[0]))
        kids = [self._part(piece, part, number) for part in piece.parts]
        return self._element(piece.tag, number, self.file.section, kids)

    def _part(self, piece: Piece, part: LabelPart, parent: int) -> bytes:
        """A kid for a part of a piece: an MCID for plain text, else an element of its own."""
        name = role(piece, part)
        if name == piece.tag:
            return self._mark(parent)
        number = self._number()
        kids = [self._mark(number), *self._links(part, number)]
        return self._element(name, number, parent, kids, _text(part))

    def _figure(self, piece: Piece, part: LabelPart) -> bytes:
        """A Figure element; with a link it is inside a Link, and that inside a P."""
        around = [self._number() for _ in ("P", "Link")] if part.target else []
        number = self._number()
        alt, box = dump(TextStringObject(piece.alt)), self._box(piece.box)
        extra = b" /Alt %s /A <</O /Layout /BBox [%s]>>" % (alt, box)
        parent = around[-1] if around else self.file.section
        figure = self._element("Figure", number, parent, [self._mark(number)], extra)
        if not around:
            return figure
        paragraph, link = around
        self._element("Link", link, paragraph, [figure, *self._links(part, link)])
        return self._element("P", paragraph, self.file.section, [b"%d 0 R" % link])

    def _element(self, name: str, number: int, parent: int, kids: Sequence[bytes], extra: bytes = b"") -> bytes:
        entries = b"/Type /StructElem /S /%s /P %d 0 R /Pg %d 0 R /K %s%s" % (
            name.encode(), parent, self.file.page, _array(kids), extra,
        )  # fmt: skip
        return self._put(number, b"<<%s>>" % entries)

    def _mark(self, element: int) -> bytes:
        """Allocate the next MCID of the page for an element."""
        self.marks.append(b"%d 0 R" % element)
        return b"%d" % (len(self.file.tags) + len(self.marks) - 1)

    def _links(self, part: LabelPart, element: int) -> list[bytes]:
        """An annotation for each area of a link."""
        kids = []
        for area in part.areas if part.target else ():
            entries = b"/Rect [%s] /F 4 /BS <</W 0>> /Contents %s /A <</Type /Action /S /URI /URI %s>>" % (
                self._box(area), dump(TextStringObject(part.contents)), dump(TextStringObject(part.target)),
            )  # fmt: skip
            key = self.file.next_key + len(self.annotations)
            number = self._number()
            body = b"<</Type /Annot /Subtype /Link %s /P %d 0 R /StructParent %d>>" % (entries, self.file.page, key)
            reference = self._put(number, body)
            self.annotations.append((reference, b"%d 0 R" % element))
            kids.append(b"<</Type /OBJR /Obj %s /Pg %d 0 R>>" % (reference, self.file.page))
        return kids

    def _box(self, box: Box) -> bytes:
        """A box of the stamp area in the coordinates of the page."""
        x, y = self.room.x, self.room.top
        return b"%.3f %.3f %.3f %.3f" % (box[0] + x, box[1] + y, box[2] + x, box[3] + y)

    def _number(self) -> int:
        self.next += 1
        return self.next - 1

    def _put(self, number: int, body: bytes) -> bytes:
        self.objects[number] = indirect_object(number, body)
        return b"%d 0 R" % number


def _array(parts: Sequence[bytes]) -> bytes:
    return b"[%s]" % b" ".join(parts)


def _text(part: LabelPart) -> bytes:
    return b" /ActualText " + dump(TextStringObject(part.text)) if part.text else b""
