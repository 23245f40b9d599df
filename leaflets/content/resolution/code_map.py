"""By which words and codes leaflets are found: each code has the form of its system and stands once."""

from __future__ import annotations

from leaflets.content.model.search_terms import is_code
from leaflets.content.resolution.scope import Scope


def check_codes(scope: Scope) -> None:
    """Check the codes of all leaflets (`wrong-code`)."""
    article = scope.article
    for name, terms in article.finding.items():
        met: set[tuple[str, str]] = set()
        for index, row in enumerate(terms.codes):
            place = article.place(f"finding/{name}", ("codes", index, "code"))
            if not is_code(row.system, row.code):
                hint = "write it as its system prints it, such as M79.7; a SNOMED CT id ends in its check digit"
                scope.diagnostics.error(place, f"“{row.code}” is no code of {row.system}", "wrong-code", hint)
            if (row.system, row.compact) in met:
                message = f"the code {row.code} of {row.system} stands here twice"
                scope.diagnostics.error(place, message, "wrong-code", "keep one")
            met.add((row.system, row.compact))
