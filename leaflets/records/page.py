"""Page: an answer as HTML, for people."""

from __future__ import annotations

from leaflets.base.project import Project
from leaflets.html.environment import environment
from leaflets.records.answer import KnowledgeAnswer
from leaflets.records.feed import FeedSettings, feed

STYLE = """body{font:1.125rem/1.5 sans-serif;margin:0}main{max-width:44rem;margin:auto;padding:1rem}
h1{font-size:1.5rem}h2{font-size:1.25rem}li{margin:.5rem 0}a{color:#0b4a5f}
@media(prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#8fd3ea}}"""


def answer_page(project: Project, answer: KnowledgeAnswer, settings: FeedSettings) -> str:
    """HTML of an answer."""
    found = feed(answer, settings)
    return (
        environment(project)
        .get_template("records/answer.html")
        .render(
            locale=answer.locale,
            title=found["title"]["_value"],
            said=found.get("subtitle", {}).get("_value", ""),
            entries=found["entry"],
            style=STYLE,
        )
    )
