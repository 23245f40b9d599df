"""Static export: the answers for every code and language as files, for a web server without a program.

`infobutton/<system>/<code>/<language>.xml`, `.json` and `.html`; `infobutton/index.json` names them all;
`fhir/DocumentReference.json` is the list of all leaflets. Free text is not in it: it needs the program.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from leaflets.base.project import Project
from leaflets.content.model.search_terms import compact_code
from leaflets.records import fhir
from leaflets.records.answer import answer_to
from leaflets.records.code_systems import SYSTEMS
from leaflets.records.feed import FeedSettings, atom, feed_json
from leaflets.records.holdings import Holdings
from leaflets.records.knowledge_request import Criterion, KnowledgeRequest
from leaflets.records.page import answer_page

ROOT = "infobutton"


def exported(
    project: Project, holdings: Holdings, region: str, settings: FeedSettings, hash_of: fhir.HashOf
) -> Iterator[tuple[str, bytes]]:
    """Names, relative to the folder, and bodies of all files."""
    languages = sorted({tag for locale in holdings.locales for tag in (locale, locale.split("-")[0])})
    rows = []
    for system, code in sorted({(row[0], row[1]) for leaflet in holdings.index.leaflets for row in leaflet.codes}):
        for language in languages:
            asked = KnowledgeRequest((Criterion(compact_code(code), system, ""),), (language.lower(),))
            answer = answer_to(asked, holdings, region)
            stem = f"{ROOT}/{system}/{code}/{language}"
            yield f"{stem}.xml", atom(answer, settings)
            yield f"{stem}.json", feed_json(answer, settings).encode()
            yield f"{stem}.html", answer_page(project, answer, settings).encode()
            rows.append(
                {"system": system, "oid": SYSTEMS[system].oid, "code": code, "language": language, "path": stem}
            )
    index = {"updated": settings.now, "forms": ["xml", "json", "html"], "answers": rows}
    yield f"{ROOT}/index.json", (json.dumps(index, indent=1) + "\n").encode()
    documents = fhir.bundle(
        fhir.find_documents(holdings), settings, hash_of, f"{settings.base}fhir/DocumentReference.json"
    )
    yield "fhir/DocumentReference.json", json.dumps(documents, ensure_ascii=False, indent=1).encode()
