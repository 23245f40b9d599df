"""The red flags of the shipped article: the same dangers everywhere, in two forms, and nothing that is daily life."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import product

import pytest

from leaflets.content import inline
from leaflets.content.model.red_flags import Danger, Tier
from leaflets.content.model.text import LEVEL_IDS, Text
from leaflets.lint.claims import red_flags
from tests.tools.shipped import localised, region
from tests.tools.some import some

LOCALES = ("en-GB", "en-US")
LIFE, LIMB = ("lung-clot", "stroke", "infection", "crisis"), ("blood-supply", "cauda-equina")
EMERGENCIES = (*LIFE, *LIMB)
TODAY = ("blood-clot", "poor-blood-supply", "joint", "weakness")
EDITIONS = list(product(LOCALES, LEVEL_IDS))
MOST_WORDS = 25
"""In a sentence of a short form: the limit of the plain level."""


def tiers(locale: str, level: str, *, short: bool = False) -> list[tuple[Tier, list[Danger]]]:
    """Printed tiers with their printed points."""
    place = region(locale).id
    found = localised(locale).article.with_dangers(short).red_flags.tiers
    shown = [tier for tier in found if tier.shown(level, place)]
    return [(tier, [item for item in tier.items if item.shown(level, place)]) for tier in shown]


def words(text: Text, locale: str, level: str) -> str:
    values = region(locale).values("en")
    return " ".join(inline.fill(inline.bare(line), values) for line in inline.lines(text.at(level)))


def said(locale: str, level: str, urgency: str, *, short: bool = False) -> str:
    """All words of the points of an urgency."""
    rows = [items for tier, items in tiers(locale, level, short=short) if tier.urgency == urgency]
    return " | ".join(words(item.text, locale, level) for items in rows for item in items)


@pytest.mark.parametrize(("locale", "level"), EDITIONS)
def test_every_edition_has_every_danger_and_those_to_life_come_first(locale: str, level: str) -> None:
    found = tiers(locale, level)
    assert [tier.urgency for tier, _ in found] == ["emergency", "today", "crisis"]
    flags = [list(dict.fromkeys(item.flag for item in items if item.flag)) for _, items in found]
    assert flags == [list(EMERGENCIES), list(TODAY), ["crisis"]]


def test_a_danger_has_the_same_urgency_in_both_regions_unless_a_fact_says_why() -> None:
    urgencies: dict[tuple[str, str], set[str]] = defaultdict(set)
    for locale, level in EDITIONS:
        for tier, items in tiers(locale, level):
            for item in items:
                if item.flag and not item.differs:
                    urgencies[level, item.flag].add(f"{tier.urgency} {locale}")
    for (level, flag), found in some(urgencies.items()):
        by_locale = [{row.split()[0] for row in found if row.endswith(locale)} for locale in LOCALES]
        assert by_locale[0] == by_locale[1], (level, flag)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_short_form_has_the_same_dangers_in_fewer_words(locale: str) -> None:
    article, place = localised(locale).article, region(locale).id
    for level in ("plain", "detailed"):
        short = article.with_dangers(short=True)
        assert red_flags(short, level, place) == red_flags(article, level, place)
        for (_, full), (_, brief) in some(zip(tiers(locale, level), tiers(locale, level, short=True), strict=True)):
            assert [item.id for item in full] == [item.id for item in brief]
            for long, item in zip(full, brief, strict=True):
                assert len(words(item.text, locale, level)) <= len(words(long.text, locale, level))
                for sentence in re.split(r"(?<=[.;?]) ", words(item.text, locale, level)):
                    assert len(sentence.split()) <= MOST_WORDS, sentence


def test_the_easy_level_is_never_shortened() -> None:
    for tier in some(localised("en-GB").article.red_flags.tiers):
        assert all(item.short is None or item.short.easy is None for item in tier.items)


@pytest.mark.parametrize(("locale", "level"), EDITIONS)
@pytest.mark.parametrize("short", [False, True])
def test_what_many_readers_have_every_day_is_no_emergency_by_itself(locale: str, level: str, short: bool) -> None:
    emergency = said(locale, level, "emergency", short=short)
    for row in some(emergency.split(" | ")):
        if re.search("numb|weak|hold|comes out|both legs", row):
            assert re.search(r"\bnew|sudden", row.lower()), row
    assert not re.search("palpitation|constipat|heartbeat|your feet", emergency)
    assert not re.search(r"trouble (passing|holding)|hard to (pee|poo)", emergency)
    for row in some(row for row in emergency.split(" | ") if re.search("faint|racing|races|fast heart", row)):
        assert "swollen" in row
    for row in some(row for row in emergency.split(" | ") if re.search("confus", row)):
        assert re.search("^(You have )?(an )?infection", row), row
    shivers = [row for row in emergency.split(" | ") if "shiver" in row]
    assert all("nfection" in row for row in shivers)


@pytest.mark.parametrize("locale", LOCALES)
def test_an_infection_comes_with_a_sign_and_skin_is_looked_at_where_it_shows(locale: str) -> None:
    for level in LEVEL_IDS:
        (row,) = (
            words(item.text, locale, level)
            for _, items in tiers(locale, level)
            for item in items
            if item.id == "infection"
        )
        assert re.search(r"infection (and|with) ", row)
        assert re.search("brown or black[^|]*lips, tongue, palms or soles", row)


def test_the_risks_of_a_clot_are_told_in_full_words() -> None:
    for locale, level in EDITIONS:
        today = said(locale, level, "today")
        own = ("operation", "long journey") if locale == "en-GB" else ("surgery", "long trip")
        for risk in (*own, "bed rest", "pregnan", "cancer", "pill"):
            assert risk in today, (locale, level, risk)


@pytest.mark.parametrize("level", LEVEL_IDS)
def test_who_thinks_of_suicide_finds_a_line_to_call_to_text_and_for_the_deaf_in_each_nation(level: str) -> None:
    britain, america = said("en-GB", level, "crisis"), said("en-US", level, "crisis")
    for named in (
        "England", "Scotland", "Wales", "Northern Ireland", "Samaritans", "116 123", "SHOUT to 85258", "press 2",
        "Lifeline", "0808 808 8000", "999 BSL", "SignVideo", "18001 111", "18001 0808 808 8000",
    ):  # fmt: skip
        assert named in britain, named
    for named in ("988", "text 988", "chat at 988lifeline.org", "ASL Now", "American Sign Language", "videophone"):
        assert named in america, named


def test_a_danger_without_a_short_form_keeps_its_words() -> None:
    full = Danger(id="cut", text=Text(easy="You bleed.", plain="a cut that bleeds", detailed="a cut that bleeds"))
    assert full.form(short=True) == full
    brief = full.model_copy(update={"short": Text(plain="a cut")})
    assert brief.form(short=True).text == Text(easy="You bleed.", plain="a cut", detailed="a cut that bleeds")
    assert brief.form(short=False) == full
    same = Danger(id="cut", text=Text(all="A cut."), short=Text(plain="Cut."))
    assert same.form(short=True).text == Text(easy="A cut.", plain="Cut.", detailed="A cut.")
