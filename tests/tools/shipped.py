"""The shipped article as tests read it: in each locale, with its regions."""

from __future__ import annotations

from functools import lru_cache

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.load import read_article
from leaflets.content.region import Region, read_region
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.translate import Localised, localise

ARTICLE = "fibromyalgia-leg-pain"


@lru_cache
def localised(locale: str) -> Localised:
    """The shipped article in a locale; fails on any diagnostic."""
    diagnostics = Diagnostics()
    article = read_article(Project(), ARTICLE, diagnostics)
    assert article is not None
    found = localise(Project(), article, LOCALES[locale], diagnostics)
    assert not diagnostics.errors, "\n".join(map(str, diagnostics))
    return found


@lru_cache
def region(locale: str) -> Region:
    """The region of a locale."""
    diagnostics = Diagnostics()
    found = read_region(Project(), LOCALES[locale].region, diagnostics)
    assert found is not None, list(diagnostics)
    return found
