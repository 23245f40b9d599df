"""`leaflets list`: print the editions that can be built, one a line, or when their reviews fall due."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaflets.base.diagnostics import Diagnostics
    from leaflets.base.project import Project
    from leaflets.editions.choice import Choice
    from leaflets.editions.edition import Edition
    from leaflets.editions.review_status import ReviewStatus

EXAMPLES = """\
examples:
  leaflets list                                  every edition
  leaflets list --locale en-US --layout standard
  leaflets list --due 90                         leaflets whose next review falls due within 90 days, or is overdue
  leaflets list --json                           the same for programs, with who has signed and the day of the review
"""


@dataclass(frozen=True)
class ListedEdition:
    """An edition with its status of review and the day of its next review."""

    edition: Edition
    review: ReviewStatus
    version: str
    due: date


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import add_choice

    add_choice(parser)
    parser.add_argument(
        "--due", type=_days, default=None, metavar="DAYS", help="only what falls due for review within so many days"
    )
    parser.add_argument("--json", action="store_true", help="a JSON list of the editions, for programs")
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.base.diagnostics import Diagnostics
    from leaflets.base.untrusted.names import printable
    from leaflets.cli.main import DONE, PROBLEMS, choice_of, open_project

    project, diagnostics = open_project(options.project), Diagnostics()
    today = project.today()
    rows = _listed(project, choice_of(options), diagnostics)
    if options.due is not None:
        rows = [row for row in rows if row.due <= today + timedelta(days=options.due)]
    if options.json:
        print(json.dumps([_as_json(row) for row in rows], ensure_ascii=False, indent=1))
    elif options.due is None:
        for row in rows:
            print(printable(str(row.edition)))
    else:
        for line in _due(rows, today) or [f"no review falls due within {options.due} days"]:
            print(printable(line))
    for item in diagnostics:
        if item in diagnostics.errors or item.rule == "signature":
            print(item, file=sys.stderr)
    return PROBLEMS if diagnostics.errors else DONE


def _listed(project: Project, choice: Choice, diagnostics: Diagnostics) -> list[ListedEdition]:
    """The chosen editions; of an article that somebody has signed, what changed since is in `diagnostics`."""
    from leaflets.base.diagnostics import Diagnostics
    from leaflets.builder.signing.judge import judge
    from leaflets.builder.signing.signature_file import has_signatures
    from leaflets.content.load import article_ids, read_article
    from leaflets.editions.plan import plan
    from leaflets.editions.review_status import ReviewStatus
    from leaflets.l10n.loaded_article import load_article

    read = {name: read_article(project, name, diagnostics) for name in article_ids(project)}
    articles = {name: article for name, article in read.items() if article and not article.gaps}
    if unread := set(read) - set(articles):  # each has its own error
        choice = replace(choice, leaflet=(), locale=())
    editions = plan(articles, choice, diagnostics, unread)
    reviews: dict[Edition, ReviewStatus] = {}
    for name in dict.fromkeys(edition.article for edition in editions):
        if has_signatures(project, name) and (loaded := load_article(project, name, Diagnostics())):
            reviews.update(judge(project, loaded, diagnostics))
    today, found = project.today(), []
    for edition in editions:
        info = articles[edition.article].info
        review = replace(reviews.get(edition, ReviewStatus()), expired=info.review_due < today)
        found.append(ListedEdition(edition, review, info.version, info.review_due))
    return found


def _as_json(row: ListedEdition) -> dict[str, Any]:
    edition, review = row.edition, row.review
    signer = review.signer if review.signed else None
    return {
        "name": edition.name,
        **{part: getattr(edition, part) for part in ("article", "leaflet", "level", "layout", "locale")},
        "version": row.version,
        "status": "reviewed" if review.current else "awaiting-review",
        "review": review.state,
        "signed_by": signer.name if signer else None,
        "signed_on": signer.on.isoformat() if signer else None,
        "review_due": row.due.isoformat(),
        "out_of_date": review.expired,
    }


def _due(rows: Sequence[ListedEdition], today: date) -> list[str]:
    """A line for each leaflet and locale, by day: when it is due, and whether it is signed."""
    found: dict[tuple[date, str, str, str], list[ListedEdition]] = {}
    for row in rows:
        edition = row.edition
        found.setdefault((row.due, edition.article, edition.leaflet, edition.locale), []).append(row)
    return [
        f"{due}  {_when(due, today)}  {article}.{leaflet}  {locale}  {_state(of_leaflet)}"
        for (due, article, leaflet, locale), of_leaflet in sorted(found.items(), key=lambda item: item[0])
    ]


def _when(due: date, today: date) -> str:
    days = (due - today).days
    if days < 0:
        return f"overdue by {-days} {'day' if days == -1 else 'days'}"
    return "due today" if days == 0 else f"in {days} {'day' if days == 1 else 'days'}"


def _state(rows: Sequence[ListedEdition]) -> str:
    """Who signed a leaflet, or how many of its editions are drafts."""
    signers = dict.fromkeys(str(row.review.signer) for row in rows if row.review.signed)
    drafts = sum(not row.review.signed for row in rows)
    if not signers:
        return "not signed"
    return f"signed by {', '.join(signers)}" + (f"; {drafts} of {len(rows)} editions are drafts" if drafts else "")


def _days(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("write a number of days, such as 90")
    return min(int(text[:9]), 1_000_000)
