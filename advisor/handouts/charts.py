"""The charts that go with an advice: the figures of its trace, put where the rule base plans them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

from advisor.handouts.chart_lines import Band, Course, ends, moves_most
from advisor.handouts.numbers_taken import NumbersTaken
from advisor.model.advice import Advice, SourceNote
from advisor.model.chart_plans import Names, PlannedChart, PlannedCurve, PlannedSpan, Saying
from advisor.model.condition import Knowledge
from advisor.model.figures import ENDS
from advisor.model.handouts import Chart, ChartMark, Curve, Span, Taken, value_shown
from advisor.model.rulebase import RuleBase
from advisor.model.template import Template, inside
from advisor.model.words import Words, joined

T = TypeVar("T")

JUDGMENT = "judgment"
"""The grade of what is taken by our own judgment, which is said so."""


def charts(advice: Advice, base: RuleBase) -> tuple[Chart, ...]:
    """The charts of the page that answers, in the order of the rule base; one whose numbers are not known is left out.

    `base` is the rule base that the advice rests on.
    """
    desk = _Desk(advice, base)
    pages = (advice.plan.answer.page, advice.plan.answer.asked)
    planned = [plan for plan in base.charts if any(page in plan.pages for page in pages)]
    return tuple(chart for plan in planned if (chart := desk.chart(plan)) is not None)


class _Desk:
    """Makes charts of what is known in one advice."""

    def __init__(self, advice: Advice, base: RuleBase) -> None:
        values = {fact.fact: fact.value for fact in advice.trace.facts if fact.value is not None}
        said = {fact.fact: fact.said for fact in advice.trace.facts if fact.said is not None}
        self._known, self._base, self._gates = Knowledge(values, said), base, advice.gates
        self._words = Words(base.wording)
        self._numbers = NumbersTaken(base, values)
        self._units = {figure.id: figure.unit for figure in base.figures}

    def chart(self, plan: PlannedChart) -> Chart | None:
        """The chart, or None when it is not shown or a number or a word of it is not known."""
        if plan.when.truth(self._known) is not True:
            return None
        curves = self._all(plan.curves, self._curve)
        spans, moments = tuple(self._spans(plan.spans)), tuple(self._spans(plan.moments))
        marks = tuple(
            ChartMark(name=name, at=round(self._band(mark.of)[ENDS.index(f".{mark.end}")]))
            for mark in plan.marks
            if (name := self._filled(mark.name)) and self._first(mark.of)
        )
        title, says = self._filled(plan.title), tuple(self._says(plan.says))
        if title is None or (plan.curves and curves is None) or (plan.spans and not spans):
            return None
        points = tuple(range(plan.until + 1)) if curves else ()
        chart = Chart(
            id=plan.id, title=title, says=" ".join((*says, *self._moved(plan, curves or ()))), unit=plan.unit,
            shown=plan.shown, banded=self._base.wording["charts.banded"], spans=spans, points=points, step=plan.step,
            curves=tuple(self._drawn(name, line, points, plan.nearest) for name, line in curves or ()), marks=marks,
            moments=moments if curves else (), claims=plan.claims, sources=plan.sources,
        )  # fmt: skip
        told = (
            *self._sentences(chart),
            *(self._gates_told() if plan.gates else ()),
        )
        taken = tuple(self._taken(plan))
        intro = self._words("charts.taken.intro") if taken else ""
        parts = {"columns": self._columns(chart), "sentences": told, "taken": taken, "taken_intro": intro}
        return chart.model_copy(update=parts)

    def _taken(self, plan: PlannedChart) -> Iterator[Taken]:
        """The numbers of ours that the chart counts with, or the person's own in their place."""
        drawn = [name for names in plan.drawn() if (name := self._first(names))]
        for one in self._numbers.behind(drawn):
            figure = next(figure for figure in self._base.figures if figure.id == one.id)
            low, likely, high = (f"{self._known.values[one.id + end]:,}" for end in ENDS)
            which = "own" if self._numbers.own(one) else "same" if low == high else "range"
            grade = self._words("charts.taken.judged" if one.grade == JUDGMENT else f"grades.{one.grade}")
            text = self._words(
                f"charts.taken.{which}", title=figure.title, low=low, likely=likely, high=high, unit=figure.unit,
                grade=grade, answer=one.question,
            )  # fmt: skip
            sources = () if which == "own" else tuple(SourceNote.of(self._base, source) for source in figure.sources)
            yield Taken(text=text, sources=sources)

    def _spans(self, planned: Iterable[PlannedSpan]) -> Iterator[Span]:
        for one in planned:
            name = self._filled(one.name)
            if name is not None and self._first(one.of) and one.when.truth(self._known) is True:
                low, likely, high = (int(end) for end in self._band(one.of))
                yield Span(name=name, low=low, likely=likely, high=high)

    def _curve(self, planned: PlannedCurve) -> tuple[str, Course] | None:
        name, begins = self._filled(planned.name), self._first(planned.begins)
        adds = self._all(planned.adds, self._first)
        if name is None or begins is None or adds is None:
            return None
        return name, Course(begins, adds, self._first(planned.less) or "", self._first(planned.once) or "")

    def _drawn(self, name: str, line: Course, points: Sequence[int], nearest: int) -> Curve:
        found = ends(line, points, {one: self._band((one,)) for one in line.inputs}, nearest)
        low, likely, high = zip(*found, strict=True)
        return Curve(name=name, low=low, likely=likely, high=high)

    def _moved(self, plan: PlannedChart, curves: Sequence[tuple[str, Course]]) -> Iterator[str]:
        """Which input moves the end of the last line against the first the most."""
        if plan.moved is not None and plan.moves:
            yield from self._moves(plan, plan.moved)
        if plan.moved is None or len(curves) < 2:
            return
        first, last = curves[0][1], curves[-1][1]
        bands = {name: self._band((name,)) for name in (*first.inputs, *last.inputs)}
        most = moves_most(first, last, plan.until, bands, plan.nearest)
        if most is not None and most[0] in plan.inputs:
            slots = {
                "input": plan.inputs[most[0]],
                "less": value_shown(plan.shown, most[1]),
                "more": value_shown(plan.shown, most[2]),
            }
            yield plan.moved.fill(slots.__getitem__)

    def _moves(self, plan: PlannedChart, moved: Template) -> Iterator[str]:
        """Which of the numbers of ours moves the first figure of `moves` that is known the most."""
        figure = self._first(plan.moves)
        most = self._numbers.moves_most(figure) if figure is not None else None
        if most is not None and most.id in plan.inputs:
            slots = {
                "input": plan.inputs[most.id],
                "of": next(one.title for one in self._base.figures if one.id == figure),
                "less": value_shown(plan.shown, most.low),
                "more": value_shown(plan.shown, most.high),
            }
            yield moved.fill(slots.__getitem__)

    def _says(self, groups: Iterable[Sequence[Saying]]) -> Iterator[str]:
        for group in groups:
            for saying in group:
                text = self._filled(saying.text) if saying.when.truth(self._known) is True else None
                if text is not None:
                    yield text
                    break

    def _sentences(self, chart: Chart) -> Iterator[str]:
        """The numbers of a chart, told one by one."""
        for span in chart.spans:
            yield self._told(chart, "span", span.name, span.low, span.likely, span.high)
        for curve in chart.curves:
            for n in sorted({len(chart.points) // 2, len(chart.points) - 1}):
                key, point = "curve", f"{chart.points[n]:,}"
                yield self._told(chart, key, curve.name, curve.low[n], curve.likely[n], curve.high[n], point=point)
        for mark in chart.marks:
            yield self._told(chart, "mark", mark.name, mark.at, mark.at, mark.at)
        yield from (f"{moment.name}." for moment in chart.moments)

    def _gates_told(self) -> Iterator[str]:
        """The gates before leaving, with the state of each."""
        for gate in self._gates:
            state = self._words(f"render.gate.{gate.state}")
            yield joined(self._words("render.gate.label", title=gate.title, state=state), gate.text)

    def _told(self, chart: Chart, key: str, name: str, low: int, likely: int, high: int, **more: str) -> str:
        told = {"low": chart.told(low), "likely": chart.told(likely), "high": chart.told(high)}
        which = "same" if low == high else "range"
        return self._words(f"charts.{key}.{which}", name=name, unit=chart.unit, step=chart.step, **told, **more)

    def _columns(self, chart: Chart) -> tuple[str, ...]:
        if chart.curves:
            return (chart.step, *(curve.name for curve in chart.curves))
        return tuple(self._words(f"charts.columns.{key}") for key in ("name", "low", "likely", "high"))

    def _first(self, names: Names) -> str | None:
        """The first name that has a value, as a figure or as a fact."""
        return next((name for name in names if self._has(name)), None)

    def _has(self, name: str) -> bool:
        return name in self._known.values or f"{name}{ENDS[0]}" in self._known.values

    def _band(self, names: Names) -> Band:
        """The ends of the first name that has a value; a fact has three times the same, and percent are hundredths."""
        name = self._first(names)
        low, likely, high = (self._number(name, end) for end in ENDS)
        return low, likely, high

    def _number(self, name: str | None, end: str) -> Fraction:
        found = self._known.values.get(f"{name}{end}", self._known.values.get(str(name)))
        return Fraction(int(found or 0), 100 if self._units.get(str(name)) == "percent" else 1)

    def _filled(self, template: Template) -> str | None:
        """The text, or None where something in it is not known."""
        try:
            return template.fill(self._phrase)
        except KeyError:
            return None

    def _phrase(self, slot: str) -> str:
        value, spec = self._known.values[slot], self._base.facts[slot]
        return inside(spec.phrases[value], self._phrase) if spec.phrases is not None else f"{value:,}"

    @staticmethod
    def _all(planned: Iterable[object], make: Callable[..., T | None]) -> tuple[T, ...] | None:
        """What is made of each; None when one cannot be made."""
        made = [make(one) for one in planned]
        return tuple(one for one in made if one is not None) if None not in made else None
