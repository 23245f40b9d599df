"""Active content of a PDF file: what a reader runs, opens, sends or unpacks, beyond pages, links and form fields.

No leaflet has any. JavaScript, programs and other files to open, forms that are sent, media and attached files come
from somebody else, and a file that is stamped or packed would carry them on under a clinic's name.
"""

from __future__ import annotations

from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject

_ACTIONS = {
    "/JavaScript": "JavaScript", "/Launch": "a program or file to open", "/SubmitForm": "a form that is sent",
    "/ImportData": "data to import", "/GoToR": "another file to open", "/GoToE": "an attached file to open",
    "/Thread": "another file to open", "/Rendition": "media", "/Movie": "media", "/Sound": "media",
    "/RichMediaExecute": "media", "/GoTo3DView": "media",
}  # fmt: skip
"""Actions (ISO 32000-1, 12.6.4) that are neither a link in the file nor an address."""
_ANNOTATIONS = {
    "/RichMedia": "media", "/Screen": "media", "/Movie": "media", "/Sound": "media", "/3D": "media",
    "/FileAttachment": "an attached file",
}  # fmt: skip
_KEYS = {
    "/JS": "JavaScript", "/JavaScript": "JavaScript", "/EmbeddedFiles": "an attached file", "/EF": "an attached file",
    "/AA": "actions of its own", "/XFA": "an XFA form",
}  # fmt: skip


def active_content(reader: PdfReader) -> tuple[str, ...]:
    """What active content a file has, in words, each once and in order. Raises whatever a broken file raises."""
    found: set[str] = set()
    names = {(number, 0) for number in reader.xref_objStm}
    names |= {(number, generation) for generation, rows in reader.xref.items() for number in rows if number}
    waiting: list[Any] = [reader.trailer, *(IndirectObject(*name, reader).get_object() for name in names)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            found |= {_KEYS[key] for key in _KEYS.keys() & value.keys()}
            values = list(dict.values(value))  # references as they are: each object is looked at once
            for key, words in (("/S", _ACTIONS), ("/Subtype", _ANNOTATIONS)):
                if (name := dict.get(value, key)) in words:
                    found.add(words[str(name)])
        elif isinstance(value, list):
            values = value
        else:
            continue
        waiting += [inner for inner in values if isinstance(inner, dict | list)]
    return tuple(sorted(found))
