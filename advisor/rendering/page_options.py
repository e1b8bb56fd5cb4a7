"""The sections that compare: the runner-up with its case, then every option in one and the same outline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from advisor.model.advice import Advice, CaseLine, OptionCase, PointLine
from advisor.model.words import Words, joined
from advisor.rendering.basis import mark
from advisor.rendering.blocks import Addend, Block, Entry, Heading, Paragraph, Sum, Table, signed

MAIN = "main"
MOST_OF_RUNNER_UP = 3


def runner_up(advice: Advice, words: Words) -> Iterator[Block]:
    """The second choice: how far behind it is, and the first few points for and against it, as many of each."""
    yield Heading(2, words("render.sections.runner_up"))
    said = advice.recommendation
    case = next((case for case in advice.options if case.option == said.runner_up), None)
    if case is None:
        yield Paragraph(words("render.none.runner_up"))
        return
    yield Paragraph(said.runner_up_title, strong=True)
    margin = words.counted("render.margin", said.margin) if said.margin is not None else ""
    yield Paragraph(joined(case.summary, margin))
    shown = min(MOST_OF_RUNNER_UP, len(case.pros), len(case.cons))
    yield from _lines(words, "render.for", case.pros[:shown])
    yield from _lines(words, "render.against", case.cons[:shown])
    yield Paragraph(words("render.runner_up_more", section=words("sections.options")))


def options(advice: Advice, words: Words) -> Iterator[Block]:
    """A table of the main options, then each in the same outline, then the add-ons in that outline too."""
    mains = [case for case in advice.options if case.kind == MAIN]
    yield Heading(2, words("sections.options"))
    columns = tuple(words(f"render.column.{name}") for name in ("option", "standing", "points"))
    rows = [(case.title, standing(words, case), words.counted("render.points", case.points)) for case in mains]
    yield Table(columns, tuple(rows))
    if any(case.ruled_out_why for case in mains):
        yield Paragraph(words("ruled_out_intro"))
    for case in mains:
        yield from _case(words, case)
    others = [case for case in advice.options if case.kind != MAIN]
    if others:
        yield Heading(2, words("render.sections.add_ons"))
    for case in others:
        yield from _case(words, case)


def _case(words: Words, case: OptionCase) -> Iterator[Block]:
    yield Heading(3, case.title)
    yield Paragraph(standing(words, case), words("render.standing_label"))
    for why, rules in _ruled_out(case):
        yield Paragraph(joined(why, mark(words, rules)), words("render.ruled_out"))
    if case.kind == MAIN:
        yield _sum(words, case)
    yield Paragraph(case.summary)
    yield Paragraph(case.living_with_it, words("render.living_with_it"))
    yield from _lines(words, "render.for", case.pros)
    yield from _lines(words, "render.against", case.cons)


def _ruled_out(case: OptionCase) -> Iterator[tuple[str, str]]:
    """Each sentence that says why, with its rule. When several rules share a sentence, the last names the rest."""
    whys, rules = case.ruled_out_why, case.ruled_out_by
    if len(whys) < len(rules):
        last = len(whys) - 1
        rules = (*rules[:last], ", ".join(rules[last:]))
    yield from zip_longest(whys, rules[: len(whys)], fillvalue="")


def standing(words: Words, case: OptionCase) -> str:
    """Where an option stands, in words."""
    return words(f"render.standing.{case.standing}")


def _lines(words: Words, label: str, lines: Sequence[CaseLine]) -> Iterator[Block]:
    """The points on one side, in the order of the advice: the user's own first."""
    yield Paragraph("", words(label))
    for line in lines:
        yield Entry(joined(line.text, mark(words, line.rule, line.claims, line.points)))


def _sum(words: Words, case: OptionCase) -> Block:
    title = words("sections.arithmetic")
    if not case.arithmetic:
        return Paragraph(words("render.none.points"), f"{title}:")
    columns = (words("render.column.points"), words("render.column.criterion"), words("render.column.rules"))
    return Sum(title, columns, tuple(_addend(lines) for lines in by_criterion(case)), case.points)


def by_criterion(case: OptionCase) -> tuple[list[PointLine], ...]:
    """The lines of an option's arithmetic, together by what they count for."""
    lines: dict[str, list[PointLine]] = {}
    for line in case.arithmetic:
        lines.setdefault(line.criterion, []).append(line)
    return tuple(lines.values())


def _addend(lines: Sequence[PointLine]) -> Addend:
    rules = ", ".join(line.rule if len(lines) == 1 else f"{line.rule} {signed(line.points)}" for line in lines)
    return Addend(sum(line.points for line in lines), lines[0].criterion_name, rules)
