"""The kit for rounds with readers, and the contact sheet: they show each picture with its words and its drawing."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.drawings.reader_tests import FILE, drawn, read_reader_tests
from tests.docs.test_documents import DOCS
from tests.tools.articles import printed, write

pytestmark = pytest.mark.builds  # WeasyPrint is imported


def script(name: str) -> ModuleType:
    """A script of the documentation, loaded."""
    spec = importlib.util.spec_from_file_location("a_script", DOCS / name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["a_script"] = module
    spec.loader.exec_module(module)
    return module


def test_the_kit_has_the_same_pictures_in_the_same_order_on_each_sheet(tmp_path: Path) -> None:
    kit, project = script("reader-tests/kit.py"), Project()
    order = kit.mixed({"stretch", "massage", "tablets"})
    assert order == kit.mixed({"tablets", "massage", "stretch"}) != sorted(order)
    pages = kit.booklet(project, order)
    assert [pages.index(f"{name}.svg") for name in order] == sorted(pages.index(f"{name}.svg") for name in order)
    assert "Stretch gently" not in pages
    assert "Stretch gently" in kit.key(project, order, kit.named(project))
    template = kit.results(project, order)
    assert [line.split()[1] for line in template.splitlines() if "sha256" in line] == [
        drawn(project, name) for name in order
    ]
    write(tmp_path, {FILE: template})
    diagnostics = Diagnostics()
    read_reader_tests(Project(tmp_path), diagnostics)
    assert "right" in printed(diagnostics), "a round whose counts are not filled in must not pass"


def test_the_contact_sheet_has_the_sentences_of_each_use() -> None:
    sheet = script("contact_sheet.py")
    found = sheet.used()
    row = sheet.row("red-flag-stroke", sheet.meanings()["red-flag-stroke"], found["red-flag-stroke"])
    assert "Or one side of your face drops." in row
    assert "red-flags#stroke" in row
    assert "in no article" in sheet.row("pacing", "", [])
    assert sheet.grey('fill="#9c2310" stroke="#ffffff"') == 'fill="#454545" stroke="#ffffff"'
