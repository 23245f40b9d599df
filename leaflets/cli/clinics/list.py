"""`leaflets list`: print the editions that can be built, one a line."""

from __future__ import annotations

import argparse
import sys

EXAMPLES = """\
examples:
  leaflets list                                  every edition
  leaflets list --locale en-US --layout standard
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import add_choice

    add_choice(parser)
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from dataclasses import replace

    from leaflets.base.diagnostics import Diagnostics
    from leaflets.base.untrusted.names import printable
    from leaflets.cli.main import DONE, PROBLEMS, choice_of, open_project
    from leaflets.content.load import article_ids, read_article
    from leaflets.editions.plan import plan

    project, diagnostics = open_project(options.project), Diagnostics()
    read = {name: read_article(project, name, diagnostics) for name in article_ids(project)}
    articles = {name: article for name, article in read.items() if article and not article.gaps}
    choice = choice_of(options)
    if unread := set(read) - set(articles):  # each has its own error
        choice = replace(choice, leaflet=(), locale=())
    for edition in plan(articles, choice, diagnostics, unread):
        print(printable(str(edition)))
    for item in diagnostics.errors:
        print(item, file=sys.stderr)
    return PROBLEMS if diagnostics.errors else DONE
