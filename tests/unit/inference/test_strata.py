"""What is not finished cannot be read as finished: the loader refuses it, and no rule fires after its stratum."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import pytest

from advisor.errors import EngineError
from advisor.loading.rule_checks import problems_of
from advisor.model.condition import Clause
from advisor.model.facts import FactSpec, Stratum
from advisor.model.rule import Add, AddOn, Conclude, RedFlag, Rule, RuleOut
from advisor.model.template import Template
from tests.helpers.rulebases import asking, derived, finished, fired, on, one, rule, rulebase, traced
from tests.unit.inference.engines import NOTE

ASKED = asking(one("x", "a", "b"))
FLAG = RedFlag("RF1", 2, Template.of("Do it."))
CONCLUDE = rule("D", Conclude("d", True), all=[on("x", is_="a")])

TOO_EARLY: list[tuple[str, Rule, list[Rule], Sequence[FactSpec]]] = [
    (
        "an option found not to be ruled out while rules may still rule it out",
        rule("R", FLAG, all=[on("out.left", is_=False)], stratum="constrain"),
        [rule("O", RuleOut(("left",)), all=[on("x", is_="a")], stratum="constrain")],
        (),
    ),
    (
        "a fact tested in its own stratum for the value that it takes by default",
        rule("R", Add("s", 3), all=[on("d", is_=False)]),
        [CONCLUDE],
        [derived("d", otherwise=False)],
    ),
    (
        "a fact that has a default, found to be known in its own stratum",
        rule("R", Add("s", 3), all=[on("d", known=True)]),
        [CONCLUDE],
        [derived("d", otherwise=False)],
    ),
    (
        "a default among several values",
        rule("R", Add("s", 3), any=[on("d", one_of=["q", "p"])]),
        [rule("D", Conclude("d", "q"), all=[on("x", is_="a")])],
        [derived("d", "p", "q", otherwise="p")],
    ),
    (
        "an add-on read in weigh that a rule of decide adds",
        rule("R", NOTE, all=[on("add_on.extra", is_=True)], stratum="weigh"),
        [rule("A", AddOn("extra"), all=[on("x", is_="a")], stratum="decide")],
        (),
    ),
]


@pytest.mark.parametrize(("case", "early", "others", "facts"), TOO_EARLY, ids=[case for case, *_ in TOO_EARLY])
def test_the_loader_refuses_a_rule_that_could_only_fire_too_late(
    case: str, early: Rule, others: list[Rule], facts: Sequence[FactSpec]
) -> None:
    base = rulebase(ASKED, early, *others, derived=facts)

    assert list(problems_of(early, base.facts, base.options, base.criteria)), case
    assert not [p for r in others for p in problems_of(r, base.facts, base.options, base.criteria)]


@pytest.mark.parametrize(("case", "early", "others", "facts"), TOO_EARLY, ids=[case for case, *_ in TOO_EARLY])
def test_a_rule_that_fires_after_its_stratum_is_an_error_and_never_a_line_in_a_trace(
    case: str, early: Rule, others: list[Rule], facts: Sequence[FactSpec]
) -> None:
    base = rulebase(ASKED, early, *others, derived=facts)

    for answer in "ab":
        with suppress(EngineError):
            for firing in finished(base, ASKED, {"x": answer}).firings:
                assert firing.stratum == base.by_id[firing.rule].stratum, case


@pytest.mark.parametrize(
    ("clause", "stratum"),
    [
        (on("d", is_=True), "derive"),
        (on("d", is_=False), "constrain"),
        (on("d", known=True), "constrain"),
        (on("u", known=True), "derive"),
        (on("out.left", is_=True), "constrain"),
        (on("out.left", is_=False), "weigh"),
        (on("add_on.extra", is_=True), "decide"),
        (on("add_on.extra", is_=True), "plan"),
        (on("add_on.extra", is_=False), "plan"),
    ],
)
def test_a_rule_may_read_what_is_finished_and_in_its_own_stratum_what_rules_give(
    clause: Clause, stratum: Stratum
) -> None:
    others = [
        CONCLUDE,
        rule("U", Conclude("u", True), all=[on("x", is_="a")]),
        rule("O", RuleOut(("left",)), all=[on("x", is_="a")], stratum="constrain"),
        rule("E", AddOn("extra"), all=[on("x", is_="a")], stratum="decide"),
    ]
    reader = rule("R", Add("s", 1) if stratum == "derive" else NOTE, all=[clause], stratum=stratum)
    base = rulebase(ASKED, reader, *others, derived=[derived("d", otherwise=False), derived("u")])
    wanted = "b" if clause.values == (False,) else "a"

    assert not list(problems_of(reader, base.facts, base.options, base.criteria))
    assert "R" in fired(traced(base, ASKED, {"x": wanted}))
