"""Comparison of a file's text with the article: running text, red flags, and the basis of each printed part."""

from __future__ import annotations

from collections.abc import Sequence

from leaflets.check.evidence.measures import at_most, worst
from leaflets.check.evidence.schema import (
    Basis,
    ClaimPrinted,
    FactPrinted,
    FlagRow,
    FlagTier,
    LevelMeasured,
    PartPrinted,
    RedFlagsPrinted,
    Result,
    SourceNamed,
    SourceOrigin,
)
from leaflets.check.evidence.text_index import TextIndex, as_sentences
from leaflets.check.preflight.rule import quoted
from leaflets.content import inline
from leaflets.content.levels import LEVELS
from leaflets.content.model import Item, Text, Tier
from leaflets.content.traceability import PrintedPart
from leaflets.editions.material import Material
from leaflets.lint.readability import familiar_in, measure

FORMULAS = {"flesch-kincaid": "Flesch-Kincaid grade; SMOG"}
STANDARD = "leaflets/content/levels.py, the level’s row"
MOST_LISTED = 10


def reading(index: TextIndex, material: Material, parts: Sequence[PrintedPart]) -> LevelMeasured:
    """Readability of the article's running text as found in the file; lines that are missing fail.

    In a language without a valid formula, words are only counted.
    """
    level, info, locale = LEVELS[material.edition.level], material.article.info, material.localised.locale
    lines = [line for part in parts for line in part.lines]
    found = [line for line in lines if index.find(line)]
    missing = [line for line in lines if not index.find(line)]
    said = [f"{quoted(line)} of the article is not in the file’s words" for line in missing[:MOST_LISTED]]
    sentences = as_sentences(found)
    result = measure(sentences, info.familiar)
    source = measure(as_sentences(lines), info.familiar) if missing else result
    whole = measure(as_sentences(list(index.blocks)), info.familiar)
    known = bool(locale.formula)
    over: Result = "warning" if material.layout.holds else "fail"  # the limits are those of a whole leaflet
    grade = at_most("Flesch-Kincaid grade", result.grade, level.grade, "", STANDARD, over)
    smog = at_most("SMOG grade", result.smog, level.smog, "", STANDARD, over)
    mean = at_most("words in a sentence, mean", result.mean_words, level.mean_words, "", STANDARD, over)
    longest = at_most("words in the longest sentence", result.longest, level.max_words, "", STANDARD, over)
    measured = [grade, smog, mean, longest] if known else []
    said += [item.says for item in measured if item.result != "pass"]
    if not known:
        said.append(f"no formula is validated for {locale.english_name}: no grade is given")
    outcome = worst(("fail" if missing else "pass", *(item.result for item in measured)))
    return LevelMeasured(
        result=outcome if known or missing else "not checked",
        says=tuple(said),
        formula=FORMULAS[locale.formula] if locale.formula else "",
        words=result.words,
        sentences=result.sentences if known else 0,
        flesch_kincaid_grade=grade if known else None,
        flesch_kincaid_grade_strict=round(result.grade_strict, 3) if known else None,
        smog_grade=smog if known else None,
        mean_words_in_a_sentence=mean if known else None,
        longest_sentence_words=longest if known else None,
        words_in_file=whole.words,
        grade_of_all_words=round(whole.grade, 3) if known else None,
        same_as_source=result == source,
        lines_of_article=len(lines),
        lines_not_found=tuple(missing),
        counted_as_familiar=familiar_in(sentences, info.familiar) if known else (),
    )


def red_flags(index: TextIndex, material: Material) -> RedFlagsPrinted:
    """Whether all red flags of the edition are in the file's text after their heading, in order."""
    looking = _Flags(index, material)
    tiers = tuple(
        looking.tier(tier)
        for tier in material.article.red_flags.tiers
        if tier.shown(looking.level, looking.region) and any(looking.shown(item) for item in tier.items)
    )
    missing = [tier.heading for tier in tiers if not tier.found]
    missing += [row.words for tier in tiers for row in tier.rows if not row.found]
    rows = sum(len(tier.rows) for tier in tiers)
    if missing:
        says = f"red flags are missing in the file: {'; '.join(quoted(words) for words in missing[:MOST_LISTED])}"
    elif not tiers:
        says = "the article has no red flags for this edition"
    elif not looking.in_order:
        says = "all red flags are in the file, but not in their order"
    else:
        says = f"all red flags are in the file, in their order: {len(tiers)} urgencies, {rows} points"
    good = tiers and not missing and looking.in_order
    return RedFlagsPrinted(result="pass" if good else "fail", says=says, in_order=looking.in_order, tiers=tiers)


class _Flags:
    """Search for the red flags in the file's text, each from the end of the one before."""

    def __init__(self, index: TextIndex, material: Material) -> None:
        self.index, self.level, self.region = index, material.edition.level, material.region.id
        self.values = {"page": "2", **material.region.values(material.localised.locale.language)}
        heading = index.find(self.words(material.article.red_flags.heading))
        self.at, self.in_order = heading[1] if heading else 0, True

    def shown(self, item: Item) -> bool:
        return item.shown(self.level, self.region)

    def words(self, text: Text) -> str:
        return " ".join(inline.fill(inline.bare(line), self.values) for line in inline.lines(text.at(self.level)))

    def locate(self, text: Text) -> tuple[str, int]:
        """The words of a text and the page where they are found (from 1; 0: nowhere).

        A match before the current position clears `in_order`.
        """
        words = self.words(text)
        found = self.index.find(words, self.at)
        if found is None:
            found = self.index.find(words)
            self.in_order = self.in_order and found is None
        else:
            self.at = found[1]
        return words, self.index.page(found[0]) if found else 0

    def tier(self, tier: Tier) -> FlagTier:
        heading, page = self.locate(tier.heading)
        rows = []
        for item in tier.items:
            if self.shown(item):
                words, on = self.locate(item.text)
                rows.append(FlagRow(words=words, danger=item.flag or "", found=on > 0, page=on))
        return FlagTier(urgency=tier.urgency, heading=heading, found=page > 0, page=page, rows=tuple(rows))


def basis(index: TextIndex, material: Material, parts: Sequence[PrintedPart]) -> Basis:
    """The basis of the edition: printed parts, the claims and facts they rest on, and the sources of the facts."""
    article = material.article
    origin = article.info.origin
    claims: dict[str, list[str]] = {}
    facts: dict[str, list[str]] = {}
    for part in parts:
        for ids, table in ((part.claims, claims), (part.facts, facts)):
            for id_ in ids:
                table.setdefault(id_, []).append(part.name)
    behind = {name for id_ in facts if id_ in article.facts for name in article.facts[id_].sources}
    return Basis(
        origin=SourceOrigin(
            title=origin.title, publisher=origin.publisher, address=origin.address,
            named_on_paper=index.find(origin.short) is not None,
        ),
        parts=tuple(_part(index, part) for part in parts),
        claims=tuple(
            ClaimPrinted(
                id=row.id, says=row.text, where_in_source=row.where, certainty=row.certainty,
                printed_in=tuple(claims[row.id]),
            )
            for row in article.claims.values()
            if row.id in claims
        ),
        facts=tuple(
            FactPrinted(
                id=row.id, says=row.statement, status=row.status, sources=row.sources, printed_in=tuple(facts[row.id])
            )
            for row in article.facts.values()
            if row.id in facts
        ),
        sources=tuple(
            SourceNamed(id=row.id, full=row.full, rank=row.rank, named_on_paper=index.find(row.short) is not None)
            for row in article.references.values()
            if row.id in behind
        ),
    )  # fmt: skip


def _part(index: TextIndex, part: PrintedPart) -> PartPrinted:
    places = [index.find(line) for line in part.lines]
    first = next((place for place in places if place), None)
    page = index.page(first[0]) if first else 0
    return PartPrinted(part=part.name, page=page, found=None not in places, claims=part.claims, facts=part.facts)
