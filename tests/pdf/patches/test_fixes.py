"""What WeasyPrint gets wrong is mended in the pages that come out."""

from __future__ import annotations

from typing import Any

import pytest

from leaflets.base.project import Project
from leaflets.html.render import Html
from leaflets.pdf.typesetter import Typesetter, load

PARAGRAPH = "<p>but a pad can burn you, even on a low setting. <strong>Do not use one</strong> on numb skin.</p>"
STYLE = '<style>@page { size: 400mm 200mm } body { font: 24pt "Leaflet Sans" } p { width: %.1fmm }</style>'


@pytest.fixture(scope="module")
def weasyprint() -> Any:
    return load()


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


def test_the_contents_follow_a_place_that_moves_to_another_page() -> None:
    """A plan that puts something in between is set from the draft before it."""
    style = """@page { size: 60mm 60mm; margin: 5mm } body { font: 12pt "Leaflet Sans" } p { height: 20mm }
    .page::before { content: target-counter(attr(data-section url), page) }"""
    body = (
        '<div><span class="page" data-section="#far"></span></div><section>{}<p>two</p></section><h2 id="far">Far</h2>'
    )

    def html(more: str) -> Html:
        words = body.format(f"{more}<p>one</p>")
        return Html(
            f'<!doctype html>\n<html lang="en"><head><title>t</title></head><body>{words}</body></html>', (style,)
        )

    typesetter = Typesetter(Project())
    first = typesetter.lay_out_trial(html(""))
    shown = ["".join(lines(page)) for page in first.pages]
    before = next(number for number, said in enumerate(shown, 1) if "Far" in said)
    assert shown[0].startswith(str(before))
    then = typesetter.lay_out_trial(html('<p class="new">more</p><p class="new">and more</p>'), first)
    assert then is first, "it is grafted"
    shown = ["".join(lines(page)) for page in then.pages]
    after = next(number for number, said in enumerate(shown, 1) if "Far" in said)
    assert after > before
    assert shown[0].startswith(str(after))


def test_a_line_from_right_to_left_that_ends_in_latin_words_does_not_stick_out(weasyprint: Any) -> None:
    """The blank after the Latin words goes where the line ends; those on their right move up."""
    words = '<p dir="rtl">عيادة <span dir="ltr">of a street <b>in a</b> town </span> ثم <span dir="ltr">more</span></p>'
    for step in range(30):
        document = weasyprint.HTML(string=STYLE % (60 + step * 3) + words).render()
        paragraph = next(box for box in document.pages[0]._page_box.descendants() if box.element_tag == "p")
        right = paragraph.content_box_x() + paragraph.width
        for box in paragraph.descendants():
            if type(box).__name__ == "TextBox" and box.text.strip():
                assert box.position_x >= paragraph.content_box_x() - 0.01
                assert box.position_x + box.width <= right + 0.01, (step, box.text)
