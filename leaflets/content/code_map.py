"""Checks of the files `finding/<leaflet>.yaml`: the leaflet exists, each code has the form of its system, once."""

from __future__ import annotations

from leaflets.base.diagnostics import Diagnostics, did_you_mean
from leaflets.content.article import Article
from leaflets.content.search_terms import SearchTerms, is_code


def check_finding(article: Article, diagnostics: Diagnostics) -> None:
    """Report what is wrong in the search terms and codes of an article (`unknown-leaflet`, `wrong-code`)."""
    for name, terms in article.finding.items():
        if name not in article.leaflets and f"leaflets/{name}" not in article.gaps.files:
            hint = did_you_mean(name, article.leaflets)
            place = article.place(f"finding/{name}", ("id",))
            diagnostics.error(place, f"there is no leaflet “{name}”", "unknown-leaflet", hint)
        _check_codes(article, name, terms, diagnostics)


def _check_codes(article: Article, name: str, terms: SearchTerms, diagnostics: Diagnostics) -> None:
    met: set[tuple[str, str]] = set()
    for index, row in enumerate(terms.codes):
        place = article.place(f"finding/{name}", ("codes", index, "code"))
        if not is_code(row.system, row.code):
            hint = "write it as its system prints it, such as M79.7; a SNOMED CT id ends in its check digit"
            diagnostics.error(place, f"“{row.code}” is no code of {row.system}", "wrong-code", hint)
        if (row.system, row.compact) in met:
            diagnostics.error(place, f"the code {row.code} of {row.system} stands here twice", "wrong-code", "keep one")
        met.add((row.system, row.compact))
