"""`leaflets sign`: sign leaflets as they are now, or take a signature back."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaflets.builder.signing.signer import SignedLocale, SigningResult, SignRequest

EXAMPLES = """\
examples:
  leaflets sign back-pain --by "Your Name" --role "GP"                  all leaflets in the language of the article
  leaflets sign back-pain --leaflet overview --locale en-GB --by … --role …
  leaflets sign back-pain --locale ar-GB --by … --role …                a translation: it needs a signature of its own
  leaflets sign back-pain --withdraw "the dose is wrong" --by … --role …

Type your own name only. What you sign is recorded word by word; when anything of it changes, the leaflets that show it
are drafts again. “leaflets history ARTICLE” shows what changed.
"""
KINDS = {
    "text": ("text", "texts"),
    "claim": ("claim", "claims"),
    "fact": ("fact", "facts"),
    "reference": ("reference", "references"),
    "number": ("number to call", "numbers to call"),
    "medicine": ("name of a medicine", "names of medicines"),
    "picture": ("picture", "pictures"),
    "words": ("word of the templates", "words of the templates"),
    "template": ("template of the project", "templates of the project"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from leaflets.cli.main import add_project

    parser.add_argument("article", nargs="?", default="", metavar="ARTICLE", help="id of the article")
    parser.add_argument(
        "--leaflet", action="append", default=[], metavar="ID", help="only this leaflet (may be repeated; default: all)"
    )
    parser.add_argument(
        "--locale", action="append", default=[], metavar="TAG",
        help="only this locale (may be repeated; default: all in the language of the article)",
    )  # fmt: skip
    parser.add_argument("--by", default="", metavar="NAME", help="your own name, as it is printed")
    parser.add_argument("--role", default="", metavar="ROLE", help="your role, as it is printed, such as “GP”")
    parser.add_argument(
        "--withdraw", nargs="?", const="", default=None, metavar="REASON", help="take a signature back, and say why"
    )
    parser.add_argument("--reason", default="", metavar="REASON", help="the same reason, for “--withdraw” alone")
    add_project(parser)
    parser.epilog = EXAMPLES


def run(options: argparse.Namespace) -> int:
    from leaflets.base.diagnostics import Diagnostics, did_you_mean
    from leaflets.builder.signing.signer import sign, withdraw
    from leaflets.cli.main import DONE, PROBLEMS, WRONG_USE, open_project
    from leaflets.content.load import article_ids

    project, diagnostics = open_project(options.project), Diagnostics()
    known = article_ids(project)
    if not options.article and options.withdraw in known:  # “sign --withdraw ARTICLE”
        options.article, options.withdraw = options.withdraw, ""
    if wrong := _wrong_use(options):
        print(f"leaflets: {wrong}", file=sys.stderr)
        return WRONG_USE
    if options.article not in known:
        print(f"leaflets: there is no article “{options.article}”", file=sys.stderr)
        if hint := did_you_mean(options.article, known):
            print(f"  hint: {hint}", file=sys.stderr)
        return PROBLEMS
    request, back = _request(options), options.withdraw is not None
    try:
        done = (withdraw if back else sign)(project, request, diagnostics)
    except OSError as error:
        print(f"leaflets: the signature cannot be written: {error.filename}: {error.strerror}", file=sys.stderr)
        return PROBLEMS
    for item in diagnostics:
        print(item, file=sys.stderr)
    if not done.written:
        print("nothing was signed" if not back else "nothing was taken back", file=sys.stderr)
        return PROBLEMS
    for line in _taken_back(done, request) if back else _signed(done, request):
        print(line)
    return DONE


def _wrong_use(options: argparse.Namespace) -> str:
    """What is wrong with the options; empty: nothing."""
    from leaflets.builder.signing.signature_file import LONGEST, wrong_words

    if not options.article:
        return "name the article: leaflets sign ARTICLE --by NAME --role ROLE"
    for name in ("by", "role"):
        words = getattr(options, name)
        if words.strip() and wrong_words(words):
            return f"--{name} takes one line of at most {LONGEST} letters"
    if options.withdraw is None:
        if options.reason:
            return "--reason goes with --withdraw"
        if not (options.by.strip() and options.role.strip()):
            return "a signature needs a name and a role, typed by the person who signs: --by NAME --role ROLE"
    return ""


def _request(options: argparse.Namespace) -> SignRequest:
    from leaflets.builder.signing.signer import SignRequest

    by, role = (" ".join(words.split()) for words in (options.by, options.role))
    reason = " ".join(f"{options.withdraw or ''} {options.reason}".split())
    return SignRequest(options.article, options.leaflet, options.locale, by, role, reason)


def _signed(done: SigningResult, request: SignRequest) -> list[str]:
    """What was signed, and what the signature does not cover."""
    first = done.written[0].entry
    lines = [f"signed by {first.who}, on {first.on}: {request.article}, version {first.version}"]
    for row in done.written:
        lines += [f"  {row.locale}: {', '.join(row.entry.leaflets)}: {_counted(row)}", f"    in {row.path}"]
    lines.append("not covered:")
    if done.other_leaflets:
        lines.append(f"  the leaflets {', '.join(done.other_leaflets)}")
    for tag in done.other_locales:
        lines.append(f"  {tag}: leaflets sign {request.article} --locale {tag} --by NAME --role ROLE")
    lines.append("  a clinic's details, what is typed for one patient, how the pages look")
    lines.append("Build the leaflets again, so that they say so.")
    return lines


def _taken_back(done: SigningResult, request: SignRequest) -> list[str]:
    first = done.written[0].entry
    lines = [f"taken back by {first.who}, on {first.on}: {first.reason or 'no reason is given'}"]
    lines += [f"  {row.locale}: {', '.join(row.entry.leaflets)}\n    in {row.path}" for row in done.written]
    if not (request.by and request.reason):
        lines.append("Others will ask who took it back and why: --by NAME --role ROLE --withdraw REASON says so.")
    lines.append("Build the leaflets again, and take back what was handed out.")
    return lines


def _counted(row: SignedLocale) -> str:
    found = [(row.counts[kind], *names) for kind, names in KINDS.items() if row.counts[kind]]
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in found)
