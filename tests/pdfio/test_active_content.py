"""Active content is found wherever it is in a file; leaflets have none; a file with any is not stamped or packed."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf
from pypdf import PdfReader

from leaflets.builder.stamp_clinic import _prepared
from leaflets.finish.press.print_pack import page_count
from leaflets.finish.stamping.template import StampBaseError
from leaflets.pdfio.active_content import active_content
from tests.conftest import Built
from tests.tools.some import some

RUN = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def annotated(**entries: object) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        found = pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **entries))
        pdf.pages[0].Annots = Array([*pdf.pages[0].get("/Annots", Array()), found])

    return change


def rooted(key: str, value: object) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.Root[key] = value

    return change


def attached(pdf: Pdf) -> None:
    pdf.attachments["a.txt"] = AttachedFileSpec(pdf, b"hello", filename="a.txt")


CASES: dict[str, tuple[Callable[[Pdf], None], str]] = {
    "a script when it opens": (rooted("/OpenAction", RUN), "JavaScript"),
    "a script by name": (
        rooted("/Names", Dictionary(JavaScript=Dictionary(Names=Array(["a", RUN])))), "JavaScript",
    ),
    "a script after a link": (
        annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="https://example.org/", Next=RUN)), "JavaScript",
    ),
    "a program": (
        annotated(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F="calc.exe")), "a program or file to open",
    ),
    "a form that is sent": (
        annotated(Subtype=Name.Link, A=Dictionary(S=Name.SubmitForm, F="https://example.org/")), "a form that is sent",
    ),
    "another file": (annotated(Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F="a.pdf")), "another file to open"),
    "actions of a page": (lambda pdf: pdf.pages[0].__setattr__("AA", Dictionary(O=RUN)), "JavaScript, actions of its"),
    "media": (annotated(Subtype=Name.RichMedia), "media"),
    "an attached file": (attached, "an attached file"),
    "an attached file on a page": (annotated(Subtype=Name.FileAttachment), "an attached file"),
    "an XFA form": (lambda pdf: pdf.Root.AcroForm.__setitem__("/XFA", Array([])), "an XFA form"),
}  # fmt: skip


@pytest.fixture(scope="module")
def leaflet(shipped: Built) -> bytes:
    return next(path for path in some(sorted(shipped.folder.rglob("*.plain.standard.en-GB.pdf")))).read_bytes()


def changed(body: bytes, change: Callable[[Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(body)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


@pytest.mark.parametrize("case", CASES)
def test_what_runs_or_is_attached_is_found_and_refused(case: str, leaflet: bytes) -> None:
    change, words = CASES[case]
    body = changed(leaflet, change)
    assert words in ", ".join(active_content(PdfReader(io.BytesIO(body))))
    with pytest.raises(StampBaseError, match=f"it holds .*{words[:10]}.*, which no leaflet has"):
        _prepared(body)
    with pytest.raises(ValueError, match=r"it holds .*, which no leaflet has"):
        page_count(body)


def test_a_name_that_is_written_in_another_way_is_found(leaflet: bytes) -> None:
    with pikepdf.open(io.BytesIO(leaflet)) as pdf:
        pdf.Root.OpenAction = RUN
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    body = out.getvalue().replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS ", b"/J#53 ")
    assert active_content(PdfReader(io.BytesIO(body))) == ("JavaScript",)


def test_leaflets_have_none(shipped: Built) -> None:
    for path in some(sorted(shipped.folder.rglob("*.en-GB*.pdf"))[::6]):
        assert active_content(PdfReader(path)) == (), path.name
