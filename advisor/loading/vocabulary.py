"""The vocabulary: the facts of `facts.yaml`, of figures and of the machine itself (see answer_facts for the rest)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from advisor.loading.by_cell import KEYS, Tables, words_of
from advisor.loading.fields import Fields
from advisor.loading.yaml_reader import Node
from advisor.model.condition import Value
from advisor.model.facts import STRATA, FactKind, FactSpec, Stratum
from advisor.model.figures import Figure
from advisor.model.rule import CONFIDENCES, Add, AddOn, RedFlag, Rule
from advisor.model.rulebase import Option

_KINDS: tuple[FactKind, ...] = ("one", "yes_no", "number")
UNKNOWN = "unknown"
SEVERITIES = (1, 2, 3)


def derived_fact(parent: Fields, node: Node, tables: Tables) -> FactSpec:
    """One entry of `facts.yaml`, or of the derived facts of a page. Its values may be what cells of a table say."""
    fields = parent.of(node, "facts")
    fact = fields.text("id")
    fields.path = fact
    fields.texts("ref", optional=True)
    title = fields.text("title")
    stratum = fields.word("stratum", ("derive", "constrain", "decide")) if fields.has("stratum") else "derive"
    kind = fields.word("kind", _KINDS)
    phrases: dict[Value, str] = {}
    unit = ""
    if kind == "number":
        unit = fields.text("unit")
    elif kind == "one" and (key := next(filter(fields.has, KEYS), None)):
        phrases = {word: word for word in words_of(tables, fields, key)}
    else:
        for name, item in fields.mapping("values"):
            if kind == "yes_no" and name not in ("true", "false"):
                raise fields.problem(item, f"values.{name}", "a yes_no fact has other values", '"true" and "false"')
            phrases[(name == "true") if kind == "yes_no" else name] = fields.folded(item, f"values.{name}")
    otherwise: Value | None = None
    line = fields.line_of("otherwise")
    value = fields.value("otherwise")
    if value != UNKNOWN:
        otherwise = value
        if (kind == "number") is not (type(value) is int) or (phrases and value not in phrases):
            raise fields.problem(line, "otherwise", f"`{value}` is no value of this fact", "one of its values")
    fields.done()
    return FactSpec(
        fact, title, cast(FactKind, kind), "rule", cast(Stratum, stratum), tuple(phrases), phrases or None, unit,
        otherwise, line=node.line,
    )  # fmt: skip


def machine_facts(
    options: Mapping[str, Option], branches: Iterable[str], rules: Sequence[Rule], figures: Iterable[Figure]
) -> Iterator[FactSpec]:
    """The facts that the machine makes at the end of a stratum: sums, flags, leads and the recommendation."""
    names: dict[Value, str] = {option.id: option.name for option in options.values()}
    mains = tuple(option.id for option in options.values() if option.kind == "main")
    for option in options.values():
        if option.kind == "main":
            yield FactSpec(
                f"out.{option.id}", f"{option.title} is ruled out", "yes_no", "machine", "constrain",
                (True, False), otherwise=False,
            )  # fmt: skip
            yield FactSpec(
                f"tally.{option.id}", f"points for {option.name}", "number", "machine", "weigh",
                unit="points", same_stratum=False,
            )  # fmt: skip
        else:
            yield FactSpec(
                f"add_on.{option.id}", f"{option.title} is added", "yes_no", "machine", _last_adding(option.id, rules),
                (True, False), otherwise=False,
            )  # fmt: skip
    for name in sorted({a.to for rule in rules for a in rule.actions if isinstance(a, Add)}):
        yield FactSpec(f"score.{name}", name, "number", "machine", "derive", unit="points", same_stratum=False)
    for flag in sorted({a.id for rule in rules for a in rule.actions if isinstance(a, RedFlag)}):
        yield FactSpec(f"flag.{flag}", flag, "number", "machine", "constrain", unit="severity", same_stratum=False)
    yield FactSpec("unknown_share", "share of decisive questions without an answer", "number", "machine", "derive",
                   unit="percent", same_stratum=False)  # fmt: skip
    for figure in figures:
        for end in figure.ends:
            yield FactSpec(end, figure.title, "number", "figure", "derive", unit=figure.unit, same_stratum=False)
    for name in ("lead.option", "lead.second"):
        yield FactSpec(name, name, "one", "machine", "weigh", mains, names, same_stratum=False)
    yield FactSpec("lead.margin", "points between the first and the second", "number", "machine", "weigh",
                   unit="points", same_stratum=False)  # fmt: skip
    for name in ("advice.option", "advice.second", "advice.lean"):
        yield FactSpec(name, name, "one", "machine", "decide", mains, names, same_stratum=False)
    confidences: dict[Value, str] = {word: word for word in CONFIDENCES}
    yield FactSpec("advice.confidence", "how sure", "one", "machine", "decide", tuple(confidences), confidences,
                   same_stratum=False)  # fmt: skip


def _last_adding(option: str, rules: Iterable[Rule]) -> Stratum:
    """The last stratum in which some rule adds an add-on; `constrain`, the first that could, when none does."""
    adding = [r.stratum for r in rules for a in r.actions if isinstance(a, AddOn) and a.option == option]
    return max(adding, key=STRATA.index, default="constrain")
