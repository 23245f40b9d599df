"""What is printed of the clinic: each line in its own direction and font, the copy's address, the QR code."""

from __future__ import annotations

import unicodedata

from markupsafe import Markup

from leaflets.html.blocks import Voice
from leaflets.html.context import ClinicView, LinkView
from leaflets.html.material import Material
from leaflets.html.typography import directed, tied
from leaflets.l10n.fonts import FONTS, font_for

SHORT = 40
"""An address of so many characters is printed whole; of a longer one, the host: nobody types it."""


def clinic_view(material: Material, voice: Voice) -> ClinicView | None:
    """The box of the clinic; None where it is left empty, for a stamp."""
    if material.details is None:
        return None
    clinic, logo = material.details.clinic, material.details.logo
    copy = material.copy
    shown = shown_address(copy)
    website = LinkView(f"https://{clinic.website}", clinic.website) if clinic.website else None
    return ClinicView(
        name=_own(clinic.name, material),
        phone=Markup('<span dir="ltr" class="nw">{}</span>').format(clinic.phone) if clinic.phone else Markup(""),
        address=_joined(clinic.address, material, ", ", "، "),
        hours=_joined(clinic.hours, material, "; ", "؛ "),
        website=None if website and copy and website.words == shown else website,
        copy=LinkView(copy, shown) if copy else None,
        code=f"qr:{copy}" if copy else "",
        code_alt=voice.words("clinic-code-alt", address=shown),
        logo=f"logo:{logo.sha256[:16]}" if logo else "",
        logo_alt=voice.words("clinic-logo-alt", name=clinic.name),
        turned=frozenset(
            field
            for field, lines in clinic.printed().items()
            if voice.locale.direction == "ltr" and any(direction(line) == "rtl" for line in lines)
        ),
    )


def direction(words: str) -> str:
    """Which way words run: as their first letter does; figures alone run from left to right."""
    for char in words:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def _own(words: str, material: Material) -> Markup:
    """Words of the clinic: in their own direction, and in one font that has all of them."""
    way = direction(words)
    inside = directed(tied(words), way)
    locale = material.localised.locale
    found = font_for(words, locale.font)
    if found is None or found == locale.font:
        return Markup('<span dir="{}">{}</span>').format(way, inside) if way != locale.direction else inside
    family = FONTS[found].family
    return Markup('<span dir="{}" style="font-family: \'{}\'">{}</span>').format(way, family, inside)


def _joined(lines: tuple[str, ...], material: Material, ltr: str, rtl: str) -> Markup:
    """Lines one under the other; where there is little room, one after the other."""
    if not material.layout.holds:
        return Markup("<br>").join(_own(line, material) for line in lines)
    bare = [line.rstrip(",،;؛ ") for line in lines]
    ways = {direction(line) for line in bare}
    between = rtl if ways == {"rtl"} else ltr
    if len(ways) == 1 and (whole := between.join(bare)) and font_for(whole, material.localised.locale.font):
        return _own(whole, material)
    return Markup(between).join(_own(line, material) for line in bare)


def shown_address(address: str) -> str:
    """An address as it is printed."""
    bare = address.removeprefix("https://").rstrip("/")
    return bare if len(bare) <= SHORT else bare.partition("/")[0]
