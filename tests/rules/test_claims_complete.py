"""Every item of the article and of the dossier is in claims.yaml, encoded by rules that name it or with a reason why
none does. The counts were taken from the dossier by hand."""

from __future__ import annotations

import re

from advisor.advice import Advisor
from advisor.model.rulebase import RuleBase

NUMBERS = {"DF": 15, "H": 14, "RF": 20, "G": 7, "N": 13, "S": 14, "R": 13, "STEP": 7}
PADDED = {"K": (193, 3), "D": (29, 2), "F": (65, 2), "C": (25, 2)}
ITEMS = {f"{kind}{n}" for kind, count in NUMBERS.items() for n in range(1, count + 1)} | {
    f"{kind}{n:0{digits}}" for kind, (count, digits) in PADDED.items() for n in range(1, count + 1)
}
BESIDE = {"T1", "T2", "T3", "T4", "U1"}  # the four tie-breakers and the rule on unknown answers (dossier 3.5)


def test_the_dossier_has_415_numbered_items() -> None:
    assert len(ITEMS) == 193 + 29 + 65 + 25 + 15 + 14 + 20 + 7 + 13 + 14 + 13 + 7 == 415


def test_every_item_has_an_entry_and_nothing_else_has_one(shipped_advisor: Advisor) -> None:
    assert set(shipped_advisor.rulebase.claims) == ITEMS | BESIDE


def test_each_item_is_encoded_by_rules_that_name_it_or_says_why_not(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    for claim in base.claims.values():
        assert bool(claim.rules) is not bool(claim.not_encoded), claim.id
        assert [place for place in claim.rules if not _names(base, place, claim.id)] == [], claim.id
        assert claim.says.endswith((".", "?", '"')), claim.id
        assert not claim.not_encoded or len(claim.not_encoded.split()) >= 6, claim.id


def _names(base: RuleBase, place: str, claim: str) -> bool:
    """Whether a place (a rule id, `options.yaml#stay`, `decision.yaml`) exists and, where it can, names the claim."""
    file, _, item = place.partition("#")
    if "." not in place:
        return place in base.by_id and claim in base.by_id[place].claims
    if file == "options.yaml":
        option = base.options.get(item)
        points = (*option.pros, *option.cons) if option else ()
        return option is not None and (option.ref == claim or any(claim in point.claims for point in points))
    if file == "figures.yaml":
        return any(figure.id == item and claim in (*figure.claims, figure.ref) for figure in base.figures)
    if file == "facts.yaml":
        return item in base.facts
    if file == "never_say.yaml":
        return item in {ban.id for ban in base.bans} and item == claim
    return file in base.files and not item


def test_every_claim_that_a_rule_names_lists_the_rule(shipped_advisor: Advisor) -> None:
    claims = shipped_advisor.rulebase.claims
    named = [(claim, rule.id) for rule in shipped_advisor.rulebase.active for claim in rule.claims]
    missing = [f"{claim}: {rule}" for claim, rule in named if rule not in claims[claim].rules]

    assert missing == []


def test_the_hedges_of_the_article_are_kept_with_their_items(shipped_advisor: Advisor) -> None:
    # The dossier lists every hedge of the article after its count of K-items.
    hedged = {
        "K023", "K031", "K032", "K033", "K034", "K039", "K040", "K041", "K065", "K066", "K068", "K078", "K079", "K080",
        "K081", "K082", "K083", "K087", "K089", "K091", "K098", "K110", "K111", "K112", "K117", "K120", "K121", "K122",
        "K134", "K162", "K172", "K184", "K186", "K188", "K189", "K190", "K036",
    }  # fmt: skip
    claims = shipped_advisor.rulebase.claims
    bare = sorted(item for item in hedged if not claims[item].hedge)

    assert bare == []


def test_no_claim_is_named_that_has_no_shape_of_one(shipped_advisor: Advisor) -> None:
    odd = [c for rule in shipped_advisor.rulebase.rules for c in rule.claims if not re.fullmatch(r"[A-Z]+\d+", c)]

    assert odd == []
