"""Private fontconfig file: TTF files from pip packages, one family for each script, no fonts of the system.

It lists only the folders of these packages, so that a leaflet has the same glyphs on every machine. Lint checks before
typesetting that a font has all characters of a text.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from leaflets.base.files import write_whole
from leaflets.l10n.font_table import FONTS, Font


def use_private_fontconfig() -> None:
    """Write the fontconfig file and set FONTCONFIG_FILE to it, once in a process for the same fonts. Must run before
    WeasyPrint is imported. OSError when the file cannot be written."""
    rows = f"{os.getpid()} {[(font, font.home) for font in FONTS.values()]}"
    now = hashlib.sha256(rows.encode()).hexdigest()
    if os.environ.get("LEAFLETS_FONTCONFIG") == now:
        return
    fonts = [font for font in FONTS.values() if not font.extra or font.installed]
    folders = "".join(f"<dir>{folder}</dir>" for folder in dict.fromkeys(font.folder for font in fonts))
    cache = Path(tempfile.gettempdir()) / f"leaflets-fontconfig-{os.getuid() if hasattr(os, 'getuid') else 0}"
    cache.mkdir(mode=0o700, exist_ok=True)
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{folders}{_accepted(fonts)}<cachedir>{cache}</cachedir></fontconfig>"
    ).encode()
    name = cache / f"fonts-{hashlib.sha256(text).hexdigest()[:12]}.conf"  # one file for each installation
    write_whole(name, text)
    os.environ["FONTCONFIG_FILE"] = str(name)
    os.environ["LEAFLETS_FONTCONFIG"] = now


def _accepted(fonts: Iterable[Font]) -> str:
    """The element that accepts the files of these fonts and rejects all others in their folders."""
    names = "".join(f"<glob>{path}</glob>" for font in fonts for path in font.files)
    return f"<selectfont><rejectfont><glob>*</glob></rejectfont><acceptfont>{names}</acceptfont></selectfont>"
