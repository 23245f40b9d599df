"""An Edition: leaflet x level x layout x locale, with its name and where its file goes."""

from __future__ import annotations

from dataclasses import dataclass, replace

WEB = "web"
"""The layout that is a page to read on a screen; its other forms are made with it."""
FORMS = {"epub": "epub", "text": "txt", "braille": "brf"}
"""Those forms, as the catalogue calls them, and how their files end."""


@dataclass(frozen=True, order=True)
class Edition:
    """One leaflet of an article as it is printed and downloaded."""

    article: str
    leaflet: str
    level: str
    layout: str
    locale: str

    @property
    def name(self) -> str:
        """`<article>.<leaflet>.<level>.<layout>.<locale>`: the file's name without its ending, and the edition's id."""
        return ".".join((self.article, self.leaflet, self.level, self.layout, self.locale))

    @property
    def path(self) -> str:
        """Where the reading file is, relative to the build folder, with forward slashes."""
        return f"{self.locale}/{self.name}.{'html' if self.layout == WEB else 'pdf'}"

    @property
    def print_path(self) -> str:
        """Where the file for the printer is, for a layout whose sheets are imposed; relative as `path`."""
        return f"{self.locale}/{self.name}.print.pdf"

    @property
    def web_path(self) -> str:
        """Where the web page of the same leaflet, level and locale is; relative as `path`."""
        return replace(self, layout=WEB).path

    @property
    def form_paths(self) -> dict[str, str]:
        """Where the other forms of a web page are, those that are made: by the name that the catalogue has for each."""
        return {form: f"{self.locale}/{self.name}.{ending}" for form, ending in FORMS.items()}

    @property
    def evidence_path(self) -> str:
        """Where the evidence is that was measured of the file; relative as `path`."""
        return f"{self.locale}/{self.name}.evidence.json"

    @property
    def parts(self) -> dict[str, str]:
        """What the address of a clinic's copy may hold (`content.clinic.PLACEHOLDERS`)."""
        names = ("locale", "leaflet", "level", "layout")
        return {
            "path": self.path,
            "web": self.web_path,
            "name": self.name,
            **{name: getattr(self, name) for name in names},
        }

    def __str__(self) -> str:
        return self.name
