"""Modules that WeasyPrint imports at once and that leaflets seldom need are imported when one of their functions is
called.

fontTools cuts fonts down where HarfBuzz cannot, and sets variable fonts at one weight: a tenth of a second at the start
of each process. While WeasyPrint is imported, modules stand in for them whose functions import the real ones.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

LATE = {
    "fontTools.subset": ("Options", "Subsetter"),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
"""Module -> the functions that WeasyPrint uses of it."""
RELIES_ON = {
    "weasyprint.pdf.fonts:Font.clean": "794f0211f18453f1",
    "weasyprint.pdf.fonts:Font._fonttools_subset": "1faa45f3c4cae67e",
}


@contextmanager
def imported_late() -> Iterator[None]:
    """Within the block the modules of `LATE` stand in; one that is imported already stays."""
    put_in = [name for name in LATE if name not in sys.modules]
    for name in put_in:
        sys.modules[name] = _stand_in(name)
    try:
        yield
    finally:
        for name in put_in:
            del sys.modules[name]


def _stand_in(name: str) -> ModuleType:
    module = ModuleType(name)
    for function in LATE[name]:
        setattr(module, function, _later(name, function))
    return module


def _later(name: str, function: str) -> Any:
    def call(*values: Any, **options: Any) -> Any:
        return getattr(importlib.import_module(name), function)(*values, **options)

    return call
