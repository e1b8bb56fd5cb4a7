"""Reads `charts.yaml`, the charts that go with an answer, and checks that what they draw and say is there."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.errors import Place, Problem
from advisor.loading.clause_checks import clause_problems
from advisor.loading.conditions import read_condition
from advisor.loading.fields import Fields
from advisor.loading.rulebase_file_checks import citation_problems
from advisor.loading.rulebase_files import line
from advisor.loading.yaml_reader import Node
from advisor.model.answers import nearest
from advisor.model.chart_plans import (
    Names,
    PlannedChart,
    PlannedCurve,
    PlannedMark,
    PlannedSpan,
    Saying,
)
from advisor.model.figures import ENDS
from advisor.model.rulebase import RuleBase

FILE = "charts.yaml"
MOST_POINTS = 240
_MOVED = ("input", "more", "less", "of")
_OPTIONAL = (
    "when",
    "spans",
    "until",
    "step",
    "curves",
    "marks",
    "moments",
    "inputs",
    "moved",
    "moves",
    "gates",
    "shown",
    "nearest",
)


def read_chart(parent: Fields, node: Node) -> PlannedChart:
    """One entry of `charts.yaml`. Raises RuleBaseError for what is missing, misspelled or of the wrong kind."""
    fields = parent.of(node, "charts")
    chart_id = fields.text("id")
    fields.path = chart_id
    if fields.has("spans") == fields.has("curves"):
        raise fields.problem(node, "", "a chart has either `spans` or `curves`", "one of them")
    until = fields.whole("until", 0)
    if fields.has("curves") and not 1 <= until <= MOST_POINTS:
        raise fields.problem(node, "until", "this is no end for lines", f"1 to {MOST_POINTS}")
    nearest_step = fields.whole("nearest", 1)
    if nearest_step < 1:
        raise fields.problem(node, "nearest", "nothing can be rounded to this", "1 or more")
    inputs: dict[str, str] = {}
    if fields.has("inputs"):
        for name, phrase in fields.mapping("inputs"):
            inputs[name] = fields.folded(phrase, name)
    chart = PlannedChart(
        chart_id, fields.template("title"), line(fields, "unit"), line(fields, "shown", "{n}"), fields.texts("pages"),
        read_condition(fields, optional=True),
        fields.each("says", lambda one: _group(fields, one)), fields.texts("claims"), fields.texts("sources"),
        fields.each("spans", lambda one: _span(fields, one), optional=True),
        nearest_step, until, line(fields, "step", ""),
        fields.each("curves", lambda one: _curve(fields, one), optional=True),
        fields.each("marks", lambda one: _mark(fields, one), optional=True),
        fields.each("moments", lambda one: _span(fields, one), optional=True),
        inputs, fields.template("moved") if fields.has("moved") else None, fields.flag("gates", False),
        _names(fields, "moves") if fields.has("moves") else (), node.line,
    )  # fmt: skip
    fields.done(*_OPTIONAL)
    return chart


def chart_problems(base: RuleBase) -> Iterator[Problem]:
    """What charts name and the rule base does not have."""
    figures = {figure.id for figure in base.figures}
    known = [
        *figures,
        *(name for name, spec in base.facts.items() if spec.kind == "number" and spec.origin == "answer"),
    ]
    for chart in base.charts:
        place = Place(FILE, chart.line, chart.id)
        for name in (*(name for names in chart.drawn() for name in names), *chart.inputs):
            if name not in known:
                yield Problem(
                    place, f"there is no figure `{name}`", "a figure, or a number asked", nearest(name, known)
                )
        for page in chart.pages:
            if page not in base.pages:
                yield Problem(place, f"there is no page `{page}`", "", nearest(page, list(base.pages)))
        for condition in chart.conditions():
            yield from clause_problems(condition, base.facts, FILE, chart.id)
        for template in chart.templates():
            for slot in (*template.slots, *template.open_slots):
                if slot not in base.facts:
                    yield Problem(place, f"`{{{slot}}}` is no fact", "", nearest(slot, list(base.facts)))
        for slot in chart.moved.slots if chart.moved else ():
            if slot not in _MOVED:
                yield Problem(place, f"`{{{slot}}}` is not known in `moved`", ", ".join(f"{{{one}}}" for one in _MOVED))
        yield from citation_problems(base, place, chart.claims, chart.sources)


def _group(parent: Fields, node: Node) -> tuple[Saying, ...]:
    """One sentence, or a list of which the first that holds is said."""
    items = node.items if node.kind == "list" else [node]
    return tuple(_saying(parent, item) for item in items)


def _saying(parent: Fields, node: Node) -> Saying:
    fields = parent.of(node, "says")
    saying = Saying(read_condition(fields, optional=True), fields.template("text"))
    fields.done("when")
    return saying


def _span(parent: Fields, node: Node) -> PlannedSpan:
    fields = parent.of(node, "spans")
    span = PlannedSpan(fields.template("name"), _names(fields, "of"), read_condition(fields, optional=True))
    fields.done("when")
    return span


def _curve(parent: Fields, node: Node) -> PlannedCurve:
    fields = parent.of(node, "curves")
    adds = fields.each("adds", lambda item: _alternatives(fields, item, "adds"))
    curve = PlannedCurve(
        fields.template("name"), _names(fields, "begins"), adds,
        *(_names(fields, key) if fields.has(key) else () for key in ("less", "once")),
    )  # fmt: skip
    fields.done("less", "once")
    return curve


def _mark(parent: Fields, node: Node) -> PlannedMark:
    fields = parent.of(node, "marks")
    ends = tuple(end.removeprefix(".") for end in ENDS)
    mark = PlannedMark(fields.template("name"), _names(fields, "of"), fields.word("end", ends))
    fields.done()
    return mark


def _names(fields: Fields, key: str) -> Names:
    return _alternatives(fields, fields.take(key), key)


def _alternatives(fields: Fields, node: Node, key: str) -> Names:
    """One name, or a list of which the first that is known counts."""
    return tuple(fields.scalar(item, key, "a figure") for item in (node.items if node.kind == "list" else [node]))
