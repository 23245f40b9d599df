"""Font families: one row for each script, each a pip package with whole TTF files."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
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


FONTS: dict[str, Font] = {
    "atkinson": Font("Atkinson Hyperlegible", "fontpkg_atkinson_hyperlegible"),
    "arabic": Font("IBM Plex Sans Arabic", "fontpkg_ibm_plex_sans_arabic", then=("atkinson",)),
}


def stack(font: str) -> str:
    """The value of `font-family` for a font and those after it."""
    names = [FONTS[font].family, *(FONTS[name].family for name in FONTS[font].then)]
    return ", ".join(f'"{name}"' for name in names)
