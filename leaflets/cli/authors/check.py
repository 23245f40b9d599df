"""`leaflets check`: check words and templates, and print readability; with `--pdf`, check finished files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from leaflets.base.reference_cycles import uncollected

if TYPE_CHECKING:
    from leaflets.base.diagnostics import Diagnostics
    from leaflets.base.project import Project
    from leaflets.l10n.loaded_article import LoadedArticle
    from leaflets.lint.leaflet_reading import LevelReading
    from leaflets.lint.measures.scores import LeafletScore

EXAMPLES = """\
examples:
  leaflets check                                    every article
  leaflets check --leaflet overview --locale en-US  one leaflet, one locale
  leaflets check --json                             the same for an editor or another program
  leaflets check --pdf build                        the finished files of a build: type, contrast, margins, page ends
  leaflets check --pdf from-elsewhere.pdf --json    one file, for programs
  leaflets check --pdf FILE.pdf --heard             also what a screen reader says of it, in FILE.heard.txt
  leaflets check --pdf FILE.pdf --grey --out proofs also its pages as a poor copier gives them, proofs/FILE.grey.1.png
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import add_choice

    add_choice(parser)
    parser.add_argument(
        "--pdf", nargs="+", type=Path, default=[], metavar="FILE-OR-DIR",
        help="look at finished files instead, before they are printed; of a folder at all of its catalogue",
    )  # fmt: skip
    parser.add_argument(
        "--heard",
        action="store_true",
        help="with --pdf: write what is heard of each file (role, level, name, words, in order) beside it",
    )
    parser.add_argument(
        "--grey",
        action="store_true",
        help="with --pdf: write each page as a poor copier gives it (grey, soft, light tints gone) as PNG beside it",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="with --heard or --grey: write into DIR instead")
    parser.add_argument("--json", action="store_true", help="what is wrong and what was measured as JSON")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="with --pdf: processes (default: one a core)")
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.cli.main import WRONG_USE

    if message := _wrong_use(options):
        print(f"leaflets: {message}", file=sys.stderr)
        return WRONG_USE
    if options.pdf:
        from leaflets.cli.authors.check_pdf import run_pdf

        return run_pdf(options)
    return _run_words(options)


def _wrong_use(options: argparse.Namespace) -> str:
    """Fault of the options; empty: none."""
    if options.jobs < 0:
        return "--jobs takes a number of processes, 1 or more"
    if (options.heard or options.grey) and not options.pdf:
        return "--heard and --grey say what to write of finished files: name them with --pdf"
    if options.out and not (options.heard or options.grey):
        return "--out is the folder for what --heard or --grey write: give one of them"
    return ""


@uncollected()
def _run_words(options: argparse.Namespace) -> int:
    """Read and lint the articles, lint the templates with them, print the diagnostics and the readability of
    leaflets."""
    from leaflets.base.diagnostics import Diagnostics
    from leaflets.builder.signing.judge import judge
    from leaflets.cli.main import DONE, PROBLEMS, open_project
    from leaflets.content.drawings.reader_tests import read_reader_tests

    project, diagnostics = open_project(options.project), Diagnostics()
    articles = _load(project, options, diagnostics)
    readings, scores = _check(project, articles, options, diagnostics)
    for loaded in articles.values():
        judge(project, loaded, diagnostics)
    _check_templates(project, articles, options, diagnostics)
    read_reader_tests(project, diagnostics)
    errors = len(set(diagnostics.errors))
    if options.json:
        from leaflets.cli.authors.reading_report import as_json

        print(as_json(diagnostics, readings, scores))
        return PROBLEMS if errors else DONE
    from leaflets.cli.output import counted

    for item in diagnostics:
        print(item, file=sys.stderr)
    if readings:
        from leaflets.cli.authors.reading_report import show

        show(readings, scores)
    print(counted(diagnostics) if errors else "no errors", file=sys.stderr)
    return PROBLEMS if errors else DONE


def _load(project: Project, options: argparse.Namespace, diagnostics: Diagnostics) -> dict[str, LoadedArticle]:
    """The requested articles by id; an article that cannot be read is left out."""
    from leaflets.content.load import article_ids
    from leaflets.l10n.loaded_article import load_article

    names = options.article or article_ids(project)
    loaded = {name: load_article(project, name, diagnostics, options.locale) for name in names}
    found = {name: article for name, article in loaded.items() if article}
    _say_what_is_not_spelt(found.values())
    return found


def _say_what_is_not_spelt(articles: Iterable[LoadedArticle]) -> None:
    """Report the locales whose spelling is not checked, since the project has no dictionary for them."""
    wanting = dict.fromkeys(tag for loaded in articles for tag in loaded.locales if tag not in loaded.dictionaries)
    for tag in wanting:
        print(f"spelling of {tag} is not checked: there is no assets/spelling/{tag}.dic", file=sys.stderr)


def _check(
    project: Project, articles: Mapping[str, LoadedArticle], options: argparse.Namespace, diagnostics: Diagnostics
) -> tuple[list[LevelReading], list[LeafletScore]]:
    """Lint the articles; returns the readability of the leaflets at the requested levels, and their scores."""
    from leaflets.lint.article import check_article

    readings: list[LevelReading] = []
    scores: list[LeafletScore] = []
    for loaded in articles.values():
        found = check_article(loaded, project, diagnostics, options.leaflet)
        diagnostics.extend(found.pending)
        readings += found.levels
        scores += found.scores
    return [row for row in readings if not options.level or row.level in options.level], scores


def _check_templates(
    project: Project, articles: Mapping[str, LoadedArticle], options: argparse.Namespace, diagnostics: Diagnostics
) -> None:
    """Check words and templates, and, if these have no errors, the HTML of each requested edition."""
    from leaflets.builder.materials import Materials, ReadingCache, read_all_words
    from leaflets.builder.template_lint import lint
    from leaflets.editions.choice import Choice
    from leaflets.editions.plan import plan
    from leaflets.html.environment import check_templates, environment

    localised = {(name, tag): found for name, loaded in articles.items() for tag, found in loaded.locales.items()}
    regions = {id_: region for loaded in articles.values() for id_, region in loaded.regions.items()}
    words = read_all_words(project, localised.values(), diagnostics, ReadingCache())
    whole = {name: loaded.article for name, loaded in articles.items() if not loaded.article.gaps}
    named = (options.leaflet, options.locale) if len(whole) == len(articles) else ((), ())  # what is unread is unknown
    choice = Choice((), named[0], options.level, options.layout, named[1])
    editions = plan(whole, choice, diagnostics)
    check_templates(environment(project), diagnostics)
    if not diagnostics.errors:
        lint(project, Materials(localised, regions, words), editions, diagnostics)
