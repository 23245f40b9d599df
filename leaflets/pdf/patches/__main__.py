"""`python -m leaflets.pdf.patches`: prints the originals whose source differs from the declared digest."""

from __future__ import annotations

import sys

from leaflets.pdf.patches.apply import PATCHES
from leaflets.pdf.patches.originals import differing, digest, version


def main(names: list[str]) -> int:
    """Print the digests of `names`; without names, of all originals that differ from their declared digest. Returns the
    exit status: 1 when any differs."""
    if names:
        for name in names:
            print(f'"{name}": "{digest(name)}",')
        return 0
    wrong = [(part, name) for part in PATCHES for name in differing(part.originals)]
    for part, name in wrong:
        print(f'{part.kind} {part.name}: "{name}": "{digest(name)}",')
    print(f"WeasyPrint {version('weasyprint')}: {len(wrong)} originals differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
