"""The case for and against every option, in the same outline for each, with points that add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from advisor.explaining.view import View
from advisor.model.advice import CaseLine, OptionCase, PointLine
from advisor.model.rule import AddOn, RedFlag, Rule, RuleOut, Weigh
from advisor.model.rulebase import Option, Point


def option_cases(view: View) -> tuple[OptionCase, ...]:
    """One case per option: the recommended first, then the runner-up, then the file's order."""
    gather = _Gathered(view)
    trace = view.trace
    rank = {trace.recommended: 0, trace.runner_up: 1}
    options = sorted(view.base.options.values(), key=lambda option: rank.get(option.id, 2))
    return tuple(_case(view, gather, option) for option in options)


class _Gathered:
    """What the fired rules said of each option, gathered in one pass."""

    def __init__(self, view: View) -> None:
        self.lines: dict[str, list[PointLine]] = {}
        self.pros: dict[str, list[CaseLine]] = {}
        self.cons: dict[str, list[CaseLine]] = {}
        self.out: dict[str, list[Rule]] = {}
        for rule, _, weigh in view.doing(Weigh):
            for option, points in weigh.points.items():
                name = view.base.criteria[weigh.criterion]
                self.lines.setdefault(option, []).append(
                    PointLine.model_construct(
                        rule=rule.id, criterion=weigh.criterion, criterion_name=name, points=points
                    )
                )
                side = self.pros if points > 0 else self.cons
                side.setdefault(option, []).append(_line(view, rule, points))
        for rule, _, out in view.doing(RuleOut):
            for option in out.options:
                self.out.setdefault(option, []).append(rule)
        for rule, _, flag in view.doing(RedFlag):
            for option in flag.against:
                self.cons.setdefault(option, []).append(_line(view, rule, None))
        for rule, _, add in view.doing(AddOn):
            self.pros.setdefault(add.option, []).append(_line(view, rule, None))


def _line(view: View, rule: Rule, points: int | None) -> CaseLine:
    return CaseLine.model_construct(
        text=view.why(rule), rule=rule.id, points=points, claims=rule.claims, sources=rule.sources
    )


def _general(points: tuple[Point, ...]) -> Iterator[CaseLine]:
    make = partial(CaseLine.model_construct, rule=None, points=None)
    return (make(text=p.text, claims=p.claims, sources=p.sources) for p in points)


def _case(view: View, gathered: _Gathered, option: Option) -> OptionCase:
    lines = tuple(gathered.lines.get(option.id, ()))
    out = gathered.out.get(option.id, [])
    return OptionCase.model_construct(
        option=option.id,
        title=option.title,
        kind=option.kind,
        standing=_standing(view, option, bool(out)),
        points=sum(line.points for line in lines),
        arithmetic=lines,
        ruled_out_by=tuple(rule.id for rule in out),
        ruled_out_why=tuple(dict.fromkeys(view.why(rule) for rule in out)),
        summary=option.summary,
        living_with_it=option.living_with_it,
        pros=(*_ordered(gathered.pros, option.id), *_general(option.pros)),
        cons=(*_ordered(gathered.cons, option.id), *_general(option.cons)),
    )


def _ordered(side: Mapping[str, list[CaseLine]], option: str) -> list[CaseLine]:
    return sorted(side.get(option, ()), key=lambda line: (-abs(line.points or 0), line.rule or ""))


def _standing(view: View, option: Option, out: bool) -> str:
    trace = view.trace
    if option.kind == "add_on":
        return "added" if option.id in trace.add_ons else "not_added"
    if option.id == trace.recommended:
        return "recommended"
    return "ruled_out" if out else "runner_up" if option.id == trace.runner_up else "possible"
