"""What the plan says, line by line: next steps, questions to ask, calls and notes as plain text, rule ids aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from advisor.model.condition import Value
from advisor.model.rule import Action, Ask, Call, NextStep, Note
from advisor.model.rulebase import RuleBase
from advisor.model.template import Template
from advisor.model.trace import Trace


def lines_said(base: RuleBase, trace: Trace) -> tuple[str, ...]:
    """Each line of the plan that a trace of this rule base leads to, once, in alphabetical order.

    Placeholders are filled as in advice, but for figures and for numbers, texts and dates that the user typed.
    """
    values = {record.fact: record.value for record in trace.facts if record.value is not None}
    found: set[str] = set()
    for firing in trace.firings:
        for action in base.by_id[firing.rule].actions:
            template = template_of(action)
            if template is not None:
                filled = {slot: phrases[values[slot]] for slot, phrases in readings(base, template).items()}
                found.add(line_text(base, action, filled))
    return tuple(sorted(found))


def template_of(action: Action) -> Template | None:
    """The sentence of an action of the plan; None for any other action."""
    if isinstance(action, NextStep | Ask | Note):
        return action.text
    return action.about if isinstance(action, Call) else None


def readings(base: RuleBase, template: Template) -> Mapping[str, Mapping[Value, str]]:
    """For each placeholder that stands for one of a few values: how each of them reads."""
    found: dict[str, Mapping[Value, str]] = {}
    for slot in template.slots:
        spec = base.facts.get(slot)
        if spec is not None and spec.phrases is not None:
            found[slot] = spec.phrases
        elif spec is not None and spec.origin == "rule":
            values = {value for rule in base.active for fact, value in rule.concluded() if fact == slot}
            values |= set() if spec.otherwise is None else {spec.otherwise}
            found[slot] = {value: f"{value:,}" for value in sorted(values)}
    return found


def line_text(base: RuleBase, action: Action, filled: Mapping[str, str]) -> str:
    """An action of the plan as one line: its kind, to whom or when, and its sentence with some placeholders filled."""

    def read(template: Template) -> str:
        return template.fill(_reader(base, filled))

    if isinstance(action, NextStep):
        return f"next_step, {action.timing}: {read(action.text)}"
    if isinstance(action, Ask):
        return f"ask, {action.to}: {read(action.text)}"
    if isinstance(action, Call):
        return f"call, {action.who}: {read(action.about)}"
    if isinstance(action, Note):
        return f"note, {action.topic}: {read(action.text)}"
    raise ValueError(f"{type(action).__name__} says nothing in the plan")


def _reader(base: RuleBase, filled: Mapping[str, str]) -> Callable[[str], str]:
    def read(slot: str) -> str:
        if slot.startswith("option."):
            return base.options[slot.removeprefix("option.")].name
        return filled.get(slot, "{" + slot + "}")

    return read
