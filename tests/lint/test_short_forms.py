"""Short forms of the dangers, as the checks of words read them."""

from __future__ import annotations

from pathlib import Path

from leaflets.content.segments import segments
from leaflets.lint.claims import short_forms
from tests.tools.articles import edit, project, read

SHORT = edit(
    "red-flags",
    "          all: A cut does not stop to bleed.\n",
    """\
          all: A cut does not stop to bleed.
        short:
          plain: A cut that bleeds. Call {emergency}.
""",
)


def test_a_short_form_is_read_at_the_levels_that_have_it_with_its_place(tmp_path: Path) -> None:
    article = read(project(tmp_path, SHORT))
    (found,) = short_forms(article, "plain", "GB", {"emergency": "999"}, segments(article))
    assert [line.words for line in found.lines] == ["A cut that bleeds. Call 999."]
    assert str(found.lines[0].place(3)).endswith("red-flags.yaml:18:29")
    assert not list(short_forms(article, "easy", "GB", {}, segments(article)))
