"""The last sections of the page: later steps, notes, the sources used, and what to know about the advice itself."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model.advice import Advice, SourceNote
from advisor.model.words import Words, joined
from advisor.rendering.approved_in_words import approved_said
from advisor.rendering.basis import basis
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph
from advisor.rendering.page_advice import step_entry

DIGEST_SHOWN = 12


def later_steps(advice: Advice, words: Words) -> Iterator[Block]:
    """The steps that come after the first five."""
    if advice.later_steps:
        yield Heading(2, words("sections.later_steps"))
    for step in advice.later_steps:
        yield step_entry(words, step)


def notes(advice: Advice, words: Words) -> Iterator[Block]:
    """Things worth knowing that are no steps."""
    if advice.notes:
        yield Heading(2, words("render.sections.notes"))
    for note in advice.notes:
        yield Entry(note.text, None, "", (), basis(advice, words, note.rule, note.claims, note.sources))


def sources(advice: Advice, words: Words) -> Iterator[Block]:
    """The sources used, under their grade in plain words, each with its date and when it was read."""
    yield Heading(2, words("sections.sources"))
    if not advice.sources:
        yield Paragraph(words("render.none.sources"))
    for grade in sorted({source.grade for source in advice.sources}, key=lambda grade: (len(grade) > 1, grade)):
        graded = [source for source in advice.sources if source.grade == grade]
        yield Heading(3, _grade(words, graded[0]))
        for source in graded:
            yield _source(words, source)


def _grade(words: Words, source: SourceNote) -> str:
    """A grade that is a letter is named; one that is a word is only told in plain words."""
    means = source.grade_means[:1].upper() + source.grade_means[1:]
    return (
        words("render.source.grade", grade=source.grade, means=source.grade_means) if len(source.grade) == 1 else means
    )


def _source(words: Words, source: SourceNote) -> Entry:
    text = words(
        "render.source.text",
        title=source.title, publisher=source.publisher, dated=source.dated, accessed=source.accessed,
    )  # fmt: skip
    return Entry(joined(words("render.source.label", id=source.id), text), links=source.address)


def about(advice: Advice, words: Words) -> Iterator[Block]:
    """The disclosures, the review date, and which versions gave this advice."""
    yield Heading(2, words("sections.about"))
    for disclosure in advice.disclosures:
        yield Paragraph(disclosure.text)
    yield Paragraph(words("render.cut_short"))
    if advice.review_by:
        yield Paragraph(words("expiry", review_by=advice.review_by))
    if advice.trace.as_of is not None:
        yield Paragraph(words("render.as_of", date=str(advice.trace.as_of)))
    if said := approved_said(advice, words):
        yield Paragraph(said)
    yield from versions(advice, words)


def versions(advice: Advice, words: Words) -> Iterator[Entry]:
    """Which rules, which questions and which program gave this advice."""
    rules, asked, ran = advice.rulebase, advice.questionnaire, advice.trace.versions
    yield Entry(
        words("render.versions.rulebase", id=rules.id, version=rules.version, digest=rules.digest[:DIGEST_SHOWN])
    )
    yield Entry(words("render.versions.questionnaire", id=asked.id, version=asked.version))
    yield Entry(words("render.versions.program", version=ran.advisor, engine=f"{ran.engine} {ran.engine_version}"))
    if ran.confirmed_by is not None:
        yield Entry(words("render.versions.confirmed"))
