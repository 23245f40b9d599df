"""Templates of a clinic that name what they may not load: the edition fails with a diagnostic, at any step."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaflets.builder.edition.make import Toolchain
from leaflets.pdf.fontconfig import use_private_fontconfig
from tests.tools.articles import material, project

pytestmark = pytest.mark.builds


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="attachment" href="file:///etc/hostname">',
        '<a rel="attachment" href="https://example.org/a.pdf">a</a>',
        '<img src="file:///etc/hostname" alt="">',
        '<object data="https://example.org/a.svg"></object>',
    ],
)
def test_what_a_template_may_not_load_is_a_diagnostic_and_no_traceback(tmp_path: Path, markup: str) -> None:
    use_private_fontconfig()
    page = f"<!doctype html>\n<html lang=en><head><title>a</title></head><body><p>a</p>{markup}</body></html>"
    made = project(tmp_path, files={"templates/flow/leaflet.html": page}, shipped=True)
    result = Toolchain(made).make(material(made)).result
    assert result.failed
    assert any("may not load" in item.message for item in result.diagnostics), [str(x) for x in result.diagnostics]


@pytest.mark.parametrize(
    ("markup", "at"),
    [
        ("<style>\np { color: red;\n  width: banana; }\n</style>", "4:3"),
        ('<p style="color: red; widht: 1mm">a</p>', "2:23"),
    ],
)
def test_a_fault_of_css_in_a_template_has_its_line_there(tmp_path: Path, markup: str, at: str) -> None:
    use_private_fontconfig()
    page = f"<!doctype html><html lang=en><head><title>a</title></head><body><p>a</p>\n{markup}</body></html>"
    made = project(tmp_path, files={"templates/flow/leaflet.html": page}, shipped=True)
    said = [str(item) for item in Toolchain(made).make(material(made)).result.diagnostics]
    place = f"{tmp_path}/templates/flow/leaflet.html:{at}: error: "
    assert [item for item in said if item.startswith(place) and "is ignored" in item], said
