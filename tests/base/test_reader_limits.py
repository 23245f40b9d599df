"""Limits of readers: each limit of each row has a file beyond it, which is told at its place, at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import jinja2
import pikepdf
import pytest
from _pytest.mark.structures import ParameterSet
from pikepdf import Dictionary, Name

from leaflets.base.diagnostics import Diagnostics, Place
from leaflets.base.files import read_regular
from leaflets.base.project import Project
from leaflets.base.reader_limits import READERS, ReaderLimits, limits_of
from leaflets.base.source import read_yaml
from leaflets.base.store import LocalStore
from leaflets.check.preflight.batch import PreflightTask, preflight_all
from leaflets.content import logo
from leaflets.content.clinic import read_clinic, read_clinics
from leaflets.content.logo import read_logo
from leaflets.html.environment import environment, template_diagnostic
from leaflets.l10n.messages import read_messages
from leaflets.l10n.words import read_words
from leaflets.publish.catalogue import read_catalogue
from tests.test_imports import ROOT
from tests.tools.some import some

SECONDS = 5.0
"""Most seconds of processor time until a file beyond a limit is told."""

Reader = Callable[[Path, Diagnostics], object]


def project_file(name: str, read: Callable[[Project, Diagnostics], object]) -> tuple[str, Reader]:
    return name, lambda folder, found: read(Project(folder, folder), found)


def checked(name: str) -> tuple[str, Reader]:
    return project_file(name, lambda project, found: project.read_checked(name, found))


def yaml_file() -> tuple[str, Reader]:
    def read(project: Project, found: Diagnostics) -> object:
        text = project.read_checked("regions/GB.yaml", found)
        return read_yaml("regions/GB.yaml", text, found) if text is not None else None

    return project_file("regions/GB.yaml", read)


def rendered(project: Project, found: Diagnostics) -> object:
    made = environment(project)
    try:
        return made.get_template("flow/leaflet.html").render()
    except jinja2.TemplateError as error:
        found.items.append(template_diagnostic(error, made))
        return None


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits of time are the same, but shorter."""
    monkeypatch.setattr("leaflets.html.sandbox.SECONDS", READERS["template"].seconds / 100)


def preflight_file(folder: Path, found: Diagnostics) -> object:
    path = folder / "a.pdf"
    for result in preflight_all([PreflightTask(path, "a.pdf", None)], 1):
        found.extend(result.diagnostics)
    return None


def catalogue(folder: Path, found: Diagnostics) -> object:
    return read_catalogue(LocalStore(folder), found).entries


OPENED: dict[str, tuple[str, Reader]] = {
    "yaml": yaml_file(),
    "po": project_file("a.po", lambda project, found: read_messages(project, "a.po", found)),
    "toml": ("clinic.toml", lambda folder, found: read_clinic(folder / "clinic.toml", found)),
    "csv": ("clinics.csv", lambda folder, found: read_clinics(folder / "clinics.csv", found) or None),
    "template": project_file("templates/flow/leaflet.html", rendered),
    "style": checked("templates/css/base.css"),
    "dictionary": checked("assets/spelling/en-GB.dic"),
    "font": checked("assets/fonts/a/A-Regular.ttf"),
    "asset": checked("assets/pictograms/hand.svg"),
    "pdf": ("a.pdf", preflight_file),
    "json": ("catalogue.json", catalogue),
    "logo": ("logo.png", lambda folder, found: read_logo(folder / "logo.png", Place("clinic.toml"), found)),
}
"""File and reader of each row."""

_MESSAGE = 'msgctxt "a{}"\nmsgid "a"\nmsgstr "b"\n\n'
_NINES = "9" * 5000


def drawn(inside: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">{inside}</svg>'


def draw_for_ever(body: bytes) -> object:
    """A typesetter that finds no end, or takes all memory; in the child."""
    taken = []
    while True:
        taken.append(bytearray(50_000_000 if b"memory" in body else 0))
        taken = taken if b"memory" in body else []


BEYOND: dict[tuple[str, str], tuple[str, str]] = {
    ("yaml", "aliases"): ("a: &x [1, 2]\nb: [*x, *x]\n", ":1:4: error: “&x” is an alias or an anchor"),
    ("yaml", "depth"): ("a:\n  " + "[" * 900_000, ":2:52: error: more than 50 values stand inside each other"),
    ("yaml", "digits"): (f"a: {_NINES}\n", ":1:4: error: a number has more than 18 digits"),
    ("yaml", "entries"): ("a: [" + "x, " * 60_000 + "]\n", "error: there are more than 50000 values in the file"),
    ("po", "entries"): (
        "".join(_MESSAGE.format(number) for number in range(20_001)),
        "a.po:80001:1: error: there are more than 20000 messages",
    ),
    ("template", "seconds"): (
        "\n{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        "templates/flow/leaflet.html:2:1: error: it is not rendered after 0.2 seconds: a loop is too long, or has no",
    ),
    ("pdf", "seconds"): (
        "forms",
        "a.pdf: error: it cannot be read as a PDF: it takes more than 2.1 seconds [",
    ),
    ("pdf", "memory"): ("string", "a.pdf: error: it cannot be read as a PDF: it needs more than 1000 MB of memory, or"),
    ("logo", "depth"): (drawn("<g>" * 50 + "</g>" * 50), "is an SVG of more than 3000 elements, or 40 inside each"),
    ("logo", "digits"): (drawn(f'<rect width="{_NINES}"/>'), "is an SVG with a number of more than 18 digits (width)"),
    ("logo", "entries"): (
        drawn("<g/>" * 3_100),
        "clinic.toml:1:1: error: the logo logo.png is an SVG of more than",
    ),
    ("logo", "seconds"): ("seconds", "clinic.toml:1:1: error: the logo logo.png cannot be drawn: it takes more than 1"),
    ("logo", "memory"): ("memory", "cannot be drawn: it needs more than 500 MB of memory, or crashes"),
    ("toml", "depth"): ("address = " + "[" * 20_000, "clinic.toml:1:21: error: more than 10 values stand inside"),
    ("toml", "digits"): (f"name = {_NINES}", "clinic.toml:1:8: error: a number has more than 18 digits"),
    ("toml", "entries"): ("name = 'A'\n" + "# x\n" * 1_001, "error: the file has more than 1000 lines"),
    ("json", "digits"): (f'{{"format": {_NINES}}}', "catalogue.json:1:1: error: a number has more than 19 digits"),
    ("csv", "entries"): (
        "id,name\n" + "".join(f"a{number},A\n" for number in range(20_001)),
        "clinics.csv:20002:1: error: there are more than 20000 rows",
    ),
}
"""A file beyond each limit by reader and limit, and what is said of it."""


def bomb(kind: str, path: Path) -> None:
    """A small PDF that draws a thousand million forms, or one whose text takes all memory."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        if kind == "forms":
            inner = pdf.make_stream(b"0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
            for _ in range(9):
                drawn_form = Dictionary(XObject=Dictionary(A=inner))
                inner = pdf.make_stream(
                    b"/A Do " * 10, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], Resources=drawn_form
                )
            page.Resources = Dictionary(XObject=Dictionary(A=inner))
            page.Contents = pdf.make_stream(b"/A Do")
        else:
            page.Contents = pdf.make_stream(b"BT (" + b"a" * 60_000_000 + b") Tj ET")
        pdf.save(path, compress_streams=True)


def has(limits: ReaderLimits) -> set[str]:
    """Limits of a row that apply, those of bytes excepted: every row has them."""
    return {key for key, value in asdict(limits).items() if key not in ("what", "bytes") and value}


@pytest.mark.parametrize("reader", READERS)
def test_each_limit_has_a_file_beyond_it(reader: str) -> None:
    also = {"aliases"} if reader == "yaml" else set()
    assert {limit for name, limit in BEYOND if name == reader} == has(READERS[reader]) | also
    assert reader in OPENED


def processor_time() -> float:
    """Seconds of this process and of its children that have ended; the machine may be busy."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def refused(folder: Path, reader: str, found: Diagnostics) -> list[str]:
    _, read = OPENED[reader]
    begun = processor_time()
    value = read(folder, found)
    assert processor_time() - begun < SECONDS
    assert not value
    return [str(item) for item in found]


def put(folder: Path, reader: str) -> Path:
    path = folder / OPENED[reader][0]
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def processes(row: tuple[str, str]) -> ParameterSet:
    """A row; those that start a process are left out of quick runs."""
    return pytest.param(*row, marks=[pytest.mark.builds] if READERS[row[0]].memory else [])


@pytest.mark.parametrize(("reader", "limit"), [processes(row) for row in BEYOND])
def test_beyond_a_limit_there_is_one_diagnostic_at_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: str, limit: str
) -> None:
    text, said = BEYOND[reader, limit]
    if (reader, limit) in (("logo", "seconds"), ("logo", "memory")):
        monkeypatch.setattr(logo, "DRAWN_BY", "tests.base.test_reader_limits:draw_for_ever")
        monkeypatch.setattr(logo, "LIMITS", replace(logo.LIMITS, seconds=1, memory=500))
    if reader == "pdf":
        bomb(text, put(tmp_path, reader))
    else:
        put(tmp_path, reader).write_text(text)
    (line,) = refused(tmp_path, reader, Diagnostics())
    assert said in line


@pytest.mark.parametrize("reader", OPENED)
def test_a_file_with_too_many_bytes_is_not_read(tmp_path: Path, reader: str) -> None:
    with put(tmp_path, reader).open("wb") as file:
        file.truncate(2_000_000_000)  # takes no room on the disk
    (line,) = refused(tmp_path, reader, Diagnostics())
    assert f"{READERS[reader].large()} [" in line


@pytest.mark.parametrize("reader", OPENED)
def test_a_pipe_and_a_device_are_no_files(tmp_path: Path, reader: str) -> None:
    path = put(tmp_path, reader)
    os.mkfifo(path)
    (line,) = refused(tmp_path, reader, Diagnostics())
    assert "it is not a regular file but a pipe, a device or a socket [" in line
    path.unlink()
    path.symlink_to("/dev/zero")
    assert len(refused(tmp_path, reader, Diagnostics())) == 1


@pytest.mark.parametrize("reader", [name for name in OPENED if name not in ("toml", "csv", "logo", "pdf", "json")])
def test_a_null_character_is_told_where_it_stands(tmp_path: Path, reader: str) -> None:
    put(tmp_path, reader).write_bytes(b"a: b\nab\0c")
    (line,) = refused(tmp_path, reader, Diagnostics())
    assert "error: the character U+0000 may not stand in a file [" in line
    assert ":2:" in line


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError, match="it is a folder"):
        read_regular(tmp_path)


def test_a_file_of_no_known_size_ends_at_its_limit(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="it has more than 0 kB, the most that a line may have"):
        read_regular(Path("/proc/self/status"), ReaderLimits("a line", 10))


@pytest.mark.parametrize("name", ["articles/a/l10n/en.po", "x.YAML", "templates/css/page.css.j2", "assets/a.svg"])
def test_the_name_says_the_reader(name: str) -> None:
    expected = {"po": "po", "yaml": "yaml", "j2": "template", "svg": "asset"}[name.rsplit(".", 1)[1].lower()]
    assert limits_of(name) is READERS[expected]


def test_what_is_shipped_is_far_from_every_limit() -> None:
    shipped = Project()
    for folder in ("articles", "regions", "templates", "assets"):
        for path in some(path for path in (shipped.shipped / folder).rglob("*") if path.is_file()):
            assert path.stat().st_size < limits_of(path.name).bytes / 4, path


def test_words_with_an_alias_are_told(tmp_path: Path) -> None:
    from leaflets.l10n.languages import LOCALES

    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "words.yaml").write_text("page: {text: &a Page}\nof: {text: *a}\n")
    found = Diagnostics()
    read_words(Project(tmp_path, tmp_path), LOCALES["en-GB"], found)
    assert [item.rule for item in found] == ["yaml"]


def shown(limits: ReaderLimits) -> str:
    """A row of the table in SECURITY.md."""
    size = f"{limits.bytes // 1_000_000} MB" if limits.bytes >= 1_000_000 else f"{limits.bytes // 1_000} kB"
    numbers = (limits.depth, limits.digits, limits.entries, limits.seconds, limits.memory)
    cells = [limits.what, size, *(f"{number:,g}" if number else "" for number in numbers)]
    return f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |")


def test_the_table_in_the_documentation_is_that_of_the_program() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    table = text.partition("| file | bytes |")[2].partition("\n\n")[0].splitlines()[2:]
    assert table == [shown(row) for row in READERS.values()]
