"""Reads `when:` mappings into conditions."""

from __future__ import annotations

from advisor.loading.fields import Fields
from advisor.loading.yaml_reader import Node
from advisor.model.condition import ALWAYS, NOT_SURE, SKIP, TESTS, Clause, Condition, Value

_SAID = (NOT_SURE, SKIP)


def read_condition(fields: Fields, key: str = "when", *, optional: bool = False) -> Condition:
    """The condition under a key. Raises the fields' error for anything but all, any and none with clauses."""
    if optional and not fields.has(key):
        return ALWAYS
    inner = fields.inside(key)
    lists = {
        name: inner.each(name, lambda node: read_clause(inner, node), optional=True) for name in ("all", "any", "none")
    }
    inner.done()
    if not any(lists.values()):
        raise fields.problem(inner.line, key, "there is no clause", "at least one clause under `all`, `any` or `none`")
    return Condition(lists["all"], lists["any"], lists["none"])


def read_clause(parent: Fields, node: Node) -> Clause:
    """One test of one fact. Raises the fields' error for anything but a fact with one test."""
    fields = parent.of(node, "")
    fact = fields.text("fact")
    tests = [test for test in TESTS if fields.has(test)]
    if len(tests) != 1:
        raise fields.problem(
            node, "", f"the clause on `{fact}` has {len(tests)} tests", "one of " + ", ".join(f"`{t}`" for t in TESTS)
        )
    test = tests[0]
    values: tuple[Value, ...]
    if test == "one_of":
        values = fields.each(test, lambda item: fields.as_value(item, test))
        if not values or len(set(values)) < len(values):
            raise fields.problem(node, test, "the list is empty or repeats a value", "different values")
    elif test in ("at_least", "at_most"):
        values = (fields.whole(test),)
    elif test == "known":
        values = (fields.flag(test, True),)
    elif test == "said":
        values = (fields.word(test, _SAID),)
    else:
        values = (fields.value(test),)
    fields.done()
    return Clause(fact, test, values, node.line)
