"""The fields of a finished file: what each is called, where it is, its element in the structure; and filling them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pypdf import PdfReader, PdfWriter


@dataclass(frozen=True)
class Widget:
    """A field as it stands on a page (of a scale: one of its numbers)."""

    name: str
    label: str
    """What a screen reader says."""
    kind: str
    """`/Tx` or `/Btn`."""
    page: int
    """From 0."""
    rect: tuple[float, float, float, float]
    """pt from the lower left corner."""
    flags: int
    states: tuple[str, ...]
    """Of a box or a number: what it can be, without `/Off`."""
    inside: tuple[str, ...]
    """The structure elements it stands in, from the top; the last is its own."""
    before: str
    """The tag of what stands before its element, or empty."""
    shown: bool
    """It is printed, and not hidden."""

    @property
    def lines(self) -> bool:
        return bool(self.kind == "/Tx" and self.flags & 1 << 12)


def widgets(path: Path) -> list[Widget]:
    """All fields, in the order of the structure. Fails where an annotation has no element of its own."""
    found: list[Widget] = []
    with pikepdf.open(path) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        parents = dict(_numbers(pdf.Root.StructTreeRoot.ParentTree))

        def walk(element: Any, inside: tuple[str, ...], before: str) -> None:
            role = str(element.S)
            inside = (*inside, role)
            kids = element.get("/K", pikepdf.Array())
            last = ""
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if not isinstance(kid, pikepdf.Dictionary):
                    last = "words"
                elif "/S" in kid:
                    walk(kid, inside, last)
                    last = str(kid.S)
                elif kid.get("/Type") == "/OBJR" and kid.Obj.Subtype == "/Widget":
                    assert role == "/Form", role
                    assert len(kids) == 1
                    assert parents[int(kid.Obj.StructParent)].objgen == element.objgen
                    found.append(_widget(kid.Obj, pages, inside, before))

        for kid in pdf.Root.StructTreeRoot.K:
            walk(kid, (), "")
    return found


def _numbers(node: Any) -> list[tuple[int, Any]]:
    nums = list(node.get("/Nums", ()))
    found = [(int(nums[at]), nums[at + 1]) for at in range(0, len(nums), 2)]
    return found + [row for kid in node.get("/Kids", ()) for row in _numbers(kid)]


def _widget(annotation: Any, pages: dict[Any, int], inside: tuple[str, ...], before: str) -> Widget:
    field = annotation if "/T" in annotation else annotation.Parent
    appearance = annotation.AP.N
    states = () if isinstance(appearance, pikepdf.Stream) else tuple(key for key in appearance if key != "/Off")
    left, bottom, right, top = (float(edge) for edge in annotation.Rect)
    label = str(annotation.get("/TU", ""))
    if "/Parent" in annotation:  # a number of a scale: what it answers is the name of the group
        label = f"{annotation.Parent.TU}: {label}"
    return Widget(
        str(field.T), label, str(field.FT), pages[annotation.P.objgen],
        (left, bottom, right, top), int(field.get("/Ff", 0)), states, inside, before, int(annotation.F) == 4,
    )  # fmt: skip


def answers(path: Path, words: str) -> dict[str, str]:
    """Something for each field of a file: all boxes ticked, a number circled on each scale, `words` elsewhere."""
    found = {}
    for widget in widgets(path):
        if widget.kind == "/Btn":
            found[widget.name] = "/7" if "/7" in widget.states else found.get(widget.name, widget.states[0])
        else:
            found[widget.name] = words if widget.lines else words.partition("\n")[0]
    return found


def fill(path: Path, values: Mapping[str, str], out: Path) -> Path:
    """A copy of a file with its fields filled, as a program at a clinic does it."""
    writer = PdfWriter(clone_from=path)
    writer.update_page_form_field_values(None, values, auto_regenerate=False)
    writer.write(out)
    return out


def saved(path: Path) -> dict[str, str]:
    """What is in the fields of a file."""
    return {name: str(field.get("/V", "")) for name, field in (PdfReader(path).get_fields() or {}).items()}


def shown(path: Path, page: int, scale: float = 1.0) -> Any:
    """A page with its fields, as PDFium shows it."""
    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    return document[page].render(scale=scale, may_draw_forms=True).to_pil().convert("L")


def seen(path: Path) -> dict[str, str]:
    """What PDFium says is in the fields: a value for each, of a scale the number that is circled."""
    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(path)
    document.init_forms()
    form, found = document.formenv.raw, {}
    for page in document:
        for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            annotation = raw.FPDFPage_GetAnnot(page.raw, number)
            if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET:
                name = _said(raw.FPDFAnnot_GetFormFieldName, form, annotation)
                if raw.FPDFAnnot_GetFormFieldType(form, annotation) == raw.FPDF_FORMFIELD_TEXTFIELD:
                    found[name] = _said(raw.FPDFAnnot_GetFormFieldValue, form, annotation)
                elif raw.FPDFAnnot_IsChecked(form, annotation):
                    found[name] = "/" + _said(raw.FPDFAnnot_GetFormFieldExportValue, form, annotation)
            raw.FPDFPage_CloseAnnot(annotation)
    return found


def _said(ask: Any, form: Any, annotation: Any) -> str:
    import ctypes

    length = ask(form, annotation, None, 0)
    buffer = ctypes.create_string_buffer(length)
    ask(form, annotation, ctypes.cast(buffer, ctypes.POINTER(pypdfium2.raw.FPDF_WCHAR)), length)
    return buffer.raw[: length - 2].decode("utf-16-le")
