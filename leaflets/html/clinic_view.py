"""View of the clinic's box: lines in their own direction and fonts, QR code, logo."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

from leaflets.content.clinic import Clinic
from leaflets.content.phone import phone
from leaflets.editions.material import Material
from leaflets.html.blocks import TextContext
from leaflets.html.typography import directed, phone_link, stretches, tied
from leaflets.html.views import ClinicView, LinkView
from leaflets.l10n.breaks import with_breaks
from leaflets.l10n.font_table import FONTS
from leaflets.l10n.fonts import Span, spans

SHORT = 40
"""Longest address, in characters, that is printed in full; of a longer one only the host is printed."""


def clinic_view(material: Material, voice: TextContext) -> ClinicView | None:
    """View of the clinic's box; None when it stays empty, to be stamped."""
    if material.details is None:
        return None
    clinic, logo = material.details.clinic, material.details.logo
    copy = material.copy
    shown = shown_address(copy)
    website = website_link(clinic)
    return ClinicView(
        name=_own(clinic.name, material),
        phone=_phone(clinic.phone or "", material),
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


def _phone(number: str, material: Material) -> Markup:
    """Telephone number, left to right; a link that dials it."""
    if not number:
        return Markup("")
    shown = Markup('<span dir="ltr" class="nw">{}</span>').format(_words(number, material))
    return phone_link(shown, phone(number, material.region.id).target)


_TIMES = re.compile(r"(\d+:\d+(?:–\d+:\d+)?)")


def direction(words: str) -> str:
    """Direction of words, `ltr` or `rtl`: that of their first letter; `ltr` without letters."""
    for char in words:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def _own(words: str, material: Material) -> Markup:
    """Words of the clinic as HTML, in their own direction."""
    way, locale = direction(words), material.localised.locale
    found = _spans(words, material)
    if len(found) == 1:
        inside = _set(found[0], material, _whole_times(with_breaks(tied(words)), way))
    else:
        inside = Markup("").join(
            Markup('<span dir="{}">{}</span>').format("ltr" if way == "rtl" else "rtl", _words(part, material))
            if against
            else _words(part, material)
            for part, against in stretches(with_breaks(tied(words)), way == "rtl")
        )
    return Markup('<span dir="{}">{}</span>').format(way, inside) if way != locale.direction else inside


def _words(words: str, material: Material) -> Markup:
    """Words of one direction as HTML, in fonts that cover them."""
    return Markup("").join(_set(span, material, escape(span.words)) for span in _spans(words, material))


def _set(span: Span, material: Material, inside: Markup) -> Markup:
    """Wrap `inside` in the font of a span, with a line height for its marks."""
    if span.font == material.localised.locale.font:
        return inside
    font = FONTS[span.font]
    high = f"; line-height: {font.leading}" if font.leading > 1 else ""
    return Markup("<span style=\"font-family: '{}'{}\">{}</span>").format(font.family, high, inside)


def _spans(words: str, material: Material) -> tuple[Span, ...]:
    about = material.details.clinic.words() if material.details else ""
    font = material.localised.locale.font
    return spans(words, font, about) or (Span(words, font),)


def _whole_times(words: str, way: str) -> Markup:
    """Words in their direction, with unbreakable times and ranges of times."""
    time = Markup('<span dir="ltr" class="nw">{}</span>')
    parts = _TIMES.split(words)
    return Markup("").join(time.format(part) if index % 2 else directed(part, way) for index, part in enumerate(parts))


def _joined(lines: tuple[str, ...], material: Material, ltr: str, rtl: str) -> Markup:
    """Join lines with line breaks; in layouts of chosen blocks, with separators in running text."""
    if not material.layout.holds:
        return Markup("<br>").join(_own(line, material) for line in lines)
    bare = [line.rstrip(",،;؛ ") for line in lines]
    ways = {direction(line) for line in bare}
    between = rtl if ways == {"rtl"} else ltr
    if len(ways) == 1:
        return _own(between.join(bare), material)
    return Markup(between).join(_own(line, material) for line in bare)


def website_link(clinic: Clinic) -> LinkView | None:
    """Link to the clinic's website; None without one."""
    return LinkView(f"https://{clinic.website}", clinic.website) if clinic.website else None


def shown_address(address: str) -> str:
    """Printed form of an address: without https://, and only the host if it is long."""
    bare = address.removeprefix("https://").rstrip("/")
    return bare if len(bare) <= SHORT else bare.partition("/")[0]
