"""Derived facts that some rule reads but none concludes, or that are concluded and never read."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.checking.finding import CheckDesk, Finding
from advisor.model.rule import Add, Conclude
from advisor.model.template import Template


def dead_facts(desk: CheckDesk) -> Iterator[Finding]:
    """Both kinds for the facts of `facts.yaml`; scores that no rule reads; figures that are neither read, drawn nor
    shown."""
    base = desk.base
    concluded = {a.fact for rule in base.active for a in rule.actions if isinstance(a, Conclude)}
    read = {fact for rule in base.active for fact in rule.when.facts()}
    read |= {
        slot
        for rule in base.active
        for template in rule.templates()
        for slot in (*template.slots, *template.open_slots)
    }
    read |= {fact for figure in base.figures for fact in figure.facts()}
    read |= {fact for chart in base.charts for fact in chart.facts()}
    choices = (choice for question in desk.questionnaire.questions for choice in question.choices)
    read |= {slot for choice in choices for slot in Template.of(choice.phrase).open_slots}
    read |= {"branch"}
    for spec in base.facts.values():
        if spec.origin != "rule":
            continue
        if spec.id not in concluded:
            yield Finding("dead_facts", "facts.yaml", spec.line, f"no rule concludes `{spec.id}`")
        elif spec.id not in read and not spec.id.startswith("gate."):
            yield Finding("dead_facts", "facts.yaml", spec.line, f"no rule reads `{spec.id}`")
    for rule in base.active:
        for action in rule.actions:
            if isinstance(action, Add) and f"score.{action.to}" not in read:
                yield Finding("dead_facts", rule.file, rule.line, f"no rule reads `score.{action.to}`")
    for figure in base.figures:
        ends = {f"{figure.id}.{end}" for end in ("low", "likely", "high")}
        if not figure.show and not ends & read:
            message = f"no rule reads the figure `{figure.id}`, and it is not shown"
            yield Finding("dead_facts", figure.file, figure.line, message)
