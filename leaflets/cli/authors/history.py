"""`leaflets history`: show who signed an article, and what changed between signatures and since."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaflets.builder.signing.changes import ItemChange
    from leaflets.builder.signing.versions import HistoryStep

EXAMPLES = """\
examples:
  leaflets history back-pain                   who signed what, and what changed from one signature to the next
  leaflets history back-pain --locale en-GB
  leaflets history back-pain --json            for programs
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import add_project

    parser.add_argument("article", metavar="ARTICLE", help="id of the article")
    parser.add_argument(
        "--locale", action="append", default=[], metavar="TAG", help="only this locale (may be repeated)"
    )
    parser.add_argument("--json", action="store_true", help="a JSON list of the steps, for programs")
    add_project(parser)
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.base.diagnostics import Diagnostics, did_you_mean
    from leaflets.builder.signing.versions import history
    from leaflets.cli.main import DONE, PROBLEMS, open_project
    from leaflets.content.load import article_ids
    from leaflets.l10n.loaded_article import load_article

    project, diagnostics = open_project(options.project), Diagnostics()
    known = article_ids(project)
    if options.article not in known:
        print(f"leaflets: there is no article “{options.article}”", file=sys.stderr)
        if hint := did_you_mean(options.article, known):
            print(f"  hint: {hint}", file=sys.stderr)
        return PROBLEMS
    loaded = load_article(project, options.article, diagnostics)
    if loaded is None:
        for item in diagnostics.errors:
            print(item, file=sys.stderr)
        return PROBLEMS
    told = Diagnostics()
    wanted = options.locale or loaded.article.info.locales
    for tag in wanted:
        if tag not in loaded.locales:
            print(f"leaflets: there is no locale “{tag}” of “{options.article}”", file=sys.stderr)
            return PROBLEMS
    steps = [step for tag in wanted for step in history(project, loaded, tag, told)]
    if options.json:
        print(json.dumps([_as_json(step) for step in steps], ensure_ascii=False, indent=1))
    else:
        for line in _lines(steps, options.article):
            print(line)
    for item in told.errors:
        print(item, file=sys.stderr)
    return PROBLEMS if told.errors else DONE


def _lines(steps: Sequence[HistoryStep], article: str) -> Iterator[str]:
    if not steps:
        yield f"nobody has signed anything of {article}"
    locale = ""
    for step in steps:
        if step.locale != locale:
            locale = step.locale
            yield f"{article}, {locale}"
        yield f"  {_head(step)}"
        if step.lost:
            yield f"    what was signed cannot be shown: {step.lost}"
        for change in step.changed:
            yield from _change(change)


def _head(step: HistoryStep) -> str:
    entry = step.entry
    if entry is None:
        return "since then, not signed:"
    if entry.state == "withdrawn":
        return (
            f"{entry.on}  taken back by {entry.who}: {', '.join(entry.leaflets)}: {entry.reason or 'no reason given'}"
        )
    known = len(step.new_leaflets) < len(entry.leaflets)
    same = ", nothing has changed since it was signed before" if known and not step.changed and not step.lost else ""
    return f"{entry.on}  signed by {entry.who}: version {entry.version}: {', '.join(entry.leaflets)}{same}"


def _change(change: ItemChange) -> Iterator[str]:
    """Lines of one change, with the words before and after, whole."""
    kind = "new" if change.before is None else "gone" if change.after is None else "changed"
    yield f"    {kind}: {change.name}"
    for name, words in (("before", change.before), ("after", change.after)):
        rows = (words or "").splitlines()
        for at, row in enumerate(rows):
            yield f"      {f'{name}:' if at == 0 else '':<8}{row}"


def _as_json(step: HistoryStep) -> dict[str, Any]:
    entry = step.entry
    said = {} if entry is None else entry.model_dump(mode="json")
    changed = [{"item": row.id, "before": row.before, "after": row.after} for row in step.changed]
    return {"locale": step.locale, "state": "not signed", **said, "changes": changed, "lost": step.lost}
