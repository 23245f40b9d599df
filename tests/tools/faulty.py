"""PDFs made by hand, most with one mistake in them: what the tests of the preflight are told to find."""

from __future__ import annotations

from collections.abc import Callable

from pypdf.generic import NameObject, NumberObject

from tests.tools.handmade import Handmade, Tag, dictionary, drawing, numbers, picture

PREFERENCES = {"PrintScaling": "/None", "Duplex": "/DuplexFlipShortEdge"}
Make = Callable[[], Handmade]
"""Makes a file."""


def page(change: Callable[[Handmade], object]) -> Make:
    """A good page, and a change to the file."""

    def make() -> Handmade:
        file = Handmade()
        file.good()
        change(file)
        return file

    return make


def on(change: Callable[..., object]) -> Make:
    """A good page, and a change to that page."""
    return page(lambda file: change(file.pages[0]))


GOOD = page(lambda file: None)


def boxes(**extra: object) -> Make:
    return page(lambda file: file.pages[0].extra.update(extra))


def pages(count: int, width: float = 210, height: float = 297) -> Make:
    def make() -> Handmade:
        file = Handmade()
        for _ in range(count):
            made = file.good()
            made.width, made.height = width, height
        return file

    return make


def booklet(count: int) -> Make:
    """A5 pages of one line low down."""

    def make() -> Handmade:
        file = Handmade()
        for _ in range(count):
            file.page(148, 210).words("Wash your hands", 30, 150).box(110, 20, 6, 120)
        return file

    return make


def sheets(
    preferences: dict[str, str], mark_mm: float = 6, fold_mm: float = 9, note: float = 6, **extra: object
) -> Make:
    """A sheet for the printer: words, a mark, a line to fold at that begins at the edge, a note."""

    def make() -> Handmade:
        file = Handmade(preferences=preferences)
        sheet = file.page(297, 210, **extra).words("Wash your hands", 30, 150).words("Fold", 30, 195, note, tag="")
        sheet.box(100, mark_mm, 0.2, 3, (0.2, 0.2, 0.2))
        sheet.raw(f"/Artifact BMC 0.25 G 420.9 0 m 420.9 {fold_mm / 25.4 * 72} l S EMC")
        return file

    return make


def larger(
    width: float = 320, height: float = 225, trim: tuple[float, float] | None = None, mark: tuple[float, float] = (3, 3)
) -> Make:
    """A sheet that A4 is cut from at `trim`, its lower left corner: words in it, a mark of 0.2 x 0.2 mm."""
    left, bottom = trim or ((width - 297) / 2, (height - 210) / 2)

    def make() -> Handmade:
        file = Handmade(preferences=PREFERENCES)
        box = numbers(*(edge / 25.4 * 72 for edge in (left, bottom, left + 297, bottom + 210)))
        sheet = file.page(width, height, TrimBox=box).words("Wash your hands", left + 30, bottom + 150)
        sheet.box(*mark, 0.2, 0.2, (0.2, 0.2, 0.2))
        return file

    return make


def trim(by: float) -> object:
    """A TrimBox smaller than A4 on its side by so many mm on each side."""
    return numbers(*(edge / 25.4 * 72 for edge in (by, by, 297 - by, 210 - by)))


def raster(width: int) -> Make:
    def make() -> Handmade:
        file = Handmade(resources={"XObject": {"P": picture(width, width)}})
        file.good().raw("q 144 0 0 144 100 200 cm /P Do Q")  # 2 inches
        return file

    return make


def drawn(content: str, **resources: dict[str, object]) -> Make:
    """A good page and a drawing `D` of this content."""

    def make() -> Handmade:
        file = Handmade(resources={"XObject": {"D": drawing(content)}, **resources})
        file.good().raw("/Artifact BMC q 0.5 0 0 0.5 100 100 cm /D Do Q EMC")
        return file

    return make


def small_in_drawing(size: float) -> Make:
    return drawn(f"BT /F1 {size} Tf 100 100 Td <0024> Tj ET")


def on_ground(content: str, **resources: dict[str, object]) -> Make:
    """Words over what `content` paints; its corners are 85 and 640 pt, 300 wide and 60 high."""

    def make() -> Handmade:
        file = Handmade(resources=resources)
        file.good().raw(f"/Artifact BMC q {content} Q EMC").words("Soap and water", 40, 60)
        return file

    return make


def parameters(words: str = "", **entries: object) -> Make:
    """Words under a graphics state with these entries."""

    def make() -> Handmade:
        file = Handmade(resources={"ExtGState": {"G": dictionary(**entries)}})
        file.good().words("Soap and water", 40, 60, before="/G gs")
        return file

    return make


def broken_paragraph(first: int, second: int, item: str = "", tag: str = "P") -> Make:
    """A paragraph of lines that goes over the end of page 1."""

    def make() -> Handmade:
        file = Handmade()
        one = file.good()
        for number in range(first):
            one.words("It takes twenty seconds", y=265 - 8 * (first - number), tag=Tag(tag, "over", item))
        two = file.page()
        for number in range(second):
            two.words("or a little longer than that", y=30 + 8 * number, tag=Tag(tag, "over", item))
        for number in range(4):
            two.words("Dry them with a towel", y=100 + 8 * number, tag=Tag("P", "rest"))
        return file

    return make


def heading_at_the_foot(*under: str) -> Make:
    def make() -> Handmade:
        file = Handmade()
        one = file.good().words("My notes", y=230, size=20, tag=Tag("H2", "notes"))
        if "lines" in under:
            one.box(30, 245, 120, 0.3, (0.4, 0.4, 0.4))
        if "near" in under:  # 14 pt below: more than half the size of the heading, less than twice
            one.box(30, 235, 120, 0.3, (0.4, 0.4, 0.4))
        if "underline" in under:  # 6 pt below: nearer than half its size, so that it belongs to the heading
            one.box(30, 232, 120, 0.3, (0.4, 0.4, 0.4))
        if "frame" in under:  # begins above the heading: it is no reason to leave it alone
            one.box(25, 220, 140, 45, (0.95, 0.95, 0.95))
            one.content.insert(0, one.content.pop())
        if "words" in under:
            one.words("Write down what helps", y=250)
        file.good()
        return file

    return make


def full_to(y: float, round_it: bool = False) -> Make:
    """A page whose words reach so far down, with a frame down to its foot or without, and another."""

    def make() -> Handmade:
        file = Handmade()
        one = file.page()
        for high in range(60, round(y), 40):
            one.words("Wash your hands", y=high)
        one.words("Dry them", y=y)
        if round_it:
            one.raw(f"/Artifact BMC 0.6 0.1 0.1 rg {FRAME} f* Q EMC")
        one.words("Footer", y=287, tag="")
        file.good()
        return file

    return make


FRAME = "q 71 80 400 600 re 72 81 398 598 re"


def carded(name_again: bool, role: str = "Div") -> Make:
    """A card that goes over the end of page 1: its name, words, then words on page 2 under its name or without. `role`:
    of the group; TBody: rows of a table under a row that is their name."""

    def tag(name: str, kind: str) -> Tag:
        return Tag(kind, name, group="Div") if role == "Div" else Tag(kind, name, group="TBody", row=f"row {name}")

    def make() -> Handmade:
        file = Handmade()
        one = file.good().words("Soap", y=230, tag=tag("name", "H3" if role == "Div" else "TH"))
        one.words("It takes off grease", y=238, tag=tag("what", "P" if role == "Div" else "TD"))
        two = file.page()
        if name_again:
            two.words("Soap, continued", y=30, tag=tag("again", "P" if role == "Div" else "TH"))
        two.words("It may make your skin dry", y=38, tag=tag("harm", "P" if role == "Div" else "TD"))
        two.words("Wash your hands with soap", y=200)
        return file

    return make


RED = (0.6, 0.1, 0.1)


def flagged(foot: bool = False, bar: bool = True, named: bool = True) -> Make:
    """Red flags on two pages; the frame of the first closed at its foot or open, the second with their bar or without,
    both in one element or each in one of its own."""

    def make() -> Handmade:
        file = Handmade()
        for number in range(2):
            page = file.page()
            group = "Sect" if not named else ""
            if number == 0 or bar:
                page.box(30, 30, 140, 15, RED)
                said = f"Get help {number + 1} of 2" if bar else "Get help"
                page.words(said, 35, 40, 20, Tag("H2", f"bar {number}", group=group), (1, 1, 1))
            page.box(30, 30, 1, 220, RED).box(169, 30, 1, 220, RED)
            if number or foot:
                page.box(30, 249, 140, 1, RED)
            for line in range(20):
                page.words(f"Your hands bleed {line}", 35, 60 + 9 * line, tag=Tag("P", f"{number} {line}", group=group))
        return file

    return make


def gap(mm: float) -> Make:
    """A page with white of a height in its middle, and another."""

    def make() -> Handmade:
        file = Handmade()
        one = file.page()
        for y in (20, 30, 40, 45 + mm, 260):
            one.words("Wash your hands", y=y)
        for y in range(55 + round(mm), 260, 20):
            one.words("Wash your hands", y=y)
        file.good()
        return file

    return make


def last_words(words: str, blank: bool = False) -> Make:
    """A paragraph whose last line is these words, before a line to write on or alone."""

    def make() -> Handmade:
        file = Handmade()
        page = file.good()
        for number, line in enumerate(("Wash your hands with", words)):
            page.words(line, y=200 + 8 * number, size=16, tag=Tag("P", "it"))
        if blank:
            page.box(60, 208, 60, 0.3, (0.3, 0.3, 0.3))
        return file

    return make


def listed(*points: tuple[int, ...]) -> Make:
    """A list that goes over the ends of pages: how many lines each point on each page has."""

    def make() -> Handmade:
        file = Handmade()
        for number, lines in enumerate(points):
            page = file.good() if not number else file.page()
            low = 250 - 7 * sum(lines) if not number else 30
            for at, count in enumerate(lines):
                for line in range(count):
                    low += 7
                    name = f"{number}.{at}"
                    page.words("Use soap" if line else "Wet them", y=low, tag=Tag("P", name, f"p{name}", "L"))
            if number:
                page.words("Wash your hands with soap", y=200)
        return file

    return make


def figured(*after: str, note: bool = False) -> Make:
    """A figure with its caption at the foot of page 1, with a note or without; page 2 begins with these roles in it."""

    def make() -> Handmade:
        file = Handmade()
        one = file.good().words("Palm", y=200, tag=Tag("Figure", group="Div"))
        one.words("How to wash", y=240, tag=Tag("Caption", group="Div"))
        if note:
            one.words("Right is the back", y=250, tag=Tag("P", group="Div"))
        two = file.page()
        for at, role in enumerate(after):
            two.words("Left is the palm", y=40 + 8 * at, tag=Tag(role, group="Div"))
        two.words("Wash your hands with soap", y=200)
        return file

    return make


def last_page(y: float) -> Make:
    def make() -> Handmade:
        file = Handmade()
        file.good()
        file.page().words("Wash your hands", y=y)
        return file

    return make


PINK, DARK_RED, DARK_GREEN = (1.0, 0.4, 0.4), (0.8, 0.2, 0.2), (0.1, 0.53, 0.3)
SHADING = dictionary(
    ShadingType=NumberObject(2), ColorSpace=NameObject("/DeviceGray"), Coords=numbers(0, 0, 600, 0),
    Function=dictionary(
        FunctionType=NumberObject(2), Domain=numbers(0, 1), N=NumberObject(1), C0=numbers(1), C1=numbers(0)
    ),
)  # fmt: skip
