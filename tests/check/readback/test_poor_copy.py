"""A page from a poor copier: light grounds vanish, words stay legible."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from PIL import Image, ImageDraw

from leaflets.check.readback.colours import contrast
from leaflets.check.readback.poor_copy import DPI, poor_copy
from leaflets.pdfio.page_picture import page_picture
from tests.conftest import Built


def page(ground: int, ink: int) -> Image.Image:
    """A page with a ground on its left half, and a bar of ink on it."""
    made = Image.new("RGB", (400, 200), "white")
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, 0, 199, 199), fill=(ground,) * 3)
    draw.rectangle((40, 80, 160, 120), fill=(ink,) * 3)
    return made


def middle(shown: Image.Image, box: tuple[int, int, int, int]) -> int:
    """The median grey of a part."""
    values = sorted(shown.crop(box).get_flattened_data())
    return int(values[len(values) // 2])


@pytest.mark.parametrize("ground", [225, 235, 250])
def test_a_light_ground_is_paper(ground: int) -> None:
    copied = poor_copy(page(ground, 30))
    assert middle(copied, (5, 5, 195, 70)) == middle(copied, (210, 5, 395, 195)) == 255


def test_a_mid_grey_stays_and_the_same_page_gives_the_same_copy() -> None:
    copied = poor_copy(page(150, 30))
    assert 100 < middle(copied, (5, 5, 195, 70)) < 200
    assert copied.tobytes() == poor_copy(page(150, 30)).tobytes()
    assert len(Counter(copied.crop((5, 5, 195, 70)).get_flattened_data())) > 5, "there is noise"


@pytest.mark.builds
@pytest.mark.parametrize("layout", ["standard", "large-print", "handout"])
def test_grounds_of_leaflets_vanish_and_their_words_stay(shipped: Built, layout: str) -> None:
    path = shipped.path(leaflet="overview", level="plain", layout=layout, locale="en-GB")
    drawn = page_picture(path.read_bytes(), 1, scale=DPI / 72)
    assert drawn is not None
    colour = Image.open(io.BytesIO(drawn)).convert("L")
    copied = poor_copy(colour)
    pairs = list(zip(colour.get_flattened_data(), copied.get_flattened_data(), strict=True))
    tinted = sorted(after for before, after in pairs if 215 <= before < 250)
    assert len(tinted) > 3000, "the page has a light ground"
    assert tinted[len(tinted) // 4] > 240
    inked = sorted(after for before, after in pairs if before < 90)
    grey = inked[len(inked) * 9 // 10] / 255
    assert contrast((grey,) * 3, (1.0, 1.0, 1.0)) >= 7
