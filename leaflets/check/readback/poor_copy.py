"""A page as a poor copier gives it: grey, soft, with noise, contrast raised, light tints gone.

What a page must not lose on a copy is in ink: words, frames, bars. Grounds may vanish.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

SOFT_PX = 0.6
"""Radius of the blur at DPI."""
DPI = 110
NOISE = 14
"""Greatest change of a dot by noise, of 255."""
LIGHT = 208
"""Grey from which a tint is paper: its dots are too small for the toner."""
DARK = 56
"""Grey up to which a tint is black."""
SPECKS = 0.00004
"""Share of dots that are specks of dirt."""


def poor_copy(page: Image.Image) -> Image.Image:
    """The same page in grey from a poor copier; the same page gives the same copy."""
    from PIL import Image, ImageChops, ImageFilter

    grey = page.convert("L").filter(ImageFilter.GaussianBlur(SOFT_PX))
    chance = random.Random(0)
    size = grey.width * grey.height
    noise = Image.frombytes("L", grey.size, chance.randbytes(size)).point(
        [value * NOISE // 255 for value in range(256)]
    )
    copied = ImageChops.add(grey, noise, offset=-NOISE // 2).point([_toner(value) for value in range(256)])
    for _ in range(round(size * SPECKS)):
        copied.putpixel((chance.randrange(grey.width), chance.randrange(grey.height)), 0)
    return copied


def _toner(grey: int) -> int:
    """What is printed of a grey: black, white, or more contrast between them."""
    return max(0, min(255, round((grey - DARK) * 255 / (LIGHT - DARK))))
