"""Writing the file: dictionaries without a call for each part, cutting down a font without a declaration parsed anew,
and what drawings are made of read once."""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from typing import Any

AT_MOST = 5_000
"""Of each kind, values of drawings that are kept."""
_SIZED = re.compile(r"(\w+)\[\d+\]")


def install() -> None:
    _install_dictionaries()
    _install_arrays()
    _install_drawings()


def _install_dictionaries() -> None:
    import pydyf

    to_bytes, names = pydyf._to_bytes, dict[str, bytes]()

    def data(self: Any) -> bytes:
        parts = []
        for name, value in self.items():
            key = names.get(name)
            if key is None:
                key = b"/" + to_bytes(name) + b" "
                if len(names) < AT_MOST:
                    names[name] = key
            parts.append(key)
            kind = value.__class__
            parts.append(value if kind is bytes else value.encode("ascii") if kind is str else to_bytes(value))
        return b"<<" + b"".join(parts) + b">>"

    pydyf.Dictionary.data = property(data)


class _Arrays:
    """The foreign functions of WeasyPrint's fonts, with arrays as long as what is in them: `cffi` parses a declaration
    for each length that it has not met."""

    def __init__(self, ffi: Any) -> None:
        self.ffi = ffi

    def __getattr__(self, name: str) -> Any:
        return getattr(self.ffi, name)

    def new(self, kind: str, *values: Any) -> Any:
        if values and hasattr(values[0], "__len__") and (match := _SIZED.fullmatch(kind)):
            kind = f"{match[1]}[]"
        return self.ffi.new(kind, *values)


def _install_arrays() -> None:
    from weasyprint.pdf import fonts

    fonts.ffi = _Arrays(fonts.ffi)


def _install_drawings() -> None:
    """Colours, numbers and lengths of an SVG, which is drawn anew for each size."""
    from weasyprint import svg

    for name in ("color", "normalize", "size"):
        original = getattr(svg.utils, name)
        kept = lru_cache(AT_MOST)(original)
        for module_name, module in list(sys.modules.items()):
            if module_name.split(".")[:2] == ["weasyprint", "svg"] and getattr(module, name, None) is original:
                setattr(module, name, kept)
