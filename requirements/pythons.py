"""Run leaflets on every Python that is at hand, one after another; print a table row for each.

    make pythons                                         # python3.11, python3.12 ... that are on the PATH
    make pythons PYTHONS="python3.12 /opt/3.14/bin/python3.14"

For each interpreter: an environment in `.pythons/<version>/` with the locked packages of `run.txt` and `dev.txt`; the
tests that build nothing, those of the second article and of the build; one build of the plain overview. Rows with the
same SHA-256 have the same bytes in every PDF file, web page, e-book and text of that build. Braille is left out, since
it depends on the system's liblouis. The rows are for docs/dependencies.md. Exit status 1 when a version fails.
"""

from __future__ import annotations

import hashlib
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ROOT / ".pythons"
OLDEST = (3, 11)
"""As `requires-python` in pyproject.toml."""
NAMES = tuple(f"python3.{minor}" for minor in range(11, 20))
TESTS = (
    "tests/base",
    "tests/content",
    "tests/editions",
    "tests/html",
    "tests/l10n",
    "tests/lint",
    "tests/test_imports.py",
    "tests/pdf/test_second.py",
    "tests/builder/test_build.py",
)
BUILT = (".pdf", ".html", ".epub", ".txt")
VERSION = "import platform, sys; print(platform.python_version()); sys.exit(sys.version_info < {oldest})"


def version_of(python: str) -> str | None:
    """The version of an interpreter, such as `3.12.1`; None where it does not run or is too old."""
    try:
        asked = subprocess.run(
            [python, "-c", VERSION.format(oldest=OLDEST)], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    return asked.stdout.strip() if asked.returncode == 0 else None


def environment(python: str, folder: Path) -> str:
    """The interpreter of an environment with the locked packages in `folder`. CalledProcessError when one is not to be
    had for this version."""
    subprocess.run([python, "-m", "venv", str(folder)], check=True)
    inside = str(folder / "bin" / "python")
    pip = [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    for name in ("run.txt", "dev.txt"):
        subprocess.run([*pip, "-r", str(ROOT / "requirements" / name)], check=True)
    subprocess.run([inside, "generate.py", "doctor", "--quiet"], check=True, cwd=ROOT)
    return inside


def tested(python: str) -> tuple[bool, str]:
    """Whether the tests pass, and what pytest says at its end (`935 passed`)."""
    run = subprocess.run([python, "-m", "pytest", *TESTS], cwd=ROOT, capture_output=True, text=True, check=False)
    lines = run.stdout.strip().splitlines()
    if run.returncode:
        print(run.stdout, run.stderr, sep="\n", file=sys.stderr)
    return run.returncode == 0, re.sub(r"[ =]* in .*", "", lines[-1]).strip("= ") if lines else "pytest did not run"


def built(python: str, folder: Path) -> str:
    """Build the plain overview into `folder`: `48 files, 0a1b2c3d4e5f`, the SHA-256 of their names and bytes."""
    choice = ("--leaflet", "overview", "--level", "plain", "--force", "--out", str(folder))
    subprocess.run([python, "generate.py", "build", *choice], check=True, cwd=ROOT, capture_output=True)
    files = [path for path in sorted(folder.glob("*/*")) if path.suffix in BUILT]
    total = hashlib.sha256()
    for path in files:
        total.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return f"{len(files)} files, {total.hexdigest()[:12]}"


def system(python: str) -> str:
    """The system and its Pango, which decides where lines end."""
    ask = [python, "-c", "from weasyprint.text.ffi import pango; print(pango.pango_version())"]
    number = int(subprocess.run(ask, capture_output=True, text=True, check=True).stdout)
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        name = f"{platform.system()} {platform.release()}"
    return f"{name}, Pango {number // 10000}.{number // 100 % 100}.{number % 100}"


def main(pythons: list[str]) -> int:
    today = datetime.now(UTC).date()
    found = {version: python for python in pythons or NAMES if (version := version_of(python))}
    missing = [python for python in pythons if version_of(python) is None]
    passes = not missing
    for python in missing:
        print(f"{python}: not there, or older than Python {OLDEST[0]}.{OLDEST[1]}", file=sys.stderr)
    print("| Python | system | tests | one build | date |\n|---|---|---|---|---|")
    for version, python in found.items():
        folder = ENVIRONMENTS / version
        try:
            inside = environment(python, folder / "env")
            good, said = tested(inside)
            row = [version, system(inside), said, built(inside, folder / "build"), str(today)]
        except subprocess.CalledProcessError as error:
            good, row = False, [version, f"failed: {' '.join(map(str, error.cmd))}", "", "", str(today)]
            print((error.stderr or b"").decode(), file=sys.stderr)
        passes = passes and good
        print(f"| {' | '.join(row)} |", flush=True)
    return 0 if passes and found else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
