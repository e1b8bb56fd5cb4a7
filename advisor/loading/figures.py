"""Reads figures and the numbers that are taken until the person gives others: `figures.yaml`, and those of pages."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from advisor.errors import Place, Problem, RuleBaseError
from advisor.loading.conditions import read_condition
from advisor.loading.fields import Fields
from advisor.loading.rulebase_files import line, numbers_of
from advisor.loading.yaml_reader import Node
from advisor.model.condition import ALWAYS
from advisor.model.figures import Figure, FormulaTerm, Input
from advisor.model.template import Template

OPERATORS = ("add", "subtract", "multiply", "divide", "longest", "shortest")
UNITS = ("months", "weeks", "days", "percent", "dollars", "sessions")


def read_figures(fields: Fields) -> tuple[tuple[Input, ...], dict[str, Figure]]:
    """`figures.yaml`: its inputs, and its figures by their ids, after those that the inputs are.

    Raises RuleBaseError for an id that is used twice.
    """
    taken = fields.each("inputs", lambda node: read_input(fields, node), optional=True)
    table: dict[str, Figure] = {}
    for figure in (*(each for _, each in taken), *fields.each("figures", lambda node: read_figure(fields, node))):
        if figure.id in table:
            place = Place(figure.file, figure.line, figure.id)
            raise RuleBaseError(Problem(place, "this id is used twice", "an id of its own"))
        table[figure.id] = figure
    fields.done("inputs")
    return tuple(one for one, _ in taken), table


def read_figure(parent: Fields, node: Node) -> Figure:
    """One entry of `figures.yaml`."""
    fields = parent.of(node, "figures")
    figure_id = fields.text("id")
    fields.path = figure_id
    ref, title, unit = fields.text("ref", ""), line(fields, "title"), fields.word("unit", UNITS)
    when = read_condition(fields, optional=True)
    tables: dict[str, Mapping[str, tuple[Fraction, Fraction]]] = {}
    likely: dict[str, Mapping[str, Fraction]] = {}
    if fields.has("tables"):
        for fact, table in fields.mapping("tables"):
            rows = fields.of(table, f"tables.{fact}")
            read = {choice: numbers_of(rows, rows.take(choice), choice) for choice in rows.names()}
            tables[fact] = {choice: (low, high) for choice, (low, high, _) in read.items()}
            likely[fact] = {choice: number for choice, (_, _, number) in read.items() if number is not None}
    formula = _term(fields, fields.take("formula"), tables)
    figure = Figure(
        figure_id, ref, title, unit, when, tables, formula, *_figure_texts(fields),
        fields.texts("claims"), fields.texts("sources", optional=True), fields.flag("show", True), node.line,
        fields.file, likely,
    )  # fmt: skip
    fields.done("tables", "when")
    return figure


def read_input(parent: Fields, node: Node) -> tuple[Input, Figure]:
    """One entry of the inputs of `figures.yaml`: what is taken, and the figure that formulas name."""
    fields = parent.of(node, "inputs")
    input_id = fields.text("id")
    fields.path = input_id
    question = fields.text("answer")
    low, high, likely = numbers_of(fields, fields.take("value"), "value")
    formula = FormulaTerm("input", name=question, low=low, high=high, likely=likely)
    figure = Figure(
        input_id, "", line(fields, "title"), fields.word("unit", UNITS), ALWAYS, {}, formula, Template.of(""),
        Template.of(""), fields.texts("claims"), fields.texts("sources", optional=True), False, node.line, fields.file,
    )  # fmt: skip
    made = Input(input_id, question, fields.text("grade"), node.line)
    fields.done()
    return made, figure


def _figure_texts(fields: Fields) -> tuple[Template, Template]:
    """What a figure says; both may be left out of one that is not shown by itself."""
    if not fields.has("text"):
        return Template.of(""), Template.of("")
    return fields.template("text"), fields.template("text_same")


def _term(fields: Fields, node: Node, tables: Mapping[str, object]) -> FormulaTerm:
    inner = fields.of(node, "formula")
    keys = inner.names()
    if len(keys) != 1:
        raise inner.problem(node, "", "a formula has one operator or one leaf here", ", ".join(OPERATORS))
    op = keys[0]
    if op in OPERATORS:
        parts = inner.each(op, lambda item: _term(fields, item, tables))
        if len(parts) < 2:
            raise inner.problem(node, op, "an operator needs two parts or more", "a list")
        return FormulaTerm(op, parts)
    if op == "value":
        low, high, likely = numbers_of(inner, inner.take("value"), "value")
        return FormulaTerm("value", low=low, high=high, likely=likely)
    if op not in ("fact", "table", "figure"):
        raise inner.problem(
            node, op, "this is no operator", ", ".join((*OPERATORS, "value", "fact", "table", "figure"))
        )
    name = inner.text(op)
    if op == "table" and name not in tables:
        raise inner.problem(node, op, f"there is no table `{name}`", "a table of this figure")
    return FormulaTerm(op, name=name)
