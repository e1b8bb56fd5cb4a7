"""What to do, whom to ask and call, what to know, and what to watch: the plan stratum and the red flags in words."""

from __future__ import annotations

import re

from advisor.explaining.view import View
from advisor.model.advice import AskLine, CallLine, FigureLine, GateLine, NoteLine, RedFlagLine, Step
from advisor.model.rule import Ask, Call, Conclude, NextStep, Note, RedFlag

FIRST = 5  # steps shown first


def steps(view: View) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The next five steps in order, and the later ones. A step said twice is kept once."""
    found: dict[str, Step] = {}
    for rule, _, step in sorted(view.doing(NextStep), key=lambda t: (t[2].order, t[0].id)):
        text = view.fill(step.text)
        if text not in found:
            found[text] = Step.model_construct(
                order=step.order,
                timing=step.timing,
                text=text,
                why=view.why(rule),
                rule=rule.id,
                claims=rule.claims,
                sources=rule.sources,
            )
    ordered = tuple(found.values())
    return ordered[:FIRST], ordered[FIRST:]


def asks(view: View) -> tuple[AskLine, ...]:
    """Questions to put to others, grouped by whom, in order."""
    ordered = sorted(view.doing(Ask), key=lambda t: (t[2].to, t[2].order, t[0].id))
    return tuple(
        AskLine.model_construct(
            to=ask.to, text=view.fill(ask.text), why=view.why(rule), rule=rule.id, claims=rule.claims
        )
        for rule, _, ask in ordered
    )


def calls(view: View) -> tuple[CallLine, ...]:
    """Whom to call and what about, in order of rule id."""
    return tuple(
        CallLine.model_construct(who=call.who, about=view.fill(call.about), rule=rule.id)
        for rule, _, call in sorted(view.doing(Call), key=lambda t: t[0].id)
    )


def notes(view: View) -> tuple[NoteLine, ...]:
    """Facts worth knowing, grouped by topic."""
    return tuple(
        NoteLine.model_construct(
            topic=note.topic, text=view.fill(note.text), rule=rule.id, claims=rule.claims, sources=rule.sources
        )
        for rule, _, note in sorted(view.doing(Note), key=lambda t: (t[2].topic, t[0].id))
    )


def red_flags(view: View) -> tuple[RedFlagLine, ...]:
    """Each raised flag once, in the words of its gravest rule; the gravest first."""
    gravest: dict[str, RedFlagLine] = {}
    for rule, _, flag in view.doing(RedFlag):
        there = gravest.get(flag.id)
        if there is None or flag.severity > there.severity:
            gravest[flag.id] = RedFlagLine.model_construct(
                id=flag.id,
                severity=flag.severity,
                severity_name=view.base.wording[f"severity.{flag.severity}"],
                text=view.why(rule),
                rule=rule.id,
                action=view.fill(flag.action),
                against=flag.against,
                claims=rule.claims,
                sources=rule.sources,
            )
    return tuple(sorted(gravest.values(), key=lambda f: (-f.severity, _number(f.id), f.id)))


def _number(flag: str) -> int:
    digits = re.sub(r"\D", "", flag)
    return int(digits) if digits else 0


def figures(view: View) -> tuple[FigureLine, ...]:
    """The figures that could be worked out and are meant to be shown."""
    lines = []
    for figure in view.base.figures:
        bounds = view.bounds(figure) if figure.show else None
        if bounds is None:
            continue
        low, high = bounds
        lines.append(
            FigureLine(
                id=figure.id,
                title=figure.title,
                low=low,
                high=high,
                unit=figure.unit,
                text=view.figure_text(figure, low, high),
                claims=figure.claims,
                sources=figure.sources,
            )
        )
    return tuple(lines)


def gates(view: View) -> tuple[GateLine, ...]:
    """The checks to pass before leaving, where the decision file says that advice shows them; else empty."""
    decision = view.base.decision
    if view.trace.recommended not in decision.gates_shown_for or view.trace.contest.branch not in decision.gates_in:
        return ()
    why = {action.fact: view.why(rule) for rule, _, action in view.doing(Conclude) if action.fact.startswith("gate.")}
    return tuple(
        GateLine(
            id=spec.id, title=spec.title, state=str(view.values.get(spec.id, "unknown")), text=why.get(spec.id, "")
        )
        for spec in view.base.facts.values()
        if spec.id.startswith("gate.")
    )
