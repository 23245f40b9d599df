"""Lazy imports: stand-ins for modules that WeasyPrint imports at once and leaflets seldom need; a call of one of their
functions imports the real module.

fontTools subsets fonts where HarfBuzz cannot, and sets variable fonts at one weight. Its import takes a tenth of a
second at the start of each process.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

LAZY = {
    "fontTools.subset": ("Options", "Subsetter"),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
"""Module -> the functions of it that WeasyPrint calls."""
RELIES_ON = {
    "weasyprint.pdf.fonts:Font.clean": "794f0211f18453f1",
    "weasyprint.pdf.fonts:Font._fonttools_subset": "1faa45f3c4cae67e",
}


@contextmanager
def lazily_imported() -> Iterator[None]:
    """Within the block, `sys.modules` has stand-ins for the modules of `LAZY` that are not imported yet."""
    added = [name for name in LAZY if name not in sys.modules]
    for name in added:
        sys.modules[name] = _stand_in(name)
    try:
        yield
    finally:
        for name in added:
            del sys.modules[name]


def _stand_in(name: str) -> ModuleType:
    """A module with lazy functions."""
    module = ModuleType(name)
    for function in LAZY[name]:
        setattr(module, function, _lazy_function(name, function))
    return module


def _lazy_function(name: str, function: str) -> Any:
    """A function that imports its module when it is called."""

    def call(*values: Any, **options: Any) -> Any:
        return getattr(importlib.import_module(name), function)(*values, **options)

    return call
