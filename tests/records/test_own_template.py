"""A project's own page of answers runs in the sandbox, like every other template of a clinic."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError

from leaflets.base.project import Project
from leaflets.records.answer import KnowledgeAnswer
from leaflets.records.feed import FeedSettings
from leaflets.records.page import answer_page
from tests.conftest import ROOT

NOTHING = KnowledgeAnswer((), "en-GB", (), ())
SETTINGS = FeedSettings("https://leaflets.example/", "2026-12-01T00:00:00Z")


@pytest.mark.parametrize("template", ["{{ title.__class__.__mro__ }}", "{{ title.format.__globals__ }}"])
def test_a_template_that_leaves_the_sandbox_is_refused(tmp_path: Path, template: str) -> None:
    own = tmp_path / "templates" / "records" / "answer.html"
    own.parent.mkdir(parents=True)
    own.write_text("{{ title }}", encoding="utf-8")
    assert answer_page(Project(tmp_path, ROOT), NOTHING, SETTINGS) == "Patient leaflets"
    own.write_text(template, encoding="utf-8")
    with pytest.raises(SecurityError):
        answer_page(Project(tmp_path, ROOT), NOTHING, SETTINGS)
