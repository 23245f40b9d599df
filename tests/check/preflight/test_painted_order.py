"""What is one whole from left to right is painted so in text from right to left, and what is not is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leaflets.check.preflight.order_rules import checked, order
from leaflets.check.preflight.rule import Finding
from leaflets.check.readback.document import FinishedFile, read_body
from tests.tools.painted import SENTENCES, hard_wholes, in_sentences, set_html, set_lines

pytestmark = pytest.mark.builds


def opened(body: bytes) -> FinishedFile:
    return read_body(body, "a.pdf", None)


def found(body: bytes) -> list[Finding]:
    return list(order(opened(body)))


def test_every_hard_whole_is_painted_in_its_order() -> None:
    """The whole table, each whole in three sentences, in one document."""
    wholes = hard_wholes()
    assert len(wholes) >= 120
    lines = in_sentences(wholes)
    file = opened(set_lines(lines))
    assert checked(file) == len(wholes) * len(SENTENCES)
    assert list(order(file)) == []
    assert file.structure is not None
    heard = [element.text.replace("\u00a0", " ") for element in file.structure.document.walk() if element.role == "P"]
    assert heard == lines  # brackets too, whose glyphs are each other's in text from right to left


def test_a_whole_that_is_bold_in_part_or_broken_at_a_lines_end_is_painted_in_its_order() -> None:
    address = "https://clinic.example.org/a-very-long-way/to-the-page-of/leaflets-and_more?number=12&size=large"
    lines = ["خذ **5** mg الآن", "خذ 5–**10 mg** ثم", "**خذ 2.5 mg**", f"اكتب {address} الآن", "١٠ **٥**–٧ ثم"]
    file = opened(set_lines(lines, size=30, columns=1))
    assert checked(file) == 5
    assert list(order(file)) == []


SPAN = '<span dir="ltr">{}</span>'
BROKEN: dict[str, tuple[str, str]] = {
    "digits apart, as the first pattern had them": (f"خذ {SPAN.format('٢')}٫{SPAN.format('٥')} ملغ", "٥٫٢"),
    "no span round a range": ("خذ 5-10 الآن", ""),
    "the number and its unit apart": (f"خذ {SPAN.format('500')} {SPAN.format('mg')} الآن", ""),
    "a plus sign outside": (f"اتصل +{SPAN.format('44 20 7946 0000')} الآن", ""),
    "a minus sign outside": (f"عند -{SPAN.format('3 °C')} الآن", ""),
    "an address in pieces": (f"{SPAN.format('a')}@{SPAN.format('b.org')} ثم", ""),
    "Arabic digits in one span only": (f"خذ {SPAN.format('٢٠-٣٠')} الآن", "٣٠-٢٠"),
}


@pytest.fixture(scope="module")
def broken() -> Callable[[str], list[Finding]]:
    """The findings of each broken line, set on a page of its own of one document."""
    pages = "".join(f'<p style="break-after: page">{line}</p>' for line, _ in BROKEN.values())
    findings = found(set_html(pages, columns=1))
    return lambda name: [item for item in findings if item.page == list(BROKEN).index(name) + 1]


@pytest.mark.parametrize("name", BROKEN)
def test_a_whole_in_another_order_is_found(name: str, broken: Callable[[str], list[Finding]]) -> None:
    (finding,) = broken(name)
    assert finding.message.endswith(" is not painted from left to right as it is written")
    assert BROKEN[name][1] in finding.hint


def test_text_from_left_to_right_alone_is_not_compared() -> None:
    assert checked(opened(set_lines(["Take 5–10 mg now."], "en-GB"))) == 0
    assert checked(opened(set_lines(["Also in العربية (2 pages)."], "en-GB"))) > 0
