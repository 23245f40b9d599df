"""A leaflet as an e-book: EPUB 3.3, with the metadata that EPUB Accessibility 1.1 requires.

The words are those of the web page, in one XHTML file of its cleaned elements. Tables of options become cards, since
four columns do not fit a small device with large type. Fonts, colours and sizes are those of the reading system.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from leaflets.finish.formats import epub_package, web_page
from leaflets.finish.formats.linear_text import inside, label, tidy
from leaflets.finish.formats.metadata import Metadata
from leaflets.l10n.words import Words

XHTML, OPS = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops"
TYPE = f"{{{OPS}}}type"
KEPT = frozenset(
    [
        "id",
        "class",
        "lang",
        "dir",
        "href",
        "src",
        "alt",
        "scope",
        "colspan",
        "rowspan",
        "start",
        "role",
        "aria-label",
        "aria-labelledby",
        "title",
    ]
)
ROLES: dict[str, tuple[str, str]] = {
    "key": ("abstract", "doc-abstract"),
    "alarm": ("notice", "doc-notice"),
    "sec": ("chapter", "doc-chapter"),
    "control": ("colophon", "doc-colophon"),
}
"""epub:type and ARIA role of the leaflet's sections, by class (EPUB Structural Semantics Vocabulary, DPUB-ARIA)."""
ENDINGS = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_BEGINNING = re.compile(
    rb"\s*(?:<\?xml.*?\?>\s*)?(?:<!--.*?-->\s*)*<svg\b[^>]*[^>/]>(?:\s*<title>[^<]*</title>)?", re.DOTALL
)
_BOX = re.compile(rb"""viewBox=["']\s*((?:-?[\d.]+[\s,]*){3}-?[\d.]+)\s*["']""")
_DATA = re.compile(r"data:([\w/+.-]+)((?:;[\w=-]+)*),(.*)", re.DOTALL)


@dataclass
class BookPictures:
    """The picture files of a book, without duplicates. `read`: function from an address to the bytes of a picture."""

    read: Callable[[str], bytes] | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    _names: dict[bytes, str] = field(default_factory=dict)

    def name(self, address: str) -> str:
        """The path of a picture in the book, by its address in the page; empty for one that cannot be read."""
        found = _data(address) or self._read(address)
        if found is None:
            return ""
        kind, body = found
        if kind == "image/svg+xml":
            body = _on_white(body)
        if body not in self._names:
            self._names[body] = f"pictures/{len(self._names) + 1}.{ENDINGS[kind]}"
            self.files[self._names[body]] = body
        return self._names[body]

    def _read(self, address: str) -> tuple[str, bytes] | None:
        if self.read is None:
            return None
        body = self.read(address)
        if body.startswith(b"\x89PNG"):
            return "image/png", body
        return ("image/jpeg", body) if body.startswith(b"\xff\xd8") else ("image/svg+xml", body)


def _on_white(drawing: bytes) -> bytes:
    """Add a white ground to an SVG: in night mode black lines would be invisible, and reading systems override style
    sheets. A drawing without a viewBox is returned as it is."""
    begun = _BEGINNING.match(drawing)
    box = _BOX.search(begun[0]) if begun else None
    if begun is None or box is None:
        return drawing
    x, y, width, height = box[1].replace(b",", b" ").split()
    ground = b'<rect x="%s" y="%s" width="%s" height="%s" fill="#ffffff"/>' % (x, y, width, height)
    return drawing[: begun.end()] + ground + drawing[begun.end() :]


def book(text: str, about: Metadata, words: Words, read: Callable[[str], bytes] | None = None) -> bytes:
    """The bytes of the EPUB file of a web page. `read`: function from an address to the bytes of a picture that is not
    embedded in the page; None: such pictures are left out."""
    main = web_page.main_of(text)
    pictures = BookPictures(read)
    contents = _prepare(main, pictures)
    files = {
        "leaflet.xhtml": _document(main, about),
        "nav.xhtml": epub_package.navigation(contents, about, words),
        "leaflet.css": epub_package.STYLE.encode(),
        **pictures.files,
    }
    return _zipped({**files, "leaflet.opf": epub_package.package(files, about, words, _seen(main))})


def _zipped(files: dict[str, bytes]) -> bytes:
    """An EPUB container (OCF): `mimetype` first and not compressed; the same bytes for the same files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        whole = {"mimetype": b"application/epub+zip", "META-INF/container.xml": epub_package.CONTAINER.encode()}
        for name, body in {**whole, **{f"EPUB/{name}": body for name, body in files.items()}}.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o644 << 16
            info.create_system = 3
            packed = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, body, packed, 9)
    return target.getvalue()


def _seen(main: Element) -> bool:
    """Whether it has pictures with alternative text."""
    return any(image.get("alt") for image in main.iter("img"))


def _data(address: str) -> tuple[str, bytes] | None:
    match = _DATA.fullmatch(address.strip())
    if not match:
        return None
    body = base64.b64decode(match[3]) if ";base64" in match[2] else unquote_to_bytes(match[3])
    return match[1], body


def _prepare(main: Element, pictures: BookPictures) -> list[epub_package.ContentsEntry]:
    """Convert the elements of a web page in place to those of a book; returns the table of contents."""
    _pictures(main, pictures)
    _cards(main)
    _captions(main)
    contents: list[epub_package.ContentsEntry] = []
    for number, part in enumerate(main.iter("section"), 1):
        heading = next(part.iter("h2"), None)
        if heading is not None:
            part.set("id", part.get("id") or f"part-{number}")
            contents.append(epub_package.ContentsEntry(part.attrib["id"], tidy(inside(heading)).replace("\n", " ")))
            heading.set("id", heading.get("id") or f"{part.attrib['id']}-heading")
            part.set("aria-labelledby", heading.attrib["id"])
    for element in list(main.iter()):
        if not element.tag.startswith("{"):
            _element(element)
    return contents


def _element(element: Element) -> None:
    """Convert one element in place: remove attributes and inputs, add epub:type and role, join counters."""
    for box in [child for child in element if child.tag == "input"]:
        _take_out(element, box)
    for name in sorted(web_page.classes(element) & ROLES.keys()) if element.tag == "section" else ():
        kind, role = ROLES[name]
        element.set(TYPE, kind)
        element.set("role", role)
    if element.tag == "label":
        element.tag = "span"
    if element.tag != "section" and (element.get("role") or "").startswith(("table", "row", "cell", "column", "list")):
        del element.attrib["role"]
    for counter in element.findall("span") if element.tag in ("h1", "h2", "h3", "h4") else ():
        if "n" in web_page.classes(counter) and counter.text:
            counter.text = f"{counter.text.rstrip('.')}. "
    for name in [name for name in element.attrib if name not in KEPT and name != TYPE]:
        del element.attrib[name]


def _take_out(parent: Element, child: Element) -> None:
    at = list(parent).index(child)
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "").lstrip()
    parent.remove(child)


def _pictures(main: Element, pictures: BookPictures) -> None:
    """Move each picture into a file of its own; background pictures become images before the words."""
    for element in list(main.iter()):
        for address in web_page.backgrounds(element):
            if name := pictures.name(address):
                image = Element("img", {"class": "picto", "src": name, "alt": ""})
                image.tail, element.text = element.text, None
                element.insert(0, image)
    for image in main.iter("img"):
        if not (image.get("src") or "").startswith("pictures/"):
            image.set("src", pictures.name(image.get("src") or ""))
    for parent in list(main.iter()):
        for image in [child for child in parent if child.tag == "img" and not child.get("src")]:
            _take_out(parent, image)


def _captions(main: Element) -> None:
    """Make the caption of each figure its first element: HTML allows it only first or last."""
    for figure in main.iter("figure"):
        for parent in list(figure.iter()):
            for caption in parent.findall("figcaption"):
                _take_out(parent, caption)
                caption.tail = "\n"
                figure.insert(0, caption)


def _cards(main: Element) -> None:
    """Replace tables of options by cards, one for each row: its name as a heading one rank below the last, and a line
    for each cell."""
    rank, tables = 1, {}
    for element in main.iter():
        if element.tag in ("h1", "h2", "h3", "h4", "h5"):
            rank = int(element.tag[1])
        elif element.tag == "table" and "options" in web_page.classes(element):
            tables[element] = rank + 1
    for parent in list(main.iter()):
        for index, table in enumerate(list(parent)):
            if table in tables:
                parent[index] = _card_for_each_row(table, f"h{tables[table]}")


def _card_for_each_row(table: Element, heading: str) -> Element:
    heads = [tidy(inside(cell)) for cell in table.findall("./thead/tr/th")]
    cards = Element("div", {"class": "cards"})
    cards.tail = table.tail
    for group in table.findall("./tbody"):
        card = SubElement(cards, "div", {"class": "card"})
        name = group.find("./tr/th")
        if name is not None:
            name.tag, name.attrib, name.tail = heading, {}, None
            card.append(name)
        for head, cell in zip(heads, group.findall("./tr/td"), strict=False):
            line = SubElement(card, "p")
            bold = SubElement(line, "strong")
            bold.text, bold.tail = label(head), f" {cell.text or ''}"
            line.extend(cell)
    return cards


def _document(main: Element, about: Metadata) -> bytes:
    """The XHTML file with the main element as its body."""
    root = Element("html", {"lang": about.locale, "xml:lang": about.locale, "dir": about.direction, "xmlns": XHTML})
    head = SubElement(root, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "title").text = about.window_title or about.title
    SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": "leaflet.css"})
    body = SubElement(root, "body", {TYPE: "bodymatter"})
    for element in main.iter():
        if "lang" in element.attrib:
            element.set("xml:lang", element.attrib["lang"])
    main.attrib.clear()
    body.append(main)
    ElementTree.register_namespace("epub", OPS)
    text = ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)
    text = re.sub(r"<(?!(?:br|img|meta|link|hr|col)\b)(\w+)((?: [^<>]*?)?) />", r"<\1\2></\1>", text)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{text}\n'.encode()
