"""Package file, navigation document and style sheet of an e-book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from leaflets.finish.formats.metadata import Metadata
from leaflets.l10n.words import Words

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/leaflet.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

KINDS = {
    "xhtml": "application/xhtml+xml",
    "css": "text/css",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}

FEATURES = ("displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents", "unlocked")
"""Accessibility features of every book, in the vocabulary of schema.org; with pictures `alternativeText` too."""

STYLE = """/* Type, size and colours are the reader's. Pictures keep a white ground, for night mode. */
body { line-height: 1.5; }
h1, h2, h3, h4 { line-height: 1.25; break-after: avoid; page-break-after: avoid; }
h2 { margin-block: 1.6em 0.5em; }
p { margin-block: 0.5em; }
.marker, .credit { font-size: 0.9em; }
.lead { font-size: 1.1em; }
.bars { display: none; }
.status, .callout, .card { border-inline-start: 0.3em solid currentColor; padding-inline-start: 0.8em; }
.status, .callout, .card { margin-block: 1em; }
.alarm { border: 0.2em solid currentColor; padding: 0 0.8em 0.6em; margin-block: 1.2em; }
.key, .control { border-block-start: 0.2em solid currentColor; margin-block: 1.2em; }
.card, .day, .er, figure, tr { break-inside: avoid; page-break-inside: avoid; }
figure { margin: 1em 0; }
img { max-width: 100%; height: auto; background: #ffffff; }
img.picto, img.stamp { display: block; width: 6em; height: auto; margin-block: 0.6em 0.2em; border-radius: 0.4em; }
img.plate { width: 24em; }
img.dots { width: 16em; }
.array img.dots { width: 8em; }
img.code { width: 8em; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid currentColor; padding: 0.3em 0.5em; text-align: start; vertical-align: top; }
ul.rows, ol.rows, ol.legend, ul.sources { padding-inline-start: 0; list-style: none; }
ul.sources li { margin-block: 0.4em; }
ul.ticks { list-style-type: square; list-style-type: "\\2610\\00a0"; }
.blank { display: inline-block; min-width: 8em; border-block-end: 1px solid currentColor; }
.lines { height: 2em; border-block-end: 1px solid currentColor; }
.scale { margin: 0; }
"""


@dataclass(frozen=True)
class ContentsEntry:
    """An entry of the table of contents: id of the section, words of its heading."""

    id: str
    words: str


def package(files: Iterable[str], about: Metadata, words: Words, pictured: bool) -> bytes:
    """The package file: metadata, package manifest, spine. `files`: paths in the book; `pictured`: it has pictures with
    alternative text."""
    rtl = ' page-progression-direction="rtl"' if about.direction == "rtl" else ""
    items = "\n".join(_item(name) for name in files)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" {_language(about)}>
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{_metadata(about, words, pictured)}
</metadata>
<manifest>
{items}
</manifest>
<spine{rtl}>
<itemref idref="leaflet-xhtml"/>
<itemref idref="nav-xhtml" linear="no"/>
</spine>
</package>
""".encode()


def _language(about: Metadata) -> str:
    return f'xml:lang="{about.locale}" dir="{about.direction}"'


def _item(name: str) -> str:
    properties = ' properties="nav"' if name == "nav.xhtml" else ""
    kind = KINDS[name.rpartition(".")[2]]
    return f'<item id="{_id(name)}" href="{name}" media-type="{kind}"{properties}/>'


def _id(name: str) -> str:
    return name.replace("/", "-").replace(".", "-")


def _metadata(about: Metadata, words: Words, pictured: bool) -> str:
    state = f"{words('control-version')}: {about.version}. {words('control-state')}: {about.status}"
    named = [
        ("dc:identifier", f"urn:leaflets:{about.name}", ' id="id"'),
        ("dc:title", about.window_title or about.title, ""),
        ("dc:language", about.locale, ""),
        ("dc:date", about.issued.isoformat(), ""),
        ("dc:description", state, ""),
        *([("dc:publisher", about.publisher, "")] if about.publisher else []),
    ]
    properties = [
        ("dcterms:modified", f"{about.modified:%Y-%m-%dT%H:%M:%SZ}"),
        ("schema:accessMode", "textual"),
        *([("schema:accessMode", "visual")] if pictured else []),
        ("schema:accessModeSufficient", "textual"),
        *(("schema:accessibilityFeature", name) for name in (*(["alternativeText"] if pictured else []), *FEATURES)),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", words("epub-access")),
    ]
    rows = [f"<{tag}{attributes}>{escape(text)}</{tag}>" for tag, text, attributes in named]
    return "\n".join([*rows, *(f"<meta property={quoteattr(name)}>{escape(text)}</meta>" for name, text in properties)])


def navigation(contents: Iterable[ContentsEntry], about: Metadata, words: Words) -> bytes:
    """The navigation document: table of contents and landmarks."""
    lines = "\n".join(f'<li><a href="leaflet.xhtml#{row.id}">{escape(row.words)}</a></li>' for row in contents)
    heading, title = escape(words("contents")), escape(about.title)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="{about.locale}" {_language(about)}>
<head><meta charset="utf-8"/><title>{title}</title>
<link rel="stylesheet" type="text/css" href="leaflet.css"/></head>
<body>
<main>
<nav epub:type="toc" role="doc-toc" aria-labelledby="contents">
<h1 id="contents">{heading}</h1>
<ol>
{lines}
</ol>
</nav>
<nav epub:type="landmarks" hidden="hidden" aria-label="{title}">
<ol>
<li><a epub:type="bodymatter" href="leaflet.xhtml">{title}</a></li>
<li><a epub:type="toc" href="nav.xhtml#contents">{heading}</a></li>
</ol>
</nav>
</main>
</body>
</html>
""".encode()
