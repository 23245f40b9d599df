"""Functions of other packages that patches replace or rely on, held to the source that was read when they were written.

A function has a name like `weasyprint.layout.percent:resolve_percentages` (module, then the path in it; nothing after
the colon: the whole module). Its digest is the beginning of the SHA-256 of its source as `inspect.getsource` gives it.
The source is read from the installed file, so nothing is imported: a build looks before it starts its workers.
`python -m leaflets.pdf.patches NAME ...` prints digests.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from leaflets.base.machine import UnfitMachineError

DIGITS = 16
"""Hexadecimal digits of a digest."""


class PatchError(UnfitMachineError):
    """A patch that is needed does not fit the installed packages. Its text is one line with what to do."""


def source(name: str) -> str:
    """The source of a function or a whole module; empty when there is none of this name."""
    module, _, path = name.partition(":")
    lines: Sequence[str] = _lines(module)
    for depth, part in enumerate(path.split(".") if path else ()):
        lines = _block(lines, part, 4 * depth)
    return "".join(lines)


@cache
def digest(name: str) -> str:
    """The digest of a function's source; empty when there is no such function."""
    text = source(name)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS] if text else ""


def differing(declared: Mapping[str, str]) -> list[str]:
    """The names whose source is not the declared one. An empty digest says that there is nothing of this name."""
    return [name for name, known in declared.items() if digest(name) != known]


@cache
def version(package: str) -> str:
    """The version that an installed package gives itself; empty when it gives none."""
    found = re.search(r"(?m)^(?:\w+ = )*__version__ = [\"']([^\"']+)", "".join(_lines(package)))
    return found[1] if found else ""


@cache
def _lines(module: str) -> tuple[str, ...]:
    """The lines of a module; none when it is not installed."""
    package, *path = module.split(".")
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        below = Path(folder, *path)
        for file in (below / "__init__.py", below.with_suffix(".py")):
            if file.is_file():
                return tuple(file.read_text(encoding="utf-8").splitlines(keepends=True))
    return ()


def _block(lines: Sequence[str], name: str, indent: int) -> Sequence[str]:
    """The lines of the first function or class of this name that begins at this indentation, with its decorators."""
    head = re.compile(rf" {{{indent}}}(?:async )?(?:def|class) {re.escape(name)}\b")
    start = next((number for number, line in enumerate(lines) if head.match(line)), None)
    if start is None:
        return []
    end = start + 1
    while end < len(lines) and _inside(lines[end], indent):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    while start and lines[start - 1].startswith(" " * indent + "@"):
        start -= 1
    return lines[start:end]


def _inside(line: str, indent: int) -> bool:
    """Whether a line after the head belongs to the block: it is empty, further in, or ends the list of parameters."""
    bare = line.lstrip(" ")
    return not bare.strip() or len(line) - len(bare) > indent or bare.startswith(")")
