"""`leaflets check`: check words and templates, and print readability; with `--pdf`, check finished files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EXAMPLES = """\
examples:
  leaflets check                                    every article
  leaflets check --leaflet overview --locale en-US  one leaflet, one locale
  leaflets check --pdf build                        the finished files of a build: type, contrast, margins, page ends
  leaflets check --pdf from-elsewhere.pdf --json    one file, for programs
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import add_choice

    add_choice(parser)
    parser.add_argument(
        "--pdf", nargs="+", type=Path, default=[], metavar="FILE-OR-DIR",
        help="look at finished files instead, before they are printed; of a folder at all of its catalogue",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="with --pdf: what was measured and what is wrong as JSON")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="with --pdf: processes (default: one a core)")
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.cli.main import DONE, PROBLEMS, WRONG_USE, open_project

    if options.jobs < 0:
        print("leaflets: --jobs takes a number of processes, 1 or more", file=sys.stderr)
        return WRONG_USE
    if options.pdf:
        from leaflets.cli.check_pdf import run_pdf

        return run_pdf(options)
    if options.json:
        print("leaflets: --json goes with --pdf", file=sys.stderr)
        return WRONG_USE
    from rich.console import Console
    from rich.table import Table

    from leaflets.base.diagnostics import Diagnostics
    from leaflets.builder.materials import Materials
    from leaflets.builder.template_lint import lint
    from leaflets.content.article import Article
    from leaflets.content.levels import LEVELS
    from leaflets.content.load import article_ids
    from leaflets.content.region import Region
    from leaflets.editions.plan import Choice, plan
    from leaflets.html.environment import check_templates, environment
    from leaflets.l10n.languages import LOCALES
    from leaflets.l10n.translate import Localised
    from leaflets.l10n.words import Words, read_words
    from leaflets.lint.article import check_article

    project = open_project(options.project)
    diagnostics = Diagnostics()
    table = Table(title="How the leaflets read", title_justify="left")
    for name in ("leaflet", "level", "locale"):
        table.add_column(name, no_wrap=True)
    for name in ("words", "grade", "of at most", "strict", "SMOG", "mean", "longest"):
        table.add_column(name, justify="right")
    articles: dict[str, Article] = {}
    localised: dict[tuple[str, str], Localised] = {}
    regions: dict[str, Region] = {}
    words: dict[str, Words] = {}
    for article in options.article or article_ids(project):
        checked = check_article(project, article, diagnostics, options.leaflet, options.locale)
        if checked:
            articles[article] = checked.article
            localised.update({(article, tag): found for tag, found in checked.locales.items()})
            regions.update(checked.regions)
        for row in checked.readings if checked else ():
            if options.level and row.level not in options.level:
                continue
            level, result = LEVELS[row.level], row.result
            table.add_row(
                row.leaflet, row.level, row.locale, str(result.words), f"{result.grade:.1f}", f"{level.grade:g}",
                f"{result.grade_strict:.1f}", f"{result.smog:.1f}", f"{result.mean_words:.1f}", str(result.longest),
            )  # fmt: skip
        for tag in (*checked.locales, checked.article.info.language) if checked else ():
            if tag not in words:
                words[tag] = read_words(project, LOCALES[tag], diagnostics)
    choice = Choice((), options.leaflet, options.level, options.layout, options.locale)
    editions = plan(articles, choice, diagnostics)
    check_templates(environment(project), diagnostics)
    if not diagnostics.errors:
        lint(project, Materials(localised, regions, words), editions, diagnostics)
    for item in diagnostics:
        print(item, file=sys.stderr)
    if table.row_count:
        Console(width=120).print(table)
        print("grade: Flesch-Kincaid, the article's familiar words counted as easy ones; strict: without that;")
        print("mean, longest: words in a sentence.")
    errors = len(set(diagnostics.errors))
    print(f"{errors} error{'' if errors == 1 else 's'}" if errors else "no errors", file=sys.stderr)
    return PROBLEMS if errors else DONE
