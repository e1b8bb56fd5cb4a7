"""Finds the lines of advice that two pieces of advice do not share, section by section, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model.advice import Advice
from advisor.model.what_if import DiffLine, Sign


def line_diff(before: Advice, after: Advice) -> tuple[DiffLine, ...]:
    """The lines that only one of the two has: in each section first those removed, then those added."""
    old, new = dict(_sections(before)), dict(_sections(after))
    found: list[DiffLine] = []
    for section in {**old, **new}:
        was, is_ = old.get(section, ()), new.get(section, ())
        found += _lines(section, "removed", was, is_)
        found += _lines(section, "added", is_, was)
    return tuple(found)


def _lines(section: str, sign: Sign, mine: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[DiffLine]:
    for text in mine:
        if text not in theirs:
            yield DiffLine(section=section, sign=sign, text=text)


def _sections(advice: Advice) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sections of the page by the key of their title in `wording.yaml`, with their lines."""
    said = advice.recommendation
    titles = {case.option: case.title for case in advice.options}
    yield "sections.recommendation", (said.headline, said.how_sure, *(titles[add_on] for add_on in said.add_ons))
    extra = [line for line in (said.tie_broken, said.priority_effect) if line is not None]
    yield "sections.reasons", (*(reason.text for reason in advice.reasons), *extra)
    yield "sections.red_flags", tuple(f"{flag.text} {flag.action}" for flag in advice.red_flags)
    yield "sections.gates", tuple(f"{gate.title}: {gate.text}" for gate in advice.gates)
    yield "sections.steps", tuple(f"{step.timing}: {step.text}" for step in advice.next_steps)
    yield "sections.figures", tuple(f"{figure.title}: {figure.text}" for figure in advice.figures)
    yield "sections.unknowns", (*(line.text for line in advice.unknowns), *advice.set_aside)
    yield "sections.questions", tuple(line.text for line in advice.questions_to_ask)
    yield "sections.calls", tuple(f"{call.who}: {call.about}" for call in advice.calls)
    yield "sections.options", tuple(f"{case.title}: {case.points:+d}" for case in advice.options if case.kind == "main")
    yield "sections.later_steps", tuple(f"{step.timing}: {step.text}" for step in advice.later_steps)
    yield "render.sections.notes", tuple(note.text for note in advice.notes)
