"""Comparison of a file's text with the article: running text, red flags, and the basis of each printed part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from leaflets.check.evidence.measures import at_most, worst
from leaflets.check.evidence.schema.basis import (
    Basis,
    ClaimLeftOut,
    ClaimPrinted,
    FactPrinted,
    PartPrinted,
    SourceNamed,
    SourceOrigin,
)
from leaflets.check.evidence.schema.contents import (
    FlagRow,
    FlagTier,
    ItemNotMet,
    LevelMeasured,
    MeasuresAnswered,
    RedFlagsPrinted,
)
from leaflets.check.evidence.schema.result import Measured, Result
from leaflets.check.evidence.text_index import TextIndex, as_sentences
from leaflets.check.preflight.rule import quoted
from leaflets.content import inline
from leaflets.content.model.part import Item
from leaflets.content.model.red_flags import Tier
from leaflets.content.model.text import Text
from leaflets.content.passages import Passage, PassageKind, passages
from leaflets.content.traceability import PrintedPart
from leaflets.editions.material import Material
from leaflets.lint.hard_sentences import SENTENCE_LENGTH
from leaflets.lint.leaflet_reading import EXCUSED_WORDS, LEAFLET_READING, excused_in, running_text
from leaflets.lint.measures.scores import LEAST, SCALES, scores
from leaflets.lint.pending import is_pending
from leaflets.lint.readability import Counts, measure
from leaflets.lint.reading_limits import LIMITS, MOST_EXCUSED, share_excused, too_many_excused
from leaflets.lint.sentences import Sentence
from leaflets.lint.syllables import FamiliarWords

FORMULAS = {"flesch-kincaid": "Flesch-Kincaid grade; SMOG"}
STANDARD = "leaflets/lint/reading_limits.py, the level’s row"
MOST_LISTED = 10


def reading(index: TextIndex, material: Material, parts: Sequence[PrintedPart]) -> LevelMeasured:
    """Readability of the article's running text as found in the file; lines that are missing fail.

    In a language without a valid formula, words are only counted.
    """
    info, locale = material.article.info, material.localised.locale
    lines = [line for part in parts for line in part.lines]
    missing = [line for line in lines if not index.find(line)]
    said = [f"{quoted(line)} of the article is not in the file’s words" for line in missing[:MOST_LISTED]]
    text, familiar = _running_text(material), FamiliarWords.of(info.familiar)
    found = [replace(part, lines=tuple(line for line in part.lines if index.find(line.words))) for part in text]
    if material.layout.page_map:  # what gives way on a side is in no printed part, and due only where it is found
        due = {line.words for part in found for line in part.lines}.union(lines)
        text = [replace(part, lines=tuple(line for line in part.lines if line.words in due)) for part in text]
    sentences = running_text(found)
    counts = measure(sentences, familiar)
    whole = measure(as_sentences(index.blocks), familiar)
    known = bool(locale.formula)
    figures = _figures(material, sentences, counts, found) if known else {}
    said += [item.says for item in figures.values() if item.result != "pass"]
    if not known:
        said.append(f"no formula is validated for {locale.english_name}: no grade is given")
    outcome = worst(("fail" if missing else "pass", *(item.result for item in figures.values())))
    return LevelMeasured(
        result=outcome if known or missing else "not checked",
        says=tuple(said),
        formula=FORMULAS[locale.formula] if locale.formula else "",
        words=counts.words,
        sentences=counts.sentences if known else 0,
        flesch_kincaid_grade=figures.get("flesch-kincaid"),
        flesch_kincaid_grade_strict=figures.get("flesch-kincaid-strict"),
        smog_grade=figures.get("smog"),
        smog_grade_strict=figures.get("smog-strict"),
        mean_words_in_a_sentence=figures.get("mean-words"),
        longest_sentence_words=figures.get("longest"),
        excused_percent=figures.get("excused"),
        words_in_file=whole.words,
        grade_of_all_words=round(whole.grade, 3) if known else None,
        same_as_source=counts == measure(running_text(text), familiar),
        lines_of_article=len(lines),
        lines_not_found=tuple(missing),
        counted_as_familiar=tuple(word for word, _ in excused_in(sentences, familiar)) if known else (),
    )


def answered(material: Material) -> MeasuresAnswered | None:
    """Scores of PEMAT-P and the CDC Index by the answers of a person; None where nobody has answered, or where the
    layout prints only some blocks. Under the limit they are a warning: “check” holds them."""
    edition = material.edition
    found = None if material.layout.holds else scores(
        material.article, edition.leaflet, edition.level, material.region.id
    )  # fmt: skip
    if found is None or len(found.percent) < len(SCALES):
        return None
    percent = {scale: round(value, 1) for scale, value in found.percent.items()}
    return MeasuresAnswered(
        result="pass" if min(percent.values()) >= LEAST else "warning",
        pemat_understandability=percent["understandability"],
        pemat_actionability=percent["actionability"],
        cdc_index=percent["index"],
        not_met=tuple(
            ItemNotMet(measure=row.measure, item=row.number, asks=row.asks, why=row.why) for row in found.unmet
        ),
    )


def _running_text(material: Material) -> list[Passage]:
    """The passages of running text of an edition."""
    edition, region = material.edition, material.region
    values = region.values(material.localised.locale.language)
    found = passages(material.article, edition.leaflet, edition.level, region.id, values, material.layout.holds)
    return [passage for passage in found if passage.kind is PassageKind.PROSE]


def _figures(
    material: Material, sentences: Sequence[Sentence], counts: Counts, found: Sequence[Passage]
) -> dict[str, Measured]:
    """The figures of the running text with their limits. What the article lists as pending is a warning, and so is
    what a layout holds that prints only some blocks: the limits are those of a whole leaflet. A clinician's page has
    none."""
    level, part = material.edition.level, bool(material.layout.holds)

    def limit(most: float | None) -> float | None:
        return most if material.layout.reader == "patient" else None

    def over(rule: str, about: Iterable[str]) -> Result:
        return "warning" if part or is_pending(material.article, rule, about) else "fail"

    leaflet = f"leaflets.{material.edition.leaflet}.{level}"
    names = [name for passage in found for name in (passage.id, *(line.segment for line in passage.lines))]
    longest = max((sentence.longest[0] for sentence in sentences), default=0)
    excused = 100 * share_excused(counts)
    most = 100 * MOST_EXCUSED if too_many_excused(counts) or excused <= 100 * MOST_EXCUSED else None
    grades = {
        figure.id: at_most(
            figure.name,
            figure.value,
            limit(figure.most),
            "",
            STANDARD,
            over(LEAFLET_READING, [f"{leaflet}.{figure.id}"]),
        )
        for figure in LIMITS[level].figures(counts)
    }
    return {
        **grades,
        "longest": at_most(
            "words in the longest sentence", longest, limit(LIMITS[level].longest), "", STANDARD,
            over(SENTENCE_LENGTH, names),
        ),
        "excused": at_most(
            "long words excused as familiar", excused, limit(most), "%", STANDARD, over(EXCUSED_WORDS, [leaflet])
        ),
    }  # fmt: skip


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
        left_out=tuple(
            ClaimLeftOut(id=row.id, says=row.text, where_in_source=row.where, why=row.omitted.why)
            for row in article.claims.values()
            if row.omitted and row.left_out(material.edition.level)
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
