"""Print files: the pages of a reading file imposed on sheets with pypdf, with marks and notes.

Each page becomes a form XObject painted at its place, so fonts and images stay shared. A print file has no tags, no
links and no claim of PDF/UA; the reading file has them.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)

from leaflets.base.reference_cycles import clear_attributes
from leaflets.finish.press.imposition import Side
from leaflets.finish.press.marks import (
    CUT_GAP_MM,
    FOLD_MM,
    Area,
    Drawing,
    PrinterNote,
    cut_marks,
    draw_note,
    fold_mark,
    pt,
)
from leaflets.pdfio.object_streams import read_objects

TOLERANCE_MM = 0.1
_TAGS = re.compile(rb"^(?:/\w+\s+(?:<<[^\n]*>>\s+)?(?:BDC|BMC)|EMC)(?:\n|\Z)", re.MULTILINE)
"""Operators of marked content. WeasyPrint and ReportLab begin a line with each."""


class SheetError(ValueError):
    """The pages of a file do not fit the sheets: another number, or another size."""


@dataclass(frozen=True)
class Job:
    """A print job: the sides in order, each with its notes, on paper of at least their size."""

    sides: tuple[Side, ...]
    paper: tuple[float, float]
    """Width and height, landscape, in mm."""
    notes: tuple[tuple[PrinterNote, ...], ...] = ()
    """Notes by side; their areas are measured from the corner of the trimmed sheet."""
    title: str = ""
    rtl: bool = False


def print_file(body: bytes, job: Job) -> bytes:
    """The bytes of the print file of a reading file. Raises SheetError when its pages do not fit the job.

    The same input gives the same bytes.
    """
    reader, writer = PdfReader(io.BytesIO(body)), PdfWriter()
    read_objects(reader)
    writer.pdf_header = "%PDF-1.7"
    _check(reader, job.sides)
    width, height = job.paper
    marks = PdfReader(io.BytesIO(_marks(job)))
    for side, drawn in zip(job.sides, marks.pages, strict=True):
        left, bottom = (width - side.width) / 2, (height - side.height) / 2
        page = writer.add_blank_page(pt(width), pt(height))
        trim = (pt(left), pt(bottom), pt(left + side.width), pt(bottom + side.height))
        for box in ("/TrimBox", "/BleedBox"):  # no contents reach the cut, so there is no bleed
            page[NameObject(box)] = RectangleObject(trim)
        forms = [(_form(writer, reader.pages[spot.page - 1]), left + spot.x, bottom + spot.y) for spot in side.spots]
        _place(writer, page, [*forms, (_form(writer, drawn), 0.0, 0.0)])
    writer.root_object[NameObject("/PageLayout")] = NameObject("/SinglePage")
    direction = NameObject("/R2L" if job.rtl else "/L2R")
    describe(writer, reader, job.title, "DuplexFlipShortEdge", hashlib.sha256(body).digest()[:16], Direction=direction)
    out = io.BytesIO()
    writer.write(out)
    clear_attributes(reader, marks, writer)
    return out.getvalue()


def _check(reader: PdfReader, sides: Sequence[Side]) -> None:
    spots = [spot for side in sides for spot in side.spots]
    if len(reader.pages) != len(spots):
        raise SheetError(f"the sheets are made for {len(spots)} pages, and there are {len(reader.pages)}")
    for spot in spots:
        box = reader.pages[spot.page - 1].mediabox
        if max(abs(float(box.width) - pt(spot.width)), abs(float(box.height) - pt(spot.height))) > pt(TOLERANCE_MM):
            raise SheetError(f"page {spot.page} is not {spot.width:g} x {spot.height:g} mm")


def _marks(job: Job) -> bytes:
    """A PDF of fold marks, cut marks and notes, one page for each side."""
    width, height = job.paper
    notes = job.notes or ((),) * len(job.sides)
    drawing = Drawing([note.font for side in notes for note in side])
    for side, said in zip(job.sides, notes, strict=True):
        left, bottom = (width - side.width) / 2, (height - side.height) / 2
        with drawing.page(width, height) as canvas:
            for x in side.folds:
                if bottom > CUT_GAP_MM:  # on a larger sheet the marks are in the waste
                    length = min(FOLD_MM, bottom - CUT_GAP_MM)
                    fold_mark(canvas, left + x, bottom - CUT_GAP_MM, -length)
                    fold_mark(canvas, left + x, height - bottom + CUT_GAP_MM, length)
                else:
                    fold_mark(canvas, left + x, 0, FOLD_MM)
                    fold_mark(canvas, left + x, height, -FOLD_MM)
            waste = min(left, bottom)
            if waste > 0:
                cut_marks(canvas, Area(left, bottom, side.width, side.height), waste)
            for note in said:
                area = replace(note.area, x=left + note.area.x, y=bottom + note.area.y)
                draw_note(canvas, replace(note, area=area))
    return drawing.finish()


def _form(writer: PdfWriter, page: PageObject) -> IndirectObject:
    """Copy a page as a form XObject into `writer`; resources that pages share stay shared."""
    contents = page.get_contents()
    plain = DecodedStreamObject()
    plain.set_data(untagged(contents.get_data() if contents is not None else b""))
    form: StreamObject = plain.flate_encode()
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject([FloatObject(value) for value in page.mediabox])
    form[NameObject("/Resources")] = page.raw_get("/Resources").clone(writer)
    for key in ("/PieceInfo", "/LastModified"):  # the stamp area
        if key in page:
            form[NameObject(key)] = page.raw_get(key).clone(writer)
    return writer._add_object(form)


def untagged(stream: bytes) -> bytes:
    """Remove the operators of marked content from a content stream."""
    return _TAGS.sub(b"", stream)


def _place(writer: PdfWriter, page: PageObject, forms: Sequence[tuple[IndirectObject, float, float]]) -> None:
    """Paint forms on a page at x, y (mm), the last one (the marks) as an artifact."""
    names, code = DictionaryObject(), []
    for number, (form, x, y) in enumerate(forms):
        names[NameObject(f"/P{number}")] = form
        code.append(f"q 1 0 0 1 {pt(x):.5f} {pt(y):.5f} cm /P{number} Do Q")
    code[-1] = f"/Artifact BMC {code[-1]} EMC"
    stream = DecodedStreamObject()
    stream.set_data("\n".join(code).encode())
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): names})
    page[NameObject("/Contents")] = writer._add_object(stream)


def describe(
    writer: PdfWriter, reader: PdfReader, title: str, duplex: str, identifier: bytes, **more: NameObject
) -> None:
    """Set title, language, viewer preferences and identifier of a file made from `reader`.

    `duplex`: value of the Duplex preference; `more`: further viewer preferences. A fixed `identifier` keeps the bytes
    the same for the same input.
    """
    info = {key: str(value) for key, value in (reader.metadata or {}).items() if key in ("/Subject", "/CreationDate")}
    writer.metadata = {**info, "/Title": title, "/Producer": "leaflets (WeasyPrint, pypdf)"}
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(reader.root_object.get("/Lang", "en"))
    preferences = {
        "PrintScaling": NameObject("/None"),
        "Duplex": NameObject(f"/{duplex}"),
        "PickTrayByPDFSize": BooleanObject(True),
        "DisplayDocTitle": BooleanObject(True),
        **more,
    }
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject(f"/{key}"): value for key, value in preferences.items()}
    )
    same = ByteStringObject(identifier)
    writer._ID = ArrayObject((same, same))
