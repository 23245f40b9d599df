"""Colour arithmetic: relative luminance, contrast ratio, conversion to grey, blending."""

from __future__ import annotations

from functools import lru_cache

Colour = tuple[float, float, float]
"""Red, green and blue, 0 to 1."""

WHITE: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.0, 0.0, 0.0)


@lru_cache(maxsize=4096)
def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of WCAG 2.2: (L1 + 0.05) / (L2 + 0.05) of the relative luminances, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def grey(colour: Colour) -> Colour:
    """The colour converted to grey: 0.3 red + 0.59 green + 0.11 blue (ISO 32000, 10.4.2)."""
    level = 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]
    return (level, level, level)


def over(colour: Colour, alpha: float, ground: Colour) -> Colour:
    """Blend a colour over an opaque ground; `alpha` is its opacity, 0 to 1."""
    red, green, blue = (alpha * top + (1 - alpha) * below for top, below in zip(colour, ground, strict=True))
    return (red, green, blue)


def from_cmyk(cyan: float, magenta: float, yellow: float, black: float) -> Colour:
    """CMYK as red, green and blue without a colour profile: 1 - min(1, ink + black) for each."""
    return (1 - min(1, cyan + black), 1 - min(1, magenta + black), 1 - min(1, yellow + black))


def hex_name(colour: Colour) -> str:
    """The colour in hexadecimal, such as #0b4a5a."""
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)


def _luminance(colour: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
