"""`index.html`: the leaflets for people, a page that works without a server and without scripts."""

from __future__ import annotations

from collections.abc import Sequence

from leaflets.base.project import Project
from leaflets.base.store import Store
from leaflets.html.environment import environment
from leaflets.l10n.fonts import stack
from leaflets.l10n.languages import LOCALES
from leaflets.l10n.webfonts import font_faces
from leaflets.l10n.words import SOURCE_LOCALE
from leaflets.publish.cards import Cards, Shelf
from leaflets.publish.catalogue import CatalogueEntry
from leaflets.publish.evidence_page import EvidenceRow
from leaflets.publish.thumbnails import MOST


def index_html(
    project: Project, out: Store, entries: Sequence[CatalogueEntry], shelf: Shelf, proofs: Sequence[EvidenceRow] = ()
) -> str:
    """HTML of the page: a group for each article in each locale, a card for each leaflet.

    `out`: where the files are, for the thumbnails. `proofs`: the evidence of the reading files, for the count of
    measured ones.
    """
    leaflets = {(row.article, row.leaflet, row.locale) for row in entries}
    cards = Cards(project, shelf, out, project.today().isoformat())
    groups = cards.groups(entries, thumbnails=len(leaflets) <= MOST)
    fonts = dict.fromkeys(group.locale.font for group in groups if group.locale) or {LOCALES[SOURCE_LOCALE].font: None}
    return (
        environment(project)
        .get_template("site/index.html")
        .render(
            groups=groups,
            languages=list({group.tag: group for group in reversed(groups)}.values())[::-1],
            source=LOCALES[SOURCE_LOCALE],
            faces="\n".join(dict.fromkeys(line for font in fonts for line in font_faces(font).splitlines())),
            stacks={group.tag: stack(group.locale.font) for group in groups if group.locale},
            usual=stack(LOCALES[SOURCE_LOCALE].font),
            measured=sum(row.evidence is not None for row in proofs),
            files=len(proofs),
        )
    )
