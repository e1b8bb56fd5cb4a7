"""Reads a rule that a page writes in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from advisor.loading.conditions import read_condition
from advisor.loading.fields import Fields
from advisor.loading.page import Opened, check_date, in_order
from advisor.loading.resources import sha256
from advisor.loading.yaml_reader import Node
from advisor.model.answers import nearest
from advisor.model.condition import ALWAYS, NOT_SURE, SKIP, Condition, Value
from advisor.model.facts import STRATA, Stratum
from advisor.model.page import Page
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


def rule_of(opened: Opened, fields: Fields, text: str) -> Rule:
    """The rule that an entry of a page writes in full; what it leaves out is the page's, or follows from what it does.

    `text` is the entry's own text. Raises RuleBaseError with the line and key of the first thing wrong.
    """
    page = opened.page
    in_order(fields, KEY_ORDER)
    order = [key for key in fields.names() if key in KEY_ORDER]
    rule_id = fields.text("id")
    fields.path = rule_id
    title, version = fields.text("title"), fields.whole("version", 1)
    status = fields.word("status", STATUSES) if fields.has("status") else "stable"
    since = fields.text("since") if fields.has("since") or not page.since else page.since
    written = fields.word("stratum", STRATA) if fields.has("stratum") else ""
    when = read_condition(fields, optional=page.speaks_to != ALWAYS)
    actions, stratum = _actions(fields, written, opened)
    why = fields.template("why")
    caveats = fields.texts("caveats", optional=True)
    claims = fields.texts("claims")
    sources = fields.texts("sources") if fields.has("sources") or not page.sources else page.sources
    review_line = fields.line_of("review_by")
    review_by = fields.text("review_by") if fields.has("review_by") or not page.review_by else page.review_by
    check_date(fields, review_line, "review_by", review_by)
    examples = fields.each("examples", lambda item: _example(fields, item))
    fields.done(*KEY_ORDER)
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
        rule_id, title, version, status, since, stratum, spoken_to(page, when), actions, why, caveats, claims, sources,
        review_by, examples, page.file, fields.line, sha256(text.encode()), {key: fields.line_of(key) for key in order},
        text,
    )  # fmt: skip


def spoken_to(page: Page, when: Condition) -> Condition:
    """A condition of an entry with the clauses of its page before its own."""
    return Condition(page.speaks_to.all + when.all, when.any, page.speaks_to.none + when.none)


def _actions(fields: Fields, written: str, opened: Opened) -> tuple[tuple[Action, ...], Stratum]:
    """What the rule does, and its stratum: the written one, or the only one in which all of it may stand."""
    then = fields.inside("then")
    actions: list[Action] = []
    possible = (written,) if written else STRATA
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
            actions.append(action)
            allowed = STRATA_OF_ACTION[type(action)] if written else _strata_of(action, opened, one)
            if not set(possible) & set(allowed):
                where = ", ".join(possible)
                raise then.problem(
                    line, name, f"`{name}` cannot stand in stratum `{where}`", f"stratum {', '.join(allowed)}"
                )
            possible = tuple(stratum for stratum in possible if stratum in allowed)
    if not actions:
        raise then.problem(then.line, "", "the rule does nothing", "one of " + ", ".join(f"`{r}`" for r in _READERS))
    if len(possible) > 1:
        expected = "one of " + ", ".join(f"`{stratum}`" for stratum in possible)
        raise fields.problem(
            fields.line, "stratum", "this key is missing, and what the rule does leaves it open", expected
        )
    return tuple(actions), cast(Stratum, possible[0])


def _strata_of(action: Action, opened: Opened, fields: Fields) -> tuple[Stratum, ...]:
    """Where an action may stand; a conclusion in the stratum for which its fact is declared."""
    if not isinstance(action, Conclude):
        return STRATA_OF_ACTION[type(action)]
    spec = opened.fact(action.fact)
    if spec is None or spec.finished is None:
        hint = nearest(action.fact, list(opened.declared))
        raise fields.problem(fields.line, "fact", f"there is no fact `{action.fact}` to conclude", "", hint)
    return (spec.finished,)


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
