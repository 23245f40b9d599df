"""The quicker functions give the bytes that WeasyPrint's own give."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from leaflets.pdf.patches.fast import glyph_runs
from tests.conftest import PROJECTS, ROOT

BUILD = """
import sys
from pathlib import Path
from unittest.mock import Mock

from leaflets.base.project import Project
from leaflets.builder.build import build
from leaflets.builder.request import BuildRequest, Machine
from leaflets.editions.choice import Choice
from leaflets.pdf.patches.apply import apply

project, out, own, article, layouts, leaflets, locales = sys.argv[1:]
choice = Choice(
    article=[article], layout=layouts.split(), leaflet=leaflets.split(), locale=locales.split()
)
built = build(Project(Path(project)), BuildRequest(choice, Path(out)), Machine(1), Mock())
assert not built.diagnostics.errors, [str(item) for item in built.diagnostics]
assert bool(apply().out) is (own == "own")
"""


DOCUMENTS = """
import hashlib
import json
import sys

import leaflets.pdf.typesetter as typeset
from leaflets.base.project import Project
from leaflets.html.render import Html

typesetter = typeset.Typesetter(Project())
for styles, text in json.load(sys.stdin):
    with typeset.collect_warnings("") as said:
        body = typesetter.write(typesetter.lay_out(Html(text, tuple(styles))))
    print(hashlib.sha256(body).hexdigest(), [item.message for item in said if "anonymous" not in item.message])
"""

SHEET = """
body { font: 10pt "Noto Sans", sans-serif; color: #123; --gap: 3mm }
.wide { width: 50vw; background: #eee; border-radius: 2mm }
.inherits { border: 1px solid red; padding: 2mm } .inherits > p { border: inherit; padding: inherit }
.under { text-decoration: underline; font-style: italic } .gap { margin-inline-start: var(--gap) }
.first::first-letter { font-size: 200% } .first::first-line { font-variant: small-caps }
.note { float: footnote } .bold { font-weight: bolder; font-size: 1.2em; line-height: 1.2lh }
.cut { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; width: 20mm } .float { float: right; width: 30% }
ol { list-style: decimal inside } dl dt::after { content: leader('.') target-counter('#one', page) }
table { border-collapse: collapse; width: 100% } td { border: 2px solid #999; padding: 1mm }
.box { box-sizing: border-box; height: 20%; max-width: 40mm; box-shadow: 1px 1px #000 } .just { text-align: justify }
.abs { position: absolute; right: 0; top: calc(10% + 1mm) } .flex { display: flex; gap: 2mm }
.hid { visibility: hidden }
.broken { page: apart; color: var(--gap) }
"""
PAGE = """@page { size: %s; margin: 12mm; padding-top: 1vw; @top-left { content: counter(page) }
@bottom-right { content: '%s' } } """
APART = "@page apart { margin: 30mm; @top-left { content: 'apart' } } @page :first { background: #ffe }"
TEXT = """<html lang=en><title>t</title><body><h1 id=one>Fi fl office AVATAR</h1><p class=first>First words of it.
<div class=wide>%s<p class=bold>bold <b>bolder <i>both</i></b></div><div class=inherits><p>inherits <span class=under>u
<b>nder</b></span></div><p class="just">%s<p class=gap>gap <span class=note>A note.</span></p><p class=cut>much too long
a line</p><div class=float>floats</div><ol><li>one<li class=under>two</ol><dl><dt>leader<dd style="color: red">red
</dl><table><tr><td>a<td>b</table><div class=box><p>box</p></div><p class=abs>away</p><div class=flex><p>x</p><p id=two
style="height: 5mm">y</p></div><p lang=ar dir=rtl>\u0627\u063a\u0633\u0644 \u064a\u064e\u062f\u064e\u064a\u0652\u0643
<p class=hid>hidden<p class=broken>Apart."""


def environment(fast: bool) -> dict[str, str]:
    """The environment of a process with the speed parts, or without them."""
    return {**os.environ, "LEAFLETS_FAST": "1" if fast else "0"}


def documents() -> list[tuple[list[str], str]]:
    """The same style sheet with pages of two sizes, other words and an order that lets each be met again."""
    found = []
    for size, words in (("A5", "some"), ("A4", "other"), ("A5", "some"), ("A4", "some"), ("A5", "other")):
        text = TEXT % (words, f"{words} words go over the end of a line, and are set to both its ends, " * 4)
        found.append(([SHEET, PAGE % (size, words) + APART], text))
    return found


@pytest.fixture(scope="module")
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folders = []
    for own in ("own", "quick"):
        out = tmp_path_factory.mktemp(own)
        project, *choice = request.param
        command = [sys.executable, "-c", BUILD, str(project), str(out), own, *choice]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=600, env=environment(own == "quick")
        )
        assert done.returncode == 0, done.stderr
        folders.append(out)
    return folders[0], folders[1]


@pytest.mark.parametrize(
    ("both", "count"),
    [
        pytest.param(
            (
                PROJECTS / "hand-washing",
                *("hand-washing", "standard large-print giant-print booklet", "options-and-diary", "en-GB ar-GB"),
            ),
            22,
            marks=pytest.mark.patch_bytes,
        ),
        ((ROOT, "fibromyalgia-leg-pain", "tri-fold summary", "overview", "en-GB en-US"), 6),
    ],
    indirect=["both"],
)
def test_the_bytes_are_those_of_weasyprint_itself(both: tuple[Path, Path], count: int) -> None:
    own, quick = both
    files = sorted(path.relative_to(own) for path in own.rglob("*.pdf"))
    assert len([path for path in files if not path.name.endswith(".print.pdf")]) == count
    for name in files:
        assert (own / name).read_bytes() == (quick / name).read_bytes(), name


def printed_both_ways(found: list[tuple[list[str], str]]) -> list[list[str]]:
    """The hash of each document and what was said of it: by WeasyPrint's own functions, and by the quicker ones."""
    printed = []
    for own in ("own", "quick"):
        command = [sys.executable, "-c", DOCUMENTS]
        done = subprocess.run(
            command,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=600,
            input=json.dumps(found),
            env=environment(own == "quick"),
        )
        assert done.returncode == 0, done.stderr
        printed.append(done.stdout.splitlines())
    return printed


def test_documents_that_share_styles_come_out_as_if_they_were_alone() -> None:
    printed = printed_both_ways(documents())
    assert len(printed[0]) == 5
    assert len({line.split()[0] for line in printed[0]}) == 4  # the first comes again as the third
    assert all("vw unit resolved before first page layout" in line for line in printed[0])
    assert printed[0] == printed[1]


LINES = """
body { font: 10pt "Noto Sans", sans-serif } p { margin: 0 0 2mm }
.indent { text-indent: 7mm } .out { text-indent: -3mm } .just { text-align: justify } .right { text-align: right }
.mid { text-align: center } .pre { white-space: pre-wrap } .tall { line-height: 2.3 } .flat { line-height: 0.6 }
.any { overflow-wrap: anywhere } .auto { hyphens: auto } .big::first-line { font-weight: bold } .wide { letter-spacing:
1pt } .img::before { content: ''; float: left; width: 5mm; height: 9mm } .few { widows: 3; orphans: 3 }
.part::first-letter { font-size: 200% } .sup b { vertical-align: super }
"""
KINDS = (
    *("indent", "out", "just", "right", "mid", "pre", "tall", "flat"),
    *("any", "auto", "big", "wide", "img", "few", "part", "sup"),
)
WORDS = (
    "One word.",
    "A short text that fits on a line",
    "  Blanks before, and   after it,\n and within  ",
    "Some text of several lines, 46\u00a0out of\u00a0100, soft hy\u00adphen\u00ads, and\u2028a break that is kept. "
    * 3,
    "Donaudampfschifffahrtsgesellschaftskapit\u00e4nskaj\u00fcte is too long for a narrow line",
    "broken<br>by hand<br><br>twice <b>and</b> bold",
    "\u0645\u0631\u062d\u0628\u0627 in the midst",
)


def lines() -> list[tuple[list[str], str]]:
    """Words in all kinds of lines, in one width after the other: what is kept from one must hold in the next."""
    found = []
    for width in (61, 60.9, 150, 24, 61):
        page = f"@page {{ size: {width + 10}mm 110mm; margin: 5mm }}"
        rows = [f"<p class={kind}>{words}" for kind in KINDS for words in WORDS]
        rows += [f"<p dir=rtl lang=ar>{words}" for words in WORDS] + [f"<ul><li>{words}</ul>" for words in WORDS]
        found.append(([LINES, page], f"<html lang=en><title>t</title><body>{''.join(rows)}"))
    return found


@pytest.mark.patch_bytes
def test_lines_of_every_kind_come_out_the_same_in_every_width() -> None:
    own, quick = printed_both_ways(lines())
    assert len(own) == 5
    assert len({line.split()[0] for line in own}) == 4  # the first comes again at the end
    assert own == quick


def test_what_no_leaflet_needs_is_not_imported_and_there_for_who_asks() -> None:
    program = """
import sys
from leaflets.base.project import Project
from leaflets.pdf.typesetter import Typesetter
Typesetter(Project()).warm_up()
assert not {"fontTools.subset", "fontTools.varLib.instancer"} & sys.modules.keys()
import weasyprint.pdf.fonts as fonts
options = fonts.subset.Options(retain_gids=True)
assert type(options).__module__ == "fontTools.subset" and options.retain_gids
try:
    fonts.instantiateVariableFont(None, {})
except TypeError as error:
    assert "NoneType" in str(error)
from fontTools.varLib.instancer import instantiateVariableFont
assert instantiateVariableFont.__module__ == "fontTools.varLib.instancer"
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


PAINTED = """
body { font: 10pt "Noto Sans", sans-serif } p { margin: 1mm 0 } .in { border: 1px solid #a00 } .out { outline: 2px solid
green } .gone { visibility: hidden; border: 1px solid; outline: 1px dotted } .some { border-top: 2px dashed #00a }
.some { border-bottom: 1px dotted; border-left: 3px double #0a0 } .round { border: 2px solid; border-radius: 2mm 1mm }
.clear { border: 1px solid transparent; outline: 3px solid transparent } .two { columns: 2; column-rule: 1px solid }
.up { position: relative; top: -1mm; background: #eef } .z { position: relative; z-index: -1; background: #fee }
.faint { opacity: 0.4 } .turn { transform: rotate(3deg) } .cut { overflow: hidden; height: 4mm; border: 1px solid }
.block { display: inline-block; border: 1px solid; outline: 1px solid red } .left { float: left; border: 1px solid }
.pic { border: 4px solid; border-image: linear-gradient(red, blue) 1 } .back { background: #ff8; border-radius: 1mm }
.mask { mask-border: linear-gradient(black, transparent) 4; background: #888 } li::marker { color: red }
table { border-collapse: collapse } td { border: 1px solid } .apart { border-collapse: separate; empty-cells: hide }
.first::first-letter { border: 1px solid; float: left; font-size: 200% } .shadow { box-shadow: 1px 1px 0 #999 }
@page { size: A6; margin: 10mm; @bottom-center { content: counter(page); border-top: 1px solid } }
"""
PAINTED_TEXT = """<html lang=en><title>t</title><meta name=author content=me><meta name=keywords content="a, b"><body>
<p>Plain <b class=in>boxed</b>, <i class=out>outlined <u>deep</u></i>, <span class=back>on yellow</span>.
<p class=gone>Gone <b class=in>wholly</b>. <p class=some>Some sides. <p class=round>Round. <p class=clear>Clear.
<div class=two><p>One column of words and <p>another column of words.</div>
<p>Words <span class=up>raised</span> and <span class=z>below</span>, <span class=faint>faint</span>,
<span class=block>in a block <b class=in>b</b></span>, <span class=left>left</span> and more <b class=up><i>of
it</i></b>. <p class=turn>Turned <b class=in>b</b>. <p class=cut>Cut off<br>here<br>again. <p class=pic>Picture.
<p class=mask>Masked. <ul><li>one<li class=in>two</ul> <table><tr><td>a<td>b<tr><td><td>c</table>
<table class=apart><tr><td>a<td><tr><td>c<td>d</table> <p class=first>First letter. <p class=shadow>Shadow.
<p>fi <sup class=in>2</sup> <svg width=20 height=20 viewBox="0 0 10 10"><title>s</title><path fill=teal
d="M1,1 L9,1e0 9,9z"/><circle r=2 cx=5 cy=50% fill="rgb(10%, 20%, 30%)"/></svg> ﬁ Ǻ a\u0301 e\u0323\u0301."""


def test_boxes_are_painted_as_weasyprint_paints_them() -> None:
    """Borders, outlines, columns, stacking, floats in lines, hidden and clipped boxes, and raised letters."""
    again = PAINTED_TEXT.replace("Plain", "Other").replace("width=20 height=20", "width=35 height=35")
    found = [([PAINTED], PAINTED_TEXT), ([PAINTED], again), ([PAINTED], PAINTED_TEXT)]
    printed = printed_both_ways(found)
    assert len({line.split()[0] for line in printed[0]}) == 2
    assert printed[0] == printed[1]


LAID_OUT = """
import sys
from leaflets.base.project import Project
from leaflets.html.render import Html
from leaflets.pdf.patches.fast import glyph_runs
from leaflets.pdf.typesetter import Typesetter

glyph_runs.CACHE_LIMIT = int(sys.argv[1])
words = "Some text that goes over several lines of a page that is narrow, in <b>bold</b> too. "
typesetter = Typesetter(Project())
html = Html(f"<html lang=en><title>t</title><body>{''.join(f'<p>{number} {words * 3}' for number in range(9))}", (
    "@page { size: A6 } body { font: 10pt sans-serif }",
))
document = typesetter.lay_out(html)
from weasyprint.text.line_break import Layout
original, count = Layout.reactivate, 0
def reactivate(self, style):
    global count
    count += 1
    original(self, style)
Layout.reactivate = reactivate
typesetter.write(document)
print(count)
"""


@pytest.mark.parametrize(("at_most", "laid_out"), [(glyph_runs.CACHE_LIMIT, False), (5, True)])
def test_a_line_that_was_measured_is_drawn_without_being_laid_out_again(at_most: int, laid_out: bool) -> None:
    command = [sys.executable, "-c", LAID_OUT, str(at_most)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert (int(done.stdout) > 0) is laid_out
