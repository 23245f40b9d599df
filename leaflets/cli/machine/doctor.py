"""`leaflets doctor`: check that this machine has what is needed, and say how to install what is missing."""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say only what is wrong")
    parser.epilog = "example:\n  leaflets doctor"


def run(options: argparse.Namespace) -> int:
    from leaflets.cli.main import DONE, PROBLEMS

    wrong = 0
    for name, look in LOOKS:
        try:
            found = look()
        except Exception as error:  # any fault of the machine is reported, not raised
            wrong += 1
            print(f"missing  {name}: {error}", file=sys.stderr)
        else:
            if not options.quiet:
                print(f"ok       {name}: {found}")
    if not options.quiet:
        _braille()
    return PROBLEMS if wrong else DONE


def _typesetter() -> str:
    from leaflets.pdf.patches.apply import apply
    from leaflets.pdf.patches.originals import version
    from leaflets.pdf.system_libraries import missing_libraries

    if missing_libraries():
        raise RuntimeError("it needs Pango, see above")
    return f"{version('weasyprint')}; {apply().describe()}"


def _python() -> str:
    return sys.version.split()[0]


def _braille() -> None:
    """Report liblouis, which is optional: without it there are no braille files."""
    from leaflets.finish.formats import liblouis

    found = liblouis.library()
    print(
        f"ok       liblouis (braille): {found.version}" if found else f"optional liblouis (braille): {liblouis.MISSING}"
    )


def _fonts() -> str:
    from leaflets.l10n.font_table import FONTS

    for font in FONTS.values():
        if not font.extra and not font.file().is_file():
            raise RuntimeError(f"the package {font.package} has no {font.file().name}; install it again")
    there = [font for font in FONTS.values() if font.installed]
    extras = sorted({font.extra for font in FONTS.values() if font not in there})
    more = "".join(f"; more with: pip install 'leaflets[{extra}]'" for extra in extras)
    return f"{', '.join(font.family for font in there)}{more}"


def _pango() -> str:
    from leaflets.pdf.fontconfig import use_private_fontconfig
    from leaflets.pdf.system_libraries import how_to, missing_libraries

    if missing := missing_libraries():
        raise RuntimeError(f"{', '.join(missing)} cannot be loaded; {how_to()}")
    use_private_fontconfig()
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _subsetter() -> str:
    from leaflets.pdf.system_libraries import SUBSETTER, how_to, loads

    if not loads(SUBSETTER):
        raise RuntimeError(
            "libharfbuzz-subset is not there; without it fonts are cut 17 times slower and the files have other bytes; "
            f"{how_to()}"
        )
    return "there"


LOOKS = (
    ("Python", _python),
    ("fonts", _fonts),
    ("Pango", _pango),
    ("HarfBuzz subsetter", _subsetter),
    ("WeasyPrint", _typesetter),
)
"""Name of a part of the machine -> its check: a function that returns a report, or raises an error for a fault."""
