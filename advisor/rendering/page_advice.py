"""The first sections of the page: the recommendation, its reasons, red flags, gates, next steps and figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from advisor.model.advice import Advice, CaseLine, FigureLine, GateLine, OptionCase, Reason, RedFlagLine, Step
from advisor.model.words import Words, joined
from advisor.rendering.basis import basis, mark, titles
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph

MOST_REASONS = 4
MOST_STEPS = 5


def headline(advice: Advice) -> str:
    """The headline as a sentence."""
    said = advice.recommendation.headline
    return said if said.endswith((".", "!", "?")) else said + "."


def recommendation(advice: Advice, words: Words) -> Iterator[Block]:
    """The headline, how sure it is, and the add-ons with why each was added."""
    said = advice.recommendation
    yield Heading(1, words("sections.recommendation"))
    yield Paragraph(headline(advice), strong=True)
    yield Paragraph(said.how_sure, words("render.how_sure"))
    for add_on in said.add_ons:
        yield _add_on(advice, words, add_on)


def _add_on(advice: Advice, words: Words, add_on: str) -> Entry:
    case, own = added(advice, add_on)
    rests = basis(advice, words, own.rule, own.claims, own.sources) if own else ""
    return Entry(own.text if own else case.summary, None, words("render.add_on", title=case.title), (), rests)


def added(advice: Advice, add_on: str) -> tuple[OptionCase, CaseLine | None]:
    """An add-on with the first thing that the user's own answers say for it."""
    case = {case.option: case for case in advice.options}[add_on]
    return case, next((line for line in case.pros if line.rule is not None), None)


def reasons(advice: Advice, words: Words) -> Iterator[Block]:
    """At most four reasons with what each rests on, what broke a tie, and what the top priority did."""
    yield Heading(2, words("sections.reasons"))
    if not advice.reasons:
        yield Paragraph(words("render.none.reasons"))
    for number, reason in enumerate(advice.reasons[:MOST_REASONS], 1):
        yield _reason(advice, words, number, reason)
    said = advice.recommendation
    if said.tie_broken:
        yield Paragraph(said.tie_broken, words("render.tie_broken"))
    if said.priority_effect:
        yield Paragraph(said.priority_effect, words("render.priority"))


def _reason(advice: Advice, words: Words, number: int, reason: Reason) -> Entry:
    notes = [words("render.caveat", text=caveat) for caveat in reason.caveats]
    if reason.leans_with_publisher:
        notes.append(words("render.leans"))
    return Entry(
        reason.text, number, "", tuple(notes), basis(advice, words, reason.rule, reason.claims, reason.sources)
    )


def red_flags(advice: Advice, words: Words) -> Iterator[Block]:
    """The red flags under their severity, gravest first, each with what to do about it."""
    yield Heading(2, words("sections.red_flags"))
    if not advice.red_flags:
        yield Paragraph(words("render.none.red_flags"))
    for name, flags in by_severity(advice.red_flags):
        yield Heading(3, name)
        for flag in flags:
            yield _red_flag(advice, words, flag)


def by_severity(flags: Iterable[RedFlagLine]) -> Iterator[tuple[str, list[RedFlagLine]]]:
    """Red flags under the name of their severity, gravest first."""
    graded = sorted(flags, key=lambda flag: -flag.severity)
    for _, same in groupby(graded, lambda flag: flag.severity):
        found = list(same)
        yield found[0].severity_name, found


def _red_flag(advice: Advice, words: Words, flag: RedFlagLine) -> Entry:
    notes = [words("render.flag.action", action=flag.action)]
    if flag.against:
        notes.append(words("render.flag.against", options=titles(advice, flag.against)))
    claims = [claim for claim in flag.claims if claim != flag.id]
    return Entry(flag.text, None, "", tuple(notes), mark(words, f"{flag.id}, {flag.rule}", claims))


def gates(advice: Advice, words: Words) -> Iterator[Block]:
    """The gates before leaving, with the state of each."""
    if not advice.gates:
        return
    yield Heading(2, words("sections.gates"))
    for gate in advice.gates:
        yield gate_entry(words, gate)


def gate_entry(words: Words, gate: GateLine) -> Entry:
    """One gate, its state in its label."""
    label = words("render.gate.label", title=gate.title, state=words(f"render.gate.{gate.state}"))
    return Entry(gate.text, None, label)


def steps(advice: Advice, words: Words) -> Iterator[Block]:
    """The next five steps, numbered, with their timing."""
    yield Heading(2, words("sections.steps"))
    if not advice.next_steps:
        yield Paragraph(words("render.none.steps"))
    for number, step in enumerate(advice.next_steps[:MOST_STEPS], 1):
        yield step_entry(words, step, number)


def step_entry(words: Words, step: Step, number: int | None = None) -> Entry:
    """One step as a list entry: its timing as label, why it helps below."""
    why = words("render.step_why", why=step.why) if step.why else ""
    note = joined(why, mark(words, step.rule, step.claims))
    return Entry(step.text, number, words("render.timing", timing=step.timing), (note,))


def figures(advice: Advice, words: Words) -> Iterator[Block]:
    """The figures from the user's own numbers, each with its formula in words."""
    yield Heading(2, words("sections.figures"))
    if not advice.figures:
        yield Paragraph(words("render.none.figures"))
    for figure in advice.figures:
        label = figure_label(words, figure)
        yield Entry(figure.text, None, label, (), basis(advice, words, None, figure.claims, figure.sources))


def figure_label(words: Words, figure: FigureLine) -> str:
    """The title of a figure with its value or range."""
    if figure.low == figure.high:
        value = words.counted(f"render.unit.{figure.unit}", figure.low)
    else:
        value = words.between(figure.unit, figure.low, figure.high)
    return words("render.figure.label", title=figure.title, value=value)
