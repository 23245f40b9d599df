"""Relocatable PDF objects: fonts and images serialised with placeholders for object numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
)
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from leaflets.finish.stamping.shaping import UsedFace, objects
from leaflets.pdfio.serialize import dump, indirect_object, stream_parts

_GAP = re.compile(rb"(\d+) 65534 R")
"""A reference inside `Resources`. Generation 65534 marks it; no object of a file has that one."""


@dataclass(frozen=True)
class Resources:
    """Fonts and images by resource name, with all objects they refer to; object numbers from 0."""

    objects: tuple[tuple[bytes, bytes], ...]
    """Serialised objects, each as its dictionary (or value) and, for a stream, the rest."""
    fonts: Mapping[str, int]
    pictures: Mapping[str, int]

    def serialize(self, first: int) -> list[bytes]:
        """Serialise the objects, numbered from `first`."""
        return [
            indirect_object(first + index, _GAP.sub(lambda gap: b"%d 0 R" % (first + int(gap[1])), head) + tail)
            for index, (head, tail) in enumerate(self.objects)
        ]


def collect_resources(fonts: Mapping[str, UsedFace], pictures: Mapping[str, Any], drawing: bytes = b"") -> Resources:
    """Collect fonts and images with all objects they refer to.

    `drawing`: a PDF whose first page becomes the image /ClinicLogo.
    """
    packing = _Packing()
    of_fonts = {key: packing.font(value) for key, value in fonts.items()}
    of_pictures = {key: packing.add(value) for key, value in pictures.items()}
    if drawing:
        of_pictures["/ClinicLogo"] = packing.form(PdfReader(io.BytesIO(drawing)).pages[0])
    return Resources(tuple(packing.objects), of_fonts, of_pictures)


@lru_cache(maxsize=4)
def image(body: bytes) -> Any:
    """A PNG or JPEG as an image XObject of pypdf, made by ReportLab."""
    canvas = Canvas(io.BytesIO(), invariant=1, pageCompression=1)
    canvas.drawImage(ImageReader(io.BytesIO(body)), 0, 0, 1, 1, mask="auto")
    canvas.showPage()
    found: Any = PdfReader(io.BytesIO(canvas.getpdfdata())).pages[0]["/Resources"]
    (name,) = found["/XObject"]
    return found["/XObject"].raw_get(name)


class _Packing:
    def __init__(self) -> None:
        self.objects: list[tuple[bytes, bytes]] = []
        self.known: dict[tuple[int, int], int] = {}

    def add(self, value: Any) -> int:
        """The number of an object; the first call for an object adds it and all it refers to."""
        key = (id(value.pdf), value.idnum) if isinstance(value, IndirectObject) else (0, id(value))
        if key not in self.known:
            self.known[key] = number = len(self.objects)
            self.objects.append((b"", b""))
            self.objects[number] = self._packed(value.get_object())
        return self.known[key]

    def font(self, used: UsedFace) -> int:
        number = len(self.objects)
        self.objects += objects(used, number)
        return number

    def form(self, page: Any) -> int:
        """Add a page as a form XObject scaled to a unit square, without its marked content."""
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        entries = b"/Type /XObject /Subtype /Form /BBox [0 0 %.4f %.4f] /Matrix [%.8f 0 0 %.8f 0 0] /Resources " % (
            width, height, 1 / width, 1 / height,
        )  # fmt: skip
        entries += dump(self._gaps(page["/Resources"]))
        marks = re.sub(rb"(?m)^(?:/\w+\n(?:<<[^\n]*>>\nBDC|BMC)|EMC)$", b"", page.get_contents().get_data())
        self.objects.append(stream_parts(entries, marks))
        return len(self.objects) - 1

    def _packed(self, value: Any) -> tuple[bytes, bytes]:
        if not isinstance(value, StreamObject):
            return dump(self._gaps(value)), b""
        data = value._data
        entries = {key: value.raw_get(key) for key in value if key != "/Length"}
        head = DictionaryObject({NameObject(key): self._gaps(item) for key, item in entries.items()})
        head[NameObject("/Length")] = NumberObject(len(data))
        return dump(head), b"\nstream\n" + bytes(data) + b"\nendstream"

    def _gaps(self, value: Any) -> Any:
        """Copy a value with references to `Resources` in place of those to its own file."""
        if isinstance(value, IndirectObject):
            if value.get_object() is None or isinstance(value.get_object(), NullObject):
                return NullObject()
            return IndirectObject(self.add(value), 65534, value.pdf)
        if isinstance(value, StreamObject):  # not part of a file
            return IndirectObject(self.add(value), 65534, None)
        if isinstance(value, DictionaryObject):
            return DictionaryObject({NameObject(key): self._gaps(value.raw_get(key)) for key in value})
        if isinstance(value, ArrayObject):
            return ArrayObject([self._gaps(item) for item in value])
        return value


def named(own: Mapping[str, bytes], more: Mapping[str, int], first: int) -> bytes:
    """A resource dictionary of fonts or images: those of the page, and those of `Resources` numbered from `first`."""
    rows: Sequence[bytes] = [
        *(key.encode() + b" " + value for key, value in own.items()),
        *(key.encode() + b" %d 0 R" % (first + number) for key, number in more.items()),
    ]
    return b"<<" + b" ".join(rows) + b">>"
