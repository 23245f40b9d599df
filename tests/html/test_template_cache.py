"""Compiled templates are kept from process to process, and used only for the text that they were made of."""

from __future__ import annotations

import tempfile
from pathlib import Path

import jinja2
import pytest

from leaflets.base.project import Project
from leaflets.html import environment as module
from leaflets.html.environment import environment

NAME = "page.html"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of shipped templates, and an empty place for what is kept."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "shipped" / "templates").mkdir(parents=True)
    (tmp_path / "shipped" / "templates" / NAME).write_text("one {{ 1 + 1 }}")
    return tmp_path / "shipped"


def kept(shipped: Path) -> list[Path]:
    return [path for path in (shipped.parent / "tmp").rglob("*") if path.is_file()]


def said(shipped: Path, folder: Path | None = None) -> str:
    """What the template says, in an environment that has compiled nothing yet."""
    return environment(Project(folder, shipped)).get_template(NAME).render()


def compiling_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("it was compiled")

    monkeypatch.setattr(jinja2.Environment, "compile", fail)


def test_a_template_is_compiled_once(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(shipped) == "one 2"
    assert len(kept(shipped)) == 1
    compiling_fails(monkeypatch)
    assert said(shipped) == "one 2"


def test_another_text_is_compiled_anew(shipped: Path) -> None:
    assert said(shipped) == "one 2"
    (shipped / "templates" / NAME).write_text("two {{ 1 + 1 }}")
    assert said(shipped) == "two 2"
    assert len(kept(shipped)) == 1


def test_other_filters_are_another_template(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said(shipped)
    (tmp_path / "filters.py").write_text("changed")
    monkeypatch.setattr(module, "FILTERS", (tmp_path / "filters.py",))
    compiling_fails(monkeypatch)
    with pytest.raises(AssertionError, match="it was compiled"):
        said(shipped)


def test_what_was_damaged_is_compiled_anew(shipped: Path) -> None:
    said(shipped)
    (path,) = kept(shipped)
    path.write_bytes(path.read_bytes()[:-9])
    assert said(shipped) == "one 2"


def test_a_users_own_template_is_not_kept(shipped: Path, tmp_path: Path) -> None:
    (tmp_path / "own" / "templates").mkdir(parents=True)
    (tmp_path / "own" / "templates" / NAME).write_text("own")
    assert said(shipped, tmp_path / "own") == "own"
    assert not kept(shipped)


def test_where_nothing_can_be_kept_templates_work(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(shipped / "not-there"))
    assert said(shipped) == "one 2"
