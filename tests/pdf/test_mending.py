"""What WeasyPrint gets wrong is mended in the pages that come out."""

from __future__ import annotations

from typing import Any

import pytest

from leaflets.pdf.fonts import use_private_fontconfig

PARAGRAPH = "<p>but a pad can burn you, even on a low setting. <strong>Do not use one</strong> on numb skin.</p>"
STYLE = '<style>@page { size: 400mm 200mm } body { font: 24pt "Atkinson Hyperlegible" } p { width: %.1fmm }</style>'


@pytest.fixture(scope="module")
def weasyprint() -> Any:
    use_private_fontconfig()
    import weasyprint

    from leaflets.pdf.mending import mend

    mend(weasyprint)
    return weasyprint


def lines(box: Any) -> list[str]:
    if type(box).__name__ == "LineBox":
        return ["".join(part.text for part in box.descendants() if type(part).__name__ == "TextBox")]
    return [line for child in getattr(box, "children", ()) for line in lines(child)]


def test_no_word_stands_alone_since_only_the_space_after_a_sentence_has_no_room(weasyprint: Any) -> None:
    """Text of 173 mm before bold words, on lines of any width about that."""
    found = [
        lines(weasyprint.HTML(string=STYLE % (169 + step * 0.4) + PARAGRAPH).render().pages[0]._page_box)
        for step in range(25)
    ]
    assert {said[0] for said in found} >= {
        "but a pad can burn you, even on a low setting.",
        "but a pad can burn you, even on a low",
    }
    assert all(len(said[0]) > 30 for said in found), found
