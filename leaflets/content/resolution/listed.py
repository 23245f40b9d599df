"""What an article lists: its leaflets and sections, each once and each built."""

from __future__ import annotations

from leaflets.base.diagnostics import did_you_mean
from leaflets.base.source import Path, Source
from leaflets.content.resolution.scope import Scope


def check_article_file(scope: Scope) -> None:
    """Check what `article.yaml` lists, and that nobody has written a signature there."""
    info, source = scope.article.info, scope.article.sources["article"]
    for index, name in enumerate(info.leaflets):
        if name not in scope.article.leaflets and f"leaflets/{name}" not in scope.article.gaps.files:
            hint = did_you_mean(name, scope.article.leaflets)
            place = source.place(("leaflets", index))
            scope.diagnostics.error(place, f"there is no leaflet “{name}”", "unknown-leaflet", hint)
    if info.review and (info.review.state == "reviewed" or info.review.by):
        message = "a signature cannot be written here: it is bound to the words that were signed"
        hint = f"take “review” out, and let who signs type: leaflets sign {info.id} --by NAME --role ROLE"
        scope.diagnostics.error(source.place(("review",)), message, "review", hint)
    for key in ("leaflets", "locales"):
        check_once(scope, getattr(info, key), source, (key,))
    _unused(scope)


def check_id(scope: Scope, name: str, id_: str, file: str) -> None:
    """Check that a file's id is its name."""
    if name != id_:
        place = scope.article.place(file, ("id",))
        scope.diagnostics.error(
            place,
            f"the id “{id_}” is not the name of the file, “{name}”",
            "wrong-id",
            f"write “id: {name}”, or rename the file",
        )


def check_beside(scope: Scope) -> None:
    """Check that a file beside a leaflet, of answers on its quality or of search terms, belongs to one."""
    article = scope.article
    files = [(f"measures/{name}", name, found.id) for name, found in article.measures.items()]
    files += [(f"finding/{name}", name, found.id) for name, found in article.finding.items()]
    for file, name, id_ in files:
        check_id(scope, name, id_, file)
        if name not in article.leaflets and f"leaflets/{name}" not in article.gaps.files:
            hint = did_you_mean(name, article.leaflets)
            message = f"there is no leaflet “{name}”"
            scope.diagnostics.error(article.place(file, ("id",)), message, "unknown-leaflet", hint)


def _unused(scope: Scope) -> None:
    """Warn of leaflets and sections that nothing names; silent where what would name them has a fault."""
    info, gaps = scope.article.info, scope.article.gaps.files
    known = {*scope.article.leaflets, *(file.partition("/")[2] for file in gaps)}
    if "article" in gaps or not known.issuperset(info.leaflets):
        _all_unprinted(scope)
        return
    for name in scope.article.leaflets:
        if name not in info.leaflets:
            place = scope.article.place(f"leaflets/{name}")
            hint = "list it in article.yaml under “leaflets”"
            scope.diagnostics.warning(place, f"the leaflet “{name}” is never built", "unused-leaflet", hint)
    leaflets = scope.article.leaflets.values()
    used = {name for leaflet in leaflets for name in (*leaflet.sections, *(leaflet.clinician or ()))}
    if not used.issubset(scope.section_ids()) or any(file.startswith("leaflets") for file in gaps):
        _all_unprinted(scope)
        return
    for name in scope.article.sections:
        if name not in used:
            place = scope.article.place(f"sections/{name}")
            scope.diagnostics.warning(
                place,
                f"no leaflet prints the section “{name}”",
                "unused-section",
                "list it under “sections” of a leaflet, or delete it",
            )


def _all_unprinted(scope: Scope) -> None:
    """A leaflet or its sections are not known: what other parts name may be meant for it."""
    for part in (*scope.article.sections.values(), *scope.article.leaflets.values()):
        scope.unprint(part)


def check_once(scope: Scope, names: tuple[str, ...], source: Source, path: Path) -> None:
    """Check that nothing is listed twice."""
    for index, name in enumerate(names):
        if name in names[:index]:
            place = source.place((*path, index))
            scope.diagnostics.error(place, f"“{name}” is listed twice", "duplicate-id", "take one out")
