"""The desk as it answers: only its own page may ask, only finished leaflets are given, and a note stays nowhere."""

from __future__ import annotations

import asyncio
import io
import json
import re
import socket
from pathlib import Path
from urllib.parse import urlencode

import page as page_validation
import pypdfium2
import pytest
from pypdf import PdfReader

from leaflets.cli.main import main
from leaflets.desk.downloads import PreparedDownloads
from leaflets.desk.security import Address
from tests.tools.desk import FORM, PLAIN, Desk
from tests.tools.forms import shown

FILE = f"en-GB/{PLAIN}.pdf"
SECRET = "Zanzibar quokka"
NOTE = {"place": "notes", "note": f"{SECRET}: two each day", "by": "Dr Xylander", "date": "25 Nov"}


def place(desk: Desk, edition: str = PLAIN) -> str:
    return str(desk.ask(f"/fields/{edition}").json["best"])


def test_the_page_and_all_it_is_made_of_are_here(desk: Desk) -> None:
    answer = desk.ask("/")
    assert answer.status == 200
    for address in re.findall(r'(?:src|href)="(/[^"]+)"', answer.text):
        assert desk.ask(address).status == 200, address
    for address in re.findall(r"url\((/[^)]+)\)", desk.ask("/desk.css").text):
        assert desk.ask(address).body[:4] == b"\0\1\0\0", address


def test_every_finished_leaflet_is_listed_and_given_as_it_is(desk: Desk) -> None:
    listed = desk.ask("/leaflets.json").json
    rows = json.loads((desk.out / "catalogue.json").read_text())["editions"]
    assert {row["path"] for row in listed["editions"].values()} == {
        row["path"] for row in rows if row["kind"] == "read"
    }
    row = listed["editions"][PLAIN]
    assert row["status"] == "Draft: no clinician has signed this yet."
    arabic = listed["editions"][PLAIN.replace("en-GB", "ar-GB")]
    assert arabic["status"] == "Draft translation: nobody has signed it yet."
    assert row["web"] == f"en-GB/{PLAIN.replace('standard', 'web')}.html"
    folded = listed["editions"][PLAIN.replace("standard", "booklet")]
    assert folded["twin"]["path"].endswith(".print.pdf")
    for path in (row["path"], row["web"], folded["twin"]["path"]):
        assert desk.ask(f"/files/{path}").body == (desk.out / path).read_bytes()
    assert "sandbox" in desk.ask(f"/files/{row['web']}").headers["content-security-policy"]


def test_a_page_is_a_picture_and_a_file_to_print_opens_the_window_for_it(desk: Desk) -> None:
    assert desk.ask(f"/pages/{FILE.removesuffix('.pdf')}/1.png").body[:4] == b"\x89PNG"
    assert desk.ask(f"/pages/{FILE.removesuffix('.pdf')}/99.png").status == 404
    twin = FILE.replace("standard", "booklet").replace(".pdf", ".print.pdf")
    for path in (FILE, twin):
        given, made = PdfReader(io.BytesIO(desk.ask(f"/print/{path}").body)), PdfReader(desk.out / path)
        assert given.root_object["/OpenAction"] == {"/S": "/Named", "/N": "/Print"}
        assert len(given.pages) == len(made.pages)
        assert given.root_object["/ViewerPreferences"] == made.root_object["/ViewerPreferences"]


@pytest.mark.parametrize(
    "path",
    [
        "/files/.state.json", "/files/catalogue.json", "/files/../project/articles/hand-washing/article.yaml",
        "/files/%2e%2e/project/articles/hand-washing/article.yaml", "/files/en-GB/../../out/.state.json",
        "/files/en-GB/..%2f..%2fproject%2farticles%2fhand-washing%2farticle.yaml", "/print/../../../etc/passwd",
        "/files//etc/passwd", f"/files/en-GB/{PLAIN}.evidence.json", "/pages/../secret/1.png",
        "/fonts/..%2f..%2fsetup.ttf", "/fields/a.b.c.d.e",
    ],
)  # fmt: skip
def test_nothing_else_is_given(desk: Desk, path: str) -> None:
    answer = desk.ask(path)
    assert answer.status == 404
    assert "There is nothing at this address" in answer.text
    assert path.rpartition("/")[2] not in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "127.0.0.1", "", "10.0.0.1:{port}"]
)
def test_another_name_for_this_machine_is_refused(desk: Desk, host: str) -> None:
    answer = desk.ask("/leaflets.json", Host=host.format(port=desk.port))
    assert answer.status == 421
    assert PLAIN not in answer.text
    assert desk.ask("/leaflets.json", Host=f"localhost:{desk.port}").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": ""}, {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://localhost"}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"},
    ],
)  # fmt: skip
def test_another_page_may_send_nothing(desk: Desk, headers: dict[str, str]) -> None:
    answer = desk.ask("/note", "POST", urlencode({"edition": PLAIN, **NOTE}), **headers)
    assert answer.status == 403
    assert SECRET not in answer.text


def test_an_address_owns_numbers_only_where_it_listens_everywhere() -> None:
    here, everywhere = Address("127.0.0.1", 8765), Address("0.0.0.0", 8765)
    assert here.local
    assert not everywhere.local
    assert not here.owns("10.0.0.5:8765")
    assert everywhere.owns("10.0.0.5:8765")
    assert everywhere.owns("[2001:db8::1]:8765")
    assert not everywhere.owns("evil.example:8765")
    assert Address("desk.example", 80).owns("desk.example")


def test_every_answer_says_what_may_be_done_with_it(desk: Desk) -> None:
    for path in ("/", "/desk.js", "/leaflets.json", "/nothing", f"/files/{FILE}", f"/print/{FILE}"):
        headers = desk.ask(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["cache-control"].startswith("no-store")
        assert "access-control-allow-origin" not in headers
        assert "set-cookie" not in headers
        assert "server" not in headers
    assert "script-src 'self';" in desk.ask("/").headers["content-security-policy"]


def test_a_note_is_on_the_paper_and_nowhere_else(desk: Desk, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()}
    where = place(desk)
    told = desk.note(**{**NOTE, "place": where})
    assert told.headers["cache-control"].startswith("no-store")
    assert SECRET not in told.text
    assert told.json["problems"] == []
    answer = desk.ask(told.json["address"])
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store, private, max-age=0"
    assert not [value for value in answer.headers.values() if SECRET in value]
    fields = PdfReader(io.BytesIO(answer.body)).get_fields() or {}
    values = {name: row.get("/V") for name, row in fields.items() if row.get("/V") not in (None, "/Off", "")}
    assert values == {where: NOTE["note"], "given-by": "Dr Xylander", "given-date": "25 Nov"}
    assert {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()} == before
    assert not any(SECRET.encode() in body for body in before.values())
    assert SECRET not in "".join(desk.log)
    assert SECRET not in desk.ask("/leaflets.json").text
    for path in Path("/proc").glob(f"{desk.process.pid}/fd/*"):  # nor in a file that is open and has no name
        assert "deleted" not in str(path.readlink())


def test_a_note_is_seen_and_the_file_is_still_accessible(desk: Desk, tmp_path: Path) -> None:
    where = desk.ask(f"/fields/{PLAIN}").json["rooms"][0]
    (tmp_path / "note.pdf").write_bytes(desk.ask(desk.note(**{**NOTE, "place": where["name"]}).json["address"]).body)
    with_note, without = (
        shown(path, where["page"] - 1).histogram()[:128] for path in (tmp_path / "note.pdf", desk.out / FILE)
    )
    assert sum(with_note) > sum(without) + 200
    assert page_validation.validate_pdf(str(tmp_path / "note.pdf")).is_compliant


def test_words_stand_on_the_lines_whatever_their_letters(desk: Desk) -> None:
    where, drawn = place(desk), {}
    for typed in ("First line\nSecond line", "Łęcka\nSecond line"):
        answer = desk.ask(desk.note(place=where, note=typed).json["address"])
        (field,) = (
            annotation.get_object()
            for page in PdfReader(io.BytesIO(answer.body)).pages
            for annotation in page.get("/Annots", ())
            if annotation.get_object().get("/T") == where
        )
        body = field["/AP"]["/N"].get_object().get_data()
        drawn[typed] = re.findall(rb"(?m)^\S+ (\S+) Td$", body), re.findall(rb"/(\w+) [\d.]+ Tf", body)
    (latin, font), (beyond, another) = drawn.values()
    assert latin == beyond
    assert len(latin) == 2
    assert font != another  # pypdf made one of its own, or there was nothing to be mended


def test_what_cannot_be_printed_is_told_without_a_word_of_the_note(desk: Desk) -> None:
    where = place(desk)
    cases = {
        "letters": (f"{SECRET} 漢 نوم", "漢 ن و م"),
        "too-long": (f"{SECRET}\n" * 60, ""),
        "too-wide": ("", ""),
        "note-empty": ("  \n ", ""),
        "no-room-note": (SECRET, ""),
    }
    for words, (typed, letters) in cases.items():
        parts = {"place": "nowhere" if words == "no-room-note" else where, "note": typed}
        if words == "too-wide":
            parts["by"] = f"{SECRET} " * 9
        answer = desk.note(**parts)
        (problem,) = answer.json["problems"]
        assert problem["words"] == words
        assert problem.get("letters", "") == letters
        assert "address" not in answer.json
        assert answer.headers["cache-control"].startswith("no-store")
        assert SECRET not in answer.text
    assert SECRET not in "".join(desk.log)


def test_a_leaflet_with_a_note_is_forgotten() -> None:
    async def held() -> None:
        desk = PreparedDownloads(seconds=0.01)
        key, other = desk.hold(b"A", "a.pdf"), desk.hold(b"B", "b.pdf")
        assert desk.find(key) == (b"A", "a.pdf")
        assert desk.find(other) == (b"B", "b.pdf")
        assert len({key, other}) == 2
        assert min(len(key), len(other)) > 30
        while desk.find(key) or desk.find(other):
            await asyncio.sleep(0.005)

    asyncio.run(asyncio.wait_for(held(), 10))


def test_what_was_forgotten_is_told(desk: Desk) -> None:
    answer = desk.ask("/note/nothing")
    assert answer.status == 410
    assert "The leaflet with this note is forgotten" in answer.text


def test_what_is_no_note_is_refused(desk: Desk) -> None:
    body = urlencode({"edition": PLAIN, **NOTE})
    assert desk.ask(f"/note?{body}").status == 405
    assert desk.ask("/note", "POST", body, Content_Type="multipart/form-data; boundary=x").status == 415
    assert desk.ask("/note", "POST", f"edition={PLAIN}&note=%ff").status == 415
    assert desk.ask("/note", "POST", f"{body}{'x' * 70_000}").status == 413
    assert desk.note("a.b.c.d.e", note=SECRET).status == 404
    assert desk.note(PLAIN.replace("standard", "booklet"), **NOTE).status == 404
    for answer in (desk.ask(f"/note?{body}"), desk.note("a.b.c.d.e", note=SECRET)):
        assert SECRET not in answer.text


def test_a_layout_without_room_for_a_note_names_those_that_have_it(desk: Desk) -> None:
    summary = desk.ask(f"/fields/{PLAIN.replace('standard', 'summary')}").json
    assert summary["rooms"] == []
    assert summary["by"]
    assert {row["layout"] for row in summary["others"]} == {"standard", "large-print"}
    folded = desk.ask(f"/fields/{PLAIN.replace('standard', 'booklet')}").json
    assert folded["folded"]
    assert {row["layout"] for row in folded["others"]} == {"standard", "large-print"}


def test_today_is_in_the_form_of_the_region_that_fits(desk: Desk) -> None:
    assert re.fullmatch(r"\d+ \w+ \d{4}|\d\d/\d\d/\d{4}", desk.ask(f"/fields/{PLAIN}").json["today"])
    arabic = desk.ask(f"/fields/{PLAIN.replace('en-GB', 'ar-GB')}").json["today"]
    assert not re.search(r"[\u0600-\u06ff\u200f]", arabic)


def test_pictures_are_those_of_the_file(desk: Desk) -> None:
    document = pypdfium2.PdfDocument(desk.out / FILE)
    count = len(document)
    document.close()
    assert desk.ask("/leaflets.json").json["editions"][PLAIN]["pages"] == count


def test_a_port_in_use_is_told_with_what_to_do(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["desk", "--out", str(tmp_path), "--port", str(desk.port), "--no-open"]) == 1
    said = capsys.readouterr().err
    assert f"port {desk.port} is in use" in said
    assert f"leaflets desk --port {desk.port + 1}" in said
    assert main(["desk", "--out", str(tmp_path), "--host", "192.0.2.1", "--no-open", "--port", "0"]) == 1
    assert "not an address of this machine" in capsys.readouterr().err


def test_only_this_machine_can_ask(desk: Desk) -> None:
    other = next(
        (row[4][0] for row in socket.getaddrinfo(socket.gethostname(), desk.port, socket.AF_INET)), "127.0.0.1"
    )
    if other.startswith("127."):  # this machine has no other address: that of the loop, but not ours, has to do
        other = "127.0.0.2"
    with pytest.raises(OSError, match=r"."):
        socket.create_connection((other, desk.port), timeout=2).close()


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["desk", "--help"])
    said = capsys.readouterr().out
    assert "leaflets desk --port 8766 --no-open" in said
    assert "127.0.0.1" in said


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {"Host": f"127.0.0.1:{'9' * 5_000}"}),
        (f"/pages/en-GB/{PLAIN}/{'9' * 5_000}.png", {}),
        (f"/pages/en-GB/{PLAIN}/-1.png", {}),
        (f"/pages/en-GB/{PLAIN}/one.png", {}),
    ],
)
def test_numbers_that_nobody_needs_are_answered_with_400(desk: Desk, path: str, headers: dict[str, str]) -> None:
    assert desk.ask(path, **headers).status == 400


def test_a_note_that_breaks_off_leaves_no_traceback(desk: Desk) -> None:
    head = f"POST /note HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nOrigin: {desk.url.rstrip('/')}\r\n"
    with socket.create_connection(("127.0.0.1", desk.port)) as connection:
        connection.sendall(f"{head}Content-Type: {FORM}\r\nContent-Length: 99\r\n\r\na".encode())
    assert desk.ask("/").status == 200
    assert not [line for line in desk.log if "Traceback" in line or "fault" in line]
