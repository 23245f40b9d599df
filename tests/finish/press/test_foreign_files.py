"""Files that others made, in a print pack and for stamps: their pages are counted, and what cannot be read is told."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pypdf.errors import PyPdfError

from leaflets.builder.stamp_clinic import _prepared
from leaflets.finish.press.print_pack import page_count
from leaflets.finish.stamping.template import StampBaseError


def pages(count: int) -> bytes:
    with pikepdf.new() as pdf:
        for _ in range(count):
            pdf.add_blank_page()
        body = io.BytesIO()
        pdf.save(body)
    return body.getvalue()


def test_pages_are_counted_in_the_file() -> None:
    assert page_count(pages(3)) == 3


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7\n", pages(1)[:200]])
def test_a_broken_file_is_an_exception_of_the_library_which_the_child_turns_into_words(body: bytes) -> None:
    with pytest.raises((PyPdfError, ValueError, KeyError, TypeError, AttributeError)):
        page_count(body)


@pytest.mark.builds
@pytest.mark.parametrize("body", [b"", b"%PDF-1.7\n", pages(1)])
def test_a_file_that_is_no_leaflet_cannot_be_stamped(body: bytes) -> None:
    with pytest.raises(StampBaseError):
        _prepared(body)
