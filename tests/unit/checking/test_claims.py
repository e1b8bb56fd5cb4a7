"""What encodes a claim is worked out, and claims that nothing encodes are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from advisor.checking.claims import claims_out_of_step
from advisor.loading.encoding import encoded
from advisor.model.condition import ALWAYS
from advisor.model.figures import Figure, FormulaTerm
from advisor.model.rule import Conclude
from advisor.model.rulebase import Ban, Claim, Point, RuleBase, Source
from advisor.model.template import Template
from tests.helpers.rulebases import asking, derived, on, one, option, rule, rulebase
from tests.unit.checking.desks import findings

NOTHING = Template.of("")
ASKED = asking(one("a", "yes", "no"))
BOOK = Source("book", "A book", "Nobody", ("here",), "A", "2026", "2027-01-01", "")


def claim(not_encoded: str = "", sources: Sequence[str] = ("book",)) -> Claim:
    return Claim("K1", "It is so.", "fact", "", "none", 0, tuple(sources), (), not_encoded, 7)


def found(entry: Claim, status: str = "stable", names: Sequence[str] = ("K1",)) -> list[str]:
    made = rule("R1", Conclude("tight", True), all=[on("a", is_="yes")], status=status)
    base: RuleBase = rulebase(ASKED, replace(made, claims=tuple(names)), derived=[derived("tight")])
    told = findings(claims_out_of_step, encoded(replace(base, claims={"K1": entry}, sources={"book": BOOK})), ASKED)
    assert all((file, line) == ("claims.yaml", 7) for file, line, _ in told)
    return [message for _, _, message in told]


def test_a_claim_that_a_rule_cites_is_encoded_by_it() -> None:
    assert found(claim()) == []
    assert found(claim(not_encoded="It is only an opinion."), names=()) == []


def test_a_draft_or_deprecated_rule_encodes_nothing() -> None:
    assert found(claim(not_encoded="Not yet."), status="draft") == []
    for status in ("draft", "deprecated"):
        assert found(claim(), status=status) == ["`K1` is encoded by no rule and does not say why (`not_encoded`)"]


def test_a_claim_that_nothing_encodes_must_say_why_and_another_must_not() -> None:
    assert found(claim(), names=()) == ["`K1` is encoded by no rule and does not say why (`not_encoded`)"]
    assert found(claim(not_encoded="No.")) == ["`K1` is encoded, but says why it is not (`not_encoded`)"]


def test_a_source_that_is_not_there_is_found() -> None:
    assert found(claim(sources=["bok"])) == ["`K1` names the source `bok`, which is not in sources.yaml"]


def test_what_encodes_a_claim_is_worked_out_from_rules_options_figures_and_bans() -> None:
    point = Point("A point.", ("K1", "K2"), ("book",))
    left = replace(option("left"), ref="K3", pros=(point,), cons=(point,))
    figure = Figure(
        "gap", "K4", "A gap", "months", ALWAYS, {}, FormulaTerm("value"), NOTHING, NOTHING, ("K1",), (), True, 1
    )
    rules = [
        replace(rule(name, Conclude("tight", True), all=[on("a", is_="yes")], status=status), claims=("K1",))
        for name, status in (("R2", "stable"), ("R1", "stable"), ("R0", "draft"))
    ]
    base = rulebase(ASKED, *rules, derived=[derived("tight")], options=[left], figures=[figure])
    claims = {f"K{n}": replace(claim(), id=f"K{n}") for n in range(1, 7)}
    made = encoded(replace(base, claims=claims, bans=(Ban("K5", "No.", ("no",), ()),))).claims
    assert {name: one.rules for name, one in made.items()} == {
        "K1": ("R1", "R2", "options.yaml#left", "figures.yaml#gap"), "K2": ("options.yaml#left",),
        "K3": ("options.yaml#left",), "K4": ("figures.yaml#gap",), "K5": ("never_say.yaml#K5",), "K6": (),
    }  # fmt: skip
