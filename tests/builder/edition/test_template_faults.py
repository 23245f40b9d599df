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
