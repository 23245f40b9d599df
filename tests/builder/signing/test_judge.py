"""An edition is signed while it prints what was signed; any change makes a draft of those editions that show it, and is
named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project, shipped_folder
from leaflets.builder.materials import gather
from leaflets.content.levels import LEVELS
from leaflets.editions.layouts import LAYOUTS
from leaflets.editions.review_status import Signer
from tests.tools.articles import write
from tests.tools.selection import sampled
from tests.tools.signing import (
    ARTICLE,
    BY,
    EDITIONS,
    FOLDER,
    OTHER,
    ROLE,
    copied,
    drafts,
    edit,
    judged,
    signed,
    withdrawn,
)
from tests.tools.some import some

PAPER = ("standard", "large-print", "giant-print")
WHOLE = (*PAPER, "booklet", "web")


def of(leaflet: str, level: str, *layouts: str) -> set[str]:
    """Editions of a leaflet at a level in those of the layouts that the level has."""
    return {f"{leaflet}/{level}/{layout}" for layout in layouts if level in LAYOUTS[layout].levels}


@pytest.fixture(scope="module")
def signed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = copied(tmp_path_factory.mktemp("signed") / "project")
    signed(made)
    assert made.folder is not None
    return made.folder


@pytest.fixture
def project(signed_once: Path, tmp_path: Path) -> Project:
    """A project of its own whose article is signed in its own language."""
    return Project(shutil.copytree(signed_once, tmp_path / "project"))


def test_what_nobody_has_signed_is_a_draft(tmp_path: Path) -> None:
    assert judged(copied(tmp_path / "project")) == ({}, [])


def test_one_signature_for_the_article_signs_all_in_its_own_language(project: Project) -> None:
    found, said = judged(project)
    states = {(row.locale, review.state) for row, review in some(found.items())}
    assert states == {("en-GB", "signed"), ("ar-GB", "draft")}
    signers = {review.signer for row, review in found.items()}
    assert [(signer.name, signer.role) for signer in signers if signer] == [(BY, ROLE)]
    assert said == []


SWELLING = """\
      - id: swelling
        flag: allergy
        facts: [red-allergy]
        picture: stop-hand
        text:
          easy: |-
            You use a new soap.
            Then your lips or tongue swell up.
          plain: swelling of your lips or tongue.
          detailed: swelling of your lips or tongue.
"""
CHANGES = {
    "a text at one level": (
        ("sections/why-wash.yaml", "ill can travel on your hands. **Soap", "ill travel on your hands. **Soap"),
        of("overview", "plain", *WHOLE, "tri-fold"),
        "articles/hand-washing/sections/why-wash.yaml:17:14: warning: changed since it was signed by Test Signer on ",
        "the text “sections.why-wash.germs.text.plain” has changed: it was “Germs that make people ill can",
    ),
    "a red flag": (
        ("red-flags.yaml", "            Then your lips or tongue swell up.", "            Then your lips swell up."),
        of("overview", "easy", *WHOLE) | of("options-and-diary", "easy", *WHOLE),
        "articles/hand-washing/red-flags.yaml:",
        "the text “red-flags.emergency.swelling.text.easy” has changed",
    ),
    "a red flag that is gone": (
        ("red-flags.yaml", SWELLING, ""),
        {name for level in LEVELS for name in of("overview", level, *LAYOUTS)}
        | {name for level in LEVELS for name in of("options-and-diary", level, *WHOLE, "handout")},
        "articles/hand-washing/leaflets/",
        "the text “red-flags.emergency.swelling.text.plain” is gone",
    ),
    "a fact": (
        ("facts.yaml", "ask a pharmacist.", "ask your GP."),
        {name for level in LEVELS for name in of("overview", level, *WHOLE, "handout")}
        | {name for level in LEVELS for name in of("options-and-diary", level, *WHOLE, "handout")}
        | {"overview/plain/tri-fold", "overview/detailed/clinician"},
        "articles/hand-washing/facts.yaml:",
        "the fact “sore-skin” has changed: it was “Washing often can make skin dry and sore; ask a pharmacist.",
    ),
    "a number of dots": (
        ("sections/why-wash.yaml", "count: 34", "count: 35"),
        {name for level in LEVELS for name in of("overview", level, *WHOLE)},
        "articles/hand-washing/sections/why-wash.yaml:",
        "the part “sections.why-wash.thumbs” has changed",
    ),
    "a picture beside easy words": (
        ("sections/why-wash.yaml", "picture: information", "picture: massage"),
        of("overview", "easy", *PAPER, "web"),
        "articles/hand-washing/",
        "the choice of a picture for “sections.why-wash.germs” has changed: it was “information”, it is “massage”",
    ),
    "the order of two sections": (
        ("leaflets/overview.yaml", "  - why-wash\n  - how-to-wash\n", "  - how-to-wash\n  - why-wash\n"),
        {name for level in LEVELS for name in of("overview", level, *WHOLE)},
        "articles/hand-washing/leaflets/overview.yaml:",
        "the part “overview” has changed: it was “its order”, it is “another order”",
    ),
    "what is on the summary": (
        ("leaflets/overview.yaml", "summary:\n  - how-to-wash/three-steps\n", "summary:\n  - why-wash/how-long\n"),
        of("overview", "plain", "summary") | of("overview", "detailed", "summary"),
        "articles/hand-washing/",
        "the text “sections.why-wash.how-long.text.plain” is new",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_makes_drafts_of_those_editions_that_show_it_and_is_named(
    case: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file, old, new), changed, place, message = CHANGES[case]
    assert project.folder is not None
    monkeypatch.chdir(project.folder)
    edit(project, file, old, new)
    assert drafts(project) == changed
    told = [line for line in judged(project, "en-GB")[1] if message in line]
    assert some(told)[0].startswith(place)
    assert "hint: what shows it is a draft again until it is signed: leaflets sign hand-washing --by" in told[0]


def test_the_day_of_the_next_review_cannot_be_put_off_without_a_signature(project: Project) -> None:
    edit(project, "article.yaml", "review_due: 2028-11-22", "review_due: 2029-11-22")
    assert len(drafts(project)) == EDITIONS
    assert (
        "in article.yaml “review_due” has changed: it was “2028-11-22”, it is “2029-11-22”"
        in judged(project, "en-GB")[1][0]
    )


def test_notes_and_comments_are_not_signed(project: Project) -> None:
    edit(project, "facts.yaml", 'note: "Not confirmed, so no', 'note: "No')
    edit(project, "leaflets/overview.yaml", "# TEST MATERIAL", "# A comment. TEST MATERIAL")
    assert drafts(project) == set()


OVERRIDES = {
    "a number to call": (
        "regions/GB.yaml", 'urgent: "111"', 'urgent: "112"', "the number to call “urgent” has changed: it was “111”",
        EDITIONS,
    ),
    "a word of the templates": (
        "templates/words.yaml", 'text: "The main points"', 'text: "In short"',
        "the words of the templates “summary-lead” has changed: it was “The main points”, it is “In short”", 2,
    ),
    "a drawing": ("assets/drawings/hand.svg", "<svg", "<svg ", "the picture “drawings/hand” has changed", 16),
    "a template": (
        "templates/summary/leaflet.html", "{{ front.key() }}", "<p>All is well.</p>{{ front.key() }}",
        "the project’s own template “summary/leaflet.html” is new", 2,
    ),
    "a page that another layout has too": (
        "templates/flow/page.css.j2", "size: {{", "size:  {{",
        "the project’s own template “flow/page.css.j2” is new", 21,
    ),
    "an icon": (
        "assets/icons/phone.svg", "<svg", "<svg ",
        "the project’s own template “assets/icons/phone.svg” is new", EDITIONS,
    ),
    "a style sheet of the web page": (
        "templates/css/web.css", ".status {", ".alarm { display: none } .status {",
        "the project’s own template “css/web.css” is new", 6,
    ),
    "a style sheet of one level": (
        "templates/css/easy-rows.css", "/* easy-rows.css", ".alarm { display: none } /* easy-rows.css",
        "the project’s own template “css/easy-rows.css” is new", 6,
    ),
    "a section": (
        f"{FOLDER}/sections/your-hands.yaml", "Which soap suits my skin?", "Which soap is best?",
        "the text “sections.your-hands.questions.which-soap.text.plain” has changed", 7,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", sampled(OVERRIDES, ("a number to call", "an icon")))
def test_an_override_in_a_clinics_project_makes_drafts(case: str, tmp_path: Path) -> None:
    """The signed article lies below, as if it was shipped; the clinic's folder lies over it."""
    base = copied(tmp_path / "below")
    below = Project(None, tmp_path / "joined")
    _join(tmp_path)
    signed(Project(tmp_path / "joined", tmp_path / "joined"))
    name, old, new, message, count = OVERRIDES[case]
    text = below.read_text(name)
    assert text.count(old) == 1
    write(tmp_path / "clinic", {name: text.replace(old, new)})
    clinic = Project(tmp_path / "clinic", tmp_path / "joined")
    assert base.folder is not None
    assert drafts(below) == set()
    found, told = judged(clinic, "en-GB")
    assert len([row for row, review in found.items() if review.state == "changed"]) == count
    assert any(message in line for line in told)
    signed(clinic)
    assert drafts(clinic) == set()
    assert drafts(below) == set()
    assert (tmp_path / "clinic" / FOLDER / "signatures" / "en-GB.yaml").exists()


INCLUDED = {
    "in a folder of its own": ('{% include "mine/x.html" %}', "templates/mine/x.html"),
    "in a folder below": ('{% include "parts/below/x.html" %}', "templates/parts/below/x.html"),
    "with another ending": ('{% include "parts/x.txt" %}', "templates/parts/x.txt"),
    "of another layout": ('{% include "booklet/x.html" %}', "templates/booklet/x.html"),
    "with a name that is worked out": ('{% include "mi" ~ "ne/x.html" %}', "templates/mine/x.html"),
    "in a template that it includes": ('{% include "parts/y.html" %}', "templates/mine/x.html"),
    "as a picture": ('<i style="background: url(asset:mine/x.svg)"></i>', "assets/mine/x.svg"),
}


@pytest.mark.parametrize("case", sampled(INCLUDED, ("in a template that it includes", "as a picture")))
def test_what_an_own_template_includes_is_signed_with_it(case: str, tmp_path: Path) -> None:
    project = copied(tmp_path / "project")
    included, name = INCLUDED[case]
    words = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>' if name.endswith("svg") else "<p>Well.</p>"
    spare = project.read_text("templates/parts/spare.html")
    write(
        tmp_path / "project",
        {
            "templates/parts/spare.html": f"{included}\n{spare}",
            "templates/parts/y.html": '{% include "mine/x.html" %}',
            "templates/mine/x.html": "<p>Fine.</p>",
            name: words,
        },
    )
    signed(project)
    assert drafts(project) == set()
    write(tmp_path / "project", {name: f"{words}\n"})
    assert {row.split("/")[2] for row in drafts(project)} >= {"standard", "large-print"}


def _join(folder: Path) -> None:
    """What is shipped with the copied article in one folder."""
    for name in ("regions", "templates", "assets"):
        shutil.copytree(shipped_folder() / name, folder / "joined" / name)
    shutil.copytree(folder / "below", folder / "joined", dirs_exist_ok=True)


def test_a_translation_needs_a_signature_of_its_own_and_that_of_the_original(project: Project) -> None:
    assert len(drafts(project, "ar-GB")) == EDITIONS
    signed(project, "ar-GB", by=OTHER)
    assert drafts(project, "ar-GB") == set()
    found = [review for row, review in judged(project)[0].items() if row.locale == "ar-GB"]
    assert {
        (review.signer.name, review.translator.name) for review in some(found) if review.signer and review.translator
    } == {(BY, OTHER)}
    withdrawn(project, "a wrong dose", "en-GB")
    assert len(drafts(project, "ar-GB")) == EDITIONS
    assert {review.state for row, review in judged(project)[0].items()} == {"withdrawn"}


def test_a_translation_that_is_signed_alone_is_a_draft(tmp_path: Path) -> None:
    project = copied(tmp_path / "project")
    signed(project, "ar-GB")
    assert len(drafts(project, "ar-GB")) == EDITIONS
    found = judged(project)[0]
    assert {review.state for review in found.values()} == {"draft"}
    assert {review.translator.name for row, review in found.items() if row.locale == "ar-GB" and review.translator} == {
        BY
    }


def test_a_changed_word_of_a_translation_is_named(project: Project) -> None:
    signed(project, "ar-GB")
    path = Path(str(project.folder)) / FOLDER / "l10n" / "ar-GB.po"
    head, context, rest = path.read_text(encoding="utf-8").partition('msgctxt "sections.why-wash.thumbs.text.plain"')
    assert context
    before, word, after = rest.partition('msgstr "')
    path.write_text(head + context + before + word + "نص آخر 34 100 (34%). " + after, encoding="utf-8")
    told = Diagnostics()
    gather(project, [ARTICLE], told)
    said = [str(item) for item in told if item.rule == "signature"]
    assert len(said) == 1
    assert "the text “sections.why-wash.thumbs.text.plain” has changed" in said[0]
    assert "leaflets sign hand-washing --locale ar-GB --by" in said[0]
    assert drafts(project) == set()


def test_a_signature_can_be_for_some_leaflets(tmp_path: Path) -> None:
    project = copied(tmp_path / "project")
    done = signed(project, leaflets=("overview",))
    assert done.other_leaflets == ("options-and-diary",)
    assert {name.split("/")[0] for name in drafts(project)} == {"options-and-diary"}
    signed(project, leaflets=("options-and-diary",), by=OTHER)
    assert drafts(project) == set()
    signers = {row.leaflet: str(review.signer).split(" on ")[0] for row, review in judged(project)[0].items()}
    assert signers == {"overview": BY, "options-and-diary": OTHER}


def test_a_signature_that_was_taken_back_makes_drafts_until_it_is_renewed(project: Project) -> None:
    withdrawn(project, "the dose is wrong", leaflets=("overview",))
    assert {name.split("/")[0] for name in drafts(project)} == {"overview"}
    (said,) = judged(project)[1]
    assert f"the signature of “overview” was taken back by {BY}, {ROLE} on " in said
    assert ": the dose is wrong [signature]" in said
    signed(project, by=OTHER)
    assert drafts(project) == set()
    review = next(iter(judged(project)[0].values()))
    assert isinstance(review.signer, Signer)
    assert review.signer.name == OTHER


def test_words_that_were_signed_and_changed_in_their_file_are_an_error_that_a_signature_mends(project: Project) -> None:
    assert project.folder is not None
    (snapshot,) = (project.folder / FOLDER / "signatures" / "en-GB").glob("*.json")
    snapshot.write_text(snapshot.read_text(encoding="utf-8").replace("Germs", "Worms"), encoding="utf-8")
    edit(project, "sections/why-wash.yaml", "Germs are tiny", "Worms are tiny")
    for begin in ("the words that were signed were changed in their file", "the words that were signed are missing"):
        told = Diagnostics()
        found = gather(project, [ARTICLE], told, ["en-GB"])
        (error,) = told.errors
        assert error.message.startswith(begin)
        assert error.place.line == 13
        assert not [row for row, review in found.reviews.items() if review.signed]
        snapshot.unlink(missing_ok=True)
    signed(project)
    assert drafts(project) == set()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("'on': ", "'on': 2126-01-01 # ", "it was signed on 2126-01-01, which is in the future"),
        ("'on': ", "'on': 2026-01-01 # ", "it was signed on 2026-01-01, before the article was issued, on 2026-11-22"),
        ("  by: Test Signer\n", "", "a signature names who signed, in which role, and the hash of what was signed"),
        ("signatures:", "signature:", "unknown key “signature”"),
        ("- state: signed", "- state: approved", "state: "),
    ],
)
def test_a_signature_that_cannot_be_is_an_error_with_its_place(
    project: Project, old: str, new: str, message: str
) -> None:
    edit(project, "signatures/en-GB.yaml", old, new)
    told = Diagnostics()
    found = gather(project, [ARTICLE], told)
    error = next(item for item in some(told.errors) if message in item.message)
    assert error.place.path.endswith("signatures/en-GB.yaml")
    assert error.place.line > 2
    assert not [row for row, review in found.reviews.items() if review.signed]


NAMES = ("'   '", '"\\u200b"', '"a\\e[31m"', '"a\\u202eb"', "x" * 61)


@pytest.mark.parametrize("name", sampled(NAMES, (NAMES[2], NAMES[4])))
def test_a_name_that_the_command_refuses_is_refused_in_the_file(name: str, tmp_path: Path) -> None:
    project = copied(tmp_path / "project")
    signed(project)
    edit(project, "signatures/en-GB.yaml", f"by: {BY}", f"by: {name}")
    told = Diagnostics()
    found = gather(project, [ARTICLE], told)
    assert [item.message for item in told.errors] == ["“by” is one line of at most 60 letters"]
    assert not any(review.signed for review in found.reviews.values())
