"""Fonts: whole TTF files from pip packages, one family for each script, and nothing from the system.

A private fontconfig file names the folders of these packages only, so that the same leaflet gets the same glyphs on
every machine. Whether a font has every character of a text is checked before typesetting.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from leaflets.base.files import write_whole
from leaflets.l10n.fonts import FONTS, Font


def use_private_fontconfig() -> None:
    """Point fontconfig to our fonts alone. Must run before WeasyPrint is imported; does so once in a process."""
    if os.environ.get("LEAFLETS_FONTCONFIG") == str(os.getpid()):
        return
    fonts = [font for font in FONTS.values() if not font.extra or font.installed]
    folders = "".join(f"<dir>{folder}</dir>" for folder in dict.fromkeys(font.folder for font in fonts))
    cache = Path(tempfile.gettempdir()) / f"leaflets-fontconfig-{os.getuid() if hasattr(os, 'getuid') else 0}"
    cache.mkdir(mode=0o700, exist_ok=True)
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{folders}{_only(fonts)}<cachedir>{cache}</cachedir></fontconfig>"
    ).encode()
    name = cache / f"fonts-{hashlib.sha256(text).hexdigest()[:12]}.conf"  # another checkout has another file
    write_whole(name, text)
    os.environ["FONTCONFIG_FILE"] = str(name)
    os.environ["LEAFLETS_FONTCONFIG"] = str(os.getpid())


def _only(fonts: Iterable[Font]) -> str:
    """What else lies in the folders of the packages is not seen, so that no glyph comes from it unnoticed."""
    names = "".join(f"<glob>{path}</glob>" for font in fonts for path in font.files)
    return f"<selectfont><rejectfont><glob>*</glob></rejectfont><acceptfont>{names}</acceptfont></selectfont>"
