"""Feed: an answer as HL7 has it (Infobutton SOA implementation guide, release 1): Atom XML, JSON and JSONP.

The elements stand in the order of the public schema KnowledgeResponse.xsd, which is a strict sequence.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

from leaflets.publish.catalogue import CatalogueEntry
from leaflets.records.answer import Entry, KnowledgeAnswer
from leaflets.records.code_systems import SYSTEMS
from leaflets.records.form_names import form_name
from leaflets.records.holdings import MEDIA_TYPES, Holding

ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TITLE = "Patient leaflets"
AUTHOR = "leaflets"
DRAFT = "Draft, not signed by a clinician"
NOTHING = "No leaflet is known for this."
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
Node = dict[str, Any]
"""An element: `_value` is its text, `lang` its language; a list holds elements of one name, a mapping one element."""


@dataclass(frozen=True)
class FeedSettings:
    """What a feed needs besides the answer. `base`: address that ends in a slash; `now`: ISO 8601, in UTC."""

    base: str
    now: str
    files: str = "files/"
    """Where the files of the build folder are, below `base`."""

    def address(self, path: str) -> str:
        """Address of a file of the build folder."""
        return f"{self.base}{self.files}{quote(path)}"


def feed(answer: KnowledgeAnswer, settings: FeedSettings) -> Node:
    """The answer as nested values, in the order of the schema."""
    language = answer.locale.split("-")[0]
    said = [*([] if answer.entries else [NOTHING]), *answer.notes]
    if any(not entry.holding.signed for entry in answer.entries):
        said.insert(0, f"{DRAFT}: entries that say so are for trial alone.")
    query = urlencode([(scheme, term) for scheme, term in answer.categories])
    self_link = {
        "href": f"{settings.base}infobutton" + (f"?{query}" if query else ""),
        "rel": "self",
        "type": "application/atom+xml",
        "hreflang": language,
        "title": TITLE,
    }
    found: Node = {"lang": answer.locale, "title": _text(TITLE)}
    if said:
        found["subtitle"] = _text(" ".join(said))
    return {
        **found,
        "author": [{"name": {"_value": AUTHOR}}],
        "updated": {"_value": settings.now},
        "category": [{"scheme": scheme, "term": term} for scheme, term in answer.categories],
        "id": {"_value": _urn("feed", query)},
        "link": [self_link],
        "entry": [_entry(entry, settings) for entry in answer.entries],
    }


def atom(answer: KnowledgeAnswer, settings: FeedSettings) -> bytes:
    """The answer as an Atom feed in UTF-8."""
    ElementTree.register_namespace("", ATOM)
    body: bytes = ElementTree.tostring(_element("feed", feed(answer, settings)), "utf-8", xml_declaration=True)
    return body


def feed_json(answer: KnowledgeAnswer, settings: FeedSettings) -> str:
    """The answer as JSON; what could end a script in HTML is escaped."""
    text = json.dumps({"feed": feed(answer, settings)}, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _entry(entry: Entry, settings: FeedSettings) -> Node:
    holding = entry.holding
    about, row = holding.leaflet.about, holding.leaflet
    draft = "" if holding.signed else f"{DRAFT}. "
    least = f"Written for people of {about.ages_from} or older. " if about.ages_from else ""
    return {
        "lang": holding.locale,
        "title": _text(holding.title if holding.signed else f"{holding.title} ({DRAFT.lower()})"),
        "link": [
            *(_link(holding, file, "alternate", settings) for file in holding.files),
            *(_link(other, file, "related", settings) for other in entry.others for file in other.files),
        ],
        "id": {"_value": _urn(row.article, row.leaflet, holding.locale)},
        "updated": {"_value": f"{about.issued or settings.now[:10]}T00:00:00Z"},
        "author": [{"name": {"_value": AUTHOR}}],
        "summary": _text(f"{draft}{least}Version {holding.version}; choose the level, size and form."),
        "category": list(_codes(entry)),
    }


def _codes(entry: Entry) -> Iterator[Node]:
    for system, code in entry.matched:
        yield {"scheme": "mainSearchCriteria.v.c", "term": code}
        yield {"scheme": "mainSearchCriteria.v.cs", "term": SYSTEMS[system].oid}
    yield {"scheme": "informationRecipient", "term": "PAT"}
    yield {"scheme": "relevanceScore", "term": f"{entry.score:.2f}"}


def _link(holding: Holding, file: CatalogueEntry, relation: str, settings: FeedSettings) -> Node:
    return {
        "href": settings.address(file.path),
        "rel": relation,
        "type": MEDIA_TYPES[file.kind],
        "hreflang": file.locale,
        "title": f"{holding.title}: {form_name(file)}",
    }


def _text(words: str) -> Node:
    return {"_value": words, "type": "text"}


def _urn(*names: str) -> str:
    """A stable id, the same for each version of what is named."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "leaflets:" + "/".join(names)).urn


def _element(name: str, node: Node) -> ElementTree.Element:
    """An element of a node: mappings and lists are elements, strings are attributes."""
    found = ElementTree.Element(f"{{{ATOM}}}{name}")
    for key, value in node.items():
        if key == "_value":
            found.text = _NOT_IN_XML.sub("", str(value))
        elif key == "lang":
            found.set(XML_LANG, value)
        elif isinstance(value, str):
            found.set(key, _NOT_IN_XML.sub("", value))
        else:
            for one in value if isinstance(value, list) else [value]:
                found.append(_element(key, one))
    return found
