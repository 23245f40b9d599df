"""Files that take time or memory cost a child process, wherever a file from outside is read, and are refused."""

from __future__ import annotations

import resource
import time

import pytest

from leaflets.base.limited import run_limited
from leaflets.base.reader_limits import READERS, pdf_limits
from leaflets.builder.stamp_clinic import _prepared
from leaflets.finish.stamping.template import StampBaseError
from leaflets.pdfio.page_picture import page_picture
from tests.tools.bombs import bombs, pdf

pytestmark = pytest.mark.builds

NAMES = sorted(bombs())


def largest() -> int:
    """Most memory that this process ever had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_of_its_page_costs_neither_memory_nor_time(name: str) -> None:
    body = bombs()[name]
    before, begun = largest(), time.process_time()
    for size in ({"scale": 1.5}, {"width": 272, "colours": 16}):
        found = page_picture(body, 1, **size)  # type: ignore[arg-type]
        assert found is None or len(found) < 1_000_000
    assert largest() - before < 300
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("name", NAMES)
def test_it_is_not_stamped(name: str) -> None:
    with pytest.raises(StampBaseError):
        _prepared(bombs()[name])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        ("leaflets.check.evidence.verify:measured", ("a.pdf", "en-GB")),
        ("leaflets.check.readback.outline:read_outline", ()),
        ("leaflets.finish.press.print_pack:page_count", ()),
    ],
)
def test_who_reads_it_lives_on(name: str, function: str, arguments: tuple[str, ...]) -> None:
    body = bombs()[name]
    limits = pdf_limits(len(body))
    before = largest()
    outcome = run_limited(function, body, *arguments, limits=limits)
    assert outcome.failure == "" or outcome.why(limits)
    assert largest() - before < 300
    assert limits.memory == READERS["pdf"].memory == 1_000


def test_a_page_that_is_not_there_has_no_picture() -> None:
    blank = pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 60 90]/Resources<<>>>>",
    )
    assert page_picture(blank, 1, scale=1) is not None
    assert page_picture(blank, 0, scale=1) is page_picture(blank, 2, scale=1) is None
    assert page_picture(b"no PDF", 1, scale=1) is None
