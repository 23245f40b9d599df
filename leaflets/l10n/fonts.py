"""Font families: one row for each script, each a pip package with whole TTF files; and which has which characters."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Font:
    """A family: its name for CSS, the pip package with its files, and the families after it in the stack."""

    family: str
    package: str
    then: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """The folder with the font files. ModuleNotFoundError when the package is not installed."""
        spec = importlib.util.find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise ModuleNotFoundError(f"the font package {self.package} is not installed")
        return Path(next(iter(spec.submodule_search_locations))) / "files"

    def file(self, bold: bool = False) -> Path:
        """Its file of upright letters."""
        return self.folder / f"{self.family.replace(' ', '')}-{'Bold' if bold else 'Regular'}.ttf"


FONTS: dict[str, Font] = {
    "atkinson": Font("Atkinson Hyperlegible", "fontpkg_atkinson_hyperlegible"),
    "fira": Font("Fira Sans", "fontpkg_fira_sans"),  # names in Greek, Cyrillic, Vietnamese, Welsh, Turkish
    "arabic": Font("IBM Plex Sans Arabic", "fontpkg_ibm_plex_sans_arabic", then=("atkinson",)),
}


def stack(font: str) -> str:
    """The value of `font-family` for a font and those after it."""
    names = [FONTS[font].family, *(FONTS[name].family for name in FONTS[font].then)]
    return ", ".join(f'"{name}"' for name in names)


def font_for(words: str, font: str) -> str | None:
    """The first font that has every character of `words`: of the stack of `font`, then of all there are.

    None when each lacks some. For names that come from outside, such as a clinic's, in whatever script.
    """
    wanted = {ord(char) for char in words if not char.isspace()}
    return next((name for name in (font, *FONTS[font].then, *FONTS) if wanted <= coverage(name)), None)


@lru_cache
def coverage(font: str) -> frozenset[int]:
    """The characters that a font has both upright and in bold: no other style is used."""
    from fontTools.ttLib import TTFont

    found: set[int] | None = None
    for path in _used(FONTS[font].folder):
        with TTFont(path, lazy=True) as opened:
            points = set(opened.getBestCmap())
        found = points if found is None else found & points
    return frozenset(found or ())


def _used(folder: Path) -> Iterable[Path]:
    return (path for path in sorted(folder.glob("*.ttf")) if path.stem.endswith(("-Regular", "-Bold")))
