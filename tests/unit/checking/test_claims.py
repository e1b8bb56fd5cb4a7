"""Claims and rules that do not name each other are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from advisor.checking.claims import claims_out_of_step
from advisor.model.rule import Conclude
from advisor.model.rulebase import Claim, RuleBase, Source
from tests.helpers.rulebases import asking, derived, on, one, rule, rulebase
from tests.unit.checking.desks import findings

ASKED = asking(one("a", "yes", "no"))
BOOK = Source("book", "A book", "Nobody", ("here",), "A", "2026", "2027-01-01", "")


def claim(rules: Sequence[str] = (), not_encoded: str = "", sources: Sequence[str] = ("book",)) -> Claim:
    return Claim("K1", "It is so.", "fact", "", "none", 0, tuple(sources), tuple(rules), not_encoded, 7)


def found(entry: Claim, status: str = "stable", names: Sequence[str] = ("K1",)) -> list[str]:
    made = rule("R1", Conclude("tight", True), all=[on("a", is_="yes")], status=status)
    base: RuleBase = rulebase(ASKED, replace(made, claims=tuple(names)), derived=[derived("tight")])
    base = replace(base, claims={"K1": entry}, sources={"book": BOOK}, files={"options.yaml": "0"})
    told = findings(claims_out_of_step, base, ASKED)
    assert all((file, line) == ("claims.yaml", 7) for file, line, _ in told)
    return [message for _, _, message in told]


def test_a_claim_and_a_rule_that_name_each_other_are_in_step() -> None:
    assert found(claim(["R1"])) == []
    assert found(claim(["R1", "options.yaml#left"])) == []
    assert found(claim(not_encoded="It is only an opinion."), names=()) == []


def test_a_rule_that_is_not_listed_is_found() -> None:
    assert found(claim(["options.yaml"])) == ["`K1` is named by R1 but does not list it"]


def test_a_listed_rule_that_does_not_name_the_claim_or_is_not_there_is_found() -> None:
    assert found(claim(["R1"]), names=()) == ["`K1` lists the rule R1, which does not name it"]
    assert found(claim(["R1", "R2"])) == ["`K1` lists the rule R2, which is not in the rule base"]


def test_a_draft_need_not_be_listed_and_encodes_nothing() -> None:
    assert found(claim(not_encoded="Not yet."), status="draft") == []
    assert found(claim(["R1"]), status="draft") == ["`K1` lists the rule R1, which is draft and does not run"]
    assert found(claim(["R1"]), status="deprecated") == ["`K1` lists the rule R1, which is deprecated and does not run"]


def test_a_claim_that_nothing_encodes_must_say_why() -> None:
    assert found(claim(), names=()) == ["`K1` is encoded by no rule and does not say why (`not_encoded`)"]
    assert found(claim(["R1"], not_encoded="No.")) == ["`K1` is encoded, but says why it is not (`not_encoded`)"]


def test_a_place_or_source_that_is_not_there_is_found() -> None:
    assert found(claim(["R1", "optoins.yaml#x"])) == ["`K1` lists `optoins.yaml#x`, which is not in the rule base"]
    assert found(claim(["R1"], sources=["bok"])) == ["`K1` names the source `bok`, which is not in sources.yaml"]
