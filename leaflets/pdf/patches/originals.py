"""Originals: functions of other packages that patches replace or rely on, compared with the source for which the
patches were written.

An original has a name like `weasyprint.layout.percent:resolve_percentages` (module, then the path in it; nothing after
the colon: the whole module). Its digest is the beginning of the SHA-256 of its source as `inspect.getsource` returns
it. The source is read from the installed file without an import, so that a build can check before it starts workers.
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
"""Number of hexadecimal digits of a digest."""


class PatchError(UnfitMachineError):
    """A needed patch does not fit the installed packages. The message is one line with what to do."""


def source(name: str) -> str:
    """Source of a function, class or module; empty: there is none of this name."""
    module, _, path = name.partition(":")
    lines: Sequence[str] = _lines(module)
    for depth, part in enumerate(path.split(".") if path else ()):
        lines = _block(lines, part, 4 * depth)
    return "".join(lines)


@cache
def digest(name: str) -> str:
    """Digest of an original; empty: there is none of this name."""
    text = source(name)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS] if text else ""


def differing(declared: Mapping[str, str]) -> list[str]:
    """The declared names whose source has another digest. A declared empty digest means that nothing has this name."""
    return [name for name, known in declared.items() if digest(name) != known]


@cache
def version(package: str) -> str:
    """The `__version__` of an installed package; empty: it has none."""
    match = re.search(r"(?m)^(?:\w+ = )*__version__ = [\"']([^\"']+)", "".join(_lines(package)))
    return match[1] if match else ""


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
    """The lines of the first function or class with this name at this indentation, with its decorators."""
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
    """Whether a line after the head belongs to the block: it is blank, indented further, or closes the parameter
    list."""
    bare = line.lstrip(" ")
    return not bare.strip() or len(line) - len(bare) > indent or bare.startswith(")")
