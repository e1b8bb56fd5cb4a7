"""Reads one rule file into a rule."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from advisor.errors import RuleBaseError
from advisor.loading.conditions import read_condition
from advisor.loading.fields import Fields
from advisor.loading.resources import sha256
from advisor.loading.yaml_reader import Node, decode, read_yaml
from advisor.model.condition import NOT_SURE, SKIP, Value
from advisor.model.facts import STRATA
from advisor.model.rule import (
    CONFIDENCES,
    STRATA_OF_ACTION,
    Action,
    Add,
    AddOn,
    Ask,
    BreakTie,
    Call,
    Conclude,
    Example,
    NextStep,
    Note,
    Recommend,
    RedFlag,
    Rule,
    RuleOut,
    Weigh,
)

KEY_ORDER = (
    "id", "title", "version", "status", "since", "stratum", "when", "then", "why", "caveats", "claims", "sources",
    "review_by", "examples",
)  # fmt: skip
STATUSES = ("draft", "stable", "deprecated")
ASKED = ("platform", "firm", "payer", "employer", "state", "lawyer")


def read_rule(raw: bytes, file: str) -> Rule:
    """The rule in a file. Raises RuleBaseError with the line and key of the first thing wrong."""
    node = read_yaml(decode(raw, file, RuleBaseError), file, RuleBaseError)
    fields = Fields(node or Node("scalar", 1), file, RuleBaseError)
    order = [key for key in fields.names() if key in KEY_ORDER]
    if order != sorted(order, key=KEY_ORDER.index):
        raise fields.problem(fields.line, "", "the keys stand out of order", "the order " + ", ".join(KEY_ORDER))
    rule_id = fields.text("id")
    fields.path = rule_id
    title, version = fields.text("title"), fields.whole("version")
    status, since = fields.word("status", STATUSES), fields.text("since")
    stratum = fields.word("stratum", STRATA)
    when = read_condition(fields)
    actions = _actions(fields, stratum)
    why = fields.template("why")
    caveats = fields.texts("caveats", optional=True)
    claims, sources = fields.texts("claims"), fields.texts("sources")
    review_line = fields.line_of("review_by")
    review_by = fields.text("review_by")
    _check_date(fields, review_line, review_by)
    examples = fields.each("examples", lambda item: _example(fields, item))
    fields.done("caveats")
    for wanted in (True, False):
        if not any(example.fires is wanted for example in examples):
            word = "fires" if wanted else "stays silent"
            raise fields.problem(
                fields.line_of("examples"), "examples", f"no example where the rule {word}", "one of each"
            )
    for key, ids in (("claims", claims), ("sources", sources)):
        if not ids:
            raise fields.problem(fields.line_of(key), key, "the list is empty", "at least one claim and one source")
    return Rule(
        rule_id, title, version, status, since, stratum, when, actions, why, caveats, claims, sources,  # type: ignore[arg-type]
        review_by, examples, file, fields.line, sha256(raw), {key: fields.line_of(key) for key in order},
    )  # fmt: skip


def _check_date(fields: Fields, line: int, word: str) -> None:
    try:
        if datetime.date.fromisoformat(word).isoformat() != word:
            raise ValueError(word)
    except ValueError:
        raise fields.problem(line, "review_by", f"`{word}` is not a date", "a date like 2027-11-23") from None


def _actions(fields: Fields, stratum: str) -> tuple[Action, ...]:
    then = fields.inside("then")
    actions: list[Action] = []
    for name in then.names():
        line = then.line_of(name)
        read = _READERS.get(name)
        if read is None:
            then.done(*_READERS)
            raise AssertionError(name)
        node = then.take(name)
        for item in node.items if node.kind == "list" else [node]:
            one = then.of(item, name)
            action = read(one)
            one.done()
            if stratum not in STRATA_OF_ACTION[type(action)]:
                allowed = ", ".join(STRATA_OF_ACTION[type(action)])
                raise then.problem(line, name, f"`{name}` cannot stand in stratum `{stratum}`", f"stratum {allowed}")
            actions.append(action)
    if not actions:
        raise then.problem(then.line, "", "the rule does nothing", "one of " + ", ".join(f"`{r}`" for r in _READERS))
    return tuple(actions)


def _weigh(fields: Fields) -> Weigh:
    criterion = fields.text("criterion")
    points: dict[str, int] = {}
    for option, node in fields.mapping("points"):
        points[option] = fields.as_whole(node, f"points.{option}", node.text)
        if points[option] == 0:
            raise fields.problem(node, f"points.{option}", "zero points say nothing", "leave zeros out")
    return Weigh(criterion, points)


def _break_tie(fields: Fields) -> BreakTie:
    def tier(node: Node) -> tuple[str, ...]:
        if node.kind != "list":
            raise fields.problem(node, "tiers", "a tier is not a list", "a list of option ids")
        return tuple(fields.folded(item, "tiers") for item in node.items)

    return BreakTie(fields.whole("order"), fields.each("tiers", tier))


def _red_flag(fields: Fields) -> RedFlag:
    flag = fields.text("id")
    line = fields.line_of("severity")
    severity = fields.whole("severity")
    if severity not in (1, 2, 3):
        raise fields.problem(line, "severity", f"severity {severity} is not known", "1, 2 or 3")
    return RedFlag(flag, severity, fields.template("action"), fields.texts("against", optional=True))


_READERS: Mapping[str, Callable[[Fields], Action]] = {
    "conclude": lambda f: Conclude(f.text("fact"), f.value("value")),
    "add": lambda f: Add(f.text("to"), f.whole("points")),
    "rule_out": lambda f: RuleOut(f.texts("options")),
    "red_flag": _red_flag,
    "add_on": lambda f: AddOn(f.text("option")),
    "weigh": _weigh,
    "break_tie": _break_tie,
    "recommend": lambda f: Recommend(
        f.text("option"), f.whole("priority"), f.word("confidence", (*CONFIDENCES, "by_margin"))
    ),
    "next_step": lambda f: NextStep(f.whole("order"), f.text("timing"), f.template("text")),
    "ask": lambda f: Ask(f.word("to", ASKED), f.whole("order"), f.template("text")),
    "call": lambda f: Call(f.text("who"), f.template("about")),
    "note": lambda f: Note(f.text("topic"), f.template("text")),
}


def _example(parent: Fields, node: Node) -> Example:
    fields = parent.of(node, "examples")
    name = fields.text("name")
    given: dict[str, Value] = {}
    said: dict[str, str] = {}
    for fact, item in fields.mapping("given"):
        if item.text in (NOT_SURE, SKIP):
            said[fact] = item.text
        else:
            given[fact] = fields.as_value(item, f"given.{fact}")
    fires = fields.word("expect", ("fires", "silent")) == "fires"
    fields.done()
    return Example(name, given, said, fires, node.line)
