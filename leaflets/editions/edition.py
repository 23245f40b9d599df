"""Edition: leaflet x level x layout x locale of an article, with its name and the paths of its files."""

from __future__ import annotations

from dataclasses import dataclass, replace

WEB = "web"
"""Id of the layout that is a web page; text, e-book and braille are made with it."""
FORMATS = {"epub": "epub", "text": "txt", "braille": "brf"}
"""Other formats of a web page, by their name in the catalogue, with the ending of their files."""


@dataclass(frozen=True, order=True)
class Edition:
    """One leaflet in one level, layout and locale: the unit that is built, printed and downloaded."""

    article: str
    leaflet: str
    level: str
    layout: str
    locale: str

    @property
    def name(self) -> str:
        """`<article>.<leaflet>.<level>.<layout>.<locale>`: id of the edition, and file name without its ending."""
        return ".".join((self.article, self.leaflet, self.level, self.layout, self.locale))

    @property
    def path(self) -> str:
        """Path of the reading file, relative to the build folder, with forward slashes."""
        return f"{self.locale}/{self.name}.{'html' if self.layout == WEB else 'pdf'}"

    @property
    def print_path(self) -> str:
        """Path of the print file, for a layout with imposition; relative as `path`."""
        return f"{self.locale}/{self.name}.print.pdf"

    @property
    def web_path(self) -> str:
        """Path of the web page of the same leaflet, level and locale; relative as `path`."""
        return replace(self, layout=WEB).path

    @property
    def format_paths(self) -> dict[str, str]:
        """Paths of the other formats of a web page, by their name in the catalogue; a format may not have been made."""
        return {form: f"{self.locale}/{self.name}.{ending}" for form, ending in FORMATS.items()}

    @property
    def evidence_path(self) -> str:
        """Path of the evidence of the reading file; relative as `path`."""
        return f"{self.locale}/{self.name}.evidence.json"

    @property
    def parts(self) -> dict[str, str]:
        """Values of the placeholders in the address of a clinic's copy (`content.clinic.PLACEHOLDERS`)."""
        names = ("locale", "leaflet", "level", "layout")
        return {
            "path": self.path,
            "web": self.web_path,
            "name": self.name,
            **{name: getattr(self, name) for name in names},
        }

    def __str__(self) -> str:
        return self.name
