"""The proof that the patches of WeasyPrint change no byte, and whether it still holds.

The byte tests set documents with WeasyPrint's own functions and with ours, and compare the files. They take minutes.
`make patches-proven` runs all of them and then writes `tests/pdf/patches-proven.json`: the hash of each file on which
the result depends, and WeasyPrint's version. While these are the same, `make test` runs a small sample only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROOF = ROOT / "tests" / "pdf" / "patches-proven.json"
DEPENDS_ON = (
    "leaflets/pdf/patches/**/*.py",
    "leaflets/pdf/pagination/trial_layout.py",
    "leaflets/pdf/pagination/relayout.py",
    "leaflets/pdf/tags/*.py",
    "leaflets/pdf/typesetter.py",
    "requirements/run.txt",
    "tests/pdf/patches/**/*.py",
)
"""Patterns of the files on which the bytes of patched and unpatched WeasyPrint depend; each matches at least one."""


def state(root: Path = ROOT) -> dict[str, Any]:
    """What the byte tests would prove now: the SHA-256 of each file, and the version of WeasyPrint."""
    files = sorted({path for pattern in DEPENDS_ON for path in root.glob(pattern)})
    return {
        "weasyprint": version("weasyprint"),
        "files": {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }


def changes(proven: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """What differs between the state that was proven and the state now, one short text each."""
    if proven.get("weasyprint") != now["weasyprint"]:
        yield f"WeasyPrint {proven.get('weasyprint')} is now {now['weasyprint']}"
    before, after = proven.get("files", {}), now["files"]
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield f"{name} {'is new' if name not in before else 'is gone' if name not in after else 'changed'}"


def outdated() -> list[str]:
    """Why the proof does not hold; empty when it does."""
    if not PROOF.exists():
        return [f"there is no {PROOF.relative_to(ROOT)}"]
    return list(changes(json.loads(PROOF.read_text(encoding="utf-8")), state()))


if __name__ == "__main__":
    PROOF.write_text(json.dumps(state(), indent=2) + "\n", encoding="utf-8")
    print(f"written: {PROOF.relative_to(ROOT)}")
