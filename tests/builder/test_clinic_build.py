"""A build for a clinic: what is told at once, what does not fit, and what the next build knows of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader

from leaflets.cli.main import main
from tests.conftest import PROJECTS
from tests.tools.clinics import SVG, clinic, picture
from tests.tools.pdf import plain
from tests.tools.selection import sampled

CHOICE = ("--leaflet", "overview", "--level", "plain", "--locale", "en-GB", "--jobs", "1")
FRAME = "Clinic stamp"
"""Title of the empty frame."""
EDITION = "fibromyalgia-leg-pain.overview.plain.{}.en-GB"


@dataclass
class Desk:
    """Runs the command line into one folder and reads what it said."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    layout: str = "summary"

    def build(self, *options: str) -> tuple[int, str]:
        return self._run("build", *CHOICE, "--layout", self.layout, *options)

    def explain(self, *options: str) -> str:
        return self._run("explain", EDITION.format(self.layout), *options)[1]

    def _run(self, *arguments: str) -> tuple[int, str]:
        self.capsys.readouterr()
        status = main([*arguments, "--out", str(self.folder / "out")])
        said = self.capsys.readouterr()
        return status, said.out + said.err

    def file(self, body: bytes | None = None, /, **fields: str) -> str:
        return str(clinic(self.folder / "clinic", body, **fields))

    def said(self) -> str:
        path = self.folder / "out" / "en-GB" / f"{EDITION.format(self.layout)}.pdf"
        return plain(" ".join(page.extract_text() for page in PdfReader(path).pages))


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_the_next_build_knows_the_clinic(desk: Desk) -> None:
    file = desk.file()
    assert desk.explain("--clinic", file).endswith("it was never built\n")
    assert desk.build("--clinic", file)[0] == 0
    assert desk.build("--clinic", file)[1].startswith("1 leaflets are up to date")
    assert desk.explain().endswith(": up to date\n")

    desk.file(phone='"01632 960002"')
    assert "out of date: clinic has changed" in desk.explain()
    assert desk.build("--clinic", file)[0] == 0
    assert "01632 960002" in desk.said()

    desk.file(SVG, phone='"01632 960002"')
    assert "out of date: clinic has changed" in desk.explain()
    assert desk.build("--clinic", file)[0] == 0
    assert desk.explain().endswith(": up to date\n")


def test_a_build_without_the_clinic_is_another(desk: Desk) -> None:
    assert desk.build("--clinic", desk.file())[0] == 0
    assert FRAME not in desk.said()
    assert not desk.build()[1].startswith("1 leaflets are up to date")
    assert FRAME in desk.said()
    assert "Given to you by" in desk.said()
    assert desk.explain().endswith(": up to date\n")
    assert "clinic is new" in desk.explain("--clinic", desk.file())


def test_the_same_clinic_gives_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    path = desk.folder / "out" / "en-GB" / f"{EDITION.format('summary')}.pdf"
    desk.build("--clinic", desk.file())
    first = path.read_bytes()
    (tmp_path / "elsewhere").mkdir()
    file = clinic(tmp_path / "elsewhere")
    assert desk.build("--clinic", str(file), "--force")[0] == 0
    assert path.read_bytes() == first


LOGOS = {"svg": SVG, "jpeg": picture("JPEG"), "tall": picture("PNG", 200, 600)}


@pytest.mark.parametrize("kind", sampled(LOGOS, ("tall",)))
def test_a_logo_of_each_kind_is_printed(desk: Desk, kind: str) -> None:
    assert desk.build("--clinic", desk.file(LOGOS[kind]))[0] == 0


TOLD = {
    "logo": ({"logo": '"none.png"'}, "clinic.toml:6:8: error: the logo "),
    "letters": ({"name": '"Clinic ꯃꯤꯇꯩ 😀"'}, "clinic.toml:1:1: error: name: no font has ꯃ (U+ABC3), "),
    "lines": ({"address": '["a", "b", "c", "d", "e"]'}, "clinic.toml:2:11: error: address: 5 lines"),
    "code": (
        {"leaflets": f'"https://example.org/{"x" * 150}/{{name}}"'},
        "clinic.toml:7:1: error: leaflets: https://example.org/xxx",
    ),
}


@pytest.mark.parametrize("case", TOLD)
def test_what_is_wrong_is_told_before_anything_is_built(desk: Desk, case: str) -> None:
    fields, wanted = TOLD[case]
    status, said = desk.build("--clinic", desk.file(**fields))
    assert status == 1
    assert wanted in said
    assert "\n  hint: " in said or case == "lines"
    assert not list((desk.folder / "out").rglob("*.pdf"))


@pytest.mark.parametrize("locale", sampled(["en-GB", "en-US"], ("en-GB",)))
def test_a_tri_fold_says_that_nobody_has_signed_it_also_where_the_clinic_leaves_little_room(
    desk: Desk, locale: str
) -> None:
    desk.layout = "tri-fold"
    fields = {
        "address": '["Unit 3, Byres Court", "210 Byres Road, Glasgow G12 8AA"]',
        "hours": '["Mon–Fri 7:30–19:30"]',
    }
    assert desk.build("--locale", locale, "--clinic", desk.file(picture(), **fields))[0] == 0
    path = desk.folder / "out" / locale / f"fibromyalgia-leg-pain.overview.plain.tri-fold.{locale}.pdf"
    back = plain(PdfReader(path).pages[5].extract_text())
    assert "Draft. Awaits review by a clinician." in back


def test_a_clinics_website_is_a_link(desk: Desk) -> None:
    assert desk.build("--clinic", desk.file(website='"www.example.org/pain"', leaflets='""'))[0] == 0
    path = desk.folder / "out" / "en-GB" / f"{EDITION.format('summary')}.pdf"
    links = [ref.get_object() for page in PdfReader(path).pages for ref in page.get("/Annots", ())]
    assert "https://www.example.org/pain" in [link["/A"]["/URI"] for link in links if "/URI" in link.get("/A", {})]


MUCH = {
    "address": '["Example House, first floor, in the back yard", "100 Long Example Street, Upper Exampleton"]',
    "hours": '["Monday to Wednesday: 8:30 to 18:00", "Thursday and Friday: 8:30 to 20:00", '
    '"Saturday: 9:00 to 12:00 and 15:00 to 18:00", "Sunday: closed, call 01632 960009"]',
}


def test_details_that_are_too_high_are_told_by_field_and_in_mm(desk: Desk) -> None:
    desk.layout = "tri-fold"
    status, said = desk.build("--clinic", desk.file(**MUCH))
    assert status == 1
    found = next(line for line in said.splitlines() if "clinic-overflow" in line)
    assert "clinic.toml:2:1: error: the clinic's details are " in found
    assert " mm too high for the layout tri-fold (" in found
    by = float(found.split("details are ")[1].split(" mm")[0])
    address = float(found.split("address ")[1].split(" mm")[0])
    assert 1 <= by <= 40
    assert 15 <= address <= 30
    assert not list((desk.folder / "out").rglob("*.pdf"))


def test_a_word_that_is_too_wide_is_told_by_field_and_in_mm(desk: Desk) -> None:
    desk.layout = "giant-print"
    status, said = desk.build("--clinic", desk.file(name='"Gemeinschaftspraxiszentrumsverwaltung"'))
    assert status == 1
    assert "clinic.toml:1:1: error: name: “Gemeinschaftspraxiszentrumsverwaltung” is " in said
    assert " mm too wide for the layout giant-print (" in said


def test_the_example_builds_as_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.folder)
    assert main(["new", "clinic"]) == 0
    example = (desk.folder / "clinic.toml").read_text()
    assert "leaflets build --clinic clinic.toml" in example
    assert desk.build("--clinic", "clinic.toml")[0] == 0
    assert "Phone: 01632 960001" in desk.said()
    assert main(["new", "clinic"]) == 1
    assert (desk.folder / "clinic.toml").read_text() == example
    assert main(["new", "clinic", "other/ours.toml"]) == 0
    assert "--clinic other/ours.toml" in (desk.folder / "other" / "ours.toml").read_text()


ARABIC = {
    "name": '"عيادة المثال"',
    "address": '["1 شارع المثال", "مدينة المثال"]',
    "hours": '["من الاثنين إلى الجمعة: 8:30 إلى 18:00", "السبت: 9:00 إلى 12:00"]',
}


@pytest.mark.parametrize("locale", sampled(["en-GB", "ar-GB"], ("ar-GB",)))
def test_details_from_right_to_left_fit_where_lines_are_short(desk: Desk, locale: str) -> None:
    layouts = [part for layout in ("giant-print", "tri-fold", "summary") for part in ("--layout", layout)]
    choice = ("--leaflet", "overview", "--level", "plain", "--locale", locale, "--jobs", "1", *layouts)
    project = ("--project", str(PROJECTS / "hand-washing"), "--article", "hand-washing")
    assert main(["build", *project, *choice, "--clinic", desk.file(**ARABIC), "--out", str(desk.folder / "out")]) == 0
